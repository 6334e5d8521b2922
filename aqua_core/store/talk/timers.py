"""The timer of a conversation: when it ends, in UTC; the newest row counts."""

from datetime import datetime

from aqua_core.store.cursor import Cursor
from aqua_core.store.versions import add_next


def set_timer(cursor: Cursor, workshop_id: str, ends: datetime | None) -> None:
    """Let the timer end then, or stop it (None)."""
    add_next(cursor, "timer", {"workshop_id": workshop_id}, {"ends": ends})


def timer_of(cursor: Cursor, workshop_id: str) -> datetime | None:
    """Give when the timer ends; None when none runs."""
    found = cursor.execute(
        "SELECT ends FROM timer WHERE workshop_id = $1 ORDER BY sequence DESC LIMIT 1",
        [workshop_id],
    ).fetchone()
    return found[0] if found else None
