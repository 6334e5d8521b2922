"""Bring back: a plan that was edited in a spreadsheet, compared first and taken as a whole."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from aqua_core.errors import Refusal, WorthAsking
from aqua_core.exports.plan_reading import TAKEN_OUT, Changed, Difference, changes_in
from aqua_core.exports.plan_table import rows_in
from aqua_core.exports.spreadsheet import check_none
from aqua_core.live import Channel, changed
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.plan import actions_taken_out, add_action
from aqua_core.vocabulary import Action, Workshop
from aqua_core.vocabulary.plan import FIRST_VERSION
from aqua_core.workshop.admitting import Caller, facilitating, remember
from aqua_core.workshop.planning import new_action_id, next_version, test_and_lead
from aqua_core.workshop.reading import continuing, plans_in


class _Read(NamedTuple):
    workshop: Workshop
    plan: tuple[Action, ...]
    changes: tuple[Changed, ...]
    taken_out: tuple[Action, ...]


def differences_in(caller: Caller, code: str, raw: bytes, today: date) -> tuple[Difference, ...]:
    """Give what a file would change in the plan, cell by cell: what changes, then what is new.

    Each in the file's order, a new one with every cell that it says: before the others it would
    hide the cells in which the plan itself changes. Empty when the file says what
    the plan says. Nothing is saved.

    Raises:
        BadPlanFile: a row cannot be taken; the sentences name row and column.
    """
    with facilitating(caller, code, reading) as (cursor, workshop):
        read = _read(cursor, workshop, raw)
    _checked(read, today, sure=True)
    new_last = sorted(read.changes, key=lambda change: change.is_new)
    return tuple(difference for change in new_last for difference in change.differences)


def take_differences(
    caller: Caller, code: str, raw: bytes, today: date, *, sure: bool = False
) -> tuple[Action, ...]:
    """Save every change of a file as a new version and every new row as an action, or nothing.

    Raises:
        WorthAsking: nobody was sure, and a row holds what is worth asking about.
        BadPlanFile: as for the differences.
    """
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        read = _read(cursor, workshop, raw)
        saved = _checked(read, today, sure=sure)
        for action in saved:
            add_action(cursor, workshop.id, action)
        remember(cursor, workshop, "A plan was brought in from a file.")
    changed(workshop.code, Channel.ROOM)
    return saved


def _read(cursor: Cursor, workshop: Workshop, raw: bytes) -> _Read:
    (own,) = plans_in(cursor, [workshop])
    gone = actions_taken_out(cursor, workshop.id)
    ids = {action.id for action in gone}
    going_on = continuing(cursor, workshop)
    changes = changes_in(own, rows_in(raw), ids, going_on)
    return _Read(workshop, own.actions, changes, gone)


def _checked(read: _Read, today: date, *, sure: bool) -> tuple[Action, ...]:
    """Give the new versions, each held to the same rules as an edit on the Plan page.

    What is worth asking is asked together, or one yes would answer what nobody was asked.
    """
    saved: list[Action] = []
    faults: list[str] = _twice(read)
    questions: list[WorthAsking] = []
    for change in read.changes:
        try:
            saved.append(_next(read, change, today, sure=sure))
        except WorthAsking as question:
            questions.append(type(question)(f"Row {change.row}: {question}"))
        except Refusal as refusal:
            faults.append(f"Row {change.row}: {refusal}")
    check_none(faults)
    if questions:
        raise type(questions[0])(" ".join(map(str, questions)))
    return tuple(saved)


def _next(read: _Read, change: Changed, today: date, *, sure: bool) -> Action:
    """Give an action's next version.

    A change is held against the plan as it would be after all of them: two tests may change
    places. A new one is held against nothing here: `_twice` has compared it with everything.
    """
    if change.is_new:
        new = change.action.model_copy(update={"id": new_action_id()})
        return next_version(read.workshop, (), new, today, sure=sure)
    before = {action.id: action for action in read.plan if action.id == change.action.id}
    held = tuple((_finished(read) | before).values())
    return next_version(read.workshop, held, change.action, today, sure=sure)


def _finished(read: _Read) -> dict[str, Action]:
    """Give the plan by id as it would be after every change, without what is new."""
    changes = {change.action.id: change.action for change in read.changes if not change.is_new}
    return {action.id: action for action in read.plan} | changes


def _twice(read: _Read) -> list[str]:
    """Name each new row that says what the plan or another row says, with both rows.

    What was taken out counts too: brought again in its file, it would come back unasked.
    """
    rows = {change.action.id: change.row for change in read.changes if not change.is_new}
    known = {test_and_lead(action): rows.get(action.id) for action in _finished(read).values()}
    gone = {test_and_lead(action) for action in read.taken_out}
    faults = []
    for change in read.changes:
        if not change.is_new:
            continue
        key = test_and_lead(change.action)
        if key not in known and key in gone:
            faults.append(f"Row {change.row}: {TAKEN_OUT}")
        elif key not in known:
            known[key] = change.row
        elif known[key]:
            faults.append(
                f"Rows {known[key]} and {change.row} would be the same test with the same lead."
            )
        else:
            faults.append(
                f"Row {change.row}: this test is in the plan already, with the same lead. If this "
                "file was taken before, take the plan home again and change that."
            )
    return faults


def said_of(differences: Sequence[Difference]) -> str:
    """Say what would be taken, such as 2 actions change (5 cells), 1 is new."""
    cells = [difference.action_id for difference in differences if difference.action_id]
    new = len({difference.row for difference in differences if not difference.action_id})
    some = len(set(cells))
    changing = f"{_actions(some)} {'changes' if some == 1 else 'change'} ({_cells(len(cells))})"
    return _sentence(changing if some else "", new)


def said_taken(taken: Sequence[Action]) -> str:
    """Say what was taken, of the actions as they are kept now.

    None where the same file was taken meanwhile, as by a second tap.
    """
    if not taken:
        return "Nothing was left to take: the plan already says all of it."
    new = sum(action.version == FIRST_VERSION for action in taken)
    changed = len(taken) - new
    changing = f"{changed} of the plan's actions changed" if changed else ""
    return f"Taken: {_sentence(changing, new)}"


def _sentence(changing: str, new: int) -> str:
    are = "is" if new == 1 else "are"
    if not changing:
        return f"{_actions(new)} {are} new."
    return f"{changing}, {new} {are} new." if new else f"{changing}."


def _actions(number: int) -> str:
    return f"{number} action{'' if number == 1 else 's'}"


def _cells(number: int) -> str:
    return f"{number} cell{'' if number == 1 else 's'}"
