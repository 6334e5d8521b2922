"""When the actions of a plan are looked at again."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final

from aqua_core.rules.groups import groups_of
from aqua_core.rules.plan.cycles import is_over
from aqua_core.vocabulary import Action, Compare, Cycle, Workshop
from aqua_core.vocabulary.plan_reading import Review

CHECKED: Final = timedelta(days=30)
"""How far ahead a check sheet looks."""


def reviews_of(
    workshop: Workshop, actions: Sequence[Action], cycles: Collection[Cycle]
) -> tuple[Review, ...]:
    """Give the reviews of the actions that are not over, soonest first."""
    sides = {group.id: group for group in groups_of(workshop.teams, Compare.PARTNER).values()}
    left = [action for action in actions if not is_over(cycles, action.id)]
    return tuple(
        Review(
            action_id=action.id,
            test=action.test,
            review_on=action.review_on,
            lead=sides[action.partners[0]],
        )
        for action in sorted(left, key=lambda each: (each.review_on, each.id))
    )


def due(reviews: Sequence[Review], today: date) -> tuple[Review, ...]:
    """Give the reviews within 30 days, and those whose day has passed."""
    return tuple(each for each in reviews if each.review_on <= today + CHECKED)
