"""Which groups a conversation may name on one domain."""

from collections.abc import Mapping

from aqua_core.rules.groups import POOL
from aqua_core.rules.guard.telling import Told
from aqua_core.rules.lines.ballots import side_of
from aqua_core.vocabulary import Compare, Group, Workshop


def groups_to_name(told: Told, line: Compare) -> dict[str, Group]:
    """Give the groups that may be named on one domain, by id: exactly those drawn alone there.

    A conversation says how many of the group and how many of everyone else stand low, between and
    high, and the gap of their two means. Both follow by adding up from the marks that the screen
    draws for the same groups, so they give nothing away that is not drawn already: the group
    reaches the guard, and so does everyone else, because what is pooled does. For the same reason
    the gap said aloud is the plain difference of two means; one weighted over tiers would be a
    second equation about the teams behind a partner. Where a team is below the guard only
    partners are named, as they are drawn: a tier named across them would be such an equation too.
    """
    if told.withheld:
        return {}
    groups = told.groups(line)
    named = [groups[team] for team in told.scored]
    return {group.id: group for group in named if group is not POOL}


def lines_are_hidden(
    workshop: Workshop, told: Told, named: Mapping[Compare, Mapping[str, Group]]
) -> bool:
    """Tell whether some group that scored a domain is too small to be named along some line."""
    teams = [team for team in workshop.teams if team.id in told.scored]
    return any(side_of(team, line) not in named[line] for team in teams for line in Compare)
