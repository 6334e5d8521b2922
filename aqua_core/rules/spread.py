"""Every score on one domain, as the room may see it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import fmean, median

from aqua_core.rules.groups import groups_of, points_by_group
from aqua_core.rules.guard.telling import Telling, Told, pooled_partners, told_on
from aqua_core.rules.reading.agreement import spread
from aqua_core.rules.whole.blanks import could_not_say, left_out
from aqua_core.rules.whole.weighing import by_heads, by_partner, heads_where_it_differs
from aqua_core.vocabulary import Cast, Compare, Domain, Group, Mark, Spread, Workshop


def spread_of(
    workshop: Workshop, casts: Sequence[Cast], domain: Domain, compare: Compare
) -> Spread:
    """Give the scores on one domain as marks a group and point.

    Args:
        workshop: its teams.
        casts: revealed scores of every domain, at most one a seat and domain: who answered another
            one and left this one out is counted.
        domain: which one.
        compare: what a group is.

    Returns:
        Marks by points, then by group; groups too small to be shown alone appear as one pool.
        Without marks when the whole room is below the guard, or too small and too alike to be
        shown apart or together. `median` and `mean` are over seats;
        `average` weighs each partner the same, whoever is compared (see `by_partner`).
    """
    here = [cast for cast in casts if cast.domain == domain.key]
    points = [(cast.team_id, cast.score) for cast in here if isinstance(cast.score, int)]
    told = told_on(workshop, here, domain.key)
    marks = () if told.withheld else _marks(points, told.groups(compare))
    values = [mark.points for mark in marks for _ in range(mark.seats)]
    average, heads = _averages(workshop, points, told) if marks else (None, None)
    return Spread(
        domain=domain,
        marks=marks,
        scored=len(points),
        cannot_say=could_not_say(casts, domain.key),
        unanswered=left_out(casts, domain.key),
        median=median(values) if values else None,
        mean=fmean(values) if values else None,
        deviation=float(spread(values)) if values else None,
        average=average,
        by_heads=heads,
        too_alike=told.telling is Telling.TOO_ALIKE,
    )


def _averages(
    workshop: Workshop, points: Sequence[tuple[str, int]], told: Told
) -> tuple[float, float | None]:
    by_side = points_by_group(points, groups_of(workshop.teams, Compare.PARTNER))
    average = by_partner(by_side, pooled_partners(workshop, told))
    return float(average), heads_where_it_differs(average, by_heads(by_side.values()))


def _marks(points: Sequence[tuple[str, int]], groups: Mapping[str, Group]) -> tuple[Mark, ...]:
    seats = Counter((value, groups[team_id]) for team_id, value in points)
    in_order = sorted(seats, key=lambda mark: (mark[0], mark[1].slot))
    return tuple(
        Mark(group=group, points=value, seats=seats[value, group]) for value, group in in_order
    )
