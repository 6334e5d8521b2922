"""A thin strip of every score under a row's means: a cell a seat over its points."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from aqua_core.charts.plan.canvas import Row
from aqua_core.charts.slots import Look, colour
from aqua_core.vocabulary import POINTS, Gap, Mark, Spread

FILLED: Final = 0.92
"""Share of a point that the cells over it may take, so that two points never read as one."""
APART: Final = 5
"""Px of a cell from which on each seat has its own; of narrower ones a group's run together."""
AIR: Final = 2

Spreads = Mapping[str, Spread]
"""Every score on each domain, by its key."""
NO_STRIPS: Final[Spreads] = {}


def stripped(gap: Gap, spreads: Spreads) -> Spread | None:
    """Give the scores to draw under a row; None where its marks are the scores themselves.

    Where one laptop speaks for each team, every mean is a score, and a strip would say it twice.
    """
    spread = spreads.get(gap.domain.key)
    if spread is None or not spread.marks:
        return None
    alone = len(gap.standings) == spread.scored
    return None if alone and all(side.scored == 1 for side in gap.standings) else spread


def tallest(spreads: Sequence[Spread | None]) -> int:
    """Give the most scores over one of the points, in any row: all rows share one size of cell."""
    return max((sum(_counts(each, n)) for each in spreads if each for n in POINTS), default=0)


def over(spread: Spread | None, points: int) -> int:
    """Count the scores over one of the points."""
    return sum(_counts(spread, points)) if spread else 0


def cells(spread: Spread, cell: float, look: Look) -> Iterator[Row]:
    """Give each seat's cell, or each group's run, in px from the middle of its points.

    Args:
        spread: the scores of one row.
        cell: px a seat.
        look: light or dark.
    """
    for points in POINTS:
        here = sorted(
            (mark for mark in spread.marks if mark.points == points),
            key=lambda mark: (mark.group.slot < 0, mark.group.slot),
        )
        start = -cell * sum(mark.seats for mark in here) / 2
        for mark in here:
            for seats in [1] * mark.seats if cell >= APART else [mark.seats]:
                end = start + cell * seats
                yield _cell(mark, (start, end - (AIR if cell >= APART else 0)), spread, look)
                start = end


def _cell(mark: Mark, across: tuple[float, float], spread: Spread, look: Look) -> Row:
    return {
        "points": mark.points,
        "left": across[0],
        "right": across[1],
        "colour": colour(mark.group.slot, look),
        "words": f"{mark.group.name}, {spread.domain.short}: {mark.seats} gave {mark.points}",
    }


def _counts(spread: Spread, points: int) -> list[int]:
    return [mark.seats for mark in spread.marks if mark.points == points]
