"""Reads an invented room and holds its topics against what was planted."""

from dataclasses import dataclass
from time import perf_counter

from aqua_core.rules.reading.room import read_room
from aqua_core.vocabulary import Compare, Holder
from aqua_core.vocabulary.reading import Chance, Pattern, Topic
from benchmarks.rooms.planting import Invented, Plant, invented

ALONG = {
    Plant.PARTNER: Compare.PARTNER,
    Plant.CAMPS_ALONG: Compare.PARTNER,
    Plant.TIER: Compare.TIER,
}
INSIDE = {
    Plant.CAMPS_ACROSS: Pattern.CAMPS_THROUGH_TEAMS,
    Plant.SPREAD: Pattern.WIDE_SPREAD,
}


@dataclass(frozen=True)
class Judged:
    """Counts over the topics of one room; `clear` and `wrong` as named, `seconds` for reading."""

    topics: int
    on_planted: int
    right: int
    right_side: int
    clear: int
    wrong: tuple[str, ...]
    seconds: float


def judge(case: tuple[int, int, bool, Holder]) -> Judged:
    """Read the room of (size, seed, planted, holder) and judge every topic."""
    room = invented(*case)
    began = perf_counter()
    topics = read_room(room.workshop, room.casts).topics
    return Judged(
        topics=len(topics),
        on_planted=sum(room.plants[topic.domain] is not Plant.NOTHING for topic in topics),
        right=sum(is_right(room, topic) for topic in topics),
        right_side=sum(is_right_side(room, topic) for topic in topics),
        clear=sum(topic.chance is Chance.CLEAR for topic in topics),
        wrong=tuple(
            f"{room.plants[topic.domain]}: said {topic.pattern}"
            for topic in topics
            if not is_right(room, topic)
        ),
        seconds=perf_counter() - began,
    )


def is_right(room: Invented, topic: Topic) -> bool:
    """Tell whether a topic names the kind that was planted: its line, its camps or its spread.

    Where one partner was planted off, that partner must be the one named.
    """
    plant = room.plants[topic.domain]
    if plant is Plant.PARTNER:
        named = topic.group.id if topic.group else None
        return topic.line is Compare.PARTNER and named == room.off
    if plant in ALONG:
        return topic.line is ALONG[plant]
    return INSIDE.get(plant) is topic.pattern


def is_right_side(room: Invented, topic: Topic) -> bool:
    """Tell the same with camps through the teams and wide spread counted as one kind."""
    plant = room.plants[topic.domain]
    return is_right(room, topic) or (plant in INSIDE and topic.pattern in INSIDE.values())
