"""Open actions first: what earlier workshops of a place left, answered before anyone scores."""

from collections.abc import Mapping
from typing import NamedTuple

from aqua_core.errors import NoSuchAction
from aqua_core.live import Channel, changed
from aqua_core.rules.plan.cycles import newest_cycle
from aqua_core.rules.plan.open_actions import still_open
from aqua_core.rules.typed.personal import check_nobody_in_word
from aqua_core.store.cursor import Cursor
from aqua_core.store.plan.actions import actions_of
from aqua_core.store.plan.answers import add_answer, add_went_on, answers_in, went_on
from aqua_core.store.plan.cycles import cycles_of
from aqua_core.vocabulary import Action, Answer, Cycle, Workshop
from aqua_core.vocabulary.plan_reading import OpenAction
from aqua_core.workshop.admitting import Caller, facilitating, watching
from aqua_core.workshop.looking_back import workshops_before


class _Answers(NamedTuple):
    """Answers by action id: the newest of workshops in between, and this workshop's own."""

    before: Mapping[str, Answer]
    here: Mapping[str, Answer]


def open_actions_now(caller: Caller, code: str) -> tuple[OpenAction, ...]:
    """Give what earlier workshops of the same place left open, the earliest workshop first.

    An action is open while no workshop since has dropped it and its newest cycle was neither
    adopted nor abandoned; what this workshop answered stays. None for a place's first workshop.
    """
    with watching(caller, code) as (cursor, workshop):
        return open_actions_of(cursor, workshop)


def answer_action(
    caller: Caller, code: str, answer: Answer, *, sure: bool = False
) -> tuple[OpenAction, ...]:
    """Say how an open action stands; said again, the newest counts. Gives all open actions.

    Raises:
        NoSuchAction: no earlier workshop of the place left this action open.
        LooksPersonal: the line holds what looks like somebody's details, and nobody was sure.
    """
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        if answer.action_id not in {each.action.id for each in open_actions_of(cursor, workshop)}:
            raise NoSuchAction("No earlier workshop of this place left this action open.")
        if not sure:
            check_nobody_in_word(answer)
        add_answer(cursor, workshop.id, answer)
        left = open_actions_of(cursor, workshop)
    changed(workshop.code, Channel.ROOM)
    return left


def go_on(caller: Caller, code: str) -> None:
    """Let a workshop score before every open action is answered; kept, so nobody is asked again.

    Answering stays possible. Said again, it changes nothing.

    Raises:
        NoSuchAction: nothing waits for an answer; what becomes open later would never be asked.
    """
    with facilitating(caller, code) as (cursor, workshop):
        if all(each.answer is not None for each in open_actions_of(cursor, workshop)):
            raise NoSuchAction("Nothing of last time waits for an answer.")
        add_went_on(cursor, workshop.id)
    changed(workshop.code, Channel.ROOM)


def went_on_now(caller: Caller, code: str) -> bool:
    """Tell whether the facilitator went on before every open action was answered."""
    with watching(caller, code) as (cursor, workshop):
        return went_on(cursor, workshop.id)


def open_actions_of(cursor: Cursor, workshop: Workshop) -> tuple[OpenAction, ...]:
    """Give the same inside a transaction, to whoever was admitted to it."""
    earlier = workshops_before(cursor, workshop)
    before: dict[str, Answer] = {}
    for each in earlier:
        before |= {answer.action_id: answer for answer in answers_in(cursor, each.id)}
    here = {answer.action_id: answer for answer in answers_in(cursor, workshop.id)}
    answers = _Answers(before, here)
    return tuple(found for each in earlier for found in _left_open(cursor, each, answers))


def _left_open(cursor: Cursor, earlier: Workshop, answers: _Answers) -> tuple[OpenAction, ...]:
    cycles = cycles_of(cursor, earlier.id)
    actions = actions_of(cursor, earlier.id)
    return tuple(
        _open_action(earlier, action, newest_cycle(cycles, action.id), answers)
        for action in still_open(actions, cycles, answers.before, answers.here)
    )


def _open_action(
    earlier: Workshop, action: Action, cycle: Cycle | None, answers: _Answers
) -> OpenAction:
    names = {partner.id: partner.name for partner in earlier.partners}
    domain = earlier.instrument.domain(action.domain)
    return OpenAction(
        action=action,
        held_on=earlier.held_on,
        owners=tuple(names[partner] for partner in action.partners),
        domain=domain.name if domain else action.domain,
        cycle=cycle,
        before=answers.before.get(action.id),
        answer=answers.here.get(action.id),
    )
