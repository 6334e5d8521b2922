"""Browsers that are signed in as the facilitator, by the hash of their cookie."""

from aqua_core.store.cursor import Cursor


def add_facilitator(cursor: Cursor, token_hash: str) -> None:
    """Keep a signed-in browser."""
    cursor.execute("INSERT INTO facilitator (token_hash) VALUES ($1)", [token_hash])


def remove_facilitator(cursor: Cursor, token_hash: str) -> None:
    """Forget a signed-in browser; one that is not known stays unknown."""
    cursor.execute("DELETE FROM facilitator WHERE token_hash = $1", [token_hash])


def is_facilitator(cursor: Cursor, token_hash: str) -> bool:
    """Tell whether this hash belongs to a signed-in browser."""
    found = cursor.execute(
        "SELECT count(*) FROM facilitator WHERE token_hash = $1", [token_hash]
    ).fetchone()
    return bool(found and found[0])
