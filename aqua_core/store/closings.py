"""Closed workshops, and erased ones: what is taken out of the file, table by table."""

from typing import Final

from aqua_core.store.cards import drop_cards_of, sweep_cards
from aqua_core.store.connecting import Cursor
from aqua_core.store.facts import once_opened
from aqua_core.store.given import drop_given_of, sweep_given
from aqua_core.store.places import drop_what_hangs_on_nothing
from aqua_core.store.sittings import settle_been
from aqua_core.vocabulary.event import HowUndone

OF_A_WORKSHOP: Final = (
    *("seat_key", "seat", "vote", "round", "reveal", "note", "action"),
    *("team", "partner", "wall", "closing"),
    *("topic_move", "timer", "conversation", "reason", "reason_shown", "guessing", "guess"),
    *("cycle", "answer", "support", "unclear", "went_on", "brought"),
    *("taken_back", "resumed", "missed", "seat_aside", "left_out", "joining", "expected"),
    *("sitting", "been_here", "invited", "sits_for", "gathered", "done", "at_table", "missing"),
    *("share_out", "mirror", "run_sheet", "request_answer", "last_asked", "last_words"),
    *("last_said", "felt_safe", "beside", "checked"),
)
# Who changed a mind, by what they said and what makes two rows the same one's.
_CHANGED_MINDS: Final = {
    "vote": (("points",), ("domain", "number", "seat_id")),
    "guess": (("points", "partner_id"), ("domain", "number", "seat_id")),
    "reason": (("said", "team_id"), ("id",)),
}


def add_closing(cursor: Cursor, workshop_id: str) -> None:
    """Close a workshop: no seat can be tied to a device any more, and no walls watch it.

    Of each seat's changes of mind only the last is kept, and it counts as the first.
    """
    cursor.execute("INSERT INTO closing (workshop_id) VALUES ($1)", [workshop_id])
    cursor.execute("DELETE FROM done WHERE workshop_id = $1", [workshop_id])
    cursor.execute("DELETE FROM seat_key WHERE workshop_id = $1", [workshop_id])
    cursor.execute("DELETE FROM wall WHERE workshop_id = $1", [workshop_id])
    cursor.execute("UPDATE seat SET token_hash = '' WHERE workshop_id = $1", [workshop_id])
    # It says who came before which reveal, for phones that are gone now.
    cursor.execute("DELETE FROM missed WHERE workshop_id = $1", [workshop_id])
    for table, (said, same) in _CHANGED_MINDS.items():
        # The newest takes the first's place: to renumber it would break the engine's own key.
        cursor.execute(_newest_as_first(table, said, same), [workshop_id])
        cursor.execute(
            f"DELETE FROM {table} WHERE workshop_id = $1 AND sequence > 1", [workshop_id]
        )
        cursor.execute(_carried_before_first(table, same), [workshop_id])
    # What was left out with its seat stays out once nothing says whose it was.
    cursor.execute(
        "UPDATE reason SET said = '' WHERE workshop_id = $1 AND (domain, number, seat_id) IN "
        "(SELECT domain, number, seat_id FROM left_out WHERE workshop_id = $1)",
        [workshop_id],
    )
    settle_been(cursor, workshop_id)
    for table in ("been_here", "felt_safe"):
        cursor.execute(f"UPDATE {table} SET seat_id = '' WHERE workshop_id = $1", [workshop_id])
    # A wording may give its writer away: it must not lead to that seat's scores.
    cursor.execute("UPDATE reason SET seat_id = '' WHERE workshop_id = $1", [workshop_id])


def _newest_as_first(table: str, said: tuple[str, ...], same: tuple[str, ...]) -> str:
    new = ", ".join(f"{column} = newest.{column}" for column in said)
    keys = ("workshop_id", *same)
    of_newest = " AND ".join(f"newest.{key} = {table}.{key}" for key in keys)
    of_each = " AND ".join(f"each.{key} = {table}.{key}" for key in keys)
    return f"""
        UPDATE {table} SET {new}
        FROM {table} AS newest
        WHERE {table}.workshop_id = $1 AND {table}.sequence = 1 AND {of_newest}
          AND newest.sequence = (
              SELECT max(each.sequence) FROM {table} AS each WHERE {of_each}
          )
    """


def _carried_before_first(table: str, same: tuple[str, ...]) -> str:
    keys = " AND ".join(f"first.{key} = {table}.{key}" for key in ("workshop_id", *same))
    return f"""
        DELETE FROM {table} WHERE workshop_id = $1 AND sequence = 0 AND EXISTS (
            SELECT 1 FROM {table} AS first WHERE first.sequence = 1 AND {keys}
        )
    """


def is_open(cursor: Cursor, workshop_id: str) -> bool:
    """Tell whether a workshop still takes seats and scores; asked at every vote, read once."""
    return bool(once_opened(("open", workshop_id), lambda: _is_open(cursor, workshop_id) or None))


def _is_open(cursor: Cursor, workshop_id: str) -> bool:
    found = cursor.execute(
        "SELECT count(*) FROM closing WHERE workshop_id = $1", [workshop_id]
    ).fetchone()
    return not (found and found[0])


def erase(cursor: Cursor, workshop_id: str) -> None:
    """Take every row of a workshop out of every table, and what others said of its actions.

    A wave that only this workshop stood behind goes too, and a place that nothing else hangs on.
    """
    # An act of another workshop's that changed this one kept what was called how in it.
    cursor.execute(
        "UPDATE done SET way = $2, about = '{}' WHERE about LIKE "
        "'%\"' || (SELECT code FROM workshop WHERE id = $1) || '\"%'",
        [workshop_id, HowUndone.NEVER.value],
    )
    cursor.execute(
        "DELETE FROM answer WHERE action_id IN (SELECT id FROM action WHERE workshop_id = $1)",
        [workshop_id],
    )
    # What others may count of its wave was made of it too.
    drop_cards_of(cursor, workshop_id)
    drop_given_of(cursor, workshop_id)
    for table in OF_A_WORKSHOP:
        cursor.execute(f"DELETE FROM {table} WHERE workshop_id = $1", [workshop_id])
    cursor.execute("DELETE FROM workshop WHERE id = $1", [workshop_id])
    cursor.execute("DELETE FROM gathering WHERE id NOT IN (SELECT gathering_id FROM at_table)")
    drop_what_hangs_on_nothing(cursor)
    sweep_cards(cursor)
    sweep_given(cursor)
