"""The promise to small groups: which groups' scores on a domain may be shown alone.

A group's scores are *alone* where the screen draws that group by itself, and *in the pool* where it
draws them only as part of "Others together". What is *told* is shown to the room. `guard` is the
fewest points (1, 3 or 5) that a group must have given to be shown alone: "cannot say" is an answer
and no points.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import islice, product
from typing import Final

from aqua_core.rules.groups import POOL, groups_of, shown_and_pooled
from aqua_core.vocabulary import Cast, Compare, Group, Score, Team, Workshop

Portion = frozenset[str]
"""Ids of teams whose scores on one domain are told as one; all else that is shown adds these up."""


def counted_in(
    teams: Sequence[Team],
    answered: Mapping[str, int],
    scored: Mapping[str, int],
    guard: int,
) -> dict[Compare, dict[str, Group]]:
    """Give the group in which each team is shown, or the pool, under every comparison.

    Only counts decide, never points.

    Two ways of grouping the same scores would give a small team away: the council's five less the
    council board's three leaves the front line's two. So tiers and teams are told apart only of
    partners that can be compared: shown alone, and without a team below the guard. Every other team
    then stands in the pool. So whatever is shown adds up from the same parts: each team of the
    partners that can be compared, each other partner that is shown alone, and the partners in the
    pool.

    A team in which nobody gave points counts by its answers: were such a team left out, its absence
    would say that everybody in it answered "cannot say".

    Args:
        teams: of the workshop.
        answered: how many gave points or "cannot say", by team id; teams without answers left out.
        scored: how many gave points, by team id; teams without points may be left out.
        guard: the fewest scores that may be shown alone.
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
    # A partner that could not say and has a small team: "3 of 3 could not say" names each of them.
    silent = [
        partner for partner, given in points.items() if not given and partner in with_a_small_team
    ]
    _, pooled = shown_and_pooled(points, guard, silent)
    # Beside a pool too small to be told, a large group that could not say would give its size away.
    few = bool(pooled) and sum(len(points[partner]) for partner in pooled) < guard
    return frozenset(points) if few else pooled


def portions_of(
    counted: Mapping[Compare, Mapping[str, Group]], teams: Collection[str]
) -> tuple[Portion, ...]:
    """Give the smallest sets of teams that are shown: a team, the teams of a partner, the pool."""
    parts: dict[tuple[Group, Group], set[str]] = {}
    for team in teams:
        alone = counted[Compare.TEAM][team]
        parts.setdefault((alone, counted[Compare.PARTNER][team]), set()).add(team)
    return tuple(sorted(map(frozenset, parts.values()), key=sorted))


def _gives_away(
    teams: Sequence[Team],
    everyone: Sequence[int],
    mixed: Mapping[Portion, int],
    laid: Iterable[Mapping[str, int]],
) -> bool:
    """Tell whether the whole room as one pool would leave only one sum for some group or seat.

    A reader who knows the rule knows three things then: how many gave each of the points, how many
    scored in each team, and that all scores of one mixed portion are equal (or the pool would not
    be the whole room). So a portion of n seats may hold any value that n or more gave. The other
    scores may lie in any order, so a group's part of them sums to anything from the lowest to the
    highest that many of them make.

    Args:
        teams: of the workshop.
        everyone: all points, sorted.
        mixed: how many gave points in each portion of two teams or more.
        laid: every way in which they may have been given (see `_scored_otherwise`).
    """
    ways = [
        (portion, value, _left(everyone, value, size))
        for portion, size in mixed.items()
        for value in sorted(set(everyone))
        if size and everyone.count(value) >= size
    ]
    return any(
        _one_sum(seats, ways)
        for scored in laid
        for seats in _seats_by_team(teams, scored)
        if sum(seats.values()) < len(everyone)
    )


_MOST_WAYS: Final = 500
"""In which blanks are laid otherwise; where there are more, the room is not shown as one pool."""


def _scored_otherwise(
    answered: Mapping[str, int], scored: Mapping[str, int], mixed: Mapping[Portion, int]
) -> Iterator[dict[str, int]]:
    """Give every way in which the blanks of each mixed portion may lie in its teams.

    Each is how many gave points in each team, by its id; teams without points are left out.
    """
    laid = [
        [*islice(_laid(sorted(portion), blanks, answered), _MOST_WAYS + 1)]
        for portion, given in mixed.items()
        for blanks in [sum(answered[team] for team in portion) - given]
    ]
    for blanks in product(*laid):
        otherwise = dict(scored)
        for portion in blanks:
            otherwise |= {team: answered[team] - count for team, count in portion.items()}
        yield {team: count for team, count in otherwise.items() if count}


