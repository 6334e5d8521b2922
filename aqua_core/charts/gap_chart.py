"""The first picture after the reveal: a row a domain, a mark a group, the gap at the right."""

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt

from aqua_core.charts.layout import canvas, gap_rows
from aqua_core.charts.layout.legend import Key, foot, keys_of
from aqua_core.charts.layout.names import COUNTED, at_ends, crowded
from aqua_core.charts.layout.stacks import NO_STRIPS, Spreads, cells, stripped
from aqua_core.charts.slots import BROKEN_TICK, PILL, TICK, Look, colour, shape
from aqua_core.vocabulary import Gap, Spread

_SMALL = 0.62
"""Of a mark: those between the ends of a crowd, so that 24 of them part."""


def gap_chart(
    gaps: Sequence[Gap],
    look: Look,
    height: int,
    called: str = "teams",
    spreads: Spreads = NO_STRIPS,
) -> alt.LayerChart:
    """Draw how far apart the groups stand, a row a domain in the order given.

    Args:
        gaps: at most 12; a gap without width keeps its row and says "too few to compare".
        look: light or dark, and the type.
        height: px, the legend included.
        called: what several groups are called: "teams", "partners", "tiers".
        spreads: every score on each domain, by its key; a mean is never alone.

    Returns:
        A mark a group at its mean (0 to 5, fixed), a band from the lowest to the highest, a tick
        at the average of the groups, a broken one by heads where it differs; the lowest and the
        highest named; under them a strip of every score, in the colour of its group. A row in
        which no group may be shown has the room's own scores and average. Above 12 groups only
        the ends have their colour and shape, the others are small grey marks.
    """
    at_foot = foot(_keys(gaps, spreads, look, called), look)
    frame = gap_rows.framed(gaps, look, height, at_foot, spreads)
    ends = [gap_rows.ends_of(gap, frame, called) for gap in gaps]
    drawing = gap_rows.Drawing(gaps, ends, frame, gap_rows.gutters(gaps, ends, frame))
    layers = [
        *_scale(drawing),
        *_strips(drawing),
        _bands(drawing),
        _ticks(drawing, _averages(drawing)),
        *_by_heads(drawing),
        *_marks(drawing),
        *gap_rows.names(drawing),
        *gap_rows.of_the_room(drawing),
        *gap_rows.figures(drawing),
        *frame.foot.layers,
    ]
    return canvas.on_page(layers, look, height)


def _keys(gaps: Sequence[Gap], spreads: Spreads, look: Look, called: str) -> list[Key]:
    groups = keys_of((side.group for gap in gaps for side in gap.standings), look)
    if crowded(gaps):
        groups = [Key(f"other {called}, named in the table", look.quiet, "circle")]
    strips = [strip for gap in gaps if (strip := stripped(gap, spreads))]
    scores = [Key(_scores_called(strips, called), look.quiet, "square")] if strips else []
    if not groups:
        return [Key("average of the room", look.ink, TICK), *scores]
    average = Key(f"average of the {called}", look.ink, TICK)
    heads = Key("average by heads", look.ink, BROKEN_TICK)
    beside = [heads] if any(gap.by_heads is not None for gap in gaps) else []
    band = Key("lowest to highest", look.band, PILL)
    return [*groups, average, *beside, band, *scores]


def _scores_called(strips: Sequence[Spread], called: str) -> str:
    """Name the cells of the strips; grey ones are of groups that are not shown alone."""
    marks = [mark for strip in strips for mark in strip.marks]
    grey = any(mark.group.slot < 0 for mark in marks)
    apart = any(mark.group.slot >= 0 for mark in marks)
    return f"a score, grey where {called} are shown together" if grey and apart else "a score"


def _scale(drawing: gap_rows.Drawing) -> Iterable[canvas.Layer]:
    look = drawing.frame.look
    scale = drawing.frame.scale
    rows: list[canvas.Row] = [{"points": n, "words": scale.words(n, 0)} for n in scale.ticks]
    yield canvas.rules(rows, look.grid, 2, aria=False).encode(
        x=drawing.x("points"),
        y=canvas.y_at(str(drawing.frame.top)),
        y2=canvas.y2_at(str(drawing.bottom)),
    )
    yield canvas.text_layer(rows, look.font, look.quiet).encode(
        x=drawing.x("points"), y=canvas.y_at(str(drawing.frame.top / 2))
    )


