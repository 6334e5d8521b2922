"""The first picture after the reveal: a row a domain, a mark a group, the gap at the right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from aqua_core.charts.plan.canvas import (
    Key,
    Layer,
    Row,
    foot,
    haloed,
    keys_of,
    mark_layer,
    on_page,
    rules,
    text_layer,
    wide,
    x_at,
    y2_at,
    y_at,
)
from aqua_core.charts.plan.gap_rows import (
    Ends,
    Frame,
    Gutters,
    ends_of,
    framed,
    gutters,
    label_of,
    past,
    steps_of,
)
from aqua_core.charts.slots import PILL, TICK, Look, colour, shape
from aqua_core.vocabulary import HIGHEST, POINTS, Gap
from aqua_core.vocabulary.figures import said


@dataclass(frozen=True)
class _Drawing:
    """Everything a layer needs: the gaps and where they go."""

    gaps: Sequence[Gap]
    ends: Sequence[Ends]
    frame: Frame
    gutters: Gutters

    def x(self, field: str) -> alt.X:
        reach: list[Any] = [self.gutters.left, alt.expr(f"width - {self.gutters.right}")]
        return alt.X(f"{field}:Q", axis=None).scale(domain=[0, HIGHEST], range=reach, nice=False)

    def y(self, field: str = "row") -> alt.Y:
        reach: list[Any] = [self.frame.top, self.bottom]
        count = max(1, self.frame.count)
        return alt.Y(f"{field}:Q", axis=None).scale(domain=[0, count], range=reach, nice=False)

    @property
    def bottom(self) -> float:
        return self.frame.top + self.frame.row * self.frame.count


def gap_chart(
    gaps: Sequence[Gap], look: Look, height: int, called: str = "teams"
) -> alt.LayerChart:
    """Draw how far apart the groups stand, a row a domain in the order given.

    Args:
        gaps: at most 12; a gap without width keeps its row and says "too few to compare".
        look: light or dark, and the type.
        height: px, the legend included.
        called: what several groups are called: "teams", "partners", "tiers".

    Returns:
        A mark a group at its mean (0 to 5, fixed), a band from the lowest to the highest, a tick
        at the average of the groups; the lowest and the highest named.
    """
    frame = framed(gaps, look, height, foot(_keys(gaps, look, called), look))
    ends = [ends_of(gap, frame, called) for gap in gaps]
    drawing = _Drawing(gaps, ends, frame, gutters(gaps, ends, frame))
    layers = [
        *_scale(drawing),
        _bands(drawing),
        _ticks(drawing),
        _marks(drawing),
        *_names(drawing),
        *_figures(drawing),
        *frame.foot.layers,
    ]
    return on_page(layers, look, height)


def _keys(gaps: Sequence[Gap], look: Look, called: str) -> list[Key]:
    groups = keys_of((side.group for gap in gaps for side in gap.standings), look)
    average = Key(f"average of the {called}", look.ink, TICK)
    return [*groups, average, Key("lowest to highest", look.band, PILL)]


def _scale(drawing: _Drawing) -> Iterable[Layer]:
    look = drawing.frame.look
    rows: list[Row] = [{"points": points, "words": str(points)} for points in POINTS]
    yield rules(rows, look.grid, 2, aria=False).encode(
        x=drawing.x("points"), y=y_at(str(drawing.frame.top)), y2=y2_at(str(drawing.bottom))
    )
    yield text_layer(rows, look.font, look.quiet).encode(
        x=drawing.x("points"), y=y_at(str(drawing.frame.top / 2))
    )


def _bands(drawing: _Drawing) -> Layer:
    rows: list[Row] = [
        {"row": n + 0.5, "lowest": round(gap.lowest.mean, 2), "highest": round(gap.highest.mean, 2)}
        for n, gap in enumerate(drawing.gaps)
        if gap.width is not None
    ]
    width = min(drawing.frame.row * 0.42, drawing.frame.look.font)
    return rules(rows, drawing.frame.look.band, width, strokeCap="round", aria=False).encode(
        x=drawing.x("lowest"), x2="highest:Q", y=drawing.y()
    )


def _ticks(drawing: _Drawing) -> Layer:
    look = drawing.frame.look
    tall = min(0.36, 0.9 * look.font / drawing.frame.row)
    rows: list[Row] = [
        {"average": round(gap.middle, 2), "top": n + 0.5 - tall, "foot": n + 0.5 + tall}
        for n, gap in enumerate(drawing.gaps)
        if gap.middle is not None
    ]
    return rules(rows, look.ink, look.line).encode(
        x=drawing.x("average"), y=drawing.y("top"), y2="foot:Q"
    )


def _marks(drawing: _Drawing) -> Layer:
    look, frame = drawing.frame.look, drawing.frame
    rows: list[Row] = [
        {
            "row": n + 0.5,
            "mean": round(side.mean, 2),
            "words": f"{side.group.name}, {gap.domain.short}: {said(side.mean, 1)}",
            "colour": colour(side.group.slot, look),
            "shape": shape(side.group.slot),
            "across": step.across,
            "down": step.down,
        }
        for n, gap in enumerate(drawing.gaps)
        for side, step in zip(
            gap.standings, steps_of(gap, frame, drawing.gutters.point), strict=True
        )
    ]
    aside = {"xOffset": alt.expr("datum.across"), "yOffset": alt.expr("datum.down")}
    return mark_layer(rows, frame.mark, look, **aside).encode(
        x=drawing.x("mean"), y=drawing.y(), tooltip=alt.Tooltip("words:N", title=" ")
    )


def _names(drawing: _Drawing) -> Iterable[Layer]:
    look = drawing.frame.look
    for side, align in (("left", "right"), ("right", "left")):
        rows = _end_rows(drawing, side)
        for words in haloed(rows, look.small, look, align=align, dx=alt.expr("datum.aside")):
            yield words.encode(x=drawing.x("mean"), y=drawing.y())


def _end_rows(drawing: _Drawing, side: str) -> list[Row]:
    rows = []
    for n, (gap, ends) in enumerate(zip(drawing.gaps, drawing.ends, strict=True)):
        words = ends.left if side == "left" else ends.right
        if words:
            mean, aside = _edge(gap, side, drawing)
            rows.append({"row": n + 0.5, "mean": round(mean, 2), "words": words, "aside": aside})
    return rows


def _edge(gap: Gap, side: str, drawing: _Drawing) -> tuple[float, float]:
    """Give the mean a name stands beside, and px from it past the last of the marks."""
    left, right = past(gap, drawing.frame, drawing.gutters.point)
    air = drawing.frame.look.font * 0.3
    return (gap.lowest.mean, -left - air) if side == "left" else (gap.highest.mean, right + air)


def _figures(drawing: _Drawing) -> Iterable[Layer]:
    frame, look = drawing.frame, drawing.frame.look
    known = [(n, said(gap.width, 1)) for n, gap in enumerate(drawing.gaps) if gap.width is not None]
    few = [(n, frame.too_few) for n, gap in enumerate(drawing.gaps) if gap.width is None]
    names = [(n, label_of(gap, frame)) for n, gap in enumerate(drawing.gaps)]
    aside = f"width - {wide('0.0', frame.figure) + look.font * 0.2}"
    for written, size, weight, ink, across in (
        (names, look.font, 600, look.ink, "0"),
        (known, frame.figure, 600, look.ink, "width"),
        ([(n, "gap") for n, _ in known], look.small, 400, look.ink, aside),
        (few, look.small, 400, look.quiet, "width"),
    ):
        rows = [{"row": n + 0.5, "words": words} for n, words in written]
        align = "left" if across == "0" else "right"
        yield text_layer(rows, size, ink, align=align, fontWeight=weight).encode(
            x=x_at(across), y=drawing.y()
        )
