"""Where a room is close: people each, or teams that share a laptop."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import pstdev

from aqua_core.rules.agreement import LEVELS_APART, how_agreed, thirds_of
from aqua_core.rules.ballots import Ballots, side_of
from aqua_core.rules.candidates import APART_ALONG, WORTH_ASKING, Scene, candidates_on, counts
from aqua_core.rules.groups import groups_of, points_by_group
from aqua_core.rules.lines import groups_to_name
from aqua_core.vocabulary import Compare, Group, Holder, Team
from aqua_core.vocabulary.points import half_up
from aqua_core.vocabulary.reading import (
    Chance,
    Direction,
    End,
    HowAgreed,
    Off,
    Pattern,
    Side,
    Topic,
)

_NAMED_FROM = Fraction(3, 2)
"""Points between the averages of partners, or of tiers, from which the line is theirs."""


@dataclass(frozen=True)
class _Scored:
    """One domain: each laptop's team and its points, the lowest first."""

    domain: str
    teams: tuple[Team, ...]
    column: tuple[tuple[Team, int], ...]

    @property
    def width(self) -> int:
        return self.column[-1][1] - self.column[0][1] if self.column else 0

    def at(self, points: int) -> list[Team]:
        """Give the teams that chose these points, in the workshop's order."""
        chose = {team.id for team, given in self.column if given == points}
        return [team for team in self.teams if team.id in chose]

    @property
    def ends(self) -> tuple[list[Team], list[Team]]:
        return self.at(self.column[0][1]), self.at(self.column[-1][1])


def _topics_between(
    ballots: Ballots, teams: Sequence[Team], domains: Iterable[str]
) -> list[list[Topic]]:
    """Give the conversation of each domain on which two teams stand 2 or more levels apart.

    A team that stands 2 or more from all others is named alone. Else the line is named by partner
    where the averages of partners are 1.5 or more apart and those of tiers are not; by tier the
    other way round; else by team.

    Args:
        ballots: a row a laptop; a team may have a second one, and then both its scores count.
        teams: of the workshop, in its order.
        domains: keys, in the instrument's order.

    Returns:
        For each domain one topic, or none where all stand within one level. `points` are levels.
    """
    scored = [_teams_scored(ballots, teams, domain) for domain in domains]
    return [[_topic(on_domain)] if on_domain.width >= LEVELS_APART else [] for on_domain in scored]


def _agreed_between(points: Sequence[int]) -> HowAgreed:
    """Tell how close the teams stand; UNCLEAR with fewer than two scores.

    AGREED where all chose one level, CLOSE where all are within one level, else APART.
    """
    if len(points) < 2:
        return HowAgreed.UNCLEAR
    width = max(points) - min(points)
    if width >= LEVELS_APART:
        return HowAgreed.APART
    return HowAgreed.CLOSE if width else HowAgreed.AGREED


def _teams_scored(ballots: Ballots, teams: Sequence[Team], domain: str) -> _Scored:
    by_id = {team.id: team for team in teams}
    column = [(by_id[team_id], points) for team_id, points in ballots.column(domain)]
    return _Scored(domain, tuple(teams), tuple(sorted(column, key=lambda given: given[1])))


def _topic(scored: _Scored) -> Topic:
    alone = _stands_apart(scored)
    line = _line(scored) if alone is None else _line_of(scored, alone)
    side = _odd_one_out(_averages(scored, line)) if alone is None else side_of(alone, line)
    groups = {group.id: group for group in groups_of(scored.teams, line).values()}
    low, high = scored.ends
    return Topic(
        pattern=APART_ALONG[line] if alone is None else Pattern.ONE_APART,
        domain=scored.domain,
        line=line,
        group=groups.get(side),
        direction=_direction(_averages(scored, line), side),
        points=scored.width,
        chance=Chance.NONE,
        sides=(Side(group=None, thirds=thirds_of([points for _, points in scored.column])),),
        ends=(
            End(points=scored.column[0][1], teams=_named(scored, low)),
            End(points=scored.column[-1][1], teams=_named(scored, high)),
        ),
    )


def _stands_apart(scored: _Scored) -> Team | None:
    """Give the team that is 2 or more from all others, of three or more; None for no team."""
    averages = _averages(scored, Compare.TEAM)
    odd = _odd_one_out(averages)
    if len(averages) < 3 or _distance(averages, odd) < LEVELS_APART:
        return None
    return next(team for team in scored.teams if team.id == odd)


def _line_of(scored: _Scored, team: Team) -> Compare:
    """Call a team by its partner where it is the partner's only one."""
    several = sum(other.partner == team.partner for other in scored.teams) > 1
    return Compare.TEAM if several else Compare.PARTNER


def _line(scored: _Scored) -> Compare:
    """Tell whose line it is. Where each partner sent one team, its teams are the partners."""
    partners, tiers = (
        max(averages.values()) - min(averages.values())
        for averages in (_averages(scored, Compare.PARTNER), _averages(scored, Compare.TIER))
    )
    if partners >= _NAMED_FROM > tiers:
        return Compare.PARTNER
    if tiers >= _NAMED_FROM > partners:
        return Compare.TIER
    return Compare.TEAM


