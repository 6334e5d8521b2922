"""Which groups stand in the pool on one domain: by how many scored, never by what they scored."""

from collections import Counter
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
            team: POOL if partners[team].id in pooled or parts != parts_of(partners) else group
            for team, group in own.items()
        }
        for compare, own in groups.items()
        for parts in [parts_of(own)]
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
    # A partner that could not say stands alone only as one team: "3 of 3" says it of each.
    teams = Counter(partners[team].id for team in answered)
    silent = [
        each
        for each, given in points.items()
        if not given and (answers[each] < guard or teams[each] > 1)
    ]
    _, pooled = shown_and_pooled(points, guard, silent)
    # Beside a pool too small to be told, a large group that could not say would count it out.
    few = bool(pooled) and sum(len(points[each]) for each in pooled) < guard
    return frozenset(answers) if few else pooled


def parts_of(groups: Mapping[str, Group]) -> set[frozenset[str]]:
    """Give the teams of each group: two comparisons with the same parts are one."""
    parts: dict[str, set[str]] = {}
    for team, group in groups.items():
        parts.setdefault(group.id, set()).add(team)
    return set(map(frozenset, parts.values()))


def portions_of(
    counted: Mapping[Compare, Mapping[str, Group]], teams: Collection[str]
) -> tuple[Portion, ...]:
    """Give the smallest sets of teams that are told: teams, or partners where a team is small."""
    by_team = counted[Compare.TEAM]
    small = POOL in by_team.values()
    finest = counted[Compare.PARTNER] if small else by_team
    parts = parts_of({team: finest[team] for team in teams})
    return tuple(sorted(parts, key=sorted))
