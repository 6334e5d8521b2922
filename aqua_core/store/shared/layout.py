"""The layout of the shared database: the file's own, made by `python app.py prepare` alone."""

import secrets
from typing import Final

from aqua_core.errors import FileUnusable
from aqua_core.store.connecting import Cursor
from aqua_core.store.schema import SCHEMA, SCHEMA_VERSION, steps_from
from aqua_core.store.shared import accounts, faults, lending, moving, owners, passing, shelves
from aqua_core.store.shared.log import check_log
from aqua_core.vocabulary.account import Role

_PREPARING: Final = 7_239_014_001  # the lock of who changes the layout: any number, but the same
# A file is read through in no time; here many workshops of years lie in one table.
_INDEXES: Final = {
    **dict.fromkeys(("team", "partner", "wall", "seat", "action", "reason"), "workshop_id"),
    **{"vote": "workshop_id, seat_id", "guess": "workshop_id, seat_id", "sitting": "wave_id"},
    **{"workshop": "place_id", "wave": "place_id", "measure": "place_id", "answer": "action_id"},
    **{"measured": "measure_id", "programme_session": "programme_id", "at_table": "gathering_id"},
}
_OF_HERE: Final = (
    *(passing.TABLE, passing.ENDS, shelves.TABLE, moving.TABLE),
    *accounts.TABLES,
)
_OTHER_ORDER: Final = (
    "The room's database sorts or reads letters in another way than Discovery Room does. Make it "
    "anew with ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8' TEMPLATE template0."
)


def prepare(address: str) -> tuple[int, int, str]:
    """Make the tables, or bring those of an earlier layout up to date: all of it, or nothing.

    Returns:
        The layout that the database had, 0 where it was empty; the one that it has now; and the
        organisation that has begun for rows of before there were any, "" for none.

    Raises:
        FileUnusable: it does not answer, is from a newer version, compares letters in its own way,
            or logs what seats gave; it is left as it was.
    """
    with faults.said(faults.NO_ANSWER), lending.connected(address) as connection:
        cursor = lending.Lent(connection)
        with connection.transaction():
            cursor.execute("SELECT pg_advisory_xact_lock($1)", [_PREPARING])
            _check_letters(cursor)
            check_log(cursor)
            owners.check_role(cursor)
            before, first = _version_of(cursor), not owners.is_guarded(cursor)
            owners.let_all_be_seen(cursor)
            for statement in (*_steps(before), *_OF_HERE, *_indexes()):
                cursor.execute(statement)
            begun = accounts.begin_first(cursor) if first else ""
            owners.guard(cursor, begun)
    return before, SCHEMA_VERSION, accounts.FIRST if begun else ""


def invite(address: str, name: str, mark: str) -> bool:
    """Let an administrator's invitation to an organisation wait, which begins if it is not there.

    Returns:
        Whether it is new.

    Raises:
        FileUnusable: the database does not answer, or is to be prepared first.
    """
    with faults.said(faults.NO_ANSWER), lending.connected(address) as connection:
        cursor = lending.Lent(connection)
        with connection.transaction():
            cursor.execute("SELECT pg_advisory_xact_lock($1)", [_PREPARING])
            check_layout(cursor)
            known = accounts.organisation_named(cursor, name)
            organisation = known or secrets.token_hex(8)
            if known is None:
                accounts.add_organisation(cursor, organisation, name)
            accounts.add_invitation(cursor, mark, organisation, Role.ADMINISTRATOR)
    return known is None


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
    owners.check_role(cursor)
    if not owners.is_guarded(cursor):
        raise FileUnusable(
            "The room's database knows no organisations yet. Stop every process of Discovery Room, "
            "run `python app.py prepare` once, then start them."
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
