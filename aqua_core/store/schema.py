"""The layout of the room's file, and the way from each to the next."""

from pathlib import Path
from typing import Final

import duckdb

from aqua_core.errors import FileUnusable
from aqua_core.store.connecting import Cursor
from aqua_core.store.later_layouts import (
    EIGHTH,
    ELEVENTH,
    FOURTEENTH,
    HANG,
    NINTH,
    SEVENTH,
    SIXTEENTH,
    SIXTH,
    TENTH,
    THIRTEENTH,
    TWELFTH,
)
from aqua_core.store.layouts import FIFTH, FIRST, FOURTH, SECOND, THIRD
from aqua_core.store.programme_layout import FORUMS, GIVEN, PROGRAMMES

SCHEMA_VERSION: Final = 18

_UPGRADES: Final = {
    **{1: SECOND, 2: THIRD, 3: FOURTH, 4: FIFTH, 5: SIXTH, 6: SEVENTH},
    **{7: EIGHTH, 8: NINTH, 9: TENTH, 10: ELEVENTH, 11: TWELFTH, 12: THIRTEENTH},
    **{13: FOURTEENTH, 14: PROGRAMMES, 15: SIXTEENTH, 16: FORUMS, 17: GIVEN},
}
"""What brings a file of an earlier version to the next one, by its version."""

SCHEMA: Final = (
    *(*FIRST, *SECOND, *THIRD, *FOURTH, *FIFTH, *SIXTH, *SEVENTH),
    *(*EIGHTH, *NINTH, *TENTH, *ELEVENTH, *TWELFTH, *THIRTEENTH, *FOURTEENTH),
    *(*PROGRAMMES, *SIXTEENTH, *FORUMS, *GIVEN),
)
"""A new file goes the way of an old one, so both have the same tables."""


def lay_out(connection: Cursor, path: Path) -> None:
    """Make the tables, or bring those of an earlier version up to date.

    Raises:
        FileUnusable: the file was made by another version; it is left as it was.
        duckdb.Error: it is damaged, or somebody else's.
    """
    if _is_empty(connection):
        _in_one(connection, [*SCHEMA, f"INSERT INTO schema_version VALUES ({SCHEMA_VERSION})"])
        return
    version = _version_of(connection)
    if version != SCHEMA_VERSION:
        _check_known(version, path)
        _in_one(
            connection,
            [*steps_from(version), f"UPDATE schema_version SET version = {SCHEMA_VERSION}"],
        )
    _hang_by_name(connection)


def steps_from(version: int) -> tuple[str, ...]:
    """Give what brings an earlier layout to this one, in order."""
    return tuple(step for earlier in range(version, SCHEMA_VERSION) for step in _UPGRADES[earlier])


def deeds_held(connection: Cursor) -> int:
    """Give how many deeds the file holds."""
    found = connection.execute("SELECT max(number) FROM deed").fetchone()
    return int(found[0] or 0) if found else 0


def read_all(connection: Cursor) -> None:
    """Read every value of every table, so that a damaged block is found now and not in the room.

    Raises:
        duckdb.Error: a block is damaged.
    """
    for table in tables_of(connection):
        connection.execute(f'SELECT bit_xor(hash(each)) FROM "{table}" AS each').fetchone()


def tables_of(connection: Cursor) -> tuple[str, ...]:
    """Give the names of the tables, in order."""
    # The engine's own list: information_schema took 20 ms of each opening, this takes 3.
    rows = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() "
        "ORDER BY table_name"
    ).fetchall()
    return tuple(name for (name,) in rows)


def _is_empty(connection: Cursor) -> bool:
    return not tables_of(connection)


def _check_known(version: int, path: Path) -> None:
    if version not in _UPGRADES:
        raise FileUnusable(
            f"{path.name} was made by another version of Discovery Room (its layout is {version}, "
            f"this app knows {SCHEMA_VERSION}). Open it with that version, or move it away."
        )


def _hang_by_name(connection: Cursor) -> None:
    """Give a place to each workshop that a journal of an earlier layout brought back."""
    found = connection.execute("SELECT count(*) FROM workshop WHERE place_id IS NULL").fetchone()
    if found and found[0]:
        _in_one(connection, [*HANG])


def _in_one(connection: Cursor, statements: list[str]) -> None:
    connection.execute("BEGIN TRANSACTION")
    for statement in statements:
        connection.execute(statement)
    connection.execute("COMMIT")


def _version_of(connection: Cursor) -> int:
    found = connection.execute("SELECT max(version) FROM schema_version").fetchone()
    if not found or not isinstance(found[0], int):
        raise duckdb.DataError("the file holds no version of ours")
    return found[0]
