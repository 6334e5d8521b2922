"""What the fifth layout added: what a room chose: what it is shown, what words mean in it."""

from typing import Final

FIFTH: Final = (
    # Until now: 3 for one person a seat, and every team where teams share a laptop.
    "ALTER TABLE workshop ADD COLUMN guard integer DEFAULT 3",
    "UPDATE workshop SET guard = 1 WHERE holder = 'each team scores together on one laptop'",
    # JSON, as the instrument is; until now nobody was asked.
    "ALTER TABLE workshop ADD COLUMN terms varchar DEFAULT '{}'",
)
