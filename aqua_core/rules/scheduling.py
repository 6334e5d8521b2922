"""When a programme's sessions are held, and which requests come first."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from aqua_core.rules.open_tests import Planned, over_at
from aqua_core.rules.places import working_day_from
from aqua_core.rules.plan import newest_cycle
from aqua_core.vocabulary import Action, Decision, Impact
from aqua_core.vocabulary.programme import LevelCount, Request, Session, SessionKind

_SATURDAY: Final = 5
_APART: Final = 13  # weeks: four masterclasses and four workshops in two years


def kinds_in_turn(masterclasses: int, workshops: int) -> tuple[tuple[SessionKind, int], ...]:
    """Give each session's kind and number, masterclass and workshop in turn, what is left after."""
    order: list[tuple[SessionKind, int]] = []
    for number in range(1, max(masterclasses, workshops) + 1):
        if number <= masterclasses:
            order.append((SessionKind.MASTERCLASS, number))
        if number <= workshops:
            order.append((SessionKind.WORKSHOP, number))
    return tuple(order)


def days_of(began_on: date, sessions: int, weeks: int) -> tuple[date, ...]:
    """Give the day of each session, so many weeks apart, each one on which people may meet.

    The first is the day on which the programme begins, as it was typed, but for a weekend.
    """
    later = (working_day_from(began_on + timedelta(weeks=weeks * n)) for n in range(1, sessions))
    first = began_on if began_on.weekday() < _SATURDAY else working_day_from(began_on)
    return (first, *later) if sessions else ()


def day_of_next(sessions: Sequence[Session], began_on: date, today: date) -> date:
    """Give the day that a session more is first put on (see `workshop.scheduling.add_session`)."""
    if not sessions:
        return max(began_on, today)
    return max(held.held_on for held in sessions) + timedelta(weeks=_APART)


def requests_in_order(requests: Iterable[Request]) -> tuple[Request, ...]:
    """Put what was asked for first before the others, and last what was met."""
    return tuple(sorted(requests, key=_order))


def _order(request: Request) -> tuple[bool, date, str, str]:
    return request.met, request.asked_on, request.place, request.support_id


def levels_of(places: Iterable[Sequence[Planned]]) -> tuple[LevelCount, ...]:
    """Count the tests of all places at each of the three levels, those of none said last.

    A test that a later plan took on counts once, where it stands now.

    Args:
        places: of each its workshops with their plans, the first one first.
    """
    every = [found for plans in places for found in _standing(plans)]
    return tuple(
        LevelCount(
            level=level,
            goes_on=sum(not ended for action, ended, _ in every if action.impact is level),
            ended=sum(ended for action, ended, _ in every if action.impact is level),
            adopted=sum(won for action, _, won in every if action.impact is level),
        )
        for level in (*(level for level in Impact if level), Impact.UNSAID)
    )


def _standing(plans: Sequence[Planned]) -> list[tuple[Action, bool, bool]]:
    """Give each test with whether it has ended, and whether it was adopted."""
    over = over_at(plans)
    gone = {action.continues_id for plan in plans for action in plan.actions}
    return [
        (action, action.id in over, _is_adopted(plan, action))
        for plan in plans
        for action in plan.actions
        if action.id not in gone
    ]


def _is_adopted(plan: Planned, action: Action) -> bool:
    newest = newest_cycle(plan.cycles, action.id)
    return newest is not None and newest.decision is Decision.ADOPT
