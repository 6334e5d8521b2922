"""What a room takes home: everything that its screens show, as one value."""

from typing import NamedTuple

from aqua_core.vocabulary import (
    Action,
    Conversation,
    Cycle,
    Gap,
    Outcome,
    Reason,
    Spread,
    Support,
    Unclear,
    Workshop,
)
from aqua_core.vocabulary.plan_reading import OpenAction, Review
from aqua_core.vocabulary.reading import Topic
from aqua_core.vocabulary.second_look import Movement
from aqua_core.vocabulary.whole import Level


class SecondLook(NamedTuple):
    """Two looks at a domain; `movement` is None where it may not be told."""

    before: Spread
    after: Spread
    movement: Movement | None


class Taken(NamedTuple):
    """A workshop as it leaves. Results hold only what may be shown; a sealed domain has none.

    `gaps` are between partners and `levels` over the whole room, in the instrument's order;
    `conversations` are the notes by domain, only those with notes; `outcomes` by domain; `looks`
    what was looked at again; `reasons` those that were shown to the room; `seats` counts those
    that joined; `reviews` are of the actions that are not over, soonest first;
    `looked_back` are the open actions of earlier workshops, with what this one said of each.
    """

    workshop: Workshop
    seats: int
    gaps: tuple[Gap, ...]
    levels: tuple[Level, ...]
    topics: tuple[Topic, ...]
    conversations: tuple[Conversation, ...]
    outcomes: tuple[Outcome, ...]
    looks: tuple[SecondLook, ...]
    reasons: tuple[Reason, ...]
    actions: tuple[Action, ...]
    cycles: tuple[Cycle, ...]
    support: tuple[Support, ...]
    unclear: tuple[Unclear, ...]
    reviews: tuple[Review, ...]
    looked_back: tuple[OpenAction, ...]
