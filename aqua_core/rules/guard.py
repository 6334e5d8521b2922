"""What may be told of one domain: which scores apart, which together, or none at all."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from aqua_core.rules.groups import POOL, groups_of, guard_of, shown_and_pooled
from aqua_core.vocabulary import Cast, Compare, Group, Score, Team, Workshop

Portion = frozenset[str]
"""Ids of teams whose scores on one domain are told together."""


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
        return _portions(self.counted, self.scored)

    @property
    def answers(self) -> tuple[Portion, ...]:
        """Give the same with teams in which nobody gave points: their blanks are told together."""
        if self.telling is not Telling.APART:
            return (Portion(self.answered),)
        return _portions(self.counted, self.answered)


def told_on(workshop: Workshop, casts: Sequence[Cast], domain: str) -> Told:
    """Decide what may be told of one domain.

    Small groups stand in one pool (see `_counted`). Where several teams are told together and all
    gave the same points, each of them would be known; then the whole room is told as one pool. But
    whoever knows this rule learns by it that somebody was all alike: if that, with the scores of
    the whole room, still leaves only one value for some group or seat, nothing is told. Each step
    is decided by what the step before shows, so that the decision says no more than is allowed for
    (simulatable auditing: Kenthapadi, Mishra and Nissim 2005).

    Args:
        workshop: its teams and holder.
        casts: of one round a domain, at most one a seat and domain.
        domain: its key.
    """
    scores: dict[str, list[Score]] = defaultdict(list)
    for cast in casts:
        if cast.domain == domain:
            scores[cast.team_id].append(cast.score)
    return told_of(workshop.teams, scores, guard_of(workshop.holder))


def told_of(teams: Sequence[Team], scores: Mapping[str, Sequence[Score]], guard: int) -> Told:
    """Decide the same from the scores of each team, blanks included, by its id."""
    given = sorted((team, tuple(sorted(each, key=str))) for team, each in scores.items())
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
        if (numbers := [each for each in given if isinstance(each, int)])
    }
    scored = {team: len(given) for team, given in points.items()}
    counted = _counted(teams, answered, scored, guard)
    if not scored or sum(scored.values()) < guard:
        return Told(Telling.TOO_FEW, counted, scored, answered)
    # A team that could not say counts: told beside it, one that is all alike would say that it did.
    several = [each for each in _portions(counted, answered) if len(each) > 1]
    mixed = [scoring for each in several if (scoring := each & scored.keys())]
    if all(_differ(points, each) for each in mixed):
        return Told(Telling.APART, counted, scored, answered)
    alike = _gives_away(teams, points, mixed)
    return Told(Telling.TOO_ALIKE if alike else Telling.TOGETHER, counted, scored, answered)


def pooled_partners(workshop: Workshop, told: Told) -> frozenset[str]:
    """Give the ids of the partners that answered and are told in the pool only."""
    partners = groups_of(workshop.teams, Compare.PARTNER)
    groups = told.groups(Compare.PARTNER)
    return frozenset(partners[team].id for team in told.answered if groups[team] is POOL)


def _counted(
    teams: Sequence[Team],
    answered: Mapping[str, int],
    scored: Mapping[str, int],
    guard: int,
) -> dict[Compare, dict[str, Group]]:
    """Give the group of each team, or the pool, under every comparison: by counts, never by points.

    Where a team is below the guard, two ways of grouping the same scores would give it away: the
    council's five less the council board's three. Then partners are compared, and tiers and teams
    only where they are the partners under another name, with the same ones in the pool: chosen
    anew, a tie could pool one partner here and another there, and the difference is a small group.
    A team in which nobody gave points counts by its answers: were it left out, its absence would
    say that all of it could not say.
    """
    groups = {compare: groups_of(teams, compare) for compare in Compare}
    if not any(0 < scored.get(team, count) < guard for team, count in answered.items()):
        return groups
    partners = groups[Compare.PARTNER]
    pooled = _pooled(partners, answered, scored, guard)
    return {
        compare: {
            team: POOL if partners[team].id in pooled or parts != _parts(partners) else group
            for team, group in own.items()
        }
        for compare, own in groups.items()
        for parts in [_parts(own)]
    }


def _pooled(
    partners: Mapping[str, Group],
    answered: Mapping[str, int],
    scored: Mapping[str, int],
    guard: int,
) -> frozenset[str]:
    answers: Counter[str] = Counter()
    points: dict[str, list[int]] = {}
    for team, count in answered.items():
        answers[partners[team].id] += count
        points.setdefault(partners[team].id, []).extend([0] * scored.get(team, 0))
    silent = [each for each, given in points.items() if not given and answers[each] < guard]
    _, pooled = shown_and_pooled(points, guard, silent)
    # Beside a pool too small to be told, a large group that could not say would count it out.
    few = bool(pooled) and sum(len(points[each]) for each in pooled) < guard
    return frozenset(answers) if few else pooled


def _parts(groups: Mapping[str, Group]) -> set[frozenset[str]]:
    parts: dict[str, set[str]] = {}
    for team, group in groups.items():
        parts.setdefault(group.id, set()).add(team)
    return set(map(frozenset, parts.values()))


def _portions(
    counted: Mapping[Compare, Mapping[str, Group]], teams: Collection[str]
) -> tuple[Portion, ...]:
    """Give the smallest sets of teams that are told: teams, or partners where a team is small."""
    by_team = counted[Compare.TEAM]
    small = POOL in by_team.values()
    finest = counted[Compare.PARTNER] if small else by_team
    parts = _parts({team: finest[team] for team in teams})
    return tuple(sorted(parts, key=sorted))


def _differ(points: Mapping[str, Sequence[int]], portion: Portion) -> bool:
    return len({given for team in portion for given in points[team]}) > 1


def _gives_away(
    teams: Sequence[Team], points: Mapping[str, Sequence[int]], mixed: Sequence[Portion]
) -> bool:
    """Tell whether all scores in one pool leave only one sum for some group or seat.

    What is known then: how many gave each of the points, how many scored in each team, and that
    one of the mixed portions is all alike. So a portion of n may hold any value that n or more
    gave; whatever is left is in any order, and a group's part of it sums to anything from its
    lowest to its highest scores.
    """
    everyone = sorted(each for given in points.values() for each in given)
    ways = [
        (portion, value, _left(everyone, value, size))
        for portion in mixed
        for size in [sum(len(points[team]) for team in portion)]
        for value in sorted(set(everyone))
        if everyone.count(value) >= size
    ]
    return any(
        _one_sum(cell, ways)
        for cell in _cells(teams, {team: len(given) for team, given in points.items()})
        if sum(cell.values()) < len(everyone)
    )


def _cells(teams: Sequence[Team], scored: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Give how many seats of each team every group has, under every comparison; and each seat."""
    for compare in Compare:
        cells: dict[str, dict[str, int]] = {}
        for team, group in groups_of(teams, compare).items():
            if team in scored:
                cells.setdefault(group.id, {})[team] = scored[team]
        yield from cells.values()
    yield from ({team: 1} for team in scored)


def _one_sum(cell: Mapping[str, int], ways: Sequence[tuple[Portion, int, list[int]]]) -> bool:
    sums: set[int] = set()
    for portion, value, left in ways:
        inside = sum(seats for team, seats in cell.items() if team in portion)
        outside = sum(cell.values()) - inside
        known = inside * value
        sums |= {known + sum(left[:outside]), known + sum(left[len(left) - outside :])}
    return len(sums) == 1


def _left(everyone: Sequence[int], value: int, size: int) -> list[int]:
    start = everyone.index(value)
    return [*everyone[:start], *everyone[start + size :]]
