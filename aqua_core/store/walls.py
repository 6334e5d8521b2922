"""Browsers that show one workshop to the room, by the hash of their cookie."""

from aqua_core.store.cursor import Cursor


def add_wall(cursor: Cursor, token_hash: str, workshop_id: str) -> None:
    """Let a browser watch a workshop."""
    cursor.execute(
        "INSERT INTO wall (token_hash, workshop_id) VALUES ($1, $2)", [token_hash, workshop_id]
    )


def is_wall(cursor: Cursor, token_hash: str, workshop_id: str) -> bool:
    """Tell whether this hash belongs to a browser that may watch this workshop."""
    found = cursor.execute(
        "SELECT count(*) FROM wall WHERE token_hash = $1 AND workshop_id = $2",
        [token_hash, workshop_id],
    ).fetchone()
    return bool(found and found[0])
