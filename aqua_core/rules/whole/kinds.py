"""Anatomy and physiology: the two sides of a change, side by side."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from statistics import fmean

from aqua_core.rules.whole.own_average import exact
from aqua_core.vocabulary import Domain, Gap, Group, Kind, Mark, Spread, Standing


def kinds_of(gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """Give where each group stands on each kind of domain: physiology, then anatomy.

    A group's figure on a kind is the average of its means over the domains of that kind, each
    domain weighing the same (points, 0 to 5); `middle` weighs each group the same. A group that is
    not shown on one of these domains has no figure on the kind: over fewer domains it would be
    another figure. All follows from the means that are shown, so nothing new can be worked out.

    Args:
        gaps: of the revealed domains, in the instrument's order.

    Returns:
        One gap a kind that has revealed domains; the kind stands in its domain's place. `scored`
        is how many scores a group gave on all domains of the kind.
    """
    parts = {kind: [gap for gap in gaps if gap.domain.kind is kind] for kind in Kind}
    return tuple(_gap(kind, part) for kind, part in parts.items() if part)


def spreads_of_kinds(spreads: Mapping[str, Spread]) -> dict[str, Spread]:
    """Put the scores of each kind's domains together, by the kind's key.

    `average` weighs each domain the same; None where one of them is withheld. Every mark is one
    that the domain's own spread shows, so nothing new can be worked out.
    """
    parts = {kind: [s for s in spreads.values() if s.domain.kind is kind] for kind in Kind}
    return {kind.value: _together(kind, part) for kind, part in parts.items() if part}


def _together(kind: Kind, spreads: Sequence[Spread]) -> Spread:
    seats = Counter[tuple[int, Group]]()
    for spread in spreads:
        seats.update({(mark.points, mark.group): mark.seats for mark in spread.marks})
    averages = [spread.average for spread in spreads if spread.average is not None]
    whole = len(averages) == len(spreads)
    return spreads[0].model_copy(
        update={
            "domain": _named(kind, spreads[0].domain),
            "marks": tuple(
                Mark(group=group, points=points, seats=count)
                for (points, group), count in sorted(seats.items(), key=_by_points_and_slot)
            ),
            "scored": sum(spread.scored for spread in spreads),
            "average": fmean(averages) if whole else None,
        }
    )


def _by_points_and_slot(counted: tuple[tuple[int, Group], int]) -> tuple[int, int]:
    (points, group), _ = counted
    return points, group.slot


def _named(kind: Kind, domain: Domain) -> Domain:
    name = kind.value.capitalize()
    return domain.model_copy(update={"key": kind.value, "name": name, "short": name})


def _gap(kind: Kind, gaps: Sequence[Gap]) -> Gap:
    means = _means(gaps)
    in_order = sorted(means, key=lambda group: (means[group][0], group.slot))
    figures = [means[group][0] for group in in_order]
    return Gap(
        domain=_named(kind, gaps[0].domain),
        standings=tuple(
            Standing(group=group, mean=float(means[group][0]), scored=means[group][1])
            for group in in_order
        ),
        middle=float(sum(figures, Fraction(0)) / len(figures)) if len(figures) > 1 else None,
        held_back=len(_groups(gaps)) - len(means) + max(gap.held_back for gap in gaps),
    )


def _means(gaps: Sequence[Gap]) -> dict[Group, tuple[Fraction, int]]:
    sides = {
        group: [side for gap in gaps for side in gap.standings if side.group == group]
        for group in _groups(gaps)
    }
    return {
        group: (sum(map(exact, found), Fraction(0)) / len(found), sum(s.scored for s in found))
        for group, found in sides.items()
        if len(found) == len(gaps)
    }


def _groups(gaps: Sequence[Gap]) -> set[Group]:
    return {side.group for gap in gaps for side in gap.standings}