def _averages(scored: _Scored, line: Compare) -> dict[str, Fraction]:
    given: dict[str, list[int]] = {}
    for team, points in scored.column:
        given.setdefault(side_of(team, line), []).append(points)
    return {side: Fraction(sum(points), len(points)) for side, points in given.items()}


def _odd_one_out(averages: Mapping[str, Fraction]) -> str:
    """Give whoever stands alone at an end: of two, the one further from the next; "" for nobody."""
    ends = [
        [side for side, average in averages.items() if average == end]
        for end in (min(averages.values()), max(averages.values()))
    ]
    alone = [sides[0] for sides in ends if len(sides) == 1]
    return max(alone, key=lambda side: _distance(averages, side), default="")


def _distance(averages: Mapping[str, Fraction], side: str) -> Fraction:
    """Give the points from one average to the next of the others; 0 for nobody, or nobody else."""
    if side not in averages:
        return Fraction(0)
    others = [average for other, average in averages.items() if other != side]
    return min((abs(averages[side] - average) for average in others), default=Fraction(0))


def _direction(averages: Mapping[str, Fraction], side: str) -> Direction | None:
    if side not in averages:
        return None
    return Direction.LOWER if averages[side] == min(averages.values()) else Direction.HIGHER


def _named(scored: _Scored, teams: Sequence[Team]) -> tuple[Group, ...]:
    groups = groups_of(scored.teams, Compare.TEAM)
    return tuple(groups[team.id] for team in teams)


def found_on(scene: Scene, domains: Sequence[str]) -> dict[str, list[Topic]]:
    """Give what could be asked about on each of these domains."""
    if scene.workshop.holder is Holder.LAPTOP:
        between = _topics_between(scene.ballots, scene.workshop.teams, domains)
        return dict(zip(domains, between, strict=True))
    return {domain: candidates_on(scene, domain) for domain in domains}


def agreed_on(scene: Scene, domain: str, found: Sequence[Topic]) -> HowAgreed:
    """Tell how close a room is on a domain, beside what could be asked about on it."""
    points = [given for _, given in scene.ballots.column(domain)]
    if scene.workshop.holder is Holder.LAPTOP:
        return _agreed_between(points)
    return how_agreed(
        points,
        along_a_line=any(counts(scene, topic) for topic in found),
        width=off.points if (off := stands_off(scene, domain)) else 0.0,
    )


def stands_off(scene: Scene, domain: str) -> Off | None:
    """Give the two partners, or two tiers, that print averages furthest apart, from 1.0 on.

    Of two scores or more each: one score is no stand of a group, and counts in the spread. Not
    teams: of eighteen teams of three two nearly always are, where nothing is going on.
    """
    found = [_widest(scene, domain, line) for line in (Compare.PARTNER, Compare.TIER)]
    wide = [topic for topic in found if topic and topic.points >= WORTH_ASKING]
    return max(wide, key=lambda off: off.points, default=None)


def is_calm(scene: Scene, agreed: HowAgreed) -> bool:
    """Tell whether nothing divides a room where it is as close as this.

    Among people a group that stands off may be asked about; teams on laptops that stand within
    one level have nothing to ask.
    """
    close = scene.workshop.holder is Holder.LAPTOP and agreed is HowAgreed.CLOSE
    return close or agreed is HowAgreed.AGREED


def worth_of(scene: Scene, domain: str, found: Sequence[Topic]) -> float:
    """Give how much a domain is worth asking about: for ranking alone, never shown.

    The widest gap of a partner or tier, of two scores or more on either side, plus twice the
    standard deviation of the whole room, in points: a difference is found by group and by spread,
    and where no group may be shown by spread alone. Of laptops the levels between the ends, and in
    a tie how many stand at the ends.
    """
    points = [given for _, given in scene.ballots.column(domain)]
    if scene.workshop.holder is Holder.LAPTOP:
        return sum(
            topic.points + sum(len(end.teams) for end in topic.ends) / 100 for topic in found
        )
    gaps = [
        topic.points
        for topic in found
        if topic.group and topic.line is not Compare.TEAM and min(_scored(topic)) > 1
    ]
    return max(gaps, default=0.0) + 2 * pstdev(points)


def _scored(topic: Topic) -> list[int]:
    return [side.thirds.scored for side in topic.sides]


def _widest(scene: Scene, domain: str, line: Compare) -> Off | None:
    told = scene.told[domain]
    alone = groups_to_name(told, line)
    given = points_by_group(scene.ballots.column(domain), told.groups(line))
    means = {
        alone[group]: half_up(float(Fraction(sum(points), len(points))), 1)
        for group, points in given.items()
        if group in alone and len(points) > 1
    }
    if len(means) < 2:
        return None
    in_order = sorted(means, key=lambda group: (means[group], group.slot))
    low, high = in_order[0], in_order[-1]
    return Off(line=line, lowest=low, highest=high, points=float(means[high] - means[low]))
