"""Did it move: a row a domain on one line of time, the change and what may be said of it."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import altair as alt
import pandas as pd

from aqua_core.charts import over_time_rows
from aqua_core.charts.layout import canvas
from aqua_core.charts.sentences import over_time as said
from aqua_core.charts.slots import Look
from aqua_core.charts.tables import distinct
from aqua_core.vocabulary.over_time import EndedTest, OverTime


def over_time_chart(place: OverTime, look: Look, height: int) -> alt.LayerChart:
    """Draw how a place moved, a row a domain, on a true line of time.

    Args:
        place: two waves or more; published means stand in two blocks, under their averages.
        look: light or dark, and the type.
        height: px.

    Returns:
        In each row the averages as figures, a line from each to the next, bold where it moved
        since the wave that is compared with, dotted where printed means fell, broken where the
        wording changed, none beside "not shown"; the change and what may be said of it at the
        right; tests that ended as diamonds on the row's hairline, full where they were small wins.
    """
    page = over_time_rows.laid(place, look, height)
    layers = [
        *_panels(page),
        *_grid(page),
        *_names(page),
        *_steps(page),
        *_broken(page),
        *_figures(page),
        *_changes(page),
        *_tests(page),
        *_foot(page),
    ]
    return canvas.on_page(layers, look, height)


def over_time_table(place: OverTime) -> pd.DataFrame:
    """Give the same as a table: a row a domain, an average a wave, the change and the verdict."""
    rows = [
        [
            over_time_rows.name_of(line),
            *said.averages_said(line.domain, place),
            line.figure,
            line.words,
            _lags_of(line),
            "; ".join(over_time_rows.ended_said(test) for test in line.domain.tests),
        ]
        for line in over_time_rows.lines_of(place)
    ]
    table = pd.DataFrame(rows, columns=distinct([*said.heads_said(place), "Tests"]))
    return table.loc[:, (table != "").any(axis=0)]


def _panels(page: over_time_rows.Page) -> Iterable[canvas.Layer]:
    rows: list[canvas.Row] = [
        {"top": page.top + n * page.row + 1, "foot": page.top + (n + 1) * page.row - 1}
        for n, line in enumerate(page.lines)
        if line.on_a_panel
    ]
    if rows:
        yield (
            canvas.layer(rows)
            .mark_rect(color=page.look.panel, cornerRadius=8, aria=False)
            .encode(
                x=canvas.x_at("0"),
                x2=canvas.x2_at("width"),
                y=canvas.y_at("datum.top"),
                y2=canvas.y2_at("datum.foot"),
            )
        )


def _grid(page: over_time_rows.Page) -> Iterable[canvas.Layer]:
    look, bottom = page.look, page.top + len(page.lines) * page.row
    lines: list[canvas.Row] = [
        {"down": page.top + (n + 1) * page.row} for n in range(len(page.lines))
    ]
    yield canvas.rules(lines, look.grid, 2, aria=False).encode(
        x=canvas.x_at("0"), x2=canvas.x2_at("width"), y=canvas.y_at("datum.down")
    )
    waves: list[canvas.Row] = [{"share": share} for share in page.waves]
    yield canvas.rules(waves, look.grid, 2, aria=False).encode(
        x=canvas.x_at(page.across("datum.share")),
        y=canvas.y_at(str(page.top)),
        y2=canvas.y2_at(str(bottom)),
    )
    months = [(share, head.month, 0) for share, head in zip(page.waves, page.heads, strict=True)]
    people = [
        (share, head.people, len(head.month))
        for share, head in zip(page.waves, page.heads, strict=True)
    ]
    yield _head_lines(page, months, look.font, look.ink, 600)
    if any(any(words) for _, words, _ in people):
        yield _head_lines(page, people, look.small, look.quiet, 400)


def _head_lines(
    page: over_time_rows.Page,
    heads: Sequence[tuple[float, list[str], int]],
    size: float,
    ink: str,
    weight: int,
) -> canvas.Layer:
    line = page.look.small * canvas.LEADING
    rows: list[canvas.Row] = [
        {"share": share, "line": first + at, "words": words}
        for share, head, first in heads
        for at, words in enumerate(head)
        if words
    ]
    return canvas.text_layer(rows, size, ink, fontWeight=weight).encode(
        x=canvas.x_at(page.across("datum.share")), y=canvas.y_at(f"(datum.line + 0.55) * {line}")
    )


def _names(page: over_time_rows.Page) -> Iterable[canvas.Layer]:
    for head in (True, False):
        rows: list[canvas.Row] = [
            {"words": over_time_rows.name_of(line), "down": page.middle(n)}
            for n, line in enumerate(page.lines)
            if line.head is head
        ]
        inset = page.look.font * (0.3 if head or not page.place.published else 0.9)
        if rows:
            yield canvas.text_layer(
                rows, page.look.font, page.look.ink, align="left", fontWeight=600 if head else 500
            ).encode(x=canvas.x_at(str(inset)), y=canvas.y_at("datum.down"))


def _steps(page: over_time_rows.Page) -> Iterable[canvas.Layer]:
    """Draw a line from each figure to the next; none where one is missing or the words changed."""
    drawn = [step for n in range(len(page.lines)) for step in _steps_of(page, n)]
    look = page.look
    for moved, fell, ink, width in (
        (False, False, look.quiet, look.line * 0.75),
        (False, True, look.ink, look.line * 0.9),
        (True, False, look.accent, look.line * 1.9),
    ):
        rows = [step for step in drawn if (step["moved"], step["fell"]) == (moved, fell)]
        dash = [look.line * 0.2, look.line * 2] if fell else [1, 0]
        if rows:
            yield canvas.rules(
                rows, ink, width, strokeDash=dash, strokeCap="round", aria=False
            ).encode(
                x=canvas.x_at(page.across("datum.start") + f" + {page.half}"),
                x2=canvas.x2_at(page.across("datum.end") + f" - {page.half}"),
                y=canvas.y_at("datum.y"),
                y2=canvas.y2_at("datum.y2"),
            )


def _steps_of(page: over_time_rows.Page, n: int) -> Iterable[canvas.Row]:
    line = page.lines[n]
    for at, (one, two) in enumerate(pairwise(line.domain.averages)):
        if one is None or two is None or line.domain.breaks[at]:
            continue
        moved = line.moved and (line.head or at >= page.place.since)
        start, end = page.down(n, one), page.down(n, two)
        span = (page.waves[at + 1] - page.waves[at]) or 1.0
        # A line points from figure to figure, and stops short of both.
        short = min(0.45, page.half / (span * page.room))
        yield {
            "start": page.waves[at],
            "end": page.waves[at + 1],
            "y": start + (end - start) * short,
            "y2": end - (end - start) * short,
            "moved": moved,
            "fell": page.place.published and not moved and two < one,
        }


def _broken(page: over_time_rows.Page) -> Iterable[canvas.Layer]:
    gap, tall = page.look.font * 0.2, page.row * 0.22
    rows: list[canvas.Row] = [
        {
            "share": (page.waves[at] + page.waves[at + 1]) / 2,
            "aside": side * gap,
            "y": page.middle(n) - tall,
            "y2": page.middle(n) + tall,
        }
        for n, line in enumerate(page.lines)
        for at, broken in enumerate(line.domain.breaks)
        if broken
        for side in (-1, 1)
    ]
    if rows:
        yield canvas.rules(rows, page.look.quiet, page.look.line * 0.75, aria=False).encode(
            x=canvas.x_at(page.across("datum.share") + " + datum.aside"),
            y=canvas.y_at("datum.y"),
            y2=canvas.y2_at("datum.y2"),
        )


def _figures(page: over_time_rows.Page) -> Iterable[canvas.Layer]:
    look, last = page.look, len(page.waves) - 1
    kinds: dict[tuple[bool, str], list[canvas.Row]] = {}
    for n, line in enumerate(page.lines):
        under = look.panel if line.on_a_panel else look.background
        for at, average in enumerate(line.domain.averages):
            bold = line.head or (line.moved and at == last)
            row = {
                "words": said.average_said(average, page.place),
                "share": page.waves[at],
                "down": page.middle(n) if average is None else page.down(n, average),
            }
            kinds.setdefault((bold, under), []).append(row)
    across, down = canvas.x_at(page.across("datum.share")), canvas.y_at("datum.down")
    for (bold, under), rows in kinds.items():
        size, weight = page.figures * (1.08 if bold else 1.0), 700 if bold else 400
        ink = look.accent if bold else look.ink
        halo = {"stroke": under, "strokeWidth": size / 4, "strokeJoin": "round", "aria": False}
        yield canvas.text_layer(rows, size, under, fontWeight=weight, **halo).encode(
            x=across, y=down
        )
        yield canvas.text_layer(rows, size, ink, fontWeight=weight).encode(x=across, y=down)


def _changes(page: over_time_rows.Page) -> Iterable[canvas.Layer]:
    """Write the change at the right of each line, what may be said of it, and whether it lags."""
    look, (figure, words, _) = page.look, page.columns
    start = f"width - {page.right}"
    plain, bold = (look.ink, 400), (look.accent, 700)
    columns = (
        *(
            (moved, line_of, align, f"{start} + {at}", size)
            for moved in (True, False)
            for line_of, align, at, size in (
                (
                    _figure_of,
                    "right",
                    figure - look.font * 0.7,
                    over_time_rows.large(look) if moved else look.font,
                ),
                (_words_of, "left", figure, look.font),
            )
        ),
        (None, _lags_of, "left", f"{start} + {figure + words}", look.font),
    )
    for moved, said_of, align, at, size in columns:
        rows: list[canvas.Row] = [
            {"words": said_of(line), "down": page.middle(n)}
            for n, line in enumerate(page.lines)
            if said_of(line) and moved in (None, line.moved)
        ]
        ink, weight = (look.quiet, 400) if moved is None else bold if moved else plain
        if rows:
            yield canvas.text_layer(rows, size, ink, align=align, fontWeight=weight).encode(
                x=canvas.x_at(at), y=canvas.y_at("datum.down")
            )


def _figure_of(line: over_time_rows.Line) -> str:
    return line.figure


def _words_of(line: over_time_rows.Line) -> str:
    return line.words


def _lags_of(line: over_time_rows.Line) -> str:
    return "Lags" if line.lags else ""


def _tests(page: over_time_rows.Page) -> Iterable[canvas.Layer]:
    """Put a diamond on a row's hairline at the day a test ended; full where it was a small win."""
    rows: list[canvas.Row] = [
        {
            "share": _share_of(page, test),
            "down": page.top + (n + 1) * page.row,
            "shape": "diamond",
            "colour": page.look.quiet if test.won else page.look.background,
            "words": over_time_rows.ended_said(test),
        }
        for n, line in enumerate(page.lines)
        for test in line.domain.tests
    ]
    if rows:
        yield _diamonds(rows, page.look).encode(
            x=canvas.x_at(page.across("datum.share")),
            y=canvas.y_at("datum.down"),
            tooltip=alt.Tooltip("words:N", title=" "),
        )


