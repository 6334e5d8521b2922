"""For the debate: every score on one domain, a mark over its points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import altair as alt

from aqua_core.charts.layout import canvas
from aqua_core.charts.layout.legend import Foot, foot, keys_of
from aqua_core.charts.layout.stacks import Stacks, counts_of, stacked
from aqua_core.charts.slots import Look
from aqua_core.charts.words import COULD_NOT, DID_NOT
from aqua_core.vocabulary import POINTS, Spread
from aqua_core.vocabulary.points import said

_TOO_FEW = "Too few scores to show"
_TOO_ALIKE = "Too small and too alike to be shown apart"


@dataclass(frozen=True)
class Floor:
    """The line that columns stand on, px: `left` to the first column, level names under it."""

    look: Look
    foot: Foot
    names: tuple[str, ...]
    left: float = 0

    @property
    def column(self) -> float:
        """Px a column, on the narrowest page."""
        return (self.look.narrowest - self.left) / len(POINTS)

    @property
    def label(self) -> float:
        """Px under the line: the number, then the level's name."""
        lines = max(name.count("\n") + 1 for name in self.names)
        return self.look.font * 1.7 + lines * self.look.small * canvas.LEADING

    @property
    def taken(self) -> float:
        """Px that stand under the columns and cannot be theirs."""
        return self.label + self.foot.height + canvas.PADDING

    def line(self, below: float = 0) -> str:
        """Give px down to so many px below the line."""
        return f"height - {self.foot.height + self.look.font * 0.5 + self.label - below}"

    def x(self) -> alt.X:
        """Place points, each in the middle of its column."""
        ends = [-0.5, POINTS[-1] + 0.5]
        reach: list[Any] = [self.left, alt.expr("width")]
        return alt.X("points:Q", axis=None, scale=alt.Scale(domain=ends, range=reach, nice=False))


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
        could not say and how many did not answer.
    """
    floor = floor_of([spread], levels, look)
    # The count above the tallest column, and the note above that, take 3.2 lines; a legend of
    # long names takes more than the height leaves, and the picture grows by it.
    above = look.font * 3.2
    room = max(look.font, height - floor.taken - above)
    stacks = Stacks(look, floor.column, room, max(counts_of(spread).values()))
    layers = [
        *_floor_layers(floor),
        *stacked(spread, stacks, floor.x(), floor.line()),
        _notes(spread, look),
        *floor.foot.layers,
    ]
    return canvas.on_page(layers, look, max(height, round(room + floor.taken + above)))


def floor_of(
    spreads: Sequence[Spread], levels: Sequence[str], look: Look, left: float = 0
) -> Floor:
    """Give the line on which these spreads stand, with a legend of all their groups."""
    keys = keys_of((mark.group for spread in spreads for mark in spread.marks), look)
    names = _names(levels, look, (look.narrowest - left) / len(POINTS))
    return Floor(look, foot(keys, look), names, left)


def _names(levels: Sequence[str], look: Look, column: float) -> tuple[str, ...]:
    """Give the names on one line each where none meets its neighbour, else broken to a column."""
    gap, long = look.font * 0.4, [canvas.wide(name, look.small) for name in levels]
    if max(long) <= column and all((a + b) / 2 + gap <= column for a, b in pairwise(long)):
        return tuple(levels)
    return tuple("\n".join(canvas.wrapped(name, look.small, column - gap)) for name in levels)


def _floor_layers(floor: Floor) -> Iterable[canvas.Layer]:
    """Draw the line, and under it each of the points with its level's name."""
    look = floor.look
    rows = [{"points": points, "words": str(points)} for points in POINTS]
    yield _line_layer(floor, floor.line())
    yield canvas.text_layer(rows, look.font * 1.33, look.ink, fontWeight=600).encode(
        x=floor.x(), y=canvas.y_at(floor.line(look.font * 0.9))
    )
    names = [{"points": n, "words": name} for n, name in enumerate(floor.names)]
    middle = (look.font * 1.7 + floor.label) / 2
    yield canvas.text_layer(names, look.small, look.quiet).encode(
        x=floor.x(), y=canvas.y_at(floor.line(middle))
    )


