"""The relative view: where each group stands against its own average."""

from collections.abc import Sequence
from fractions import Fraction

from aqua_core.vocabulary import Gap, Standing


def against_own_average(gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """Measure each group from its own average over the domains, so that strictness goes.

    A group's figure on a domain is its mean there less the average of its means over the domains
    on which it is shown: points, -5 to 5, adding up to 0 over those domains. Where everyone in the
    group answered every domain this is each person against their own average, averaged. Where
    somebody left a domain blank it is not, on purpose: a person's own average is then divided by
    another number than their neighbour's, and the sum over the group less the sum over its domains
    gives that one person's scores away (shown in `tests/rules/test_small_groups.py`). So this view
    is worked out from the means that are shown, and nothing else: it cannot say more than they.

    Args:
        gaps: as they stand, in any order.

    Returns:
        The same domains in the same order; a group shown on one domain only is left out, because
        against itself it would always stand at 0.
    """
    own = _own_averages(gaps)
    return tuple(_relative(gap, own) for gap in gaps)


def exact(side: Standing) -> Fraction:
    """Give a group's mean as the fraction it is: its points are whole numbers."""
    return Fraction(round(side.mean * side.scored), side.scored)


def _own_averages(gaps: Sequence[Gap]) -> dict[str, Fraction]:
    means: dict[str, list[Fraction]] = {}
    for gap in gaps:
        for side in gap.standings:
            means.setdefault(side.group.id, []).append(exact(side))
    return {
        group: sum(found, Fraction(0)) / len(found)
        for group, found in means.items()
        if len(found) > 1
    }


def _relative(gap: Gap, own: dict[str, Fraction]) -> Gap:
    stands = {
        side.group: (exact(side) - own[side.group.id], side.scored)
        for side in gap.standings
        if side.group.id in own
    }
    in_order = sorted(stands, key=lambda group: (stands[group][0], group.slot))
    steps = [stands[group][0] for group in in_order]
    return gap.model_copy(
        update={
            "standings": tuple(
                Standing(group=group, mean=float(stands[group][0]), scored=stands[group][1])
                for group in in_order
            ),
            "middle": float(sum(steps, Fraction(0)) / len(steps)) if len(steps) > 1 else None,
            "by_heads": None,
            "relative": True,
        }
    )
