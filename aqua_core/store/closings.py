"""Closed workshops, and erased ones: what is taken out of the file, table by table."""

from typing import Final

from aqua_core.store.cursor import Cursor
from aqua_core.store.facts import once_opened

_OF_A_WORKSHOP: Final = (
    *("seat_key", "seat", "vote", "round", "reveal", "note", "action"),
    *("team", "partner", "wall", "closing"),
    *("topic_move", "timer", "conversation", "reason", "reason_shown", "guessing", "guess"),
    *("cycle", "answer", "support", "unclear"),
)
_NEWEST_AS_FIRST: Final = """
    UPDATE vote SET points = newest.points
    FROM vote AS newest
    WHERE vote.workshop_id = $1 AND vote.sequence = 1
      AND newest.workshop_id = vote.workshop_id AND newest.domain = vote.domain
      AND newest.number = vote.number AND newest.seat_id = vote.seat_id
      AND newest.sequence = (
          SELECT max(each.sequence) FROM vote AS each
          WHERE each.workshop_id = vote.workshop_id AND each.domain = vote.domain
            AND each.number = vote.number AND each.seat_id = vote.seat_id
      )
"""


def add_closing(cursor: Cursor, workshop_id: str) -> None:
    """Close a workshop: no seat can be tied to a device any more, and no walls watch it.

    Of each seat's changes of mind only the last is kept, and it counts as the first.
    """
    cursor.execute("INSERT INTO closing (workshop_id) VALUES ($1)", [workshop_id])
    cursor.execute("DELETE FROM seat_key WHERE workshop_id = $1", [workshop_id])
    cursor.execute("DELETE FROM wall WHERE workshop_id = $1", [workshop_id])
    cursor.execute("UPDATE seat SET token_hash = '' WHERE workshop_id = $1", [workshop_id])
    # The newest takes the place of the first: to renumber it would break the engine's own key.
    cursor.execute(_NEWEST_AS_FIRST, [workshop_id])
    cursor.execute("DELETE FROM vote WHERE workshop_id = $1 AND sequence > 1", [workshop_id])


def is_open(cursor: Cursor, workshop_id: str) -> bool:
    """Tell whether a workshop still takes seats and scores; asked at every vote, read once."""
    return bool(once_opened(("open", workshop_id), lambda: _is_open(cursor, workshop_id) or None))


def _is_open(cursor: Cursor, workshop_id: str) -> bool:
    found = cursor.execute(
        "SELECT count(*) FROM closing WHERE workshop_id = $1", [workshop_id]
    ).fetchone()
    return not (found and found[0])


def erase(cursor: Cursor, workshop_id: str) -> None:
    """Take every row of a workshop out of every table, and what others said of its actions."""
    cursor.execute(
        "DELETE FROM answer WHERE action_id IN (SELECT id FROM action WHERE workshop_id = $1)",
        [workshop_id],
    )
    for table in _OF_A_WORKSHOP:
        cursor.execute(f"DELETE FROM {table} WHERE workshop_id = $1", [workshop_id])
    cursor.execute("DELETE FROM workshop WHERE id = $1", [workshop_id])
