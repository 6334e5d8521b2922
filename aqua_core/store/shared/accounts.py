"""Organisations, their accounts, and the invitations that wait; of a link only the hash is kept.

These four tables say who sees which rows, so they have no policy of their own: every statement of
this file names its organisation, or the secret by which somebody comes.
"""

from typing import Any, Final, NamedTuple

from aqua_core.store.connecting import Cursor
from aqua_core.store.seats import SignedIn
from aqua_core.vocabulary.account import (
    DAYS_OF_INVITATION,
    HOURS_BY_DIRECTORY,
    Account,
    Invitation,
    Invited,
    Role,
)

TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS organisation (id text PRIMARY KEY, name text NOT NULL)",
    "CREATE UNIQUE INDEX IF NOT EXISTS organisation_named ON organisation (lower(name))",
    """
    CREATE TABLE IF NOT EXISTS account (
        id text PRIMARY KEY,
        organisation_id text NOT NULL REFERENCES organisation (id),
        name text NOT NULL,
        role text NOT NULL,
        since date NOT NULL,
        closed boolean NOT NULL DEFAULT false,
        known_as text
    )
    """,
    # As whom a directory knows somebody, if it does: one open account a person.
    "CREATE UNIQUE INDEX IF NOT EXISTS account_known_as ON account (known_as) WHERE NOT closed",
    # `account_id` is "" where it makes a new account, of whom an administrator means by `name`.
    """
    CREATE TABLE IF NOT EXISTS invitation (
        mark text PRIMARY KEY,
        organisation_id text NOT NULL REFERENCES organisation (id),
        role text NOT NULL,
        account_id text NOT NULL,
        name text NOT NULL,
        ends timestamptz NOT NULL
    )
    """,
    # Who signed in before there were accounts is nobody's, and comes in anew.
    "ALTER TABLE facilitator ADD COLUMN IF NOT EXISTS account_id text REFERENCES account (id)",
    # When a browser that came by a directory is signed out.
    "ALTER TABLE facilitator ADD COLUMN IF NOT EXISTS ends timestamptz",
)
FIRST: Final = "First organisation"
_ROOM: Final = "hashtextextended('organisation ' || {}, 0)"
_OF_THIS: Final = _ROOM.format("current_setting('room.organisation', true)")
BESIDE_OTHERS: Final = f"pg_advisory_xact_lock_shared({_OF_THIS})"
ALONE: Final = f"pg_advisory_xact_lock({_OF_THIS})"
"""Locks of the organisation that the open transaction belongs to."""


class LetIn(NamedTuple):
    """Whose cookie asks: the account and its role."""

    account_id: str
    role: Role


def let_in(cursor: Cursor, token_hash: str) -> LetIn | None:
    """Let a signed-in browser's transaction belong to its organisation; None for any other.

    Where a code has said whose it is, a cookie of another organisation is nobody's. Who writes
    alone has waited for everybody else of the organisation when this is answered.
    """
    found = cursor.execute(
        f"""
        SELECT account.id, role,
               set_config('room.organisation', organisation_id, true),
               CASE WHEN current_setting('room.alone', true) = 'on'
                    THEN pg_advisory_xact_lock({_ROOM.format("organisation_id")})::text END
        FROM facilitator JOIN account ON account.id = account_id
        WHERE token_hash = $1 AND NOT closed AND coalesce(ends > now(), true)
        AND organisation_id = coalesce(
            nullif(current_setting('room.organisation', true), ''), organisation_id
        )
        """,
        [token_hash],
    ).fetchone()
    return LetIn(found[0], Role(found[1])) if found else None


def organisations(cursor: Cursor) -> dict[str, str]:
    """Give the name of every organisation by its id, in the order of their names."""
    rows = cursor.execute("SELECT id, name FROM organisation ORDER BY lower(name)").fetchall()
    return dict(rows)


def belong_to(cursor: Cursor, organisation_id: str) -> None:
    """Let the operator's open transaction belong to an organisation, alone in it."""
    cursor.execute("SELECT set_config('room.organisation', $1, true)", [organisation_id])
    cursor.execute(f"SELECT {ALONE}")


def organisation_named(cursor: Cursor, name: str) -> str | None:
    """Give the id of the organisation with this name, however its letters are written; or None."""
    found = cursor.execute(
        "SELECT id FROM organisation WHERE lower(name) = lower($1)", [name]
    ).fetchone()
    return found[0] if found else None


