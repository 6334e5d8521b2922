"""Which groups a conversation may name on one domain."""

from collections import Counter
from collections.abc import Mapping, Sequence

from aqua_core.rules.groups import (
    POOL,
    groups_to_show,
    guard_of,
    points_by_group,
    shown_and_pooled,
)
from aqua_core.rules.lines.ballots import side_of
from aqua_core.vocabulary import Compare, Group, Workshop


def groups_to_name(
    workshop: Workshop, column: Sequence[tuple[str, int]], line: Compare
) -> dict[str, Group]:
    """Give the groups that may be named on one domain, by id: exactly those drawn alone there.

    A conversation says how many of the group and how many of everyone else stand low, between and
    high, and the gap of their two means. Both follow by adding up from the marks that the screen
    draws for the same groups, so they give nothing away that is not drawn already: the group
    reaches the guard, and so does everyone else, because what is pooled does. For the same reason
    the gap said aloud is the plain difference of two means; one weighted over tiers would be a
    second equation about the teams behind a partner. Where a team is below the guard only
    partners are named, as in `groups_to_show`: a tier named across them would be such an
    equation too. Whether lines are hidden depends on how many scored, never on what they scored.

    Args:
        workshop: its teams and holder.
        column: (team id, points) of everyone who gave the domain points.
        line: what a group is.
    """
    guard = guard_of(workshop.holder)
    sizes = Counter(team_id for team_id, _ in column)
    groups = groups_to_show(workshop.teams, line, sizes, guard)
    shown, _ = shown_and_pooled(points_by_group(column, groups), guard)
    return {group.id: group for group in groups.values() if group is not POOL and group.id in shown}


def lines_are_hidden(
    workshop: Workshop,
    column: Sequence[tuple[str, int]],
    named: Mapping[Compare, Mapping[str, Group]],
) -> bool:
    """Tell whether some group that scored a domain is too small to be named along some line."""
    scored = {team_id for team_id, _ in column}
    teams = [team for team in workshop.teams if team.id in scored]
    return any(side_of(team, line) not in named[line] for team in teams for line in Compare)
