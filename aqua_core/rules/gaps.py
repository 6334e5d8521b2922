"""How far apart groups stand on each domain."""

from collections.abc import Mapping, Sequence
from statistics import fmean

from aqua_core.rules.groups import groups_of, guard_of, points_by_group, shown_and_pooled
from aqua_core.vocabulary import Cast, Compare, Gap, Group, Standing, Workshop
from aqua_core.vocabulary.framework import Domain


def gaps_of(
    workshop: Workshop, casts: Sequence[Cast], domains: Sequence[str], compare: Compare
) -> tuple[Gap, ...]:
    """Give where each group stands on each domain, in the instrument's order.

    Args:
        workshop: its teams and instrument.
        casts: revealed scores, at most one a seat and domain; `cannot say` counts for no mean.
        domains: keys of the domains that were revealed.
        compare: what a group is.

    Returns:
        One gap a revealed domain. A group's mean is over its seats (points, 0 to 5). Groups below
        the guard are held back, and so is whatever would give them away by subtraction.
    """
    groups = groups_of(workshop.teams, compare)
    guard = guard_of(workshop.holder)
    revealed = [domain for domain in workshop.instrument.domains if domain.key in domains]
    return tuple(_gap(domain, _points(casts, domain), groups, guard) for domain in revealed)


def ranked(gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """Put the widest gap first; ties keep the instrument's order, gaps unknown come last."""
    return tuple(
        sorted(gaps, key=lambda gap: -1.0 if gap.width is None else gap.width, reverse=True)
    )


def _points(casts: Sequence[Cast], domain: Domain) -> list[tuple[str, int]]:
    return [
        (cast.team_id, cast.score)
        for cast in casts
        if cast.domain == domain.key and isinstance(cast.score, int)
    ]


def _gap(
    domain: Domain, points: Sequence[tuple[str, int]], groups: Mapping[str, Group], guard: int
) -> Gap:
    by_group = points_by_group(points, groups)
    shown, pooled = shown_and_pooled(by_group, guard)
    known = {group.id: group for group in groups.values()}
    standings = tuple(
        sorted(
            (
                Standing(group=known[key], mean=fmean(by_group[key]), scored=len(by_group[key]))
                for key in shown
            ),
            key=lambda standing: (standing.mean, standing.group.slot),
        )
    )
    return _measured(domain, standings, len(pooled))


def _measured(domain: Domain, standings: tuple[Standing, ...], held_back: int) -> Gap:
    several = len(standings) > 1
    return Gap(
        domain=domain,
        standings=standings,
        width=standings[-1].mean - standings[0].mean if several else None,
        middle=fmean(standing.mean for standing in standings) if several else None,
        held_back=held_back,
    )
