"""The promise to small groups: what may be told, and which groups stand for others."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from aqua_core.rules.groups import POOL, groups_of, shown_and_pooled
from aqua_core.vocabulary import Cast, Compare, Group, Score, Team, Workshop

Portion = frozenset[str]
"""Ids of teams whose scores on one domain are told together."""


def counted_in(
    teams: Sequence[Team],
    answered: Mapping[str, int],
    scored: Mapping[str, int],
    guard: int,
) -> dict[Compare, dict[str, Group]]:
    """Give the group of each team, or the pool, under every comparison: by counts, never by points.

    Two ways of grouping the same scores would give a small team away: the council's five less the
    council board's three. So tiers and teams are told apart only of partners that can be compared:
    shown alone, and without a team below the guard. Every other team stands in the pool. Then
    whatever is shown adds up from the same parts: each team of the partners that can be compared,
    each other partner that is shown alone, and the partners in the pool.
    A team in which nobody gave points counts by its answers: were it left out, its absence would
    say that all of it could not say.
    """
    partners = groups_of(teams, Compare.PARTNER)
    with_a_small_team = {
        partners[team].id for team, count in answered.items() if 0 < scored.get(team, count) < guard
    }
    pooled = _pooled(partners, answered, scored, with_a_small_team, guard)
    return {
        compare: {
            team: POOL if partners[team].id in hidden else group
            for team, group in groups_of(teams, compare).items()
        }
        for compare in Compare
        for hidden in [pooled if compare is Compare.PARTNER else pooled | with_a_small_team]
    }


def _pooled(
    partners: Mapping[str, Group],
    answered: Mapping[str, int],
    scored: Mapping[str, int],
    with_a_small_team: Collection[str],
    guard: int,
) -> frozenset[str]:
    points: dict[str, list[int]] = {}
    for team in answered:
        points.setdefault(partners[team].id, []).extend([0] * scored.get(team, 0))
    # A partner that could not say and has a small team: "3 of 3" says it of each of them.
    silent = [
        partner for partner, given in points.items() if not given and partner in with_a_small_team
    ]
    _, pooled = shown_and_pooled(points, guard, silent)
    # Beside a pool too small to be told, a large group that could not say would count it out.
    few = bool(pooled) and sum(len(points[partner]) for partner in pooled) < guard
    return frozenset(points) if few else pooled


def _portions_of(
    counted: Mapping[Compare, Mapping[str, Group]], teams: Collection[str]
) -> tuple[Portion, ...]:
    """Give the smallest sets of teams that are told: a team, the teams of a partner, the pool."""
    parts: dict[tuple[Group, Group], set[str]] = {}
    for team in teams:
        alone = counted[Compare.TEAM][team]
        parts.setdefault((alone, counted[Compare.PARTNER][team]), set()).add(team)
    return tuple(sorted(map(frozenset, parts.values()), key=sorted))


def _gives_away(
    teams: Sequence[Team], points: Mapping[str, Sequence[int]], mixed: Sequence[Portion]
) -> bool:
    """Tell whether all scores in one pool leave only one sum for some group or seat.

    What is known then: how many gave each of the points, how many scored in each team, and that
    one of the mixed portions is all alike. So a portion of n may hold any value that n or more
    gave; whatever is left is in any order, and a group's part of it sums to anything from its
    lowest to its highest scores.
    """
    everyone = sorted(score for given in points.values() for score in given)
    ways = [
        (portion, value, _left(everyone, value, size))
        for portion in mixed
        for size in [sum(len(points[team]) for team in portion)]
        for value in sorted(set(everyone))
        if everyone.count(value) >= size
    ]
    return any(
        _one_sum(seats, ways)
        for seats in _seats_by_team(teams, {team: len(given) for team, given in points.items()})
        if sum(seats.values()) < len(everyone)
    )


def _seats_by_team(teams: Sequence[Team], scored: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Give how many seats of each team every group has, under every comparison; and each seat."""
    for compare in Compare:
        by_group: dict[str, dict[str, int]] = {}
        for team, group in groups_of(teams, compare).items():
            if team in scored:
                by_group.setdefault(group.id, {})[team] = scored[team]
        yield from by_group.values()
    yield from ({team: 1} for team in scored)


def _one_sum(seats: Mapping[str, int], ways: Sequence[tuple[Portion, int, list[int]]]) -> bool:
    sums: set[int] = set()
    for portion, value, left in ways:
        inside = sum(count for team, count in seats.items() if team in portion)
        outside = sum(seats.values()) - inside
        known = inside * value
        sums |= {known + sum(left[:outside]), known + sum(left[len(left) - outside :])}
    return len(sums) == 1


