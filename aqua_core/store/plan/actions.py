"""Actions of a plan. Each edit appends a version; the newest says whether it is in the plan."""

from typing import Final

from aqua_core.store.cursor import Cursor
from aqua_core.store.versions import Versions
from aqua_core.vocabulary import Action

ACTIONS: Final = Versions(Action, "action", by=("id",), order="review_on, id")


def add_action(
    cursor: Cursor, workshop_id: str, action: Action, *, taken_out: bool = False
) -> None:
    """Append a version of an action, in the plan or taken out of it."""
    found = cursor.execute(
        "SELECT coalesce(max(saved), 0) + 1 FROM action WHERE workshop_id = $1", [workshop_id]
    ).fetchone()
    saved = found[0] if found else 1
    ACTIONS.add(cursor, workshop_id, action, taken_out=taken_out, saved=saved)


def actions_of(cursor: Cursor, workshop_id: str) -> tuple[Action, ...]:
    """Give the newest version of each action in the plan, soonest review first."""
    return ACTIONS.read(cursor, workshop_id, "NOT taken_out")


def actions_taken_out(cursor: Cursor, workshop_id: str) -> tuple[Action, ...]:
    """Give the newest version of each action that was taken out, soonest review first."""
    return ACTIONS.read(cursor, workshop_id, "taken_out")


def changed_last(cursor: Cursor, workshop_id: str) -> tuple[str, ...]:
    """Give the actions in the plan by id, what was added or changed last first."""
    rows = cursor.execute(
        f"SELECT id FROM {ACTIONS.newest} WHERE NOT taken_out ORDER BY saved DESC, id",
        [workshop_id],
    ).fetchall()
    return tuple(action_id for (action_id,) in rows)


def saves_of(cursor: Cursor, workshop_id: str) -> int:
    """Count the versions of a plan's actions, those that took one out too: each act adds one."""
    found = cursor.execute(
        "SELECT count(*) FROM action WHERE workshop_id = $1", [workshop_id]
    ).fetchone()
    return int(found[0]) if found else 0
