"""A plan among the plans of its place: what earlier workshops left, and what goes on."""

from collections.abc import Iterable

from aqua_core.rules import open_tests
from aqua_core.rules.open_tests import Continuing, Planned
from aqua_core.rules.stages import open_rounds
from aqua_core.store import plan as plan_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.rounds import rounds_of
from aqua_core.vocabulary import Workshop
from aqua_core.workshop.reading import place_of, workshops_at


def continuing(cursor: Cursor, workshop: Workshop) -> Continuing:
    """Give what goes on beside a plan, to whoever was admitted to it."""
    plans = plans_in(cursor, workshops_at(cursor, place_of(cursor, workshop)))
    at = [plan.workshop.code for plan in plans].index(workshop.code)
    return open_tests.beside(plans, at, scoring=scores(cursor, workshop))


def plans_in(cursor: Cursor, workshops: Iterable[Workshop]) -> tuple[Planned, ...]:
    """Give the plans of these workshops, in their order."""
    return tuple(
        Planned(
            workshop,
            plan_rows.actions_of(cursor, workshop.id),
            plan_rows.cycles_of(cursor, workshop.id),
            plan_rows.answers_in(cursor, workshop.id),
        )
        for workshop in workshops
    )


def scores(cursor: Cursor, workshop: Workshop) -> bool:
    """Tell whether a workshop is scoring something now."""
    return bool(open_rounds(rounds_of(cursor, workshop.id)))
