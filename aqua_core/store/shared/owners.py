"""Which organisation a row belongs to: PostgreSQL shows a transaction no row of another one.

A transaction belongs to no organisation, and sees nothing, until the code that it names or the
cookie that asks belongs to one. Store functions say nothing of it: a policy of each table adds the
question to what they read, and a default the answer to what they write.
"""

import re
from collections.abc import Collection
from typing import Final

from aqua_core.errors import FileUnusable
from aqua_core.store.connecting import Cursor
from aqua_core.store.schema import SCHEMA

_NOBODYS: Final = frozenset({"schema_version", "deed", "facilitator"})
_MADE: Final = set(re.findall(r"CREATE TABLE (\w+)", " ".join(SCHEMA)))
OWNED: Final = tuple(sorted({*_MADE, "shelved", "away"} - _NOBODYS))
"""Every table of a room belongs to organisations; one of the shared database alone is added here.

In its layout it needs nothing for that: `guard` gives it the column, the policy and its keys.
"""
ANY_DEVICE: Final = "*"  # a device that tells nothing but its cookie: its own rows, anywhere
_OF_DEVICES: Final = ("seat", "seat_key", "wall")
_ITS: Final = "nullif(current_setting('room.organisation', true), '')"

# No trigger stands on what a seat writes: these tables change when somebody sets up or pairs.
_CODES: Final = (
    """
    CREATE TABLE IF NOT EXISTS code_of (
        code text PRIMARY KEY,
        organisation_id text NOT NULL,
        id text NOT NULL
    )
    """,
    """
    CREATE OR REPLACE FUNCTION keep_code() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO code_of (code, organisation_id, id)
        VALUES (NEW.code, NEW.organisation_id, NEW.id);
        RETURN NEW;
    END $$
    """,
    """
    CREATE OR REPLACE FUNCTION drop_code() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        DELETE FROM code_of WHERE code = to_jsonb(OLD) ->> TG_ARGV[0];
        RETURN OLD;
    END $$
    """,
    # A wall watches one workshop: the one before may be another organisation's.
    f"""
    CREATE OR REPLACE FUNCTION keep_wall() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        PERFORM set_config('room.organisation', '{ANY_DEVICE}', true);
        DELETE FROM wall WHERE token_hash = NEW.token_hash;
        PERFORM set_config('room.organisation', NEW.organisation_id, true);
        INSERT INTO code_of (code, organisation_id, id)
        VALUES (NEW.token_hash, NEW.organisation_id, '');
        RETURN NEW;
    END $$
    """,
    """
    INSERT INTO code_of (code, organisation_id, id)
    SELECT code, organisation_id, id FROM workshop
    UNION ALL SELECT code, organisation_id, id FROM gathering
    UNION ALL SELECT token_hash, organisation_id, '' FROM wall
    ON CONFLICT DO NOTHING
    """,
    *(
        f"CREATE OR REPLACE TRIGGER {does} {when} ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION {does}({given})"
        for table, does, when, given in (
            ("workshop", "keep_code", "AFTER INSERT", ""),
            ("workshop", "drop_code", "AFTER DELETE", "'code'"),
            ("gathering", "keep_code", "AFTER INSERT", ""),
            ("gathering", "drop_code", "AFTER DELETE", "'code'"),
            ("wall", "keep_wall", "BEFORE INSERT", ""),
            ("wall", "drop_code", "AFTER DELETE", "'token_hash'"),
        )
    ),
)


def let_all_be_seen(cursor: Cursor) -> None:
    """Let who changes the layout see every row, until `guard` is called in the same transaction."""
    for table in _guarded(cursor):
        cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")


def guard(cursor: Cursor, first: str) -> None:
    """Let each row belong to an organisation, and nobody see one of another.

    Args:
        cursor: of the transaction that changes the layout.
        first: the organisation to which rows of before belong.
    """
    cursor.execute("SELECT set_config('room.organisation', $1, true)", [first])
    for table in sorted({*OWNED} - _guarded(cursor)):
        _give_owner(cursor, table)
    for statement in _CODES:
        cursor.execute(statement)
    for table in OWNED:
        cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def check_role(cursor: Cursor) -> None:
    """Refuse to be a user of the database for whom its policies do not hold.

    Raises:
        FileUnusable: it may see the rows of every organisation.
    """
    found = cursor.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)"
    ).fetchone()
    if found:
        raise FileUnusable(
            f"The database's user {found[0]} may see the rows of every organisation. Make an "
            "ordinary one (createuser room, without --superuser) that owns the database, and name "
            "it in DISCOVERY_ROOM_DATABASE."
        )


def is_guarded(cursor: Cursor) -> bool:
    """Tell whether every table asks whose its rows are."""
    return _guarded(cursor, forced=True) >= {*OWNED}


def is_free(cursor: Cursor, code: str) -> bool:
    """Tell whether no workshop and no gathering of any organisation has a code."""
    found = cursor.execute("SELECT count(*) FROM code_of WHERE code = $1", [code]).fetchone()
    return found == (0,)


def codes_of_seats(cursor: Cursor, tokens: Collection[str]) -> tuple[str, ...]:
    """Give the codes of the workshops in which these hashes of one device's cookie have a seat."""
    rows = cursor.execute(
        """
        SELECT code FROM seat JOIN code_of
        ON code_of.id = seat.workshop_id AND code_of.organisation_id = seat.organisation_id
        WHERE token_hash = ANY($1) ORDER BY code
        """,
        [list(tokens)],
    ).fetchall()
    return tuple(code for (code,) in rows)


def _guarded(cursor: Cursor, *, forced: bool = False) -> set[str]:
    rows = cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
        "AND relrowsecurity AND (relforcerowsecurity OR NOT $1) ORDER BY relname",
        [forced],
    ).fetchall()
    return {table for (table,) in rows}


def _give_owner(cursor: Cursor, table: str) -> None:
    cursor.execute(
        f"ALTER TABLE {table} ADD COLUMN organisation_id text NOT NULL DEFAULT {_ITS}, "
        "ENABLE ROW LEVEL SECURITY"
    )
    # Asked once a statement, not once a row.
    cursor.execute(f"CREATE POLICY its_own ON {table} USING (organisation_id = (SELECT {_ITS}))")
    if table in _OF_DEVICES:
        _let_devices_in(cursor, table)
    if table != "wall" and (columns := _key_of(cursor, table)):
        # What a pack or a card brings has the ids that it has elsewhere: in another one's rows.
        cursor.execute(
            f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey, "
            f"ADD PRIMARY KEY (organisation_id, {columns})"
        )


def _let_devices_in(cursor: Cursor, table: str) -> None:
    for what in ("SELECT", "DELETE") if table == "wall" else ("SELECT",):
        cursor.execute(
            f"CREATE POLICY any_device_{what.lower()} ON {table} FOR {what} USING "
            f"((SELECT current_setting('room.organisation', true)) = '{ANY_DEVICE}')"
        )


def _key_of(cursor: Cursor, table: str) -> str:
    found = cursor.execute(
        "SELECT string_agg(attname, ', ' ORDER BY array_position(conkey, attnum)) "
        "FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY(conkey) "
        "WHERE conrelid = $1::regclass AND contype = 'p'",
        [table],
    ).fetchone()
    return found[0] or "" if found else ""
