"""The page a chart is drawn on: how wide words are, how layers begin, what is never set.

Everything is placed inside the plot, in px from its edges, so that nothing depends on what Vega
measures before the font has loaded.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

import altair as alt

from aqua_core.charts.slots import Look
from aqua_core.vocabulary.letters import Face, ems

FONT: Final = "Source Sans, sans-serif"
PADDING: Final = 20
"""Px at the foot that Streamlit takes from every chart's height."""
LEADING: Final = 1.08
"""Line to line, as a share of the type."""

Layer: TypeAlias = alt.Chart
Row: TypeAlias = dict[str, Any]


def wide(text: str, size: float) -> float:
    """Give the width of a line in semibold Source Sans, px; a few per cent over, never under."""
    return ems(text, Face.SOURCE_SANS) * size


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Break a text between words into the fewest lines that fit room, px, of even length.

    A word longer than room stays whole.
    """
    lines = _broken(text, size, room)
    while room > size and len(_broken(text, size, room * 0.95)) == len(lines):
        room *= 0.95
    return _broken(text, size, room)


def layer(rows: Iterable[Row]) -> Layer:
    """Start a layer on these rows, and on nothing else."""
    # Not alt.InlineData, which holds every row against the schema: 40 ms of a chart of 320 scores.
    return alt.Chart({"values": list(rows)})


def x_at(expression: str) -> alt.XValue:
    """Place a mark, px from the left, by a Vega expression of width, height and datum's numbers."""
    return alt.XValue(alt.expr(expression))  # type: ignore[no-untyped-call]


def x2_at(expression: str) -> alt.X2Value:
    """Place where a line ends, px from the left."""
    return alt.X2Value(alt.expr(expression))  # type: ignore[no-untyped-call]


def y_at(expression: str) -> alt.YValue:
    """Place a mark, px from the top."""
    return alt.YValue(alt.expr(expression))  # type: ignore[no-untyped-call]


def y2_at(expression: str) -> alt.Y2Value:
    """Place where a line ends, px from the top."""
    return alt.Y2Value(alt.expr(expression))  # type: ignore[no-untyped-call]


def text_layer(rows: Iterable[Row], size: float, ink: str, **how: Any) -> Layer:
    """Start a layer of words from the field `words`; several lines stand about their middle."""
    step = round(size * LEADING)
    lifted = [row | {"lift": -row["words"].count("\n") * step / 2} for row in rows]
    lines: dict[str, Any] = {"lineBreak": "\n", "lineHeight": step, "dy": alt.expr("datum.lift")}
    shared: dict[str, Any] = {"baseline": "middle", "fontSize": size, "color": ink}
    words: Layer = (
        layer(lifted).mark_text(**(shared | lines | how)).encode(text=alt.Text("words:N"))
    )
    return words


def haloed(rows: Iterable[Row], size: float, look: Look, **how: Any) -> tuple[Layer, Layer]:
    """Start words that stay readable across a line: the same words in the page's colour below."""
    known = list(rows)
    halo: dict[str, Any] = {"stroke": look.background, "strokeWidth": size / 4, "aria": False}
    return (
        text_layer(known, size, look.background, **halo, strokeJoin="round", **how),
        text_layer(known, size, look.ink, **how),
    )


def mark_layer(rows: Iterable[Row], size: float, look: Look, **how: Any) -> Layer:
    """Start a layer of marks from the fields `colour` and `shape`, parted by a halo."""
    halo: dict[str, Any] = {"stroke": look.background, "strokeWidth": max(1.5, size / 9)}
    drawn: dict[str, Any] = {"filled": True, "opacity": 1, "size": (size * 0.92) ** 2}
    marks: Layer = (
        layer(rows)
        .mark_point(**(halo | drawn | how))
        .encode(color=alt.Color("colour:N", scale=None), shape=alt.Shape("shape:N", scale=None))
    )
    return marks


def rules(rows: Iterable[Row], ink: str, width: float, **how: Any) -> Layer:
    """Start a layer of straight lines."""
    lines: Layer = layer(rows).mark_rule(color=ink, strokeWidth=width, **how)
    return lines


def on_page(layers: Sequence[Layer], look: Look, height: int) -> alt.LayerChart:
    """Put layers on a page as wide as its container and this many px high."""
    config = alt.Config(
        font=FONT,
        view=alt.ViewConfig(stroke=None),
        text=alt.MarkConfig(limit=0, fontSize=look.font, color=look.ink),
    )
    page: dict[str, Any] = {"width": "container", "height": height, "padding": 0}
    return alt.LayerChart(layer=list(layers), background="transparent", config=config, **page)


def _broken(text: str, size: float, room: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and wide(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
