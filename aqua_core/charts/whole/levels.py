"""Level and agreement: a row a domain, every score as a small mark, and two words beside it."""

from collections.abc import Iterable, Sequence

import altair as alt

from aqua_core.charts.plan.canvas import (
    Layer,
    Row,
    layer,
    on_page,
    text_layer,
    wrapped,
    x2_at,
    x_at,
    y2_at,
    y_at,
)
from aqua_core.charts.plan.gap_rows import LABEL_ROOM
from aqua_core.charts.slots import Look
from aqua_core.charts.whole.level_rows import AGREED, AVERAGE, HIGH, Rows
from aqua_core.charts.whole.words import agreed_in_a_word
from aqua_core.vocabulary import POINTS
from aqua_core.vocabulary.figures import said
from aqua_core.vocabulary.whole import Level

TOO_FEW = "too few to show"


def levels_chart(levels: Sequence[Level], look: Look, height: int) -> alt.LayerChart:
    """Draw every score as a small mark over its points, with how high and how agreed beside it.

    Args:
        levels: the rows, in the order given; at most 12.
        look: light or dark, and the type.
        height: px.

    Returns:
        Points 0 to 5, fixed; marks of all rows in one size, a mark a seat, stacked. The average
        weighs each partner the same; where heads say otherwise by 0.3 or more, so does the row.
    """
    labels = tuple(
        "\n".join(wrapped(level.domain.short, look.font, LABEL_ROOM * look.font))
        for level in levels
    )
    tallest = max((count for level in levels for count in level.counts), default=1)
    rows = Rows(look, height, labels, tallest)
    layers = [*_scale(rows), *_marks(levels, rows), *_labels(rows), *_words(levels, rows)]
    return on_page(layers, look, height)


def _scale(rows: Rows) -> Iterable[Layer]:
    look = rows.look
    heads: list[Row] = [{"points": n + 0.5, "words": str(n)} for n in POINTS]
    yield text_layer(heads, look.font, look.quiet).encode(
        x=x_at(rows.x("datum.points")), y=y_at(str(rows.top * 0.45))
    )
    floors: list[Row] = [{"y": rows.foot(n)} for n in range(len(rows.labels))]
    yield (
        layer(floors)
        .mark_rule(color=look.grid, strokeWidth=2, aria=False)
        .encode(x=x_at(str(rows.left)), x2=x2_at(rows.x("6")), y=y_at("datum.y"))
    )


def _marks(levels: Sequence[Level], rows: Rows) -> Iterable[Layer]:
    seats = [
        row | {"points": points, "told": f"{level.domain.short}: {count} gave {points}"}
        for n, level in enumerate(levels)
        for points, count in enumerate(level.counts)
        for row in rows.stack(n, count)
    ]
    yield (
        layer(seats)
        .mark_rect(color=rows.look.quiet, strokeWidth=0)
        .encode(
            x=x_at(rows.x("datum.points + 0.16")),
            x2=x2_at(rows.x("datum.points + 0.84")),
            y=y_at("datum.top"),
            y2=y2_at("datum.foot"),
            tooltip=alt.Tooltip("told:N", title=" "),
        )
    )


def _labels(rows: Rows) -> Iterable[Layer]:
    names = [{"y": rows.middle(n), "words": words} for n, words in enumerate(rows.names)]
    yield text_layer(names, rows.look.font, rows.look.ink, align="left", fontWeight=600).encode(
        x=x_at("0"), y=y_at("datum.y")
    )


def _words(levels: Sequence[Level], rows: Rows) -> Iterable[Layer]:
    look = rows.look
    starts = (0.9, 6.2, 12.6)
    for start, head in zip(starts, (HIGH, AGREED, AVERAGE), strict=True):
        across = f"width - {rows.words - start * look.font}"
        yield text_layer([{"words": head}], look.small, look.quiet, align="left").encode(
            x=x_at(across), y=y_at(str(rows.top * 0.45))
        )
        words = [
            {"y": rows.middle(n) - rows.lift(level, head), "words": _word(level, head)}
            for n, level in enumerate(levels)
        ]
        bold = 400 if head == AVERAGE else 600
        yield text_layer(words, look.font, look.ink, align="left", fontWeight=bold).encode(
            x=x_at(across), y=y_at("datum.y")
        )
    yield text_layer(_heads(levels, rows), look.small, look.quiet, align="left").encode(
        x=x_at(across), y=y_at("datum.y")
    )


def _heads(levels: Sequence[Level], rows: Rows) -> list[Row]:
    return [
        {
            "y": rows.middle(n) + rows.lift(level, AVERAGE),
            "words": f"{said(level.by_heads, 1)} by heads",
        }
        for n, level in enumerate(levels)
        if level.by_heads is not None
    ]


def _word(level: Level, head: str) -> str:
    if level.how_high is None:
        return TOO_FEW if head == HIGH else ""
    if head == AVERAGE:
        return said(level.average or 0, 1)
    if head == AGREED:
        return agreed_in_a_word(level.how_agreed)
    return level.how_high.value.capitalize()