def add_organisation(cursor: Cursor, organisation_id: str, name: str) -> None:
    """Keep a new organisation."""
    cursor.execute("INSERT INTO organisation (id, name) VALUES ($1, $2)", [organisation_id, name])


def name_of_this(cursor: Cursor) -> str:
    """Give the name of the organisation that the transaction belongs to; "" for none."""
    found = cursor.execute(
        "SELECT name FROM organisation WHERE id = current_setting('room.organisation', true)"
    ).fetchone()
    return found[0] if found else ""


def rename_this(cursor: Cursor, name: str) -> None:
    """Give the organisation that the transaction belongs to another name."""
    cursor.execute(
        "UPDATE organisation SET name = $1 WHERE id = current_setting('room.organisation', true)",
        [name],
    )


def accounts_here(cursor: Cursor) -> tuple[Account, ...]:
    """Give the accounts of the transaction's organisation that are not closed, by name."""
    rows = cursor.execute(
        "SELECT id, name, role, since, known_as IS NOT NULL FROM account WHERE NOT closed "
        "AND organisation_id = current_setting('room.organisation', true) ORDER BY lower(name), id"
    ).fetchall()
    return tuple(
        Account(key, name, Role(role), since, known) for key, name, role, since, known in rows
    )


def add_account(cursor: Cursor, account: Account, organisation_id: str) -> None:
    """Keep a new account."""
    cursor.execute(
        "INSERT INTO account (id, organisation_id, name, role, since) VALUES ($1, $2, $3, $4, $5)",
        [account.id, organisation_id, account.name, account.role.value, account.since],
    )


def account_known_as(cursor: Cursor, known_as: str) -> str | None:
    """Give the open account, of any organisation, whom a directory knows so; or None."""
    found = cursor.execute(
        "SELECT id FROM account WHERE known_as = $1 AND NOT closed", [known_as]
    ).fetchone()
    return found[0] if found else None


def know_as(cursor: Cursor, account_id: str, known_as: str) -> bool:
    """Keep as whom a directory knows an account; False where it knows somebody else as one of both.

    Browsers that came without it are asked for it too, after as long as if they had. The database
    itself refuses a second account that is known so at the same moment.
    """
    ends = f"now() + interval '{HOURS_BY_DIRECTORY} hours'"
    cursor.execute(
        f"UPDATE facilitator SET ends = {ends} WHERE account_id = $1 AND ends IS NULL", [account_id]
    )
    kept = cursor.execute(
        "UPDATE account SET known_as = $2 WHERE id = $1 AND coalesce(known_as, $2) = $2 "
        "AND NOT EXISTS (SELECT FROM account WHERE known_as = $2 AND id <> $1 AND NOT closed) "
        "RETURNING id",
        [account_id, known_as],
    ).fetchone()
    return kept is not None


def change_account(cursor: Cursor, account_id: str, role: Role) -> None:
    """Give an account of the transaction's organisation another role."""
    cursor.execute(
        "UPDATE account SET role = $2 WHERE id = $1 "
        "AND organisation_id = current_setting('room.organisation', true)",
        [account_id, role.value],
    )


def close_account(cursor: Cursor, account_id: str) -> None:
    """Close an account of the transaction's organisation: its sign-ins and its links end."""
    cursor.execute(
        "UPDATE account SET closed = true WHERE id = $1 "
        "AND organisation_id = current_setting('room.organisation', true)",
        [account_id],
    )
    for table in ("facilitator", "invitation"):
        cursor.execute(
            f"DELETE FROM {table} WHERE account_id IN (SELECT id FROM account WHERE closed)"
        )


class Meant(NamedTuple):
    """For whom a link is: an account that is there, or somebody new, by name; "" for neither."""

    account_id: str = ""
    name: str = ""


ANYBODY: Final = Meant()


def add_invitation(
    cursor: Cursor, mark: str, organisation_id: str, role: Role, meant: Meant = ANYBODY
) -> None:
    """Let a link wait, for so many days, that makes an account, or signs one in."""
    cursor.execute("DELETE FROM invitation WHERE ends <= now()")
    cursor.execute(
        "INSERT INTO invitation (mark, organisation_id, role, account_id, name, ends) "
        "VALUES ($1, coalesce(nullif($2, ''), current_setting('room.organisation', true)), $3, $4, "
        f"$5, now() + interval '{DAYS_OF_INVITATION} days')",
        [mark, organisation_id, role.value, *meant],
    )


