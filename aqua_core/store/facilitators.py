"""Browsers that are signed in as the facilitator, by the hash of their cookie."""

from datetime import date
from typing import NamedTuple

from aqua_core.store.cursor import Cursor


class SignedIn(NamedTuple):
    """A signed-in browser: what it calls itself, and since when; None from before that was kept."""

    token_hash: str
    browser: str
    since: date | None
    by_passphrase: bool


def add_facilitator(cursor: Cursor, signed_in: SignedIn) -> None:
    """Keep a signed-in browser."""
    cursor.execute(
        "INSERT INTO facilitator (token_hash, browser, since, by_passphrase) "
        "VALUES ($1, $2, $3, $4)",
        list(signed_in),
    )


def remove_facilitator(cursor: Cursor, token_hash: str) -> None:
    """Forget a signed-in browser; one that is not known stays unknown."""
    cursor.execute("DELETE FROM facilitator WHERE token_hash = $1", [token_hash])


def facilitators_in(cursor: Cursor) -> tuple[SignedIn, ...]:
    """Give every signed-in browser, the newest first."""
    rows = cursor.execute(
        "SELECT token_hash, browser, since, by_passphrase FROM facilitator "
        "ORDER BY since DESC NULLS LAST, token_hash"
    ).fetchall()
    return tuple(SignedIn(*row) for row in rows)


def is_facilitator(cursor: Cursor, token_hash: str) -> bool:
    """Tell whether this hash belongs to a signed-in browser."""
    found = cursor.execute(
        "SELECT count(*) FROM facilitator WHERE token_hash = $1", [token_hash]
    ).fetchone()
    return bool(found and found[0])
