"""On a phone: where my team stands between the lowest and the highest, and what I said."""

from collections.abc import Iterable, Sequence

import altair as alt

from aqua_core.charts.plan.canvas import (
    PADDING,
    Key,
    Layer,
    Row,
    layer,
    legend,
    mark_layer,
    on_page,
    rules,
    text_layer,
    x2_at,
    x_at,
    y2_at,
    y_at,
)
from aqua_core.charts.slots import PILL, Look
from aqua_core.vocabulary import HIGHEST, POINTS, SeatResult
from aqua_core.vocabulary.figures import said

ROW = 3.9
"""Ems: a domain's name, its bar, and air."""


def seat_chart(rows: Sequence[SeatResult], look: Look, called: str = "teams") -> alt.LayerChart:
    """Draw a bar a domain with my team as a dot and my own score as a ring, for 390 px.

    Args:
        rows: a row a domain, in the order given; without a range it says "too few to compare".
        look: light or dark, and the type: 16 px in a hand.
        called: what several groups are called.

    Returns:
        As high as its rows need; points 0 to 5, fixed.
    """
    top = look.font * 5.2
    height = round(top + len(rows) * ROW * look.font + PADDING)
    layers = [
        *_legend(look, called),
        *_scale(look, top),
        *_labels(rows, look, top),
        *_bars(rows, look, top),
        *_marks(rows, look, top),
    ]
    return on_page(layers, look, height)


def _legend(look: Look, called: str) -> Iterable[Layer]:
    keys = [
        Key("your team", look.ink, "circle"),
        Key(f"lowest to highest of the {called}", look.band, PILL),
    ]
    line = look.font * 1.6
    places = [(0.0, line / 2), (0.0, line * 1.5)]
    yield from legend(keys, look, places, "0", "0")
    ring = [{"words": "you"}]
    here = look.font * 8.6
    yield _ring(ring, look).encode(x=x_at(str(here)), y=y_at(str(line / 2)))
    yield text_layer(ring, look.small, look.ink, align="left").encode(
        x=x_at(str(here + look.font)), y=y_at(str(line / 2))
    )


def _x(field: str, look: Look) -> alt.X:
    edge = look.font * 1.1
    return alt.X(f"{field}:Q", axis=None).scale(
        domain=[0, HIGHEST], range=[edge, alt.expr(f"width - {edge}")], nice=False
    )


def _scale(look: Look, top: float) -> Iterable[Layer]:
    points = [{"points": points, "words": str(points)} for points in POINTS]
    yield rules(points, look.grid, 1, aria=False).encode(
        x=_x("points", look), y=y_at(str(top)), y2=y2_at("height")
    )
    yield text_layer(points, look.font, look.quiet).encode(
        x=_x("points", look), y=y_at(str(top - look.font * 0.8))
    )


def _labels(rows: Sequence[SeatResult], look: Look, top: float) -> Iterable[Layer]:
    """Write over the grid, on a strip of the page's own colour."""
    names = [{"y": _down(n, 1, look, top), "words": row.domain.short} for n, row in enumerate(rows)]
    notes = [{"y": _down(n, 1, look, top), "words": _note(row)} for n, row in enumerate(rows)]
    yield rules(names, look.background, look.font * 1.3, aria=False).encode(
        x=x_at(str(look.font)), x2=x2_at(f"width - {look.font}"), y=y_at("datum.y")
    )
    for words, ink, weight, align, edge in (
        (names, look.ink, 600, "left", "0"),
        (notes, look.quiet, 400, "right", "width"),
    ):
        yield text_layer(words, look.font, ink, align=align, fontWeight=weight).encode(
            x=x_at(edge), y=y_at("datum.y")
        )


def _note(row: SeatResult) -> str:
    if row.lowest is None:
        return "too few to compare"
    mine = f"you {row.mine}" if isinstance(row.mine, int) else row.mine
    team = "" if row.team is None else f"team {said(row.team, 1)}"
    return ", ".join(words for words in (mine, team) if words)


def _bars(rows: Sequence[SeatResult], look: Look, top: float) -> Iterable[Layer]:
    """Close each pale bar with a dark end, so that it shows without good eyes or a good screen."""
    bars = [
        {"y": _down(n, 2.35, look, top), "lowest": row.lowest, "highest": row.highest}
        for n, row in enumerate(rows)
        if row.lowest is not None and row.highest is not None
    ]
    yield rules(bars, look.band, look.font * 0.9).encode(
        x=_x("lowest", look), x2="highest:Q", y=y_at("datum.y")
    )
    tall = look.font * 0.45
    for end in ("lowest", "highest"):
        yield rules(bars, look.quiet, look.line).encode(
            x=_x(end, look), y=y_at(f"datum.y - {tall}"), y2=y2_at(f"datum.y + {tall}")
        )


def _marks(rows: Sequence[SeatResult], look: Look, top: float) -> Iterable[Layer]:
    """Draw the ring wider than the dot, so that both show where they meet."""
    dots: list[Row] = [
        {"y": _down(n, 2.35, look, top), "team": row.team, "colour": look.ink, "shape": "circle"}
        for n, row in enumerate(rows)
        if row.team is not None
    ]
    rings: list[Row] = [
        {"y": _down(n, 2.35, look, top), "mine": row.mine}
        for n, row in enumerate(rows)
        if isinstance(row.mine, int)
    ]
    yield mark_layer(dots, look.mark, look).encode(x=_x("team", look), y=y_at("datum.y"))
    yield _ring(rings, look).encode(x=_x("mine", look), y=y_at("datum.y"))


def _ring(rows: Iterable[Row], look: Look) -> Layer:
    ring: Layer = layer(rows).mark_point(
        shape="circle",
        filled=False,
        color=look.ink,
        strokeWidth=look.line,
        opacity=1,
        size=(look.font * 1.25) ** 2,
        aria=False,  # the sentence and the table say it; a bare ring says nothing
    )
    return ring


def _down(nth: int, ems: float, look: Look, top: float) -> float:
    return top + (nth * ROW + ems) * look.font