_WAITING: Final = """
    SELECT mark, coalesce(account.role, invitation.role), coalesce(account.name, ''), ends::date,
           invitation.name, account.known_as IS NOT NULL, organisation.name
    FROM invitation JOIN organisation ON organisation.id = invitation.organisation_id
    LEFT JOIN account ON account.id = account_id
    WHERE ends > now() AND
"""


def invitations_here(cursor: Cursor) -> tuple[Invitation, ...]:
    """Give the invitations of the transaction's organisation that wait, the last to end first."""
    rows = cursor.execute(
        f"{_WAITING} organisation.id = current_setting('room.organisation', true) "
        "ORDER BY ends DESC, mark"
    ).fetchall()
    return tuple(_invitation(row) for row in rows)


def invited_by(cursor: Cursor, mark: str) -> Invited | None:
    """Give what a link opens, or None where it waits no more."""
    row = cursor.execute(f"{_WAITING} mark = $1", [mark]).fetchone()
    return Invited(row[6], _invitation(row)) if row else None


def _invitation(row: tuple[Any, ...]) -> Invitation:
    mark, role, account, until, name, known, _ = row
    return Invitation(mark, Role(role), account, until, name, known)


def take_invitation(cursor: Cursor, mark: str) -> tuple[str, str] | None:
    """Spend a link; give the organisation and the account that it was for, or None."""
    found = cursor.execute(
        "DELETE FROM invitation WHERE mark = $1 "
        "RETURNING organisation_id, account_id, ends > now()",
        [mark],
    ).fetchone()
    return (found[0], found[1]) if found and found[2] else None


def withdraw(cursor: Cursor, mark: str) -> None:
    """Let an invitation of the transaction's organisation wait no more."""
    cursor.execute(
        "DELETE FROM invitation WHERE mark = $1 "
        "AND organisation_id = current_setting('room.organisation', true)",
        [mark],
    )


def sign_in(cursor: Cursor, signed_in: SignedIn, account_id: str) -> None:
    """Let a browser be an account's: for some hours where a directory knows it, else for good."""
    cursor.execute("DELETE FROM facilitator WHERE ends <= now()")
    cursor.execute(
        "INSERT INTO facilitator (token_hash, browser, since, by_passphrase, account_id, ends) "
        "SELECT $1, $2, $3, $4, id, CASE WHEN known_as IS NOT NULL "
        f"THEN now() + interval '{HOURS_BY_DIRECTORY} hours' END FROM account WHERE id = $5",
        [*signed_in, account_id],
    )


def sign_out(cursor: Cursor, token_hash: str) -> None:
    """Sign a browser of the transaction's organisation out."""
    cursor.execute(
        "DELETE FROM facilitator USING account WHERE account.id = account_id "
        "AND token_hash = $1 AND organisation_id = current_setting('room.organisation', true)",
        [token_hash],
    )


def signed_in_here(cursor: Cursor) -> tuple[tuple[str, SignedIn], ...]:
    """Give (account, browser) of all who are signed in to the transaction's organisation.

    The newest first.
    """
    rows = cursor.execute(
        "SELECT account_id, token_hash, browser, facilitator.since, by_passphrase "
        "FROM facilitator JOIN account ON account.id = account_id "
        "WHERE organisation_id = current_setting('room.organisation', true) "
        "AND coalesce(ends > now(), true) "
        "ORDER BY facilitator.since DESC, token_hash"
    ).fetchall()
    return tuple((account, SignedIn(*browser)) for account, *browser in rows)


def begin_first(cursor: Cursor) -> str:
    """Let an organisation begin for rows of before there were any; give its id, "" for no rows."""
    held = cursor.execute("SELECT count(*) FROM workshop").fetchone()
    places = cursor.execute("SELECT count(*) FROM place").fetchone()
    if (held, places) == ((0,), (0,)):
        return ""
    if (found := organisation_named(cursor, FIRST)) is None:
        found = "first"
        add_organisation(cursor, found, FIRST)
    return found
