"""One conversation in sentences: the heading, the two sides, what chance says, what else moves."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from aqua_core.charts.sentences.wording import Names, apart, called, counts, in_words
from aqua_core.charts.words import listed
from aqua_core.vocabulary import Compare, Domain, Gap, Group
from aqua_core.vocabulary.points import said
from aqua_core.vocabulary.reading import (
    Chance,
    Direction,
    Doubt,
    End,
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
    Pattern.ONE_APART: "One team stands apart",
    Pattern.AGREED_LOW: "Low",
    Pattern.AGREED_MIDDLING: "Middling",
    Pattern.AGREED_HIGH: "High",
    Pattern.TOO_MIXED: "Too mixed to call agreed or apart",
    Pattern.MANY_CANNOT_SAY: "Many cannot say",
    Pattern.TOO_FEW: "Too few scored it",
    Pattern.TOO_ALIKE: "Not shown",
    Pattern.QUIET_ROOM: "The room stands close on everything it scored",
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
_WIDE: Final = 1.0
"""Points from the middle score from which a spread is called wide (Burke and Dunlap 2002)."""
_MOST_AT_AN_END: Final = 2
CLOSE: Final = "Close on the whole. "
DOUBTS: Final = {
    Doubt.FEW_SCORES: "One side is one or two scores, so we cannot call it a pattern.",
    Doubt.ONE_TIER: "Nobody can tell here whether it is the organisation or the seniority.",
    Doubt.TURNS_ROUND: "Compared with people at their own level, it runs the other way.",
}


def heading(topic: Topic) -> str:
    """Say what was found: "Council scored this 1.6 lower than everyone else".

    In the past tense, because a partner's name may be one or many: "GPs scored", "Trust scored".
    Where the room as a whole is close, that is said first.
    """
    if topic.ends:
        return _between_teams(topic)
    start = CLOSE if topic.close else ""
    if topic.group is not None:
        camps = topic.pattern is Pattern.CAMPS_ALONG_A_LINE
        start = f"Two camps, and the line runs between {topic.line}s: " if camps else start
        return start + _lower_or_higher(topic, topic.group)
    hidden = _LINE_UNKNOWN if topic.lines_hidden else {}
    pattern = hidden.get(topic.pattern, without_a_line(topic.pattern))
    if topic.pattern not in _SPREAD:
        return pattern
    return f"{start}{_spread_said(pattern, topic.points)}"


def _spread_said(pattern: str, points: float) -> str:
    off = _from_the_middle(points)
    return f"{off[0].upper()}{off[1:]}" if points < _WIDE else f"{pattern}: {off}"


def _between_teams(topic: Topic | LookedAt) -> str:
    """Say how many levels lie between teams that share laptops, and who stands at the ends."""
    low, high = (_team_names(end) for end in topic.ends)
    apart_by = topic.ends[1].points - topic.ends[0].points
    levels = f"{in_words(apart_by).capitalize()} levels"
    if topic.pattern is Pattern.ONE_APART and topic.group is not None:
        other = high if topic.direction is Direction.LOWER else low
        return f"{topic.group.name} stands apart, {levels.lower()} from {other}"
    several = any(len(end.teams) > 1 for end in topic.ends)
    if several and topic.group is not None and topic.line in (Compare.PARTNER, Compare.TIER):
        way = f"{called(topic.group, topic.line)} {topic.direction}"
        return f"{levels} apart, and the line runs between {topic.line}s: {way}"
    return f"{levels} apart: {low} and {high}"


def _team_names(end: End) -> str:
    """Name one team or two at an end, and count more: "Council and GPs", "4 teams"."""
    names = [team.name for team in end.teams]
    return listed(names) if len(names) <= _MOST_AT_AN_END else f"{len(names)} teams"


def without_a_line(pattern: Pattern) -> str:
    """Say a pattern that names no group, in a few words."""
    return _WITHOUT_A_LINE.get(pattern, str(pattern.value).capitalize())


def found(looked_at: LookedAt) -> str:
    """Say what was found where no conversation came of it, as in a heading."""
    if looked_at.ends:
        return _between_teams(looked_at)
    if looked_at.group is not None:
        return _lower_or_higher(looked_at, looked_at.group)
    start = _LINE_UNKNOWN.get(looked_at.pattern, without_a_line(looked_at.pattern))
    if looked_at.points is None or looked_at.pattern not in _SPREAD:
        return start
    return _spread_said(start, looked_at.points)


def sides(topic: Topic) -> tuple[tuple[str, str], ...]:
    """Give each side and where its seats stand: ("Council", "4 say 0 or 1, 2 say 2 or 3").

    Where teams share laptops, each end and what it chose: ("Council", "chose 4").
    """
    if topic.ends:
        return tuple((_team_names(end), f"chose {end.points}") for end in topic.ends[::-1])
    return tuple((_side(topic, side.group), _stand(side.thirds)) for side in topic.sides)


def statements(topic: Topic, domain: Domain) -> tuple[tuple[str, str], ...]:
    """Set the statements at both ends side by side, the higher first; none for seats of people."""
    return tuple(
        (f"{listed([team.name for team in end.teams])} chose {end.points}", _quoted(domain, end))
        for end in topic.ends[::-1]
    )


def chance(topic: Topic) -> str:
    """Say what may be said of chance; "" where it is not in question.

    A claim is made only of a clear gap; everything else is a question that may come of chance.
    """
    if topic.ends or topic.chance is Chance.NONE:
        return ""
    if topic.chance is Chance.FEW:
        return "With so few people it may be chance."
    if topic.one_in is None:
        return "It may be chance: people of one mind score about as differently."
    often = f"about once in {topic.one_in} times" if topic.one_in > 1 else "nearly every time"
    dealt = f"if scores were dealt out at random, a gap this wide would come up {often}."
    return dealt.capitalize() if topic.chance is Chance.CLEAR else f"It may be chance: {dealt}"


def doubts(topic: Topic) -> str:
    """Say why a difference may mean less than it seems; "" where nothing speaks against it."""
    return " ".join(DOUBTS[doubt] for doubt in topic.doubts)


def order_said(topics: Sequence[Topic], gaps: Sequence[Gap] = ()) -> str:
    """Say why the first conversation is not on the widest gap; "" where it is.

    Args:
        topics: the room's conversations, in their order.
        gaps: between partners, as the Gaps page prints them.
    """
    if not topics or topics[0].ends:
        return ""
    first = topics[0]
    wider = [topic for topic in topics[1:] if topic.group and _printed(topic) > _printed(first)]
    if first.group and first.chance is Chance.CLEAR and wider:
        return "We put gaps first that are unlikely to be chance, even if another gap is wider."
    if wider:
        return "The whole room differs most on this one, so it comes before a wider gap."
    widths = {gap.domain.key: said(gap.width, 1) for gap in gaps if gap.width is not None}
    told = {first.domain, *(other.domain for other in first.others)}
    most = max(widths.values(), key=Decimal, default="")
    widest = [gap for gap in gaps if widths.get(gap.domain.key) == most]
    if not widest or any(gap.domain.key in told for gap in widest):
        return ""
    return (
        f"Two partners stand furthest apart on {listed([gap.domain.short for gap in widest])}; "
        "here each group is compared with everyone else."
    )


def _printed(topic: Topic) -> Decimal:
    return Decimal(said(topic.points, 1))


def also_on(topic: Topic, names: Names, asked: int) -> str:
    """Say on which further domains the same group stands the same way; "" for none.

    Args:
        topic: with its merged domains.
        names: of the domains.
        asked: how many domains were read.
    """
    if not topic.others:
        return ""
    if topic.ends:
        return _also_at_the_end(topic, names, asked)
    further = [f"{names[other.domain]} by {said(other.points, 1)}" for other in topic.others]
    how_many = f"{in_words(1 + len(further))} of {in_words(asked)} domains, one conversation"
    who = f"{called(topic.group, topic.line)} also scored" if topic.group else "Also"
    return f"{who} {topic.direction} on {listed(further)}: {how_many}."


def _also_at_the_end(topic: Topic, names: Names, asked: int) -> str:
    end, other = (
        ("lowest", "highest") if topic.direction is Direction.LOWER else ("highest", "lowest")
    )
    further = [
        f"{names[also.domain]}, {said(also.points, 0)} levels from the {other}"
        for also in topic.others
    ]
    how_many = f"{in_words(1 + len(further))} of {in_words(asked)} domains, one conversation"
    who = topic.group.name if topic.group else _team_names(topic.ends[0 if end == "lowest" else -1])
    return f"{who} also chose the {end} level on {'; '.join(further)}: {how_many}."


def strictness(topic: Topic) -> str:
    """Say that a gap goes in the relative view; "" where it stays."""
    return _STRICTNESS if topic.strictness else ""


def _lower_or_higher(what: Topic | LookedAt, group: Group) -> str:
    way = Direction.LOWER if what.direction is None else what.direction
    figure = said(what.points or 0.0, 1)
    return (
        f"{called(group, what.line)} scored this {figure} {way} than {_others(what.line).lower()}"
    )


def _others(line: Compare | None) -> str:
    """Give whom a group is held against: a tier against the other tiers of the same partners."""
    return "The other tiers" if line is Compare.TIER else EVERYONE_ELSE


def _from_the_middle(points: float) -> str:
    return f"scores lie {apart(points)} from the middle score, on average"


def _side(topic: Topic, group: Group | None) -> str:
    if group is not None:
        return called(group, topic.line)
    return _others(topic.line) if topic.group is not None else "The room"


def _stand(thirds: Thirds) -> str:
    return counts(thirds) or "nobody scored"


def _quoted(domain: Domain, end: End) -> str:
    return f"“{domain.statements[end.points]}”"
