"""Who is compared with whom, and which groups are large enough to be shown."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from aqua_core.vocabulary import Compare, Group, Team, Tier

POOL = Group(id="pooled", name="Others together", slot=-1)


def groups_of(teams: Sequence[Team], compare: Compare) -> dict[str, Group]:
    """Give the group of each team, by team id. Slots follow the workshop's order, so they stay."""
    names = {team.id: _side(team, compare) for team in teams}
    slots = {side: slot for slot, side in enumerate(_ordered(teams, compare))}
    return {
        team_id: Group(id=side[0], name=side[1], slot=slots[side])
        for team_id, side in names.items()
    }


def shown_and_pooled(
    points: Mapping[str, Sequence[int]], guard: int, silent: Collection[str] = ()
) -> tuple[frozenset[str], frozenset[str]]:
    """Split groups into those shown alone and those shown only together.

    A hidden group could be found by subtracting the shown ones from the whole, so what is pooled
    must itself reach the guard: the smallest shown group joins the pool until it does.

    Args:
        points: the points cast by each group, by group id; groups without points are left out.
        guard: the fewest scores that may be shown.
        silent: ids of groups that are pooled without a score; the pool needs others' all the same.

    Returns:
        Ids shown alone, and ids pooled. The pool may stay below the guard only when nothing is
        shown alone; then nothing at all may be shown.
    """
    sizes = {group: len(cast) for group, cast in points.items() if cast}
    pooled = {group for group, size in sizes.items() if size < guard} | set(silent)
    shown = sorted(set(sizes) - pooled, key=lambda group: (-sizes[group], group))
    while pooled and shown and sum(sizes.get(group, 0) for group in pooled) < guard:
        pooled.add(shown.pop())
    return frozenset(shown), frozenset(pooled)


def points_by_group(
    casts: Sequence[tuple[str, int]], groups: Mapping[str, Group]
) -> dict[str, list[int]]:
    """Collect (team id, points) into the points of each group, by group id."""
    collected: dict[str, list[int]] = defaultdict(list)
    for team_id, points in casts:
        collected[groups[team_id].id].append(points)
    return dict(collected)


def _ordered(teams: Sequence[Team], compare: Compare) -> list[tuple[str, str]]:
    if compare is Compare.TIER:
        return [(tier.value, tier.value.capitalize()) for tier in Tier]
    return list(dict.fromkeys(_side(team, compare) for team in teams))


def _side(team: Team, compare: Compare) -> tuple[str, str]:
    match compare:
        case Compare.PARTNER:
            return team.partner.id, team.partner.name
        case Compare.TIER:
            return team.tier.value, team.tier.value.capitalize()
        case Compare.TEAM:
            return team.id, team.name


_STARTS_A_FORMULA = set("=+-@|%")


def guarded(cell: str) -> str:
    """Give the cell with an apostrophe before it where a spreadsheet would start a formula.

    Looks past what spreadsheets skip: leading blanks, control characters, invisible marks and
    the full-width forms of = + - @ (OWASP, CSV injection).
    """
    visible = unicodedata.normalize("NFKC", cell).lstrip()
    first = next((mark for mark in visible if not _skipped(mark)), " ")
    starts_with_control = bool(cell) and cell[0] in "\t\r\n"
    return f"'{cell}" if first in _STARTS_A_FORMULA or starts_with_control else cell


def _skipped(mark: str) -> bool:
    return mark.isspace() or unicodedata.category(mark) in {"Cc", "Cf"}