def _laid(
    teams: Sequence[str], blanks: int, answered: Mapping[str, int]
) -> Iterator[dict[str, int]]:
    if not teams:
        yield from [{}] if not blanks else []
        return
    team, others = teams[0], teams[1:]
    fewest = max(0, blanks - sum(answered[other] for other in others))
    for count in range(fewest, min(blanks, answered[team]) + 1):
        for rest in _laid(others, blanks - count, answered):
            yield {team: count} | rest


def _seats_by_team(teams: Sequence[Team], scored: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Give whatever could be found out: each group of each comparison, and one seat of each team.

    Each is given as how many seats it has in each team, by team id.
    """
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
    """How far the scores of one domain are shown apart."""

    APART = "groups apart, small ones as one pool"
    TOGETHER = "the whole room as one pool"
    TOO_ALIKE = "not at all: a small group would be given away"
    TOO_FEW = "not at all: fewer scores than the guard"


@dataclass(frozen=True)
class Told:
    """What may be shown of one domain.

    `counted[compare][team id]` is the group in which the blanks of a team are counted: its own, or
    the pool. `scored` is how many gave points, by team id, without the teams in which nobody did;
    `answered` is how many gave points or "cannot say".
    """

    telling: Telling
    counted: Mapping[Compare, Mapping[str, Group]]
    scored: Mapping[str, int]
    answered: Mapping[str, int]

    @property
    def withheld(self) -> bool:
        """Whether no score of this domain is shown."""
        return self.telling in (Telling.TOO_ALIKE, Telling.TOO_FEW)

    def groups(self, compare: Compare) -> Mapping[str, Group]:
        """Give the group in which the scores of each team are shown: its own, or the pool."""
        own = self.counted[compare]
        return own if self.telling is Telling.APART else dict.fromkeys(own, POOL)

    @property
    def portions(self) -> tuple[Portion, ...]:
        """Give the sets of teams whose scores are shown as one; all else shown adds these up."""
        if self.telling is not Telling.APART:
            return (Portion(self.scored),)
        return portions_of(self.counted, self.scored)

    @property
    def answers(self) -> tuple[Portion, ...]:
        """Give the sets of teams whose blanks are shown as one count, silent teams among them."""
        if self.telling is not Telling.APART:
            return (Portion(self.answered),)
        return portions_of(self.counted, self.answered)


def told_on(workshop: Workshop, casts: Sequence[Cast], domain: str) -> Told:
    """Decide what may be shown of one domain, in three steps.

    1. Small groups stand in one pool (see `counted_in`).
    2. Where several teams are shown as one group and all gave the same points, the points of each
       would be known. Then the whole room is shown as one pool.
    3. A reader who knows step 2 learns from it that some teams gave equal points. If that, with the
       scores of the whole room, still leaves only one value for some group or seat, no score of the
       domain is shown (see `_gives_away`).

    Each step is decided by what the step before would show, so the decision itself gives nothing
    away (simulatable auditing: Kenthapadi, Mishra and Nissim 2005).

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
    """Decide what `told_on` decides, from the scores of each team by its id, blanks included."""
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
    # A team of blanks is in it too: else a neighbour that is all alike would tell that it is blank.
    several = [portion for portion in portions_of(counted, answered) if len(portion) > 1]
    mixed = [scoring for portion in several if (scoring := portion & scored.keys())]
    if all(_differ(points, scoring) for scoring in mixed):
        return Told(Telling.APART, counted, scored, answered)
    everyone = sorted(score for given in points.values() for score in given)
    given = {part: sum(scored.get(team, 0) for team in part) for part in several}
    # However the blanks lie in the teams of a portion, the same is shown: so it is decided for all
    # of these ways alike. Decided for the one that is, it told who could not say.
    ways = [*islice(_scored_otherwise(answered, scored, given), _MOST_WAYS + 1)]
    same = (way for way in ways if counted_in(teams, answered, way, guard) == counted)
    alike = len(ways) > _MOST_WAYS or _gives_away(teams, everyone, given, same)
    return Told(Telling.TOO_ALIKE if alike else Telling.TOGETHER, counted, scored, answered)


def pooled_partners(workshop: Workshop, told: Told) -> frozenset[str]:
    """Give the ids of the partners that answered and are shown in the pool only."""
    partners = groups_of(workshop.teams, Compare.PARTNER)
    groups = told.groups(Compare.PARTNER)
    return frozenset(partners[team].id for team in told.answered if groups[team] is POOL)
