"""Which workshops of a place came before, and which of their actions nobody has ended."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from aqua_core.rules.plan.cycles import is_over
from aqua_core.vocabulary import Action, Answer, Cycle, Progress


class Held(NamedTuple):
    """A workshop among others: its place by id, its day, and the how manieth it was set up."""

    code: str
    place: str
    held_on: date
    ordinal: int


def earlier_at(than: Held, held: Iterable[Held]) -> tuple[Held, ...]:
    """Give the workshops of the same place before this one, the first one first.

    The same day counts as earlier where the workshop was set up before.
    """
    before = (
        each
        for each in held
        if each.place == than.place and (each.held_on, each.ordinal) < (than.held_on, than.ordinal)
    )
    return tuple(sorted(before, key=lambda each: (each.held_on, each.ordinal)))


def still_open(
    actions: Sequence[Action],
    cycles: Sequence[Cycle],
    before: Mapping[str, Answer],
    here: Mapping[str, Answer],
) -> tuple[Action, ...]:
    """Give the actions to be answered, in the order given.

    Args:
        actions: of one earlier workshop.
        cycles: on them.
        before: the newest answer of a workshop in between, by action id.
        here: this workshop's own answers; what it answered stays in sight whatever it said.
    """
    return tuple(
        action
        for action in actions
        if action.id in here or not (_dropped(before.get(action.id)) or is_over(cycles, action.id))
    )


def _dropped(answer: Answer | None) -> bool:
    return answer is not None and answer.answer is Progress.DROPPED
