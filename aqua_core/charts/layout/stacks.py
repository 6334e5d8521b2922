"""Scores stacked over their points: a mark of its group each, the count above the column."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

import altair as alt

from aqua_core.charts.layout.canvas import Layer, Row, mark_layer, text_layer, y_at
from aqua_core.charts.slots import Look, colour, shape
from aqua_core.vocabulary import POINTS, Gap, Mark, Spread

LARGEST = 1.5
"""Ems: a mark in a small room; larger ones would look like a different chart."""
_FILLED = 0.86
"""Share of a column's width that marks may take, so that two columns never read as one."""

_AIRY = 0.86
"""Share of its square that a mark takes, so that there is air between two."""
_LEAST = 22
"""Px of the smallest mark that the back row sees: before it gets smaller, the air goes."""


@dataclass(frozen=True)
class Stacks:
    """How marks share a column: `column` px across, `room` px up, for so many scores at most.

    Spreads that are to be compared share one of these, so that a mark is as large in each.
    """

    look: Look
    column: float
    room: float
    tallest: int

    @property
    def abreast(self) -> int:
        """How many marks stand side by side: as many as leave each mark the largest."""
        choices = range(1, max(1, self.tallest) + 1)
        return max(choices, key=lambda abreast: (self._side(abreast), -abreast))

    @property
    def cell(self) -> float:
        """Px of the square that each mark has to itself."""
        return self._side(self.abreast)

    @property
    def mark(self) -> float:
        """Px across a mark, its halo included."""
        least = _LEAST if self.look.projected else 0
        return min(self.cell, max(self.cell * _AIRY, least))

    def _side(self, abreast: int) -> float:
        tall = self.room / ceil(max(1, self.tallest) / abreast)
        return min(self.look.font * LARGEST, self.column * _FILLED / abreast, tall)


def counts_of(spread: Spread) -> dict[int, int]:
    """Give how many scores stand over each of the points 0 to 5."""
    return {
        points: sum(mark.seats for mark in spread.marks if mark.points == points)
        for points in POINTS
    }


def stacked(spread: Spread, stacks: Stacks, x: alt.X, line: str) -> Iterable[Layer]:
    """Draw a spread's marks and their counts above a line, px down as a Vega expression."""
    look, (abreast, cell) = stacks.look, (stacks.abreast, stacks.cell)
    rows = [
        _seat(mark, place, look, cell)
        for points in POINTS
        for mark, place in _places(spread, points, abreast)
    ]
    aside = {"xOffset": alt.expr("datum.across"), "yOffset": alt.expr("datum.up")}
    yield mark_layer(rows, stacks.mark, look, **aside).encode(
        x=x, y=y_at(line), tooltip=alt.Tooltip("words:N", title=" ")
    )
    counts: list[Row] = [
        {
            "points": points,
            "words": str(count),
            "up": -ceil(count / abreast) * cell - look.font * 0.9,
        }
        for points, count in counts_of(spread).items()
        if count
    ]
    yield text_layer(counts, look.font, look.quiet, yOffset=alt.expr("datum.up")).encode(
        x=x, y=y_at(line)
    )


Place = tuple[float, int]
"""Marks right of the middle of a column, and the row, 0 the lowest."""


def _places(spread: Spread, points: int, abreast: int) -> list[tuple[Mark, Place]]:
    here = [mark for mark in spread.marks if mark.points == points]
    in_order = sorted(here, key=lambda mark: (mark.group.slot < 0, mark.group.slot))
    seats = [mark for mark in in_order for _ in range(mark.seats)]
    across = min(abreast, len(seats))
    return [
        (mark, (nth % across - (across - 1) / 2, nth // across)) for nth, mark in enumerate(seats)
    ]


def _seat(mark: Mark, place: Place, look: Look, cell: float) -> Row:
    aside, row = place
    return {
        "points": mark.points,
        "words": mark.group.name,
        "colour": colour(mark.group.slot, look),
        "shape": shape(mark.group.slot),
        "across": round(aside * cell, 2),
        "up": round(-(row + 0.5) * cell - look.font * 0.2, 2),
    }


STRIP_FILLED: Final = 0.92
"""Share of a point that the cells over it may take, so that two points never read as one."""
_APART: Final = 5
"""Px of a cell from which on each seat has its own; of narrower ones a group's run together."""
_AIR: Final = 2

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
    return max((sum(_counts(spread, n)) for spread in spreads if spread for n in POINTS), default=0)


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
            for seats in [1] * mark.seats if cell >= _APART else [mark.seats]:
                end = start + cell * seats
                yield _cell(mark, (start, end - (_AIR if cell >= _APART else 0)), spread, look)
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
