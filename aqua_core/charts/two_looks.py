"""The second look under the first: the same marks on the same scale, so that the move is seen."""

from collections.abc import Iterable
from dataclasses import dataclass

import altair as alt

from aqua_core.charts.domain_marks import (
    Floor,
    could_not,
    floor_layers,
    floor_of,
    line_layer,
    without_marks,
)
from aqua_core.charts.plan.canvas import LEADING, Layer, on_page, text_layer, wide, x_at, y_at
from aqua_core.charts.plan.stacks import Stacks, counts_of, stacked
from aqua_core.charts.slots import Look
from aqua_core.vocabulary import Spread
from aqua_core.vocabulary.figures import said

FIRST, SECOND = "First look", "Second look"
COUNT = 1.7
"""Ems above a column for its count."""


@dataclass(frozen=True)
class _Looks:
    """Two lines on one page, px: `room` is what the columns of each may grow."""

    floor: Floor
    room: float

    def line(self, ups: int) -> str:
        """Give px down to the line that is so many lines up from the lower one."""
        return self.floor.line(-ups * (self.room + COUNT * self.floor.look.font))


def two_looks(
    before: Spread, after: Spread, levels: tuple[str, ...], look: Look, height: int
) -> alt.LayerChart:
    """Draw every score of the first look above every score of the newest.

    Args:
        before: the marks of the first look that may be shown.
        after: those of the newest, of the same domain.
        levels: the name of each of the points 0 to 5.
        look: light or dark, and the type.
        height: px, the legend included; marks are of one size in both looks.

    Returns:
        Six columns twice, always 0 to 5, the count above each; at the left which look it is, its
        middle score, and how many could not say.
    """
    floor = floor_of([before, after], levels, look, _gutter(look))
    room = (height - floor.taken - look.font * (0.5 + 2 * COUNT)) / 2
    looks = _Looks(floor, max(look.font, room))
    tallest = max(count for spread in (before, after) for count in counts_of(spread).values())
    stacks = Stacks(look, floor.column, looks.room, tallest)
    layers = [
        *floor_layers(floor),
        line_layer(floor, looks.line(1)),
        *_look(FIRST, before, stacks, (floor, looks.line(1))),
        *_look(SECOND, after, stacks, (floor, looks.line(0))),
        *floor.foot.layers,
    ]
    return on_page(layers, look, height)


def _gutter(look: Look) -> float:
    """Give px for the widest thing said at the left."""
    return max(wide(SECOND, look.font), wide("00 could not say", look.small)) + look.font * 0.5


def _look(name: str, spread: Spread, stacks: Stacks, on: tuple[Floor, str]) -> Iterable[Layer]:
    look, (floor, line) = stacks.look, on
    yield from stacked(spread, stacks, floor.x(), line)
    notes = [*_middle(spread), *could_not(spread)]
    step = look.small * LEADING
    for words, size, ink, up in (
        ([name], look.font, look.ink, len(notes) * step + look.font * 0.6),
        (notes, look.small, look.quiet, len(notes) * step / 2),
    ):
        rows = [{"words": "\n".join(words)}] if words else []
        weight = 600 if ink == look.ink else 400
        yield text_layer(rows, size, ink, align="left", fontWeight=weight).encode(
            x=x_at("0"), y=y_at(f"{line} - {up}")
        )
    why = [{"words": words, "points": 2.5} for words in without_marks(spread)]
    yield text_layer(why, look.small, look.quiet).encode(
        x=floor.x(), y=y_at(f"{line} - {look.font}")
    )


def _middle(spread: Spread) -> list[str]:
    return [] if spread.median is None else [f"middle {said(spread.median, 1)}"]
