"""Anatomy and physiology: the two sides of a change, side by side."""

from collections.abc import Sequence
from fractions import Fraction

from aqua_core.rules.whole.own_average import exact
from aqua_core.vocabulary import Gap, Group, Kind, Standing


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


def _gap(kind: Kind, gaps: Sequence[Gap]) -> Gap:
    means = _means(gaps)
    in_order = sorted(means, key=lambda group: (means[group][0], group.slot))
    figures = [means[group][0] for group in in_order]
    name = kind.value.capitalize()
    return Gap(
        domain=gaps[0].domain.model_copy(update={"key": kind.value, "name": name, "short": name}),
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
