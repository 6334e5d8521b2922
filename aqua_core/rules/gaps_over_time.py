"""Gaps between partners or tiers over the waves of a place, and who scored a domain each time."""

from collections.abc import Iterable, Sequence
from datetime import date

from aqua_core.vocabulary import Compare, Gap, Tier, same_name
from aqua_core.vocabulary.over_time import GapMoved, TierStep
from aqua_core.vocabulary.points import half_up
from aqua_core.vocabulary.shown import Results

_BY = Compare.PARTNER
_BETWEEN_TIERS = ("leadership", "culture")
"""Where chief executives who exhort, and act in competitive ways, would show (eighth lesson)."""
_A_GAP_MOVED = 2
"""Points by which a gap between the same partners has to change for it to be named."""


def board_less_front_line(gaps: Iterable[Gap], held_on: date) -> tuple[TierStep, ...]:
    """Give how far the board stands from the front line on Leadership and Culture.

    Args:
        gaps: between tiers, as they are shown.
        held_on: the day of their wave.

    Returns:
        A step a domain on which both tiers are shown alone; () where there is none.
    """
    steps = []
    for gap in gaps:
        means = {side.group.id: side.mean for side in gap.standings}
        if gap.domain.key in _BETWEEN_TIERS and {Tier.BOARD, Tier.FRONT_LINE} <= means.keys():
            board, front_line = means[Tier.BOARD], means[Tier.FRONT_LINE]
            steps.append(
                TierStep(domain=gap.domain.key, held_on=held_on, board=board, front_line=front_line)
            )
    return tuple(steps)


def gaps_moved(before: Iterable[Gap], after: Iterable[Gap]) -> dict[str, GapMoved]:
    """Give the gaps between the same partners that changed by two points or more, by domain key.

    Only where each partner that scored is shown alone in both waves: else the gap is of others.
    """
    then = {gap.domain.key: gap for gap in before}
    return {
        gap.domain.key: GapMoved(name=gap.domain.short, before=was.width, after=gap.width)
        for gap in after
        if (was := then.get(gap.domain.key)) and was.width is not None and gap.width is not None
        if not was.held_back and not gap.held_back and _sides(was) == _sides(gap)
        if abs(half_up(gap.width, 1) - half_up(was.width, 1)) >= _A_GAP_MOVED
    }


def scored_each_time(waves: Sequence[Results]) -> dict[str, tuple[int, int]]:
    """Count who scored a domain each time, of the partners that came each time, by its key.

    Worked out of what each room was shown, and only where fewer scored it. Empty where some partner
    stands in a pool: who is in it is not told.
    """
    sides = [[side.group for row in wave.blanks[_BY] for side in row.sides] for wave in waves]
    if not sides or any(group.slot < 0 for groups in sides for group in groups):
        return {}
    came = set.intersection(*({same_name(group.name) for group in groups} for groups in sides))
    shown = _sides_by_domain(waves)
    scored = {key: len(set.intersection(*told) & came) for key, told in shown.items()}
    return {key: (count, len(came)) for key, count in scored.items() if count < len(came)}


def nobody_dropped(waves: Sequence[Results]) -> frozenset[str]:
    """Give the keys of the domains that the same partners scored, and all alone, each time."""
    shown = _sides_by_domain(waves)
    return frozenset(key for key, told in shown.items() if all(one == told[0] for one in told))


def _sides_by_domain(waves: Sequence[Results]) -> dict[str, list[set[str]]]:
    """Give the names of the partners with a mean, a set a wave, where no wave holds one back."""
    told: dict[str, list[Gap]] = {}
    for gap in (gap for wave in waves for gap in wave.gaps[_BY]):
        told.setdefault(gap.domain.key, []).append(gap)
    return {
        key: [_sides(gap) for gap in gaps]
        for key, gaps in told.items()
        if not any(gap.held_back for gap in gaps)
    }


def _sides(gap: Gap) -> set[str]:
    return {same_name(side.group.name) for side in gap.standings}
