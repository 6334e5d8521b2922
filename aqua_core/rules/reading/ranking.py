"""From everything a room's scores show to the three conversations that are most worth having."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from aqua_core.rules.lines.ballots import Ballots, Row, side_of
from aqua_core.rules.reading.candidates import WORTH_ASKING
from aqua_core.vocabulary.reading import AlsoOn, Chance, LeftOut, LookedAt, Topic

MOST = 3
FEWEST_DOMAINS = 3
"""With one domain or two, a seat's own mean is little else than the score it is taken from."""
Found = Sequence[Sequence[Topic]]
"""What could be asked about: the differences found on each domain, in the instrument's order."""


def topics_of(
    found: Found,
    worth: Mapping[str, float],
    close: Collection[str],
    set_aside: Collection[str] = (),
) -> tuple[list[Topic], list[LookedAt]]:
    """Give at most three topics in order, and every other domain's difference with its reason.

    Of each domain its first difference is taken, what is clear before what is wider, so no domain
    has two conversations. Clear ones come first, then what is worth most. The same group standing a
    point or more the same way on several domains is one conversation, anchored on its widest. What
    is anchored on a domain that was set aside gives its place to the next.

    Args:
        found: what could be asked about.
        worth: how much each domain is worth asking about, by key.
        close: keys of the domains on which the room is close: what is left out there says so.
        set_aside: keys of the domains whose question the facilitator left out.
    """
    taken = [min(each, key=_clear_then_wide) for each in found if each]
    first = sorted(taken, key=lambda topic: (not _is_clear(topic), -worth[topic.domain]))
    merged = _merged(first)
    offered = [topic for topic in merged if topic.domain not in set_aside]
    aside = [topic for topic in merged if topic.domain in set_aside]
    return offered[:MOST], [
        *(looked_at(topic, LeftOut.SET_ASIDE) for topic in aside),
        *(looked_at(topic, _why_not(topic, close)) for topic in offered[MOST:]),
        *_second(found, first),
    ]


def looked_at(topic: Topic, why: LeftOut) -> LookedAt:
    """Give a topic that is not talked about, with its reason."""
    return LookedAt(
        pattern=topic.pattern,
        domain=topic.domain,
        line=topic.line,
        group=topic.group,
        direction=topic.direction,
        points=topic.points,
        ends=topic.ends,
        why=why,
    )


def is_strictness(ballots: Ballots, topic: Topic) -> bool:
    """Tell whether a gap goes in the relative view, each seat measured from its own mean.

    It goes when less than half of it is left, which is so when the group stands apart the same way
    on more than half of the domains: it reads the scale more strictly, or less.

    Returns:
        False without a group, and while fewer than three domains are scored.
    """
    if topic.group is None or topic.line is None or len(ballots.domains) < FEWEST_DOMAINS:
        return False
    mine = {team.id for team in ballots.teams if side_of(team, topic.line) == topic.group.id}
    own = _gap(_from_own_mean(ballots, topic.domain), mine)
    return 2 * abs(own) < abs(_gap(ballots.column(topic.domain), mine))


def _is_clear(topic: Topic) -> bool:
    return topic.chance is Chance.CLEAR


def _clear_then_wide(topic: Topic) -> tuple[bool, float]:
    return not _is_clear(topic), -topic.points


def _why_not(topic: Topic, close: Collection[str]) -> LeftOut:
    return LeftOut.NOTHING_DIVIDES if topic.domain in close else LeftOut.THREE_ARE_ENOUGH


def _merged(topics: Sequence[Topic]) -> list[Topic]:
    """Make one conversation of a group's gaps of a point or more the same way, the first in order.

    A doubted gap stands alone: what is said of it may not hold for the others.
    """
    together: dict[object, list[Topic]] = {}
    for topic in topics:
        together.setdefault(_conversation(topic), []).append(topic)
    return [_one(each) for each in together.values()]


def _one(topics: Sequence[Topic]) -> Topic:
    widest, *others = sorted(topics, key=_clear_then_wide)
    also = sorted(others, key=lambda topic: -topic.points)
    found = tuple(AlsoOn(domain=each.domain, points=each.points) for each in also)
    return widest.model_copy(update={"others": found})


def _conversation(topic: Topic) -> object:
    if topic.group is None or topic.doubts or topic.points < WORTH_ASKING:
        return topic.domain
    return topic.line, topic.group.id, topic.direction


def _second(found: Found, first: Sequence[Topic]) -> list[LookedAt]:
    """Give, of each domain that has its conversation, every other gap of a point or more."""
    taken = {id(topic) for topic in first}
    return [
        looked_at(topic, LeftOut.SAME_DOMAIN)
        for each in found
        for topic in each
        if id(topic) not in taken and topic.group and topic.points >= WORTH_ASKING
    ]


def _gap(column: Sequence[tuple[str, int | Fraction]], mine: Collection[str]) -> Fraction:
    inside = [points for team_id, points in column if team_id in mine]
    outside = [points for team_id, points in column if team_id not in mine]
    return Fraction(sum(inside)) / len(inside) - Fraction(sum(outside)) / len(outside)


def _from_own_mean(ballots: Ballots, domain: str) -> list[tuple[str, Fraction]]:
    at = ballots.domains.index(domain)
    means = [_own_mean(row) for row in ballots.rows]
    return [
        (team.id, given - mean)
        for team, row, mean in zip(ballots.teams, ballots.rows, means, strict=True)
        if (given := row[at]) is not None
    ]


def _own_mean(row: Row) -> Fraction:
    given = [points for points in row if points is not None]
    return Fraction(sum(given), max(len(given), 1))
