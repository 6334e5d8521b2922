"""What one domain has to say for itself: gaps along a line, camps, or spread."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from aqua_core.rules.guard.telling import Told
from aqua_core.rules.lines.along import Along
from aqua_core.rules.lines.ballots import Ballots, side_of
from aqua_core.rules.lines.showing import groups_to_name, lines_are_hidden
from aqua_core.rules.reading.agreement import APART_FROM, middle_of, spread, thirds_of, two_camps
from aqua_core.vocabulary import Compare, Group, Workshop
from aqua_core.vocabulary.reading import (
    Chance,
    Direction,
    LeftOut,
    LookedAt,
    Pattern,
    Side,
    Thirds,
    Topic,
)

WORTH_ASKING = Fraction(1)
COUNTS = 0.20
CLEAR = 0.05
SHARE_INSIDE = Fraction(1, 4)
"""Of a spread, what may lie inside the teams of a room whose teams stand apart."""
FEWEST_WAYS = 40
"""With fewer ways to hand out a badge even the widest gap, either way round, passes 2 in 40."""

_APART = {
    Compare.PARTNER: Pattern.PARTNERS_APART,
    Compare.TIER: Pattern.TIERS_APART,
    Compare.TEAM: Pattern.TEAMS_APART,
}
_RUNGS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 30, 40, 50, 100, 200, 500, 1000)


Found = tuple[list[Topic], list[LookedAt]]


@dataclass(frozen=True)
class Scene:
    """A room as it is searched: its ballots as dealt, what may be told, and every line measured.

    `told` is by domain. A domain whose scores are withheld has only blanks.
    """

    workshop: Workshop
    ballots: Ballots
    told: Mapping[str, Told]
    lines: tuple[Along, ...]


@dataclass(frozen=True)
class _Here:
    """One domain of a scene: who gave it points, and which groups may be named."""

    domain: str
    column: list[tuple[str, int]]
    named: dict[Compare, dict[str, Group]]
    hidden: bool

    @property
    def points(self) -> list[int]:
        return [given for _, given in self.column]


def candidates_on(scene: Scene, domain: str) -> Found:
    """Give what could be talked about on one domain, and the wide gaps that do not count.

    A line counts when its gap is 1.0 or more and its share .20 or less. Teams are asked only
    where neither partners nor tiers count: a partner that stands apart takes its teams with it.
    Without a line: two camps, else a spread of 1.0 or more.
    """
    here = _here(scene, domain)
    counting: list[Topic] = []
    beside: list[LookedAt] = []
    for along in scene.lines:
        if along.line is Compare.TEAM and counting:
            break
        for topic, why in _along(scene, along, here):
            if why is None:
                counting.append(topic)
            else:
                beside.append(looked_at(topic, why))
    return counting or _without_a_line(here), beside


def is_hidden(scene: Scene, domain: str) -> bool:
    """Tell whether some group that scored a domain is too small to be named there."""
    return _here(scene, domain).hidden


def looked_at(topic: Topic, why: LeftOut) -> LookedAt:
    """Give a topic that is not talked about, with its reason."""
    return LookedAt(
        pattern=topic.pattern,
        domain=topic.domain,
        line=topic.line,
        group=topic.group,
        direction=topic.direction,
        points=topic.points,
        why=why,
    )


def chance_of(share: float, ways: int) -> Chance:
    """Give what may be said of chance: nothing where the arrangements are too few to say it."""
    if ways < FEWEST_WAYS:
        return Chance.NONE
    return Chance.CLEAR if share <= CLEAR else Chance.COULD_BE


def asked_share(along: Along, key: tuple[str, str]) -> float:
    """Give the share that the bars are held against: of teams, asked third, three times it.

    Teams are many, small, and asked where two lines came up empty: unpaid, they alone made a
    clear gap in 6 of 100 rooms of 40 with nothing planted (Holm 1979 pays each further question
    in the same coin).
    """
    times = 3 if along.line is Compare.TEAM else 1
    return min(1.0, times * along.shares[key])


def one_in(share: float) -> int:
    """Give the n of "about 1 time in n": a round number, never rarer than the share."""
    return max(rung for rung in _RUNGS if rung * share <= 1 or rung == 1)


def _here(scene: Scene, domain: str) -> _Here:
    told = scene.told[domain]
    named = {line: groups_to_name(told, line) for line in Compare}
    hidden = lines_are_hidden(scene.workshop, told, named)
    return _Here(domain, scene.ballots.column(domain), named, hidden)


def _along(scene: Scene, along: Along, here: _Here) -> list[tuple[Topic, LeftOut | None]]:
    named = here.named[along.line]
    wide = [
        named[group]
        for group in along.groups
        if group in named and abs(along.gaps.get((group, here.domain), Fraction())) >= WORTH_ASKING
    ]
    return [_weighed(scene, along, here, group) for group in wide]


def _weighed(scene: Scene, along: Along, here: _Here, group: Group) -> tuple[Topic, LeftOut | None]:
    mine = {team.id for team in scene.workshop.teams if side_of(team, along.line) == group.id}
    column = along.ballots.column(here.domain)
    inside = [points for team_id, points in column if team_id in mine]
    outside = [points for team_id, points in column if team_id not in mine]
    topic = _topic(along, here, group, thirds_of(inside), thirds_of(outside))
    if min(len(inside), len(outside)) < 2:
        return topic, LeftOut.ONE_SEAT
    return topic, _why_not(along, (group.id, here.domain))


def _why_not(along: Along, key: tuple[str, str]) -> LeftOut | None:
    if along.ways[key[0]] == 1:
        return LeftOut.ONE_TIER
    if asked_share(along, key) > COUNTS:
        return LeftOut.OFTEN_BY_CHANCE
    return LeftOut.TURNS_ROUND if along.leans[key] * along.gaps[key] < 0 else None


def _topic(along: Along, here: _Here, group: Group, inside: Thirds, outside: Thirds) -> Topic:
    key = group.id, here.domain
    chance = chance_of(asked_share(along, key), along.ways[group.id])
    camps = two_camps(thirds_of(here.points))
    return Topic(
        pattern=Pattern.CAMPS_ALONG_A_LINE if camps else _APART[along.line],
        domain=here.domain,
        line=along.line,
        group=group,
        direction=Direction.LOWER if along.gaps[key] < 0 else Direction.HIGHER,
        points=float(abs(along.gaps[key])),
        chance=chance,
        one_in=None if chance is Chance.NONE else one_in(along.shares[key]),
        sides=(Side(group=group, thirds=inside), Side(group=None, thirds=outside)),
        lines_hidden=here.hidden,
    )


def _without_a_line(here: _Here) -> list[Topic]:
    thirds = thirds_of(here.points)
    camps = two_camps(thirds)
    if not (camps or spread(here.points) >= APART_FROM):
        return []
    each_its_own = len({team_id for team_id, _ in here.column}) == len(here.column)
    alike_inside = _inside_teams(here) <= SHARE_INSIDE * spread(here.points)
    apart = each_its_own or (alike_inside and not camps and not here.hidden)
    without = Pattern.CAMPS_THROUGH_TEAMS if camps else Pattern.WIDE_SPREAD
    return [
        Topic(
            # Where each team says much the same, nothing worth the name is inside a team.
            pattern=Pattern.TEAMS_APART if apart else without,
            domain=here.domain,
            points=float(spread(here.points)),
            chance=Chance.NONE,
            sides=(Side(group=None, thirds=thirds),),
            lines_hidden=here.hidden,
        )
    ]


def _inside_teams(here: _Here) -> Fraction:
    """Give how far scores lie from the middle score of their own team, on average, in points."""
    teams = {team_id for team_id, _ in here.column}
    own = ([points for each, points in here.column if each == team_id] for team_id in teams)
    off = sum((abs(points - middle_of(mine)) for mine in own for points in mine), start=Fraction(0))
    return off / len(here.column)
