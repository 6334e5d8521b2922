"""Actions of a plan. Each edit appends a version; the newest says whether it is in the plan."""

from typing import Final

from aqua_core.store.cursor import Cursor
from aqua_core.vocabulary import Action

# The columns as the words are called, but for `lead`, which SQL has taken.
_SAID: Final = (
    *("test", "domain", "lead", "partners", "measure", "review_on", "scale"),
    *("aim", "prediction", "with_whom", "baseline", "target", "impact", "move"),
    *("pulls_against", "must_agree", "for_persona", "forum"),
)
_COLUMNS: Final = ", ".join("lead_role" if each == "lead" else each for each in _SAID)
_EACH_NEWEST: Final = """
    action JOIN (
        SELECT id, max(version) AS version FROM action WHERE workshop_id = $1 GROUP BY id
    ) AS newest ON newest.id = action.id AND newest.version = action.version
"""
_PLACES: Final = ", ".join(f"${place}" for place in range(5, 5 + len(_SAID)))


def add_action(
    cursor: Cursor, workshop_id: str, action: Action, *, taken_out: bool = False
) -> None:
    """Append a version of an action, in the plan or taken out of it."""
    said = action.model_dump(mode="python")
    values = [list(said[each]) if each == "partners" else said[each] for each in _SAID]
    cursor.execute(
        f"""
        INSERT INTO action (id, version, workshop_id, taken_out, saved, {_COLUMNS})
        VALUES ($1, $2, $3, $4,
                (SELECT coalesce(max(saved), 0) + 1 FROM action WHERE workshop_id = $3), {_PLACES})
        """,
        [action.id, action.version, workshop_id, taken_out, *values],
    )


def actions_of(cursor: Cursor, workshop_id: str) -> tuple[Action, ...]:
    """Give the newest version of each action in the plan, soonest review first."""
    return _newest(cursor, workshop_id, taken_out=False)


def actions_taken_out(cursor: Cursor, workshop_id: str) -> tuple[Action, ...]:
    """Give the newest version of each action that was taken out, soonest review first."""
    return _newest(cursor, workshop_id, taken_out=True)


def changed_last(cursor: Cursor, workshop_id: str) -> tuple[str, ...]:
    """Give the actions in the plan by id, what was added or changed last first."""
    rows = cursor.execute(
        f"SELECT action.id FROM {_EACH_NEWEST} WHERE NOT taken_out ORDER BY saved DESC, action.id",
        [workshop_id],
    ).fetchall()
    return tuple(action_id for (action_id,) in rows)


def _newest(cursor: Cursor, workshop_id: str, *, taken_out: bool) -> tuple[Action, ...]:
    rows = cursor.execute(
        f"""
        SELECT action.id, action.version, {_COLUMNS}
        FROM {_EACH_NEWEST}
        WHERE taken_out = $2
        ORDER BY review_on, action.id
        """,
        [workshop_id, taken_out],
    ).fetchall()
    return tuple(_action(*row) for row in rows)


def saves_of(cursor: Cursor, workshop_id: str) -> int:
    """Count the versions of a plan's actions, those that took one out too: each act adds one."""
    found = cursor.execute(
        "SELECT count(*) FROM action WHERE workshop_id = $1", [workshop_id]
    ).fetchone()
    return int(found[0]) if found else 0


def _action(action_id: str, version: int, *said: object) -> Action:
    known = dict(zip(_SAID, said, strict=True))
    known["partners"] = tuple(known["partners"])  # type: ignore[arg-type]
    return Action.model_validate({"id": action_id, "version": version, **known})
