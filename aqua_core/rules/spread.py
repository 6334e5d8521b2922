"""Every score on one domain, as the room may see it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import fmean, median

from aqua_core.rules.groups import (
    POOL,
    groups_of,
    groups_to_show,
    guard_of,
    points_by_group,
    shown_and_pooled,
)
from aqua_core.rules.whole.weighing import by_heads, by_partner, heads_where_it_differs
from aqua_core.vocabulary import CANNOT_SAY, Cast, Compare, Domain, Group, Mark, Spread, Workshop


def spread_of(
    workshop: Workshop, casts: Sequence[Cast], domain: Domain, compare: Compare
) -> Spread:
    """Give the scores on one domain as marks a group and point.

    Args:
        workshop: its teams.
        casts: revealed scores, at most one a seat and domain.
        domain: which one.
        compare: what a group is.

    Returns:
        Marks by points, then by group; groups too small to be shown alone appear as one pool.
        Without marks when the whole room is below the guard. `median` and `mean` are over seats;
        `average` weighs each partner the same, whoever is compared (see `by_partner`).
    """
    here = [cast for cast in casts if cast.domain == domain.key]
    points = [(cast.team_id, cast.score) for cast in here if isinstance(cast.score, int)]
    guard = guard_of(workshop.holder)
    sizes = Counter(team_id for team_id, _ in points)
    groups = groups_to_show(workshop.teams, compare, sizes, guard)
    marks = _marks(points, groups, guard)
    values = [mark.points for mark in marks for _ in range(mark.seats)]
    average, heads = _averages(workshop, points, guard) if marks else (None, None)
    return Spread(
        domain=domain,
        marks=marks,
        scored=len(points),
        cannot_say=sum(1 for cast in here if cast.score == CANNOT_SAY),
        median=median(values) if values else None,
        mean=fmean(values) if values else None,
        average=average,
        by_heads=heads,
    )


def _averages(
    workshop: Workshop, points: Sequence[tuple[str, int]], guard: int
) -> tuple[float, float | None]:
    by_side = points_by_group(points, groups_of(workshop.teams, Compare.PARTNER))
    average = by_partner(by_side, guard)
    return float(average), heads_where_it_differs(average, by_heads(by_side.values()))


def _marks(
    points: Sequence[tuple[str, int]], groups: Mapping[str, Group], guard: int
) -> tuple[Mark, ...]:
    by_group = points_by_group(points, groups)
    shown, pooled = shown_and_pooled(by_group, guard)
    if not shown and len(points) < guard:
        return ()
    known = {group.id: group for group in groups.values()} | dict.fromkeys(pooled, POOL)
    seats = Counter((value, known[key]) for key, cast in by_group.items() for value in cast)
    in_order = sorted(seats, key=lambda mark: (mark[0], mark[1].slot))
    return tuple(
        Mark(group=group, points=value, seats=seats[value, group]) for value, group in in_order
    )