def _left(everyone: Sequence[int], value: int, size: int) -> list[int]:
    start = everyone.index(value)
    return [*everyone[:start], *everyone[start + size :]]


def _differ(points: Mapping[str, Sequence[int]], portion: Portion) -> bool:
    """Tell whether the teams of a portion gave two different points or more."""
    return len({given for team in portion for given in points[team]}) > 1


class Telling(Enum):
    """How far the scores of one domain are told apart."""

    APART = "groups apart, small ones as one pool"
    TOGETHER = "the whole room as one pool"
    TOO_ALIKE = "not at all: a small group would be given away"
    TOO_FEW = "not at all: fewer scores than the guard"


@dataclass(frozen=True)
class Told:
    """What may be told of one domain.

    `counted[compare][team id]` is the group in which a team's blanks are counted: its own or the
    pool. `scored` is how many gave points, by team, teams where nobody did being left out, and
    `answered` how many gave an answer.
    """

    telling: Telling
    counted: Mapping[Compare, Mapping[str, Group]]
    scored: Mapping[str, int]
    answered: Mapping[str, int]

    @property
    def withheld(self) -> bool:
        """Whether no score of this domain is told."""
        return self.telling in (Telling.TOO_ALIKE, Telling.TOO_FEW)

    def groups(self, compare: Compare) -> Mapping[str, Group]:
        """Give the group in which each team's scores are told: its own, or the pool."""
        own = self.counted[compare]
        return own if self.telling is Telling.APART else dict.fromkeys(own, POOL)

    @property
    def portions(self) -> tuple[Portion, ...]:
        """Give the teams whose scores are told together; what else is shown adds these up."""
        if self.telling is not Telling.APART:
            return (Portion(self.scored),)
        return _portions_of(self.counted, self.scored)

    @property
    def answers(self) -> tuple[Portion, ...]:
        """Give the same with teams in which nobody gave points: their blanks are told together."""
        if self.telling is not Telling.APART:
            return (Portion(self.answered),)
        return _portions_of(self.counted, self.answered)


def told_on(workshop: Workshop, casts: Sequence[Cast], domain: str) -> Told:
    """Decide what may be told of one domain.

    Small groups stand in one pool (see `counted_in`). Where several teams are told together and all
    gave the same points, each of them would be known; then the whole room is told as one pool. But
    whoever knows this rule learns by it that somebody was all alike: if that, with the scores of
    the whole room, still leaves only one value for some group or seat, nothing is told. Each step
    is decided by what the step before shows, so that the decision says no more than is allowed for
    (simulatable auditing: Kenthapadi, Mishra and Nissim 2005).

    Args:
        workshop: its teams and guard.
        casts: of one round a domain, at most one a seat and domain.
        domain: its key.
    """
    scores: dict[str, list[Score]] = defaultdict(list)
    for cast in casts:
        if cast.domain == domain:
            scores[cast.team_id].append(cast.score)
    return told_of(workshop.teams, scores, workshop.guard)


def told_of(teams: Sequence[Team], scores: Mapping[str, Sequence[Score]], guard: int) -> Told:
    """Decide the same from the scores of each team, blanks included, by its id."""
    given = sorted((team, tuple(sorted(scored, key=str))) for team, scored in scores.items())
    return _told(tuple(teams), tuple(given), guard)


# Asked of one reveal by every view and each comparison: 0.3 ms each, for nothing new.
@lru_cache(maxsize=512)
def _told(
    teams: tuple[Team, ...], scores: tuple[tuple[str, tuple[Score, ...]], ...], guard: int
) -> Told:
    answered = {team: len(given) for team, given in scores}
    points = {
        team: numbers
        for team, given in scores
        if (numbers := [score for score in given if isinstance(score, int)])
    }
    scored = {team: len(given) for team, given in points.items()}
    counted = counted_in(teams, answered, scored, guard)
    if not scored or sum(scored.values()) < guard:
        return Told(Telling.TOO_FEW, counted, scored, answered)
    # A team that could not say counts: told beside it, one that is all alike would say that it did.
    several = [portion for portion in _portions_of(counted, answered) if len(portion) > 1]
    mixed = [scoring for portion in several if (scoring := portion & scored.keys())]
    if all(_differ(points, scoring) for scoring in mixed):
        return Told(Telling.APART, counted, scored, answered)
    alike = _gives_away(teams, points, mixed)
    return Told(Telling.TOO_ALIKE if alike else Telling.TOGETHER, counted, scored, answered)


def pooled_partners(workshop: Workshop, told: Told) -> frozenset[str]:
    """Give the ids of the partners that answered and are told in the pool only."""
    partners = groups_of(workshop.teams, Compare.PARTNER)
    groups = told.groups(Compare.PARTNER)
    return frozenset(partners[team].id for team in told.answered if groups[team] is POOL)
