"""One conversation in sentences: the heading, the two sides, what chance says, what else moves."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from aqua_core.charts.sentences.wording import Names, apart, called, counts, in_words
from aqua_core.charts.words import listed
from aqua_core.vocabulary import Group
from aqua_core.vocabulary.figures import said
from aqua_core.vocabulary.reading import (
    Chance,
    Direction,
    LookedAt,
    Pattern,
    Thirds,
    Topic,
)

EVERYONE_ELSE: Final = "Everyone else"
HIDDEN: Final = (
    "Some groups are too small to be shown separately, so a difference along them cannot be seen."
)
_STRICTNESS: Final = (
    "Much of this gap may be that some score everything higher than others: little of it is left "
    "when each seat is measured from its own average."
)
_WITHOUT_A_LINE: Final = {
    Pattern.CAMPS_THROUGH_TEAMS: "Two camps, and the line runs through the teams",
    Pattern.WIDE_SPREAD: "A wide spread inside the teams",
    Pattern.TEAMS_APART: "The teams stand wide apart",
    Pattern.AGREED_LOW: "Agreed, and low",
    Pattern.AGREED_MIDDLING: "Agreed, and middling",
    Pattern.AGREED_HIGH: "Agreed, and high",
    Pattern.TOO_MIXED: "Too mixed to call agreed or apart",
    Pattern.MANY_CANNOT_SAY: "Many cannot say",
    Pattern.TOO_FEW: "Too few scored it",
    Pattern.TOO_ALIKE: "Not shown",
    Pattern.QUIET_ROOM: "Nothing here divides the room clearly",
    Pattern.MOVED: "Some moved on the second look",
    Pattern.MOVED_TO_SENIOR: "The second look came nearer to the most senior tier",
    Pattern.FELL: "Lower than last time",
}
# Where groups are too small to be named, nobody knows whether a line runs between them.
_LINE_UNKNOWN: Final = {
    Pattern.CAMPS_THROUGH_TEAMS: "Two camps",
    Pattern.WIDE_SPREAD: "A wide spread",
}
_SPREAD: Final = frozenset({Pattern.WIDE_SPREAD, Pattern.TEAMS_APART})


def heading(topic: Topic) -> str:
    """Say what was found: "Council scored this 1.6 lower than everyone else".

    In the past tense, because a partner's name may be one or many: "GPs scored", "Trust scored".
    """
    if topic.group is not None:
        camps = topic.pattern is Pattern.CAMPS_ALONG_A_LINE
        start = f"Two camps, and the line runs between {topic.line}s: " if camps else ""
        return start + _lower_or_higher(topic, topic.group)
    hidden = _LINE_UNKNOWN if topic.lines_hidden else {}
    start = hidden.get(topic.pattern, without_a_line(topic.pattern))
    return f"{start}: {_from_the_middle(topic.points)}" if topic.pattern in _SPREAD else start


def without_a_line(pattern: Pattern) -> str:
    """Say a pattern that names no group, in a few words."""
    return _WITHOUT_A_LINE.get(pattern, str(pattern.value).capitalize())


def found(looked_at: LookedAt) -> str:
    """Say what was found where no conversation came of it, as in a heading."""
    if looked_at.group is not None:
        return _lower_or_higher(looked_at, looked_at.group)
    start = _LINE_UNKNOWN.get(looked_at.pattern, without_a_line(looked_at.pattern))
    if looked_at.points is None or looked_at.pattern not in _SPREAD:
        return start
    return f"{start}: {_from_the_middle(looked_at.points)}"


def sides(topic: Topic) -> tuple[tuple[str, str], ...]:
    """Give each side and where its seats stand: ("Council", "4 say 0 or 1, 2 say 2 or 3")."""
    return tuple((_side(topic, side.group), _stand(side.thirds)) for side in topic.sides)


def chance(topic: Topic) -> str:
    """Say what shuffling the badges gives; "" where the arrangements are too few to say it."""
    if topic.chance is Chance.NONE or topic.one_in is None:
        return ""
    often = f"Shuffling the badges gives a gap that wide about 1 time in {topic.one_in}"
    return (
        f"{often}." if topic.chance is Chance.CLEAR else f"{often}: could be chance, worth asking."
    )


def order_said(topics: Sequence[Topic]) -> str:
    """Say why the first conversation is not on the widest gap; "" where it is.

    A spread without a line is no gap, so it is never called a wider one.
    """
    if not topics or topics[0].chance is not Chance.CLEAR or not topics[0].group:
        return ""
    first, *others = (Decimal(said(topic.points, 1)) for topic in topics if topic.group)
    if not any(points > first for points in others):
        return ""
    return "A gap that is seldom chance comes before a wider one that may be."


def also_on(topic: Topic, names: Names, asked: int) -> str:
    """Say on which further domains the same group stands the same way; "" for none.

    Args:
        topic: with its merged domains.
        names: of the domains.
        asked: how many domains were read.
    """
    if not topic.others:
        return ""
    further = [f"{names[each.domain]} by {said(each.points, 1)}" for each in topic.others]
    how_many = f"{in_words(1 + len(further))} of {in_words(asked)} domains, one conversation"
    return f"Also {topic.direction} on {listed(further)}: {how_many}."


def strictness(topic: Topic) -> str:
    """Say that a gap goes in the relative view; "" where it stays."""
    return _STRICTNESS if topic.strictness else ""


def _lower_or_higher(what: Topic | LookedAt, group: Group) -> str:
    way = Direction.LOWER if what.direction is None else what.direction
    figure = said(what.points or 0.0, 1)
    return f"{called(group, what.line)} scored this {figure} {way} than everyone else"


def _from_the_middle(points: float) -> str:
    return f"scores lie {apart(points)} from the middle score, on average"


def _side(topic: Topic, group: Group | None) -> str:
    if group is not None:
        return called(group, topic.line)
    return EVERYONE_ELSE if topic.group is not None else "The room"


def _stand(thirds: Thirds) -> str:
    return counts(thirds) or "nobody scored"
