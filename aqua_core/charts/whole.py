"""The whole room in one picture: heat table and levels."""

from collections.abc import Iterable, Sequence

import altair as alt

from aqua_core.charts.layout import canvas
from aqua_core.charts.layout.cells import AGREED, AVERAGE, HIGH, NO_FIGURE, Cell, Rows, cell_chart
from aqua_core.charts.layout.gap_rows import LABEL_ROOM
from aqua_core.charts.layout.legend import Key, keys_of
from aqua_core.charts.layout.names import groups_of
from aqua_core.charts.layout.stacks import NO_STRIPS, Spreads
from aqua_core.charts.slots import Look
from aqua_core.charts.words import NO_SCORE, NOT_SHOWN, compared_in, no_mean
from aqua_core.vocabulary import HIGHEST, LOWEST, POINTS, Gap, Group, Spread
from aqua_core.vocabulary.points import said, said_signed
from aqua_core.vocabulary.reading import Blanks, Level

WHOLE_ROOM = "Whole room"
_MIDST = (LOWEST + HIGHEST) / 2


def heat_table(
    gaps: Sequence[Gap],
    look: Look,
    height: int,
    spreads: Spreads = NO_STRIPS,
    blanks: Sequence[Blanks] = (),
) -> alt.LayerChart:
    """Draw each mean as a figure in a cell, deeper the higher it is, and how many scored.

    Args:
        gaps: the rows, in the order given.
        look: light or dark, and the type.
        height: px, the legend included.
        spreads: every score on each domain, by its key; where a row compares nobody, the room has
            a column of its own.
        blanks: who could not say, as the same groups are compared.

    Returns:
        Cells; a step from a group's own average of 2.5 or more is as pale or as deep as they get.
    """
    groups = compared_in(gaps, blanks)
    rooms = rooms_beside(gaps, spreads)
    cells = [
        [*(_mean(gap, group, blanks) for group in groups), *map(_of_the_room, rooms[n : n + 1])]
        for n, gap in enumerate(gaps)
    ]
    keys = [*keys_of(groups, look), *([Key(WHOLE_ROOM, look.ink, "circle")] if rooms else [])]
    return cell_chart([g.domain.short for g in gaps], keys, cells, look, height)


def rooms_beside(gaps: Sequence[Gap], spreads: Spreads) -> list[Spread]:
    """Give the room's scores for each row, where some row compares nobody; otherwise none."""
    found = [spreads[gap.domain.key] for gap in gaps if gap.domain.key in spreads]
    return found if any(gap.width is None for gap in gaps) else []


def counted_mean(words: str, scored: int) -> str:
    """Give a figure with how many scored behind it: "2.4 (5)"; one score is its own mean."""
    return f"{words} ({scored})" if scored > 1 else words


def blanks_chart(blanks: Sequence[Blanks], look: Look, height: int) -> alt.LayerChart:
    """Draw who could not say as "2 of 9" in a cell, or as "2" where many stand side by side.

    Deeper the larger the share.
    """
    groups = groups_of([side.group for row in blanks for side in row.sides])
    cells = [[_blank(row, group) for group in groups] for row in blanks]
    return cell_chart([b.domain.short for b in blanks], keys_of(groups, look), cells, look, height)


def _of_the_room(room: Spread) -> Cell:
    told = f"{WHOLE_ROOM}, {room.domain.short}"
    if room.average is None:
        return Cell(NO_FIGURE, None, f"{told}: {NOT_SHOWN if room.scored else NO_SCORE}")
    words = said(room.average, 1)
    counted = counted_mean(words, room.scored)
    return Cell(counted, room.average, f"{told}: {counted}", words)


def _mean(gap: Gap, group: Group, blanks: Sequence[Blanks]) -> Cell:
    for side in gap.standings:
        if side.group.id == group.id:
            words = said_signed(side.mean, 1) if gap.relative else said(side.mean, 1)
            depth = min(max(side.mean + _MIDST, LOWEST), HIGHEST) if gap.relative else side.mean
            counted = words if gap.relative else counted_mean(words, side.scored)
            return Cell(counted, depth, f"{group.name}, {gap.domain.short}: {counted}", words)
    why = no_mean(gap.domain, group, blanks)
    return Cell(NO_FIGURE, None, f"{group.name}, {gap.domain.short}: {why}")


