"""The layout of the shared database: the file's own, made by `python app.py prepare` alone."""

from typing import Final

from aqua_core.errors import FileUnusable
from aqua_core.store.connecting import Cursor
from aqua_core.store.schema import SCHEMA, SCHEMA_VERSION, steps_from
from aqua_core.store.shared import faults, lending, passing, shelves

_PREPARING: Final = 7_239_014_001  # the lock of who changes the layout: any number, but the same
# A file is read through in no time; here many workshops of years lie in one table.
_INDEXES: Final = {
    **dict.fromkeys(("team", "partner", "wall", "seat", "action", "reason"), "workshop_id"),
    **{"vote": "workshop_id, seat_id", "guess": "workshop_id, seat_id", "sitting": "wave_id"},
    **{"workshop": "place_id", "wave": "place_id", "measure": "place_id", "answer": "action_id"},
    **{"measured": "measure_id", "programme_session": "programme_id", "at_table": "gathering_id"},
}
_OTHER_ORDER: Final = (
    "The room's database sorts or reads letters in another way than Discovery Room does. Make it "
    "anew with ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8' TEMPLATE template0."
)


def prepare(address: str) -> tuple[int, int]:
    """Make the tables, or bring those of an earlier layout up to date: all of it, or nothing.

    Returns:
        The layout that the database had, 0 where it was empty, and the one that it has now.

    Raises:
        FileUnusable: it does not answer, is from a newer version, or compares letters in its own
            way; it is left as it was.
    """
    with faults.said(faults.NO_ANSWER), lending.connected(address) as connection:
        cursor = lending.Lent(connection)
        with connection.transaction():
            cursor.execute("SELECT pg_advisory_xact_lock($1)", [_PREPARING])
            _check_letters(cursor)
            before = _version_of(cursor)
            for statement in (*_steps(before), passing.TABLE, shelves.TABLE, *_indexes()):
                cursor.execute(statement)
    return before, SCHEMA_VERSION


def check_layout(cursor: Cursor) -> None:
    """Refuse a database that this version does not know.

    Raises:
        FileUnusable: its layout is an earlier or a later one, or it has none yet.
    """
    found = _version_of(cursor)
    if found > SCHEMA_VERSION:
        raise FileUnusable(_newer(found))
    if found < SCHEMA_VERSION:
        has = f"has layout {found}" if found else "has no tables yet"
        raise FileUnusable(
            f"The room's database {has}, and this version needs {SCHEMA_VERSION}. Stop every "
            "process of Discovery Room, run `python app.py prepare` once, then start them."
        )


def _newer(found: int) -> str:
    return (
        f"The room's database was prepared by a later version of Discovery Room (its layout is "
        f"{found}, this one knows {SCHEMA_VERSION}). Start that version."
    )


def _version_of(cursor: Cursor) -> int:
    made = cursor.execute("SELECT to_regclass('schema_version') IS NOT NULL").fetchone()
    if made != (True,):
        return 0
    found = cursor.execute("SELECT max(version) FROM schema_version").fetchone()
    return found[0] or 0 if found else 0


def _steps(before: int) -> tuple[str, ...]:
    if before > SCHEMA_VERSION:
        raise FileUnusable(_newer(before))
    if not before:
        return (*SCHEMA, f"INSERT INTO schema_version VALUES ({SCHEMA_VERSION})")
    return (*steps_from(before), f"UPDATE schema_version SET version = {SCHEMA_VERSION}")


def _indexes() -> list[str]:
    return [
        f"CREATE INDEX IF NOT EXISTS {table}_by ON {table} ({columns})"
        for table, columns in _INDEXES.items()
    ]


def _check_letters(cursor: Cursor) -> None:
    found = cursor.execute(
        "SELECT pg_encoding_to_char(encoding), datcollate, lower('É') FROM pg_database "
        "WHERE datname = current_database()"
    ).fetchone()
    if found != ("UTF8", "C", "é"):
        raise FileUnusable(_OTHER_ORDER)