def _share_of(page: over_time_rows.Page, test: EndedTest) -> float:
    """Give where a day stands on the line of time, between the waves it lies between."""
    days = [wave.held_on.toordinal() for wave in page.place.waves]
    day = min(max(test.ended_on.toordinal(), days[0]), days[-1])
    for at, (one, two) in enumerate(pairwise(days)):
        if day <= two:
            part = (day - one) / max(1, two - one)
            return page.waves[at] + part * (page.waves[at + 1] - page.waves[at])
    return page.waves[-1]


def _diamonds(rows: Sequence[canvas.Row], look: Look) -> canvas.Layer:
    return canvas.mark_layer(
        rows, look.mark * 0.8, look, stroke=look.quiet, strokeWidth=look.line * 0.6
    )


def _foot(page: over_time_rows.Page) -> Iterable[canvas.Layer]:
    if not page.foot:
        return
    look, down = page.look, f"height - {page.look.small * 0.6}"
    keys: list[canvas.Row] = []
    across = look.mark * 0.6
    tests = [test.won for row in page.place.domains for test in row.tests]
    for won, words in ((True, "small win"), (False, "test ended")):
        if won in tests:
            keys.append(
                {
                    "words": words,
                    "shape": "diamond",
                    "colour": look.quiet if won else look.background,
                    "across": across,
                }
            )
            across += canvas.wide(words, look.small) + look.mark * 2.2
    if keys:
        yield _diamonds(keys, look).encode(x=canvas.x_at("datum.across"), y=canvas.y_at(down))
        yield canvas.text_layer(keys, look.small, look.quiet, align="left").encode(
            x=canvas.x_at(f"datum.across + {look.mark * 0.8}"), y=canvas.y_at(down)
        )
    if any(line.lags for line in page.lines):
        lags: list[canvas.Row] = [{"words": f"Lags: {said.LAGS}"}]
        yield canvas.text_layer(lags, look.small, look.quiet, align="right").encode(
            x=canvas.x_at("width"), y=canvas.y_at(down)
        )
