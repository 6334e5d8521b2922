"""What a room takes home: everything that its screens show, as one value."""

from typing import NamedTuple

from aqua_core.vocabulary import (
    Action,
    Compare,
    Conversation,
    Cycle,
    Gap,
    Outcome,
    Reason,
    Support,
    Unclear,
    Workshop,
)
from aqua_core.vocabulary.plan_reading import OpenAction, Review
from aqua_core.vocabulary.shown import Shown, TwoLooks


class Taken(NamedTuple):
    """A workshop as it leaves.

    `shown` is what its screens show of scores; `conversations` are the notes by domain, only those
    with notes; `outcomes` by domain; `reasons` those that were shown to the room; `seats` counts
    those that joined; `reviews` are of the actions that are not over, soonest first;
    `looked_back` are the open actions of earlier workshops, with what this one said of each.
    """

    workshop: Workshop
    seats: int
    shown: Shown
    conversations: tuple[Conversation, ...]
    outcomes: tuple[Outcome, ...]
    reasons: tuple[Reason, ...]
    actions: tuple[Action, ...]
    cycles: tuple[Cycle, ...]
    support: tuple[Support, ...]
    unclear: tuple[Unclear, ...]
    reviews: tuple[Review, ...]
    looked_back: tuple[OpenAction, ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Between partners, in the instrument's order."""
        return self.shown.gaps[Compare.PARTNER]

    @property
    def looks(self) -> tuple[TwoLooks, ...]:
        """Both looks at what was looked at again, as partners are compared."""
        looks = (self.shown.two_looks(key, Compare.PARTNER) for key in self.shown.looked_again)
        return tuple(each for each in looks if each)