def _blank(row: Blanks, group: Group) -> Cell:
    for side in row.sides:
        if side.group.id == group.id:
            words = f"{side.cannot_say} of {side.answered}"
            # Nobody is no shade: what stands out is where somebody could not.
            share = HIGHEST * side.cannot_say / side.answered if side.cannot_say else None
            return Cell(
                words,
                share,
                f"{group.name}, {row.domain.short}: {words} could not say",
                str(side.cannot_say),
            )
    why = no_mean(row.domain, group, [row])
    told = "not shown alone" if why == NOT_SHOWN else why
    return Cell(NO_FIGURE, None, f"{group.name}, {row.domain.short}: {told}")


_TOO_FEW = "too few to show"


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
        "\n".join(canvas.wrapped(level.domain.short, look.font, LABEL_ROOM * look.font))
        for level in levels
    )
    tallest = max((count for level in levels for count in level.counts), default=1)
    rows = Rows(look, height, labels, tallest)
    layers = [*_scale(rows), *_marks(levels, rows), *_labels(rows), *_words(levels, rows)]
    return canvas.on_page(layers, look, height)


def _scale(rows: Rows) -> Iterable[canvas.Layer]:
    look = rows.look
    heads: list[canvas.Row] = [{"points": n + 0.5, "words": str(n)} for n in POINTS]
    yield canvas.text_layer(heads, look.font, look.quiet).encode(
        x=canvas.x_at(rows.x("datum.points")), y=canvas.y_at(str(rows.top * 0.45))
    )
    floors: list[canvas.Row] = [{"y": rows.foot(n)} for n in range(len(rows.labels))]
    yield (
        canvas.layer(floors)
        .mark_rule(color=look.grid, strokeWidth=2, aria=False)
        .encode(
            x=canvas.x_at(str(rows.left)), x2=canvas.x2_at(rows.x("6")), y=canvas.y_at("datum.y")
        )
    )


def _marks(levels: Sequence[Level], rows: Rows) -> Iterable[canvas.Layer]:
    seats = [
        row | {"points": points, "told": f"{level.domain.short}: {count} gave {points}"}
        for n, level in enumerate(levels)
        for points, count in enumerate(level.counts)
        for row in rows.stack(n, count)
    ]
    yield (
        canvas.layer(seats)
        .mark_rect(color=rows.look.quiet, strokeWidth=0)
        .encode(
            x=canvas.x_at(rows.x("datum.points + 0.16")),
            x2=canvas.x2_at(rows.x("datum.points + 0.84")),
            y=canvas.y_at("datum.top"),
            y2=canvas.y2_at("datum.foot"),
            tooltip=alt.Tooltip("told:N", title=" "),
        )
    )


def _labels(rows: Rows) -> Iterable[canvas.Layer]:
    names = [{"y": rows.middle(n), "words": words} for n, words in enumerate(rows.names)]
    yield canvas.text_layer(
        names, rows.look.font, rows.look.ink, align="left", fontWeight=600
    ).encode(x=canvas.x_at("0"), y=canvas.y_at("datum.y"))


def _words(levels: Sequence[Level], rows: Rows) -> Iterable[canvas.Layer]:
    look = rows.look
    starts = (0.9, 6.2, 12.6)
    for start, head in zip(starts, (HIGH, AGREED, AVERAGE), strict=True):
        across = f"width - {rows.words - start * look.font}"
        yield canvas.text_layer([{"words": head}], look.small, look.quiet, align="left").encode(
            x=canvas.x_at(across), y=canvas.y_at(str(rows.top * 0.45))
        )
        words = [
            {"y": rows.middle(n) - rows.lift(level, head), "words": _word(level, head)}
            for n, level in enumerate(levels)
        ]
        bold = 400 if head == AVERAGE else 600
        yield canvas.text_layer(words, look.font, look.ink, align="left", fontWeight=bold).encode(
            x=canvas.x_at(across), y=canvas.y_at("datum.y")
        )
    yield canvas.text_layer(_heads(levels, rows), look.small, look.quiet, align="left").encode(
        x=canvas.x_at(across), y=canvas.y_at("datum.y")
    )


def _heads(levels: Sequence[Level], rows: Rows) -> list[canvas.Row]:
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
        return _TOO_FEW if head == HIGH else ""
    if head == AVERAGE:
        return said(level.average or 0, 1)
    if head == AGREED:
        return level.how_agreed.value.capitalize()
    return level.how_high.value.capitalize()
