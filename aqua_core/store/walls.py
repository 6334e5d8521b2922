"""Browsers that show one workshop to the room, by the hash of their cookie."""

from aqua_core.store.cursor import Cursor


def add_wall(cursor: Cursor, token_hash: str, workshop_id: str) -> None:
    """Let a browser watch a workshop, and none other any more."""
    cursor.execute(
        "INSERT INTO wall (token_hash, workshop_id) VALUES ($1, $2) "
        "ON CONFLICT (token_hash) DO UPDATE SET workshop_id = excluded.workshop_id",
        [token_hash, workshop_id],
    )


def remove_walls(cursor: Cursor, workshop_id: str) -> None:
    """Let no browser watch a workshop any more."""
    cursor.execute("DELETE FROM wall WHERE workshop_id = $1", [workshop_id])


def is_wall(cursor: Cursor, token_hash: str, workshop_id: str) -> bool:
    """Tell whether this hash belongs to a browser that may watch this workshop."""
    found = cursor.execute(
        "SELECT count(*) FROM wall WHERE token_hash = $1 AND workshop_id = $2",
        [token_hash, workshop_id],
    ).fetchone()
    return bool(found and found[0])


def code_on_wall(cursor: Cursor, token_hash: str) -> str | None:
    """Give the join code of the workshop that a browser may watch, or None."""
    found = cursor.execute(
        "SELECT workshop.code FROM wall JOIN workshop ON workshop.id = wall.workshop_id "
        "WHERE wall.token_hash = $1",
        [token_hash],
    ).fetchone()
    return found[0] if found else None


def walls_of(cursor: Cursor, workshop_id: str) -> int:
    """Count the browsers that may watch a workshop."""
    found = cursor.execute(
        "SELECT count(*) FROM wall WHERE workshop_id = $1", [workshop_id]
    ).fetchone()
    return found[0] if found else 0
