"""What can be said of a plan as a whole: what it lacks, its mix, its reviews, its small wins."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from aqua_core.rules.plan.cycles import is_over, small_wins
from aqua_core.rules.plan.mix import mix_of
from aqua_core.rules.plan.nudges import nudges_on, nudges_on_plan
from aqua_core.rules.plan.reviews import due, reviews_of
from aqua_core.store.plan.actions import actions_of, changed_last
from aqua_core.store.plan.cycles import cycles_of
from aqua_core.vocabulary import Sector, Workshop
from aqua_core.vocabulary.plan_reading import MixBy, Nudged, Review, Share
from aqua_core.workshop.admitting import Caller, watching


class PlanRead(NamedTuple):
    """A plan as it stands. `due` are the reviews within 30 days; `wins` counts adopted actions.

    `changed_last` are the ids of its actions, what was added or changed last first.
    """

    nudges: tuple[Nudged, ...]
    mixes: Mapping[MixBy, tuple[Share, ...]]
    reviews: tuple[Review, ...]
    due: tuple[Review, ...]
    wins: int
    changed_last: tuple[str, ...]


def plan_read(caller: Caller, code: str, today: date) -> PlanRead:
    """Read a plan; what is over is nudged no more and has no review."""
    with watching(caller, code) as (cursor, workshop):
        actions = actions_of(cursor, workshop.id)
        cycles = cycles_of(cursor, workshop.id)
        newest_first = changed_last(cursor, workshop.id)
    going_on = [action for action in actions if not is_over(cycles, action.id)]
    reviews = reviews_of(workshop, actions, cycles)
    return PlanRead(
        nudges=(
            *nudges_on_plan(actions, cycles, _residents(workshop)),
            *(nudge for action in going_on for nudge in nudges_on(action, today)),
        ),
        mixes={by: mix_of(workshop, actions, by) for by in MixBy},
        reviews=reviews,
        due=due(reviews, today),
        wins=small_wins(cycles),
        changed_last=newest_first,
    )


def _residents(workshop: Workshop) -> frozenset[str]:
    return frozenset(
        each.id for each in workshop.partners if each.sector is Sector.USERS_AND_CARERS
    )
