"""Actions, their answers, cycles and wishes, as rows."""

from collections.abc import Sequence
from typing import Final

from aqua_core.store.connecting import Cursor
from aqua_core.store.versions import Versions, add_next, add_row, newest_of, note_added
from aqua_core.vocabulary import Action, Answer, Cycle, Support, Unclear
from aqua_core.vocabulary.sharing import ShareOut

_ACTIONS: Final = Versions(Action, "action", by=("id",), order="review_on, id")


def add_action(
    cursor: Cursor, workshop_id: str, action: Action, *, taken_out: bool = False
) -> None:
    """Append a version of an action, in the plan or taken out of it."""
    found = cursor.execute(
        "SELECT coalesce(max(saved), 0) + 1 FROM action WHERE workshop_id = $1", [workshop_id]
    ).fetchone()
    saved = found[0] if found else 1
    _ACTIONS.add(cursor, workshop_id, action, taken_out=taken_out, saved=saved)


def actions_of(cursor: Cursor, workshop_id: str) -> tuple[Action, ...]:
    """Give the newest version of each action in the plan, soonest review first."""
    return _ACTIONS.read(cursor, workshop_id, "NOT taken_out")


def actions_taken_out(cursor: Cursor, workshop_id: str) -> tuple[Action, ...]:
    """Give the newest version of each action that was taken out, soonest review first."""
    return _ACTIONS.read(cursor, workshop_id, "taken_out")


def saves_of(cursor: Cursor, workshop_id: str) -> int:
    """Count the versions of a plan's actions, those that took one out too: each act adds one."""
    found = cursor.execute(
        "SELECT count(*) FROM action WHERE workshop_id = $1", [workshop_id]
    ).fetchone()
    return int(found[0]) if found else 0


def add_answer(cursor: Cursor, workshop_id: str, answer: Answer) -> None:
    """Append an answer; `workshop_id` is that of the workshop which said it."""
    answer_said = {
        "answer": answer.answer.value,
        "said": answer.said,
        "answered_on": answer.answered_on,
    }
    whose = {"workshop_id": workshop_id, "action_id": answer.action_id}
    add_next(cursor, "answer", whose, answer_said)


def answers_in(cursor: Cursor, workshop_id: str) -> tuple[Answer, ...]:
    """Give the newest answer that this workshop gave to each action, by action."""
    newest = newest_of("answer", "action_id", counted="sequence")
    rows = cursor.execute(
        f"SELECT action_id, answer, said, answered_on FROM {newest} ORDER BY action_id",
        [workshop_id],
    ).fetchall()
    return tuple(
        Answer(action_id=action_id, answer=answer, said=said, answered_on=answered_on)
        for action_id, answer, said, answered_on in rows
    )


def is_answered(cursor: Cursor, action_ids: Sequence[str]) -> bool:
    """Tell whether one of these actions was answered, or another plan took it on."""
    found = cursor.execute(
        "SELECT count(*) FROM (SELECT action_id FROM answer UNION SELECT continues_id FROM action) "
        "AS meant WHERE action_id = ANY($1)",
        [list(action_ids)],
    ).fetchone()
    return bool(found and found[0])


def add_went_on(cursor: Cursor, workshop_id: str) -> None:
    """Keep that a workshop went on without all its answers; said again, it changes nothing."""
    if not went_on(cursor, workshop_id):
        add_row(cursor, "went_on", {"workshop_id": workshop_id})
        note_added("went_on", {"workshop_id": workshop_id})


def went_on(cursor: Cursor, workshop_id: str) -> bool:
    """Tell whether a workshop went on without all its answers."""
    found = cursor.execute(
        "SELECT count(*) FROM went_on WHERE workshop_id = $1", [workshop_id]
    ).fetchone()
    return bool(found and found[0])


_CYCLES: Final = Versions(Cycle, "cycle", by=("action_id", "number"), order="action_id, number")


def add_cycle(cursor: Cursor, workshop_id: str, cycle: Cycle) -> None:
    """Append a version of a cycle; `workshop_id` is that of its action."""
    _CYCLES.add(cursor, workshop_id, cycle)


def drop_cycle(cursor: Cursor, workshop_id: str, cycle: Cycle) -> None:
    """Take out a cycle in which nobody has written anything."""
    cursor.execute(
        "DELETE FROM cycle WHERE workshop_id = $1 AND action_id = $2 AND number = $3",
        [workshop_id, cycle.action_id, cycle.number],
    )


def cycles_of(cursor: Cursor, workshop_id: str) -> tuple[Cycle, ...]:
    """Give the newest version of each cycle on a plan's actions, by action and number.

    The cycles of an action that was taken out wait with it.
    """
    waiting = f"SELECT id FROM {_ACTIONS.newest} WHERE taken_out"
    return _CYCLES.read(cursor, workshop_id, f"action_id NOT IN ({waiting})")


_SUPPORT: Final = Versions(Support, "support", by=("id",), order="id")
_UNCLEAR: Final = Versions(Unclear, "unclear", by=("id",), order="id")
_SHARE_OUTS: Final = Versions(ShareOut, "share_out", by=("id",), order="id")


def add_support(
    cursor: Cursor, workshop_id: str, support: Support, *, taken_out: bool = False
) -> None:
    """Append a version of what is asked for."""
    _SUPPORT.add(cursor, workshop_id, support, taken_out=taken_out)


def support_of(cursor: Cursor, workshop_id: str) -> tuple[Support, ...]:
    """Give what a workshop asks for, by id."""
    return _SUPPORT.read(cursor, workshop_id, "NOT taken_out")


def support_taken_out(cursor: Cursor, workshop_id: str) -> tuple[Support, ...]:
    """Give the support that was taken out again, by id."""
    return _SUPPORT.read(cursor, workshop_id, "taken_out")


def add_unclear(
    cursor: Cursor, workshop_id: str, unclear: Unclear, *, taken_out: bool = False
) -> None:
    """Append a version of a statement that was unclear."""
    _UNCLEAR.add(cursor, workshop_id, unclear, taken_out=taken_out)


def unclear_in(cursor: Cursor, workshop_id: str) -> tuple[Unclear, ...]:
    """Give the statements that were unclear, by id."""
    return _UNCLEAR.read(cursor, workshop_id, "NOT taken_out")


def unclear_taken_out(cursor: Cursor, workshop_id: str) -> tuple[Unclear, ...]:
    """Give the unclear statements that were taken out again, by id."""
    return _UNCLEAR.read(cursor, workshop_id, "taken_out")


def add_share_out(
    cursor: Cursor, workshop_id: str, said: ShareOut, *, taken_out: bool = False
) -> None:
    """Append a version of a sentence of a share-out."""
    _SHARE_OUTS.add(cursor, workshop_id, said, taken_out=taken_out)


def share_outs_of(cursor: Cursor, workshop_id: str) -> tuple[ShareOut, ...]:
    """Give the sentences that a workshop shares, by id."""
    return _SHARE_OUTS.read(cursor, workshop_id, "NOT taken_out")


def share_outs_taken_out(cursor: Cursor, workshop_id: str) -> tuple[ShareOut, ...]:
    """Give the sentences of a share-out that were taken out again, by id."""
    return _SHARE_OUTS.read(cursor, workshop_id, "taken_out")
