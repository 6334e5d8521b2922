"""The page a chart is drawn on: how wide words are, how layers begin, what is never set.

Everything is placed inside the plot, in px from its edges, so that nothing depends on what Vega
measures before the font has loaded.
"""

from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any, Final, NamedTuple, TypeAlias

import altair as alt

from aqua_core.charts.slots import Look
from aqua_core.vocabulary.letters import Face, ems

_FONT: Final = "Source Sans, sans-serif"
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
    return alt.Chart({"values": tuple(rows)})


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
        font=_FONT,
        view=alt.ViewConfig(stroke=None),
        text=alt.MarkConfig(limit=0, fontSize=look.font, color=look.ink),
    )
    page: dict[str, Any] = {"width": "container", "height": height, "padding": 0}
    # Its own ground: a browser that forces colours on the page leaves those of the picture.
    chart = alt.LayerChart(background=look.background, config=config, **page)
    chart.layer = list(layers)  # given at once, each would be copied twice more
    return chart


def _broken(text: str, size: float, room: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and wide(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


class Step(NamedTuple):
    """How far a mark stands from its value, px right and px down."""

    across: float
    down: float


def dodged(places: Sequence[float], size: float, lanes: int) -> list[Step]:
    """Part marks that would touch: up and down first, sideways once the lanes are full.

    Args:
        places: where the marks belong, px, ascending.
        size: of a mark, px, its halo included.
        lanes: how many marks fit above each other.

    Returns:
        A step for each mark, in order. No two marks then stand within `size` of each other both
        across and down.
    """
    steps: list[Step] = []
    for cluster in _touching(places, size):
        stood: list[tuple[float, float]] = []
        for place in cluster:
            stood.append(_free(place, stood, size, lanes))
        steps += _centred(cluster, stood)
    return _apart(places, steps, size) or _uncentred(places, size, lanes)


def nudged(places: Sequence[float], apart: float, top: float, bottom: float) -> list[float]:
    """Move labels, px down the page, until each stands `apart` from the next, as near as may be.

    Labels keep their order and stay between top and bottom while there is room for all of them.
    """
    order = sorted(range(len(places)), key=lambda n: places[n])
    blocks: list[tuple[list[int], float]] = []
    for n in order:
        members, middle = [n], places[n]
        while blocks and middle - blocks[-1][1] < apart * (len(members) + len(blocks[-1][0])) / 2:
            members = blocks.pop()[0] + members
            middle = sum(places[member] for member in members) / len(members)
            half = apart * (len(members) - 1) / 2
            middle = min(max(middle, top + half), max(bottom - half, top + half))
        blocks.append((members, middle))
    spots = {
        member: middle + (n - (len(members) - 1) / 2) * apart
        for members, middle in blocks
        for n, member in enumerate(members)
    }
    return [spots[n] for n in range(len(places))]


def _touching(places: Sequence[float], size: float) -> list[list[float]]:
    clusters: list[list[float]] = []
    for place in places:
        if clusters and place - clusters[-1][-1] < size:
            clusters[-1].append(place)
        else:
            clusters.append([place])
    return clusters


def _free(
    place: float, stood: Sequence[tuple[float, float]], size: float, lanes: int
) -> tuple[float, float]:
    spots = (
        (place + column * size / 2, lane * size) for column in count() for lane in range(lanes)
    )
    return next(spot for spot in spots if not any(_touch(spot, other, size) for other in stood))


def _touch(one: tuple[float, float], other: tuple[float, float], size: float) -> bool:
    close = size - 1e-6
    return abs(one[0] - other[0]) < close and abs(one[1] - other[1]) < close


def _centred(cluster: Sequence[float], stood: Sequence[tuple[float, float]]) -> list[Step]:
    rows = [down for _, down in stood]
    shifts = [across - place for place, (across, _) in zip(cluster, stood, strict=True)]
    middle = (max(rows) + min(rows)) / 2
    aside = (max(shifts) + min(shifts)) / 2
    return [Step(shift - aside, down - middle) for shift, down in zip(shifts, rows, strict=True)]


def _apart(places: Sequence[float], steps: list[Step], size: float) -> list[Step]:
    """Give the steps back, or none when centring one cluster pushed it onto the next."""
    spots = [(place + step.across, step.down) for place, step in zip(places, steps, strict=True)]
    pairs = ((a, b) for n, a in enumerate(spots) for b in spots[:n])
    return [] if any(_touch(a, b, size) for a, b in pairs) else steps


def _uncentred(places: Sequence[float], size: float, lanes: int) -> list[Step]:
    stood: list[tuple[float, float]] = []
    for place in places:
        stood.append(_free(place, stood, size, lanes))
    return [
        Step(across - place, down - (lanes - 1) * size / 2)
        for place, (across, down) in zip(places, stood, strict=True)
    ]
