"""The tables. Votes, rounds, reveals, notes and actions are only ever added to.

No foreign keys (erasing parent and children in one transaction fails), no triggers, no identity
columns; ids are random tokens made in Python; times are left out where they could tell who did
what. The SQL is PostgreSQL's too, but for one type (blob is bytea there).
"""

from typing import Final

from aqua_core.store.schema.fifth import FIFTH
from aqua_core.store.schema.first import FIRST
from aqua_core.store.schema.fourth import FOURTH
from aqua_core.store.schema.second import SECOND
from aqua_core.store.schema.seventh import SEVENTH
from aqua_core.store.schema.sixth import SIXTH
from aqua_core.store.schema.third import THIRD

SCHEMA_VERSION: Final = 7

UPGRADES: Final = {1: SECOND, 2: THIRD, 3: FOURTH, 4: FIFTH, 5: SIXTH, 6: SEVENTH}
"""What brings a file of an earlier version to the next one, by its version."""

SCHEMA: Final = (*FIRST, *SECOND, *THIRD, *FOURTH, *FIFTH, *SIXTH, *SEVENTH)
"""A new file goes the way of an old one, so both have the same tables."""
