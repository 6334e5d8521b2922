"""What one domain has to say for itself: gaps along a line, camps, or spread."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from aqua_core.rules.lines.along import Along, side_of
from aqua_core.rules.lines.ballots import Ballots
from aqua_core.rules.lines.showing import groups_to_name, lines_are_hidden
from aqua_core.rules.reading.agreement import APART_FROM, spread, thirds_of, two_camps
from aqua_core.vocabulary import Compare, Group, Workshop
from aqua_core.vocabulary.reading import Chance, Direction, LeftOut, LookedAt, Pattern, Side, Topic

WORTH_ASKING = Fraction(1)
COUNTS = 0.20
CLEAR = 0.05
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
    """A room as it is searched: its ballots, and every line measured over them."""

    workshop: Workshop
    ballots: Ballots
    lines: tuple[Along, ...]


def candidates_on(scene: Scene, domain: str) -> Found:
    """Give what could be talked about on one domain, and the wide gaps that do not count.

    A line counts when its gap is 1.0 or more and its share .20 or less. Teams are asked only
    where neither partners nor tiers count: a partner that stands apart takes its teams with it.
    Without a line: two camps, else a spread of 1.0 or more.
    """
    column = scene.ballots.column(domain)
    counting: list[Topic] = []
    beside: list[LookedAt] = []
    for along in scene.lines:
        if along.line is Compare.TEAM and counting:
            break
        for topic, why in _along(scene, along, domain, column):
            if why is None:
                counting.append(topic)
            else:
                beside.append(looked_at(topic, why))
    return counting or _without_a_line(scene, domain, column), beside


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


def one_in(share: float) -> int:
    """Give the n of "about 1 time in n": a round number, never rarer than the share."""
    return max(rung for rung in _RUNGS if rung * share <= 1 or rung == 1)


def _along(
    scene: Scene, along: Along, domain: str, column: Sequence[tuple[str, int]]
) -> list[tuple[Topic, LeftOut | None]]:
    named = groups_to_name(scene.workshop, column, along.line)
    wide = [
        group
        for group in along.groups
        if group in named and abs(along.gaps.get((group, domain), Fraction())) >= WORTH_ASKING
    ]
    return [
        (_topic(scene, along, domain, named[group]), _why_not(along, group, domain, column, scene))
        for group in wide
    ]


def _why_not(
    along: Along, group: str, domain: str, column: Sequence[tuple[str, int]], scene: Scene
) -> LeftOut | None:
    inside, outside = _parted(scene, along.line, group, column)
    key = group, domain
    if min(len(inside), len(outside)) < 2:
        return LeftOut.ONE_SEAT
    if along.ways[group] == 1:
        return LeftOut.ONE_TIER
    if along.shares[key] > COUNTS:
        return LeftOut.OFTEN_BY_CHANCE
    return LeftOut.TURNS_ROUND if along.leans[key] * along.gaps[key] < 0 else None


def _topic(scene: Scene, along: Along, domain: str, group: Group) -> Topic:
    column = scene.ballots.column(domain)
    inside, outside = _parted(scene, along.line, group.id, column)
    gap, share = along.gaps[group.id, domain], along.shares[group.id, domain]
    chance = chance_of(share, along.ways[group.id])
    camps = two_camps(thirds_of([points for _, points in column]))
    return Topic(
        pattern=Pattern.CAMPS_ALONG_A_LINE if camps else _APART[along.line],
        domain=domain,
        line=along.line,
        group=group,
        direction=Direction.LOWER if gap < 0 else Direction.HIGHER,
        points=float(abs(gap)),
        chance=chance,
        one_in=None if chance is Chance.NONE else one_in(share),
        sides=(
            Side(group=group, thirds=thirds_of(inside)),
            Side(group=None, thirds=thirds_of(outside)),
        ),
        lines_hidden=lines_are_hidden(scene.workshop, column),
    )


def _without_a_line(scene: Scene, domain: str, column: Sequence[tuple[str, int]]) -> list[Topic]:
    points = [given for _, given in column]
    thirds = thirds_of(points)
    camps = two_camps(thirds)
    if not (camps or spread(points) >= APART_FROM):
        return []
    each_its_own = len({team_id for team_id, _ in column}) == len(column)
    without = Pattern.CAMPS_THROUGH_TEAMS if camps else Pattern.WIDE_SPREAD
    return [
        Topic(
            # Where every team is one seat, nothing can be inside a team.
            pattern=Pattern.TEAMS_APART if each_its_own else without,
            domain=domain,
            points=float(spread(points)),
            chance=Chance.NONE,
            sides=(Side(group=None, thirds=thirds),),
            lines_hidden=lines_are_hidden(scene.workshop, column),
        )
    ]


def _parted(
    scene: Scene, line: Compare, group: str, column: Sequence[tuple[str, int]]
) -> tuple[list[int], list[int]]:
    mine = {team.id for team in scene.workshop.teams if side_of(team, line) == group}
    inside = [points for team_id, points in column if team_id in mine]
    return inside, [points for team_id, points in column if team_id not in mine]
