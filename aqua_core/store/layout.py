"""The layout of a room's file: made in an empty one, brought up to date in an earlier one."""

from pathlib import Path

import duckdb

from aqua_core.errors import FileUnusable
from aqua_core.store.cursor import Cursor
from aqua_core.store.schema import SCHEMA, SCHEMA_VERSION, UPGRADES
from aqua_core.store.schema.sixth import HANG


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
        steps = [step for earlier in range(version, SCHEMA_VERSION) for step in UPGRADES[earlier]]
        _in_one(connection, [*steps, f"UPDATE schema_version SET version = {SCHEMA_VERSION}"])
    _hang_by_name(connection)


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
    if version not in UPGRADES:
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
