"""From everything a room's scores show to three conversations at most."""

from collections.abc import Collection, Sequence
from fractions import Fraction

from aqua_core.rules.lines.along import Along
from aqua_core.rules.lines.ballots import Ballots, Row, side_of
from aqua_core.rules.reading.candidates import Found, looked_at
from aqua_core.vocabulary.reading import AlsoOn, Chance, LeftOut, LookedAt, Topic

MOST = 3
FEWEST_DOMAINS = 3
"""With one domain or two, a seat's own mean is little else than the score it is taken from."""


def topics_of(
    lines: Sequence[Along], found: Sequence[Found], set_aside: Collection[str] = ()
) -> tuple[list[Topic], list[LookedAt]]:
    """Give at most three topics in order, and everything else with the reason it is left out.

    Clear gaps come first, then by points; ties keep the instrument's order. The first thing that
    a domain has to say is taken, so no domain has two conversations; the same group standing the
    same way on several domains is one conversation, anchored on its widest. What is anchored on a
    domain that was `set_aside` gives its place to the next.
    """
    topics: dict[object, list[Topic]] = {}
    taken: set[str] = set()
    beside: list[LookedAt] = []
    for topic in sorted((each for topics, _ in found for each in topics), key=_order):
        if topic.domain in taken:
            beside.append(looked_at(topic, LeftOut.SAME_DOMAIN))
            continue
        taken.add(topic.domain)
        topics.setdefault(_conversation(topic), []).append(topic)
    merged = [_merged(lines, each) for each in topics.values()]
    offered = [topic for topic in merged if topic.domain not in set_aside]
    beside[:0] = [looked_at(topic, LeftOut.THREE_ARE_ENOUGH) for topic in offered[MOST:]]
    beside[:0] = [
        looked_at(topic, LeftOut.SET_ASIDE) for topic in merged if topic.domain in set_aside
    ]
    return offered[:MOST], beside + [each for _, gaps in found for each in gaps]


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


def _order(topic: Topic) -> tuple[bool, float]:
    return topic.chance is not Chance.CLEAR, -topic.points


def _conversation(topic: Topic) -> object:
    if topic.group is None:
        return topic.domain
    return topic.line, topic.group.id, topic.direction


def _merged(lines: Sequence[Along], topics: Sequence[Topic]) -> Topic:
    widest, *others = topics
    compared = [along.ballots for along in lines if along.line is widest.line]
    also = sorted(others, key=lambda topic: -topic.points)
    return widest.model_copy(
        update={
            "others": tuple(AlsoOn(domain=each.domain, points=each.points) for each in also),
            "strictness": any(is_strictness(each, widest) for each in compared),
        }
    )
