"""For the debate: every score on one domain, a mark over its points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

import altair as alt

from aqua_core.charts.plan.canvas import (
    LEADING,
    PADDING,
    Foot,
    Layer,
    Row,
    foot,
    keys_of,
    mark_layer,
    on_page,
    rules,
    text_layer,
    wrapped,
    x2_at,
    x_at,
    y2_at,
    y_at,
)
from aqua_core.charts.slots import Look, colour, shape
from aqua_core.vocabulary import POINTS, Mark, Spread

LARGEST = 1.5
"""Ems: a mark in a small room; larger ones would look like a different chart."""
FILLED = 0.86
"""Share of a column's width that marks may take, so that two columns never read as one."""

TOO_ALIKE = "Too small and too alike to be shown apart"


@dataclass(frozen=True)
class _Page:
    """Where columns stand, px; `cell` is the side of the square each mark has to itself."""

    look: Look
    foot: Foot
    names: tuple[str, ...]
    tallest: int
    height: int

    @property
    def column(self) -> float:
        return self.look.narrowest / len(POINTS)

    @property
    def label(self) -> float:
        """Px under the line: the number, then the level's name."""
        lines = max(name.count("\n") + 1 for name in self.names)
        return self.look.font * 1.7 + lines * self.look.small * LEADING

    @property
    def room(self) -> float:
        """Px a column may grow, the count above it included."""
        taken = self.label + self.foot.height + PADDING + self.look.font * 3.2
        return max(self.look.font, self.height - taken)

    @property
    def abreast(self) -> int:
        """How many marks stand side by side: as many as leave each mark the largest."""
        choices = range(1, max(1, self.tallest) + 1)
        return max(choices, key=lambda abreast: (self.side(abreast), -abreast))

    @property
    def cell(self) -> float:
        return self.side(self.abreast)

    def side(self, abreast: int) -> float:
        tall = self.room / ceil(max(1, self.tallest) / abreast)
        return min(self.look.font * LARGEST, self.column * FILLED / abreast, tall)

    def line(self, below: float = 0) -> str:
        return f"height - {self.foot.height + self.look.font * 0.5 + self.label - below}"

    def x(self) -> alt.X:
        scale = alt.Scale(domain=[-0.5, POINTS[-1] + 0.5], nice=False)
        return alt.X("points:Q", axis=None, scale=scale)


def domain_marks(
    spread: Spread, levels: tuple[str, ...], look: Look, height: int
) -> alt.LayerChart:
    """Draw every score as a mark of its group, stacked over its points.

    Args:
        spread: the marks that may be shown; without any, the page says so.
        levels: the name of each of the points 0 to 5.
        look: light or dark, and the type.
        height: px, the legend included; marks shrink so that the tallest column fits.

    Returns:
        Six columns, always 0 to 5, the count above each. At the top right, how many
        could not say.
    """
    page = _paged(spread, levels, look, height)
    layers = [
        *_floor(page),
        *_stacks(spread, page),
        _notes(spread, page),
        *page.foot.layers,
    ]
    return on_page(layers, look, height)


def counts_of(spread: Spread) -> dict[int, int]:
    """Give how many scores stand over each of the points 0 to 5."""
    return {
        points: sum(mark.seats for mark in spread.marks if mark.points == points)
        for points in POINTS
    }


def _paged(spread: Spread, levels: Sequence[str], look: Look, height: int) -> _Page:
    keys = keys_of((mark.group for mark in spread.marks), look)
    room = look.narrowest / len(POINTS) - look.font * 0.4
    names = tuple("\n".join(wrapped(name, look.small, room)) for name in levels)
    return _Page(look, foot(keys, look), names, max(counts_of(spread).values()), height)


def _floor(page: _Page) -> Iterable[Layer]:
    look = page.look
    rows = [{"points": points, "words": str(points)} for points in POINTS]
    yield rules([{}], look.quiet, 2, aria=False).encode(
        x=x_at("1"), x2=x2_at("width - 1"), y=y_at(page.line()), y2=y2_at(page.line())
    )
    yield text_layer(rows, look.font * 1.33, look.ink, fontWeight=600).encode(
        x=page.x(), y=y_at(page.line(look.font * 0.9))
    )
    names = [{"points": n, "words": name} for n, name in enumerate(page.names)]
    middle = (look.font * 1.7 + page.label) / 2
    yield text_layer(names, look.small, look.quiet).encode(x=page.x(), y=y_at(page.line(middle)))


def _stacks(spread: Spread, page: _Page) -> Iterable[Layer]:
    rows = [row for points in POINTS for row in _stack(spread, points, page)]
    aside = {"xOffset": alt.expr("datum.across"), "yOffset": alt.expr("datum.up")}
    yield mark_layer(rows, page.cell * 0.86, page.look, **aside).encode(
        x=page.x(), y=y_at(page.line()), tooltip=alt.Tooltip("words:N", title=" ")
    )
    counts: list[Row] = [
        {"points": points, "words": str(count), "up": _top(count, page)}
        for points, count in counts_of(spread).items()
        if count
    ]
    yield text_layer(counts, page.look.font, page.look.quiet, yOffset=alt.expr("datum.up")).encode(
        x=page.x(), y=y_at(page.line())
    )


def _stack(spread: Spread, points: int, page: _Page) -> list[Row]:
    here = [mark for mark in spread.marks if mark.points == points]
    in_order = sorted(here, key=lambda mark: (mark.group.slot < 0, mark.group.slot))
    seats = [mark for mark in in_order for _ in range(mark.seats)]
    across = min(page.abreast, len(seats))
    return [_seat(mark, n, across, page) for n, mark in enumerate(seats)]


def _seat(mark: Mark, nth: int, across: int, page: _Page) -> Row:
    return {
        "points": mark.points,
        "words": mark.group.name,
        "colour": colour(mark.group.slot, page.look),
        "shape": shape(mark.group.slot),
        "across": round((nth % across - (across - 1) / 2) * page.cell, 2),
        "up": round(-(nth // across + 0.5) * page.cell - page.look.font * 0.2, 2),
    }


def _top(count: int, page: _Page) -> float:
    return -ceil(count / page.abreast) * page.cell - page.look.font * 0.9


def _notes(spread: Spread, page: _Page) -> Layer:
    """Say at the top what has no mark."""
    notes = [
        *([] if spread.marks else [TOO_ALIKE if spread.too_alike else "Too few scores to show"]),
        *([f"{spread.cannot_say} could not say"] if spread.cannot_say else []),
    ]
    words = [{"words": "; ".join(notes)}] if notes else []
    return text_layer(words, page.look.small, page.look.quiet, align="right").encode(
        x=x_at("width"), y=y_at(str(page.look.small * 0.7))
    )