def _line_layer(floor: Floor, line: str) -> canvas.Layer:
    """Draw a line across the columns, px down as a Vega expression."""
    return canvas.rules([{}], floor.look.quiet, 2, aria=False).encode(
        x=canvas.x_at(str(floor.left + 1)),
        x2=canvas.x2_at("width - 1"),
        y=canvas.y_at(line),
        y2=canvas.y2_at(line),
    )


def _without_marks(spread: Spread) -> list[str]:
    """Say why a spread has no marks; nothing where it has some."""
    return [] if spread.marks else [_TOO_ALIKE if spread.too_alike else _TOO_FEW]


def could_not(spread: Spread) -> list[str]:
    """Say how many could not say, and how many did not answer; nothing where nobody did."""
    return [
        f"{count} {did}"
        for count, did in ((spread.cannot_say, COULD_NOT), (spread.unanswered, DID_NOT))
        if count
    ]


def _notes(spread: Spread, look: Look) -> canvas.Layer:
    """Say at the top what has no mark."""
    notes = [*_without_marks(spread), *could_not(spread)]
    words = [{"words": "; ".join(notes)}] if notes else []
    return canvas.text_layer(words, look.small, look.quiet, align="right").encode(
        x=canvas.x_at("width"), y=canvas.y_at(str(look.small * 0.7))
    )


FIRST, SECOND = "First look", "Second look"
_COUNT = 1.7
"""Ems above a column for its count."""


@dataclass(frozen=True)
class _Looks:
    """Two lines on one page, px: `room` is what the columns of each may grow."""

    floor: Floor
    room: float

    def line(self, ups: int) -> str:
        """Give px down to the line that is so many lines up from the lower one."""
        return self.floor.line(-ups * (self.room + _COUNT * self.floor.look.font))


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
    room = (height - floor.taken - look.font * (0.5 + 2 * _COUNT)) / 2
    looks = _Looks(floor, max(look.font, room))
    tallest = max(count for spread in (before, after) for count in counts_of(spread).values())
    stacks = Stacks(look, floor.column, looks.room, tallest)
    layers = [
        *_floor_layers(floor),
        _line_layer(floor, looks.line(1)),
        *_look(FIRST, before, stacks, (floor, looks.line(1))),
        *_look(SECOND, after, stacks, (floor, looks.line(0))),
        *floor.foot.layers,
    ]
    return canvas.on_page(layers, look, height)


def _gutter(look: Look) -> float:
    """Give px for the widest thing said at the left."""
    return (
        max(canvas.wide(SECOND, look.font), canvas.wide("00 could not say", look.small))
        + look.font * 0.5
    )


def _look(
    name: str, spread: Spread, stacks: Stacks, on: tuple[Floor, str]
) -> Iterable[canvas.Layer]:
    look, (floor, line) = stacks.look, on
    yield from stacked(spread, stacks, floor.x(), line)
    notes = [*_middle(spread), *could_not(spread)]
    step = look.small * canvas.LEADING
    for words, size, ink, up in (
        ([name], look.font, look.ink, len(notes) * step + look.font * 0.6),
        (notes, look.small, look.quiet, len(notes) * step / 2),
    ):
        rows = [{"words": "\n".join(words)}] if words else []
        weight = 600 if ink == look.ink else 400
        yield canvas.text_layer(rows, size, ink, align="left", fontWeight=weight).encode(
            x=canvas.x_at("0"), y=canvas.y_at(f"{line} - {up}")
        )
    why = [{"words": words, "points": 2.5} for words in _without_marks(spread)]
    yield canvas.text_layer(why, look.small, look.quiet).encode(
        x=floor.x(), y=canvas.y_at(f"{line} - {look.font}")
    )


def _middle(spread: Spread) -> list[str]:
    return [] if spread.median is None else [f"middle {said(spread.median, 1)}"]
