"""Which groups stand in the pool on one domain: by how many scored, never by what they scored."""

from collections.abc import Collection, Mapping, Sequence

from aqua_core.rules.groups import POOL, groups_of, shown_and_pooled
from aqua_core.vocabulary import Compare, Group, Team

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
    silent = [each for each, given in points.items() if not given and each in with_a_small_team]
    _, pooled = shown_and_pooled(points, guard, silent)
    # Beside a pool too small to be told, a large group that could not say would count it out.
    few = bool(pooled) and sum(len(points[each]) for each in pooled) < guard
    return frozenset(points) if few else pooled


def portions_of(
    counted: Mapping[Compare, Mapping[str, Group]], teams: Collection[str]
) -> tuple[Portion, ...]:
    """Give the smallest sets of teams that are told: a team, the teams of a partner, the pool."""
    parts: dict[tuple[Group, Group], set[str]] = {}
    for team in teams:
        alone = counted[Compare.TEAM][team]
        parts.setdefault((alone, counted[Compare.PARTNER][team]), set()).add(team)
    return tuple(sorted(map(frozenset, parts.values()), key=sorted))
