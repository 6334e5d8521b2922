"""Which differences are worth the room's time, and in which order.

A *topic* is one difference on one domain that Talk could ask about: a group against everyone else
along a line (partner, tier, team), or the whole room by its camps or spread. A topic is *clear*
where its gap is unlikely to be chance; a *doubt* is a reason to claim nothing of it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from aqua_core.rules.agreement import APART_FROM, FEW, spread, thirds_of, two_camps
from aqua_core.rules.ballots import Ballots, Row, side_of
from aqua_core.rules.guard import Told
from aqua_core.rules.lines import (
    FEWEST_SCORES,
    FEWEST_WAYS,
    Along,
    groups_to_name,
    lines_are_hidden,
)
from aqua_core.vocabulary import Compare, Group, Workshop
from aqua_core.vocabulary.reading import (
    AlsoOn,
    Chance,
    Direction,
    Doubt,
    LeftOut,
    LookedAt,
    Pattern,
    Side,
    Topic,
)

WORTH_ASKING = Fraction(1)
"""Points of a gap, or between a guess and the score, from which a question is worth asking."""
COUNTS = 0.20
_CLEAR = 0.025
"""How often chance may give a gap that is called clear, over all that is searched in a room. With
.05, 5 of 100 open rooms of 40 with nothing planted were told of one, where 3 are asked
(`python -m benchmarks.rooms`)."""

APART_ALONG = {
    Compare.PARTNER: Pattern.PARTNERS_APART,
    Compare.TIER: Pattern.TIERS_APART,
    Compare.TEAM: Pattern.TEAMS_APART,
}
_RUNGS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 30, 40, 50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class Scene:
    """A room as it is searched: its ballots, what may be shown, and the gaps along every line.

    In `ballots` the scores of the pool are dealt anew, and a domain whose scores are withheld has
    only blanks. `told` is by domain key.
    """

    workshop: Workshop
    ballots: Ballots
    told: Mapping[str, Told]
    lines: tuple[Along, ...]


@dataclass(frozen=True)
class _Here:
    """One domain of a scene: its scores as (team id, points), and which groups may be named.

    `hidden` says that some group with points is too small to be named along some line.
    """

    domain: str
    column: list[tuple[str, int]]
    named: dict[Compare, dict[str, Group]]
    hidden: bool

    @property
    def points(self) -> list[int]:
        return [given for _, given in self.column]


def candidates_on(scene: Scene, domain: str) -> list[Topic]:
    """Give every difference that could be asked about on one domain, in no order.

    One topic for each partner and tier that may be named, against everyone else, and one for the
    whole room, by camps or by spread. A team has a topic only where its gap counts (see `counts`)
    and no gap of a partner or tier does: where a partner stands apart, its teams do too. A gap of a
    partner or tier need not count to be asked about: a question is not a claim.
    """
    here = _here(scene, domain)
    found = [
        topic
        for along in scene.lines
        if along.line is not Compare.TEAM
        for topic in _along(scene, along, here)
    ]
    if not any(counts(scene, topic) for topic in found):
        teams = (along for along in scene.lines if along.line is Compare.TEAM)
        of_teams = (topic for along in teams for topic in _along(scene, along, here))
        found += [topic for topic in of_teams if counts(scene, topic)]
    return found + _whole_room(here)


def counts(scene: Scene, topic: Topic) -> bool:
    """Tell whether a gap along a line counts: 1.0 or more, and by chance in .20 or less.

    A topic of the whole room has no gap along a line, and does not count.
    """
    along = next((along for along in scene.lines if along.line is topic.line), None)
    if along is None or topic.group is None or Doubt.TURNS_ROUND in topic.doubts:
        return False
    key = topic.group.id, topic.domain
    return abs(along.gaps[key]) >= WORTH_ASKING and _asked_share(scene, along, key) <= COUNTS


def is_hidden(scene: Scene, domain: str) -> bool:
    """Tell whether some group that scored a domain is too small to be named there."""
    return _here(scene, domain).hidden


def chance_of(share: float, ways: int) -> Chance:
    """Give what may be said of chance.

    Args:
        share: how often chance alone gives as much, 0 to 1.
        ways: ways to hand the group's label out; below 40 the answer is FEW, whatever the share.
    """
    if ways < FEWEST_WAYS:
        return Chance.FEW
    return Chance.CLEAR if share <= _CLEAR else Chance.COULD_BE


def _asked_share(scene: Scene, along: Along, key: tuple[str, str]) -> float:
    """Give the share that COUNTS and _CLEAR bound: the gap's own, times the lines searched.

    Partners, tiers and teams are three questions to the same scores. Without the factor a clear gap
    was found in 8 of 100 open rooms of 40 with nothing planted (Bonferroni's correction).
    """
    return min(1.0, len(scene.lines) * along.shares[key])


def one_in(share: float) -> int:
    """Give the n of "about 1 time in n": a round number, never rarer than the share."""
    return max(rung for rung in _RUNGS if rung * share <= 1 or rung == 1)


def _here(scene: Scene, domain: str) -> _Here:
    told = scene.told[domain]
    named = {line: groups_to_name(told, line) for line in Compare}
    hidden = lines_are_hidden(scene.workshop, told, named)
    return _Here(domain, scene.ballots.column(domain), named, hidden)


def _along(scene: Scene, along: Along, here: _Here) -> list[Topic]:
    named = here.named[along.line]
    wide = [named[group] for group in along.groups if group in named]
    return [
        _topic(scene, along, here, group)
        for group in wide
        if along.gaps.get((group.id, here.domain), Fraction(0))
    ]


def _topic(scene: Scene, along: Along, here: _Here, group: Group) -> Topic:
    mine = {team.id for team in scene.workshop.teams if side_of(team, along.line) == group.id}
    compared = along.ballots.column(here.domain)
    inside = [points for team_id, points in compared if team_id in mine]
    outside = [points for team_id, points in compared if team_id not in mine]
    key = group.id, here.domain
    doubts = tuple(_doubts(along, key, min(len(inside), len(outside))))
    chance = _chance(scene, along, key, bool(doubts))
    camps = two_camps(thirds_of(here.points))
    return Topic(
        pattern=Pattern.CAMPS_ALONG_A_LINE if camps else APART_ALONG[along.line],
        domain=here.domain,
        line=along.line,
        group=group,
        direction=Direction.LOWER if along.gaps[key] < 0 else Direction.HIGHER,
        points=float(abs(along.gaps[key])),
        chance=chance,
        one_in=None if chance is Chance.FEW else one_in(along.shares[key]),
        sides=(
            Side(group=group, thirds=thirds_of(inside)),
            Side(group=None, thirds=thirds_of(outside)),
        ),
        doubts=doubts,
        lines_hidden=here.hidden,
    )


def _chance(scene: Scene, along: Along, key: tuple[str, str], doubted: bool) -> Chance:
    """Give what may be said of a gap: one with a doubt, or below 1.0, is never called clear."""
    chance = chance_of(_asked_share(scene, along, key), along.ways[key[0]])
    sure = abs(along.gaps[key]) >= WORTH_ASKING and not doubted
    return chance if sure or chance is Chance.FEW else Chance.COULD_BE


def _doubts(along: Along, key: tuple[str, str], fewest: int) -> Iterator[Doubt]:
    if fewest < FEWEST_SCORES:
        yield Doubt.FEW_SCORES
    elif along.ways[key[0]] == 1:
        yield Doubt.ONE_TIER
    elif along.leans[key] * along.gaps[key] < 0:
        yield Doubt.TURNS_ROUND


def _whole_room(here: _Here) -> list[Topic]:
    """Give the topic of the whole room: its camps, else its spread; none where all are equal."""
    thirds, wide = thirds_of(here.points), spread(here.points)
    if not wide:
        return []
    pattern = Pattern.CAMPS_THROUGH_TEAMS if two_camps(thirds) else Pattern.WIDE_SPREAD
    if wide >= APART_FROM and len({team_id for team_id, _ in here.column}) == len(here.column):
        pattern = Pattern.TEAMS_APART  # nothing is inside a team of one
    return [
        Topic(
            pattern=pattern,
            domain=here.domain,
            points=float(wide),
            chance=_chance_of_spread(wide, len(here.points)),
            sides=(Side(group=None, thirds=thirds),),
            lines_hidden=here.hidden,
        )
    ]


def _chance_of_spread(wide: Fraction, scored: int) -> Chance:
    if scored < FEW:
        return Chance.FEW
    return Chance.NONE if wide >= APART_FROM else Chance.COULD_BE


MOST = 3
_FEWEST_DOMAINS = 3
"""With one domain or two, a seat's own mean is little else than the score it is taken from."""
_Found = Sequence[Sequence[Topic]]
"""What could be asked about: the differences found on each domain, in the instrument's order."""


def topics_of(
    found: _Found,
    worth: Mapping[str, float],
    close: Collection[str],
    set_aside: Collection[str] = (),
) -> tuple[list[Topic], list[LookedAt]]:
    """Give at most three topics in order, and every other domain's difference with its reason.

    Each domain gives one topic: a clear one, else its widest. So no domain has two conversations.
    Clear topics come first, and within each the domain that is worth most. Topics in which the same
    group stands a point or more the same way become one conversation, which carries the domain of
    its clear gap, else of its widest. A conversation on a domain that was set aside gives its place
    to the next; each domain of a conversation that is left out is listed with the reason.

    Args:
        found: what could be asked about.
        worth: how much each domain is worth asking about, by key.
        close: keys of the domains on which nothing divides the room: that is the reason of a topic
            that is left out there.
        set_aside: keys of the domains whose question the facilitator left out.
    """
    taken = [min(topics, key=_clear_then_wide) for topics in found if topics]
    first = sorted(taken, key=lambda topic: (not _is_clear(topic), -worth[topic.domain]))
    merged = _merged(first)
    offered = [topic for topic in merged if topic.domain not in set_aside]
    aside = [topic for topic in merged if topic.domain in set_aside]
    alone = {topic.domain: topic for topic in first}
    return offered[:MOST], [
        *(looked_at(part, LeftOut.SET_ASIDE) for topic in aside for part in _parts(topic, alone)),
        *(
            looked_at(part, _why_not(part, close))
            for topic in offered[MOST:]
            for part in _parts(topic, alone)
        ),
        *_second(found, first),
    ]


def _parts(merged: Topic, alone: Mapping[str, Topic]) -> list[Topic]:
    """Give what was merged into a topic, domain by domain: all of it is left out with the topic."""
    return [alone[merged.domain], *(alone[other.domain] for other in merged.others)]


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
    """Tell whether a gap comes from how strictly a group reads the scale.

    It does where less than half of the gap is left once each seat's points are measured from that
    seat's own mean: a group that stands lower on most domains is strict, not apart on this one.

    Returns:
        False without a group, and while fewer than three domains are scored.
    """
    if topic.group is None or topic.line is None or len(ballots.domains) < _FEWEST_DOMAINS:
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
    """Merge topics in which one group stands a point or more the same way, at the first's place.

    A topic with a doubt is never merged: the doubt may not hold for the others.
    """
    together: dict[object, list[Topic]] = {}
    for topic in topics:
        together.setdefault(_conversation(topic), []).append(topic)
    return [_one(of_one_group) for of_one_group in together.values()]


def _one(topics: Sequence[Topic]) -> Topic:
    widest, *others = sorted(topics, key=_clear_then_wide)
    also = sorted(others, key=lambda topic: -topic.points)
    found = tuple(AlsoOn(domain=topic.domain, points=topic.points) for topic in also)
    return widest.model_copy(update={"others": found})


def _conversation(topic: Topic) -> object:
    if topic.group is None or topic.doubts or topic.points < WORTH_ASKING:
        return topic.domain
    return topic.line, topic.group.id, topic.direction


def _second(found: _Found, first: Sequence[Topic]) -> list[LookedAt]:
    """Give, of each domain, every gap of a point or more but the one that was taken for it."""
    taken = {id(topic) for topic in first}
    return [
        looked_at(topic, LeftOut.SAME_DOMAIN)
        for topics in found
        for topic in topics
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