def _strips(drawing: gap_rows.Drawing) -> Iterable[canvas.Layer]:
    """Draw every score of a row under its means: a cell a seat, over its points.

    A line parts the rows: without it a strip stands as near to the next row's means as to its own.
    """
    frame, point = drawing.frame, drawing.gutters.point
    rows: list[canvas.Row] = [
        {
            "from": round(cell["points"] + cell["left"] / point, 3),
            "to": round(cell["points"] + cell["right"] / point, 3),
            "top": round(frame.foot_of_strip(n) - frame.strip / frame.row, 3),
            "foot": round(frame.foot_of_strip(n), 3),
            "colour": cell["colour"],
            "words": cell["words"],
        }
        for n, strip in enumerate(frame.strips)
        if strip
        for cell in cells(strip, frame.cell(point), frame.look)
    ]
    if rows:
        lines: list[canvas.Row] = [{"row": n} for n in range(1, frame.count)]
        yield canvas.rules(lines, frame.look.grid, 1, aria=False).encode(
            x=canvas.x_at("0"), x2=canvas.x2_at("width"), y=drawing.y()
        )
        yield (
            canvas.layer(rows)
            .mark_rect(strokeWidth=0, aria=False)
            .encode(
                x=drawing.x("from"),
                x2=alt.X2("to:Q"),
                y=drawing.y("top"),
                y2=alt.Y2("foot:Q"),
                color=alt.Color("colour:N", scale=None),
                tooltip=alt.Tooltip("words:N", title=" "),
            )
        )


def _averages(drawing: gap_rows.Drawing) -> list[float | None]:
    """Give the average of each row: of its groups, or of the room where none may be shown."""
    return [
        gap.middle if gap.standings else average
        for gap, average in zip(drawing.gaps, gap_rows.room_averages(drawing), strict=True)
    ]


def _bands(drawing: gap_rows.Drawing) -> canvas.Layer:
    rows: list[canvas.Row] = [
        {
            "row": drawing.frame.middle(n),
            "lowest": round(gap.lowest.mean, 2),
            "highest": round(gap.highest.mean, 2),
        }
        for n, gap in enumerate(drawing.gaps)
        if gap.width is not None
    ]
    width = min(drawing.frame.storey * 0.42, drawing.frame.look.font)
    return canvas.rules(rows, drawing.frame.look.band, width, strokeCap="round", aria=False).encode(
        x=drawing.x("lowest"), x2=alt.X2("highest:Q"), y=drawing.y()
    )


def _by_heads(drawing: gap_rows.Drawing) -> Iterable[canvas.Layer]:
    # No layer without a tick: an empty one is a picture that says nothing.
    averages = [gap.by_heads for gap in drawing.gaps]
    if any(average is not None for average in averages):
        yield _ticks(drawing, averages, strokeDash=[6, 5])


def _ticks(drawing: gap_rows.Drawing, averages: Sequence[float | None], **how: Any) -> canvas.Layer:
    look, middle = drawing.frame.look, drawing.frame.middle
    tall = min(0.36 * drawing.frame.storey, 0.9 * look.font) / drawing.frame.row
    rows: list[canvas.Row] = [
        {"average": round(average, 2), "top": middle(n) - tall, "foot": middle(n) + tall}
        for n, average in enumerate(averages)
        if average is not None
    ]
    return canvas.rules(rows, look.ink, look.line, **how).encode(
        x=drawing.x("average"), y=drawing.y("top"), y2=alt.Y2("foot:Q")
    )


def _marks(drawing: gap_rows.Drawing) -> Iterable[canvas.Layer]:
    """Draw a mark a group; in a crowd, those between the ends first, small and grey."""
    look, frame = drawing.frame.look, drawing.frame
    rows = [row for n, gap in enumerate(drawing.gaps) for row in _row(drawing, n, gap)]
    grey = {"colour": look.quiet, "shape": "circle"}
    between = [row | grey for is_named, row in rows if not is_named]
    named = [row for is_named, row in rows if is_named]
    aside = {"xOffset": alt.expr("datum.across"), "yOffset": alt.expr("datum.down")}
    for some, share in ((between, _SMALL), (named, 1.0)):
        if some:
            yield canvas.mark_layer(some, frame.mark * share, look, **aside).encode(
                x=drawing.x("mean"), y=drawing.y(), tooltip=alt.Tooltip("words:N", title=" ")
            )


def _row(drawing: gap_rows.Drawing, n: int, gap: Gap) -> list[tuple[bool, canvas.Row]]:
    """Give each mark of a row, and whether it keeps its own colour and shape."""
    look, frame = drawing.frame.look, drawing.frame
    ends = {side.group.id for sides in at_ends(gap) if len(sides) < COUNTED for side in sides}
    steps = gap_rows.steps_of(gap, frame, drawing.gutters.point)
    return [
        (
            not frame.crowded or side.group.id in ends,
            {
                "row": frame.middle(n),
                "mean": round(side.mean, 2),
                "words": f"{side.group.name}, {gap.domain.short}: {frame.scale.words(side.mean)}",
                "colour": colour(side.group.slot, look),
                "shape": shape(side.group.slot),
                "across": step.across,
                "down": step.down,
            },
        )
        for side, step in zip(gap.standings, steps, strict=True)
    ]
