"""Bring back: a plan that was edited in a spreadsheet, compared first and taken as a whole."""

from datetime import date
from typing import NamedTuple

from aqua_core.errors import Refusal, WorthAsking
from aqua_core.exports.plan.comparing import Changed, Difference, changes_in
from aqua_core.exports.plan.table import check_none, rows_in
from aqua_core.live import Channel, changed
from aqua_core.store.cursor import Cursor
from aqua_core.store.database import reading, writing
from aqua_core.store.plan.actions import actions_of, actions_taken_out, add_action
from aqua_core.store.plan.cycles import cycles_of
from aqua_core.vocabulary import Action, Workshop
from aqua_core.workshop.admitting import Caller, check_facilitator, find_workshop
from aqua_core.workshop.planning import next_version

__all__ = ["Difference", "differences_in", "take_differences"]


class _Read(NamedTuple):
    workshop: Workshop
    plan: tuple[Action, ...]
    changes: tuple[Changed, ...]


def differences_in(caller: Caller, code: str, raw: bytes, today: date) -> tuple[Difference, ...]:
    """Give what a file would change in the plan, cell by cell, in the file's order.

    Empty when it says what the plan says, as after it was taken once. Nothing is saved.

    Raises:
        NotSignedIn: the caller is not the facilitator.
        NoSuchWorkshop: no open workshop has this code.
        BadPlanFile: a row cannot be taken; the sentences name row and column.
    """
    with reading() as cursor:
        read = _read(cursor, caller, code, raw)
    _checked(read, today, sure=True)
    return tuple(each for change in read.changes for each in change.differences)


def take_differences(
    caller: Caller, code: str, raw: bytes, today: date, *, sure: bool = False
) -> tuple[Action, ...]:
    """Save every change of a file as a new version, all of them or none.

    Raises:
        WorthAsking: nobody was sure, and a row holds what is worth asking about.
        NotSignedIn, NoSuchWorkshop, BadPlanFile: as for the differences.
    """
    with writing() as cursor:
        read = _read(cursor, caller, code, raw)
        saved = _checked(read, today, sure=sure)
        for action in saved:
            add_action(cursor, read.workshop.id, action)
    changed(read.workshop.code, Channel.ROOM)
    return saved


def _read(cursor: Cursor, caller: Caller, code: str, raw: bytes) -> _Read:
    check_facilitator(cursor, caller)
    workshop = find_workshop(cursor, code)
    plan = actions_of(cursor, workshop.id)
    cycles = cycles_of(cursor, workshop.id)
    gone = {action.id for action in actions_taken_out(cursor, workshop.id)}
    return _Read(workshop, plan, changes_in(workshop, plan, cycles, rows_in(raw), gone))


def _checked(read: _Read, today: date, *, sure: bool) -> tuple[Action, ...]:
    """Give the new versions, each held to the same rules as an edit on the Plan page.

    Each is held against the plan as it would be after all of them: two tests may change places.
    What is worth asking is asked together, or one yes would answer what nobody was asked.
    """
    finished = {each.id: each for each in read.plan}
    finished |= {change.action.id: change.action for change in read.changes}
    saved: list[Action] = []
    faults: list[str] = []
    questions: list[WorthAsking] = []
    for change in read.changes:
        before = {each.id: each for each in read.plan if each.id == change.action.id}
        held = tuple((finished | before).values())
        try:
            saved.append(next_version(read.workshop, held, change.action, today, sure=sure))
        except WorthAsking as question:
            questions.append(type(question)(f"Row {change.row}: {question}"))
        except Refusal as refusal:
            faults.append(f"Row {change.row}: {refusal}")
    check_none(faults)
    if questions:
        raise type(questions[0])(" ".join(map(str, questions)))
    return tuple(saved)
