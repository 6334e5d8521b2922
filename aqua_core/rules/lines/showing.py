"""Which groups a conversation may name on one domain, and whose scores it compares."""

from collections.abc import Mapping

from aqua_core.rules.groups import POOL
from aqua_core.rules.guard.telling import Told
from aqua_core.rules.lines.ballots import Ballots, side_of
from aqua_core.vocabulary import Compare, Group, Workshop


def groups_to_name(told: Told, line: Compare) -> dict[str, Group]:
    """Give the groups that may be named on one domain, by id: exactly those drawn alone there.

    A conversation says how many of the group and how many of everyone else stand low, between and
    high, and the gap of their two means. Both follow by adding up from the marks that the screen
    draws for the same groups, so they give nothing away that is not drawn already: the group
    reaches the guard, and so does everyone else, because what is pooled does. For the same reason
    the gap said aloud is the plain difference of two means; one weighted over tiers would be a
    second equation about the teams behind a partner. A tier is one of the partners that can be
    compared, as it is drawn (see `compared_along`): of all partners it would be such an equation.
    """
    if told.withheld:
        return {}
    groups = told.groups(line)
    named = [groups[team] for team in told.scored]
    return {group.id: group for group in named if group is not POOL}


def compared_along(ballots: Ballots, told: Mapping[str, Told], line: Compare) -> Ballots:
    """Give the ballots that a line compares: for tiers, of partners whose teams are told apart.

    In the pool nobody's tier is known, and ballots dealt to it would say that of another tier. A
    partner is in or out whole, so shuffles inside partners never mix the two. Along the other
    lines the pool is among everyone else.

    Args:
        ballots: as dealt.
        told: of each of their domains.
        line: along which they are compared.
    """
    if line is not Compare.TIER:
        return ballots
    groups = {domain: told[domain].groups(line) for domain in ballots.domains}
    return ballots.of_those(lambda team, domain: groups[domain][team.id] is not POOL)


def lines_are_hidden(
    workshop: Workshop, told: Told, named: Mapping[Compare, Mapping[str, Group]]
) -> bool:
    """Tell whether some group that scored a domain is too small to be named along some line."""
    teams = [team for team in workshop.teams if team.id in told.scored]
    return any(side_of(team, line) not in named[line] for team in teams for line in Compare)
