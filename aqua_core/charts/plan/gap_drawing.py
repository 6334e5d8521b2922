"""A row a domain as layers share it: where figures stand, and the words around the marks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from aqua_core.charts.plan.canvas import Layer, Row, haloed, text_layer, wide, x_at
from aqua_core.charts.plan.ends import Ends
from aqua_core.charts.plan.gap_rows import Frame, Gutters, label_of, past
from aqua_core.vocabulary import HIGHEST, Gap
from aqua_core.vocabulary.figures import said

HALF = HIGHEST / 2


@dataclass(frozen=True)
class Drawing:
    """Everything a layer needs: the gaps and where they go."""

    gaps: Sequence[Gap]
    ends: Sequence[Ends]
    frame: Frame
    gutters: Gutters

    def x(self, field: str) -> alt.X:
        """Place a figure on the scale."""
        reach: list[Any] = [self.gutters.left, alt.expr(f"width - {self.gutters.right}")]
        ends = [self.frame.scale.low, self.frame.scale.high]
        return alt.X(f"{field}:Q", axis=None).scale(domain=ends, range=reach, nice=False)

    def y(self, field: str = "row") -> alt.Y:
        """Place a row, counted from the top."""
        reach: list[Any] = [self.frame.top, self.bottom]
        count = max(1, self.frame.count)
        return alt.Y(f"{field}:Q", axis=None).scale(domain=[0, count], range=reach, nice=False)

    @property
    def bottom(self) -> float:
        """Px down to the end of the last row."""
        return self.frame.top + self.frame.row * self.frame.count


def names(drawing: Drawing) -> Iterable[Layer]:
    """Name who stands lowest and who highest, beside their marks."""
    look = drawing.frame.look
    for side, align in (("left", "right"), ("right", "left")):
        rows = _end_rows(drawing, side)
        for words in haloed(rows, look.small, look, align=align, dx=alt.expr("datum.aside")):
            yield words.encode(x=drawing.x("mean"), y=drawing.y())


def of_the_room(drawing: Drawing) -> Iterable[Layer]:
    """Say the room's own average beside its tick, where a row has no group to name."""
    look, frame = drawing.frame.look, drawing.frame
    for align, aside in (("left", look.font * 0.4), ("right", -look.font * 0.4)):
        rows: list[Row] = [
            {
                "row": frame.middle(n),
                "mean": round(average, 2),
                "words": f"average {said(average, 1)}",
            }
            for n, average in enumerate(room_averages(drawing))
            if average is not None and (average <= HALF) == (align == "left")
        ]
        for words in haloed(rows, look.small, look, align=align, dx=aside) if rows else ():
            yield words.encode(x=drawing.x("mean"), y=drawing.y())


def room_averages(drawing: Drawing) -> list[float | None]:
    """Give the average of the whole room in rows without a group; None in the others."""
    pairs = zip(drawing.gaps, drawing.frame.strips, strict=True)
    return [strip.average if strip and not gap.standings else None for gap, strip in pairs]


def _end_rows(drawing: Drawing, side: str) -> list[Row]:
    rows = []
    for n, (gap, ends) in enumerate(zip(drawing.gaps, drawing.ends, strict=True)):
        words = ends.left if side == "left" else ends.right
        if words:
            mean, aside = _edge(gap, side, drawing)
            rows.append(
                {
                    "row": drawing.frame.middle(n),
                    "mean": round(mean, 2),
                    "words": words,
                    "aside": aside,
                }
            )
    return rows


def _edge(gap: Gap, side: str, drawing: Drawing) -> tuple[float, float]:
    """Give the mean a name stands beside, and px from it past the last of the marks."""
    left, right = past(gap, drawing.frame, drawing.gutters.point)
    air = drawing.frame.look.font * 0.3
    return (gap.lowest.mean, -left - air) if side == "left" else (gap.highest.mean, right + air)


def figures(drawing: Drawing) -> Iterable[Layer]:
    """Write each domain at the left and its gap at the right."""
    frame, look = drawing.frame, drawing.frame.look
    known = [(n, said(gap.width, 1)) for n, gap in enumerate(drawing.gaps) if gap.width is not None]
    few = [(n, frame.no_gap(n, gap)) for n, gap in enumerate(drawing.gaps) if gap.width is None]
    domains = [(n, label_of(gap, frame)) for n, gap in enumerate(drawing.gaps)]
    aside = f"width - {wide('0.0', frame.figure) + look.font * 0.2}"
    for written, size, weight, ink, across in (
        (domains, look.font, 600, look.ink, "0"),
        (known, frame.figure, 600, look.ink, "width"),
        ([(n, "gap") for n, _ in known], look.small, 400, look.ink, aside),
        (few, look.small, 400, look.quiet, "width"),
    ):
        rows = [{"row": n + 0.5, "words": words} for n, words in written]
        align = "left" if across == "0" else "right"
        yield text_layer(rows, size, ink, align=align, fontWeight=weight).encode(
            x=x_at(across), y=drawing.y()
        )
