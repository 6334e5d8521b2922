"""The timer of a conversation: when it ends, in UTC; the newest row counts."""

from datetime import datetime

from aqua_core.store.cursor import Cursor


def set_timer(cursor: Cursor, workshop_id: str, ends: datetime | None) -> None:
    """Let the timer end then, or stop it (None)."""
    cursor.execute(
        """
        INSERT INTO timer (workshop_id, sequence, ends)
        SELECT $1, coalesce(max(sequence), 0) + 1, $2 FROM timer WHERE workshop_id = $1
        """,
        [workshop_id, ends],
    )


def timer_of(cursor: Cursor, workshop_id: str) -> datetime | None:
    """Give when the timer ends; None when none runs."""
    found = cursor.execute(
        "SELECT ends FROM timer WHERE workshop_id = $1 ORDER BY sequence DESC LIMIT 1",
        [workshop_id],
    ).fetchone()
    return found[0] if found else None
