"""Impact: a run chart a row, on the whole years of a place, with the years in which it may show."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import altair as alt
import pandas as pd

from aqua_core.charts import impact_rows
from aqua_core.charts.layout import canvas
from aqua_core.charts.sentences import impact as said
from aqua_core.charts.slots import Look
from aqua_core.charts.tables import distinct
from aqua_core.vocabulary.measure import PlaceImpact, Reading, figure_said
from aqua_core.vocabulary.over_time import EndedTest
from aqua_core.vocabulary.points import day_said


def impact_chart(impact: PlaceImpact, look: Look, height: int) -> alt.LayerChart:
    """Draw what a place follows, a row a measure, on a true line of time.

    Args:
        impact: at least one measure.
        look: light or dark, and the type.
        height: px, at least what `height_of` gives.

    Returns:
        In each row the readings in time order, dark where they make the newest long run; the usual
        dashed, anew in each phase; a target that the place typed dotted; tests that ended as
        diamonds under it, full where they were small wins, those of no measure at the top; the
        years five to seven as a band in the rows of outcomes. What may be said stands beside it.
    """
    page = impact_rows.laid(impact, look, height)
    layers = [
        *_bands(page),
        *_grid(page),
        *_in_the_band(page),
        *_names(page),
        *_usuals(page),
        *_readings(page),
        *_tests(page),
        *_words(page),
        *_foot(page),
    ]
    return canvas.on_page(layers, look, height)


def impact_table(impact: PlaceImpact) -> pd.DataFrame:
    """Give the same as a table: a row a measure."""
    head, *lines = said.lines_of(impact)
    table = pd.DataFrame(lines, columns=distinct(head))
    return table.loc[:, (table != "").any(axis=0)]


def readings_table(impact: PlaceImpact) -> pd.DataFrame:
    """Give every reading as a table, in time order of each measure."""
    head, *lines = said.reading_lines(impact)
    table = pd.DataFrame(lines, columns=distinct(head))
    return table.loc[:, (table != "").any(axis=0)] if lines else table


def _bands(page: impact_rows.Page) -> Iterable[canvas.Layer]:
    start, end = (page.share(day) for day in page.impact.band)
    rows: list[canvas.Row] = [
        {"top": page.top + n * page.row, "foot": page.top + (n + 1) * page.row}
        for n, line in enumerate(page.lines)
        if line.is_outcome
    ]
    if rows and end > start:
        yield (
            canvas.layer(rows)
            .mark_rect(color=page.look.band, opacity=0.6, aria=False)
            .encode(
                x=canvas.x_at(page.across(str(start))),
                x2=canvas.x2_at(page.across(str(end))),
                y=canvas.y_at("datum.top"),
                y2=canvas.y2_at("datum.foot"),
            )
        )


def _in_the_band(page: impact_rows.Page) -> Iterable[canvas.Layer]:
    """Say in the first row of outcomes what its band is, while nothing stands in it."""
    rows = [n for n, line in enumerate(page.lines) if line.is_outcome]
    start, end = (page.share(day) for day in page.impact.band)
    room = (end - start) * impact_rows.room_for_years(page)
    words = canvas.wrapped(said.BAND, page.look.small, room)
    tall = len(words) * page.look.small * canvas.LEADING
    if rows and page.impact.invests and not page.right and tall < page.row:
        middle = page.top + (rows[0] + 0.5) * page.row
        row: canvas.Row = {"share": (start + end) / 2, "down": middle, "words": "\n".join(words)}
        yield canvas.text_layer([row], page.look.small, page.look.ink).encode(
            x=canvas.x_at(page.across("datum.share")), y=canvas.y_at("datum.down")
        )


def _grid(page: impact_rows.Page) -> Iterable[canvas.Layer]:
    look, bottom = page.look, page.top + len(page.lines) * page.row
    heads: list[canvas.Row] = [
        {"share": share, "words": head} for share, head in impact_rows.heads_of(page)
    ]
    across = canvas.x_at(page.across("datum.share"))
    yield canvas.rules(heads, look.grid, 2, aria=False).encode(
        x=across, y=canvas.y_at(str(page.top)), y2=canvas.y2_at(str(bottom))
    )
    yield canvas.text_layer(heads, look.small, look.quiet).encode(
        x=across, y=canvas.y_at(str(look.small * 0.8))
    )
    for heavy in (False, True):
        lines: list[canvas.Row] = [
            {"down": page.top + n * page.row}
            for n, line in enumerate(page.lines)
            if line.heads is heavy
        ]
        lines += [{"down": bottom}] * heavy
        yield canvas.rules(
            lines, look.ink if heavy else look.grid, 3 if heavy else 2, aria=False
        ).encode(x=canvas.x_at("0"), x2=canvas.x2_at("width"), y=canvas.y_at("datum.down"))
    today: list[canvas.Row] = [{"share": page.share(page.impact.today), "words": "today"}]
    yield canvas.rules(today, look.ink, look.line * 0.75, aria=False).encode(
        x=across, y=canvas.y_at(str(page.top - look.small)), y2=canvas.y2_at(str(bottom))
    )
    yield canvas.text_layer(today, look.small, look.ink, fontWeight=700, align="left").encode(
        x=canvas.x_at(page.across("datum.share") + f" + {look.small * 0.3}"),
        y=canvas.y_at(str(page.top - look.small * 0.6)),
    )


def _names(page: impact_rows.Page) -> Iterable[canvas.Layer]:
    look, leading = page.look, page.look.small * canvas.LEADING
    heads: list[canvas.Row] = []
    names: list[canvas.Row] = []
    for n, line in enumerate(page.lines):
        words = impact_rows.name_lines(page, line)
        shown = words[: max(1, int(page.row / leading) - line.heads)]
        under = page.top + n * page.row + (page.row - (len(shown) + line.heads) * leading) / 2
        if line.heads:
            level = said.LEVEL[line.followed.measure.impact]
            heads.append({"words": level, "down": under + leading / 2})
        names += [
            {"words": word, "down": under + (at + line.heads + 0.5) * leading}
            for at, word in enumerate(shown)
        ]
    for rows, weight in ((heads, 700), (names, 400)):
        ink = look.ink if weight > 400 else look.quiet
        yield canvas.text_layer(rows, look.small, ink, align="left", fontWeight=weight).encode(
            x=canvas.x_at("0"), y=canvas.y_at("datum.down")
        )


def _usuals(page: impact_rows.Page) -> Iterable[canvas.Layer]:
    look = page.look
    usuals: list[canvas.Row] = [
        {
            "start": page.share(phase.readings[0].dated),
            "end": page.share(
                page.impact.today if phase is line.followed.phases[-1] else phase.readings[-1].dated
            ),
            "down": page.down(n, phase.usual),
        }
        for n, line in enumerate(page.lines)
        for phase in line.followed.phases
        if phase.usual is not None
    ]
    targets: list[canvas.Row] = [
        {"start": 0.0, "end": 1.0, "down": page.down(n, line.followed.measure.target)}
        for n, line in enumerate(page.lines)
        if line.followed.measure.target is not None
    ]
    thin = look.line * 0.6
    for rows, dash in ((usuals, [thin * 4, thin * 2.5]), (targets, [thin, thin * 3])):
        if rows:
            yield canvas.rules(rows, look.ink, thin, strokeDash=dash, aria=False).encode(
                x=canvas.x_at(page.across("datum.start")),
                x2=canvas.x2_at(page.across("datum.end")),
                y=canvas.y_at("datum.down"),
                y2=canvas.y2_at("datum.down"),
            )


def _readings(page: impact_rows.Page) -> Iterable[canvas.Layer]:
    look = page.look
    steps: list[canvas.Row] = []
    plain: list[canvas.Row] = []
    marked: list[canvas.Row] = []
    for n, line in enumerate(page.lines):
        for phase in line.followed.phases:
            spots = [_spot(page, n, reading) for reading in phase.readings]
            steps += [
                {"start": a["share"], "end": b["share"], "y": a["down"], "y2": b["down"]}
                for a, b in pairwise(spots)
            ]
            run = phase.long_run
            for reading, spot in zip(phase.readings, spots, strict=True):
                stands_out = run and run.begins_on <= reading.dated <= run.ends_on
                # One on the usual is passed over.
                (marked if stands_out and reading.value != phase.usual else plain).append(spot)
    yield canvas.rules(steps, look.quiet, look.line * 0.5, opacity=0.7, aria=False).encode(
        x=canvas.x_at(page.across("datum.start")),
        x2=canvas.x2_at(page.across("datum.end")),
        y=canvas.y_at("datum.y"),
        y2=canvas.y2_at("datum.y2"),
    )
    for rows, ink, size in ((plain, look.quiet, 0.44), (marked, look.accent, 0.66)):
        yield canvas.mark_layer(
            [row | {"colour": ink, "shape": "circle"} for row in rows],
            look.mark * size,
            look,
            strokeWidth=0,
        ).encode(
            x=canvas.x_at(page.across("datum.share")),
            y=canvas.y_at("datum.down"),
            tooltip=alt.Tooltip("words:N", title=" "),
        )


def _spot(page: impact_rows.Page, n: int, reading: Reading) -> canvas.Row:
    return {
        "share": page.share(reading.dated),
        "down": page.down(n, reading.value),
        "words": f"{day_said(reading.dated)}: {figure_said(reading.value)}",
    }


def _tests(page: impact_rows.Page) -> Iterable[canvas.Layer]:
    """Put a diamond under a row at the day a test ended; full where it was a small win."""
    rows = [
        _diamond(page, test, page.top + (n + 1) * page.row - page.look.mark * 0.55)
        for n, line in enumerate(page.lines)
        for test in line.followed.tests
    ]
    rows += [_diamond(page, test, page.top - page.look.mark * 0.2) for test in page.impact.tests]
    if rows:
        yield _diamonds(rows, page.look).encode(
            x=canvas.x_at(page.across("datum.share")),
            y=canvas.y_at("datum.down"),
            tooltip=alt.Tooltip("words:N", title=" "),
        )


def _diamond(page: impact_rows.Page, test: EndedTest, down: float) -> canvas.Row:
    won = "small win" if test.won else "test ended"
    return {
        "share": page.share(test.ended_on),
        "down": down,
        "shape": "diamond",
        "colour": page.look.quiet if test.won else page.look.background,
        "words": f"{won}, {day_said(test.ended_on)}: {test.what}",
    }


def _diamonds(rows: Sequence[canvas.Row], look: Look) -> canvas.Layer:
    return canvas.mark_layer(
        rows, look.mark * 0.8, look, stroke=look.quiet, strokeWidth=look.line * 0.6
    )


def _words(page: impact_rows.Page) -> Iterable[canvas.Layer]:
    look, room = page.look, impact_rows.room_for_words(page)
    leading = look.small * canvas.LEADING
    rows: dict[tuple[int, str, int], list[canvas.Row]] = {}
    for n, line in enumerate(page.lines):
        head = canvas.wrapped(line.told.words, look.font * 1.04, room)
        under = canvas.wrapped(line.told.under, look.small, room)
        under += [said.INVESTMENT] if line.is_outcome and page.impact.invests else []
        shown = under[: max(0, int(page.row / leading) - len(head))]
        start = page.top + n * page.row + (page.row - (len(shown) + len(head)) * leading) / 2
        ink = (look.accent, 700) if line.told.shifted else (look.ink, 500)
        for of_size, lines, first in (
            ((look.font, *ink), head, 0),
            ((look.small, look.quiet, 400), shown, len(head)),
        ):
            rows.setdefault(of_size, []).extend(
                {"words": word, "down": start + (at + first + 0.5) * leading}
                for at, word in enumerate(lines)
            )
    halo = {"stroke": look.background, "strokeWidth": look.small / 3, "strokeJoin": "round"}
    for (size, colour, weight), words in rows.items():
        below = canvas.text_layer(
            words, size, look.background, align="left", fontWeight=weight, aria=False, **halo
        )
        above = canvas.text_layer(words, size, colour, align="left", fontWeight=weight)
        for layer in (below, above):
            yield layer.encode(x=canvas.x_at(page.words), y=canvas.y_at("datum.down"))


def _foot(page: impact_rows.Page) -> Iterable[canvas.Layer]:
    """Say at the foot what each kind of mark is, of those that are there."""
    look, down = page.look, f"height - {page.look.small * 0.6}"
    tests = [test.won for line in page.lines for test in line.followed.tests]
    tests += [test.won for test in page.impact.tests]
    kinds = [
        *([("small win", look.quiet, 0.0)] if True in tests else []),
        *([("test ended", look.background, 0.0)] if False in tests else []),
        ("the usual", "", 4.0),
        *([("target", "", 1.0)] if any(_target(line) for line in page.lines) else []),
    ]
    rows: list[canvas.Row] = []
    across = look.mark * 0.6
    for words, colour, dash in kinds:
        rows.append({"words": words, "shape": "diamond", "colour": colour, "dash": dash})
        rows[-1] |= {"across": across, "from": across - look.mark * 0.5}
        across += canvas.wide(words, look.small) + look.mark * (2.4 if colour else 3.2)
        rows[-1]["at"] = rows[-1]["across"] + look.mark * (0.8 if colour else 1.6)
    marks = [row for row in rows if row["colour"]]
    if marks:
        yield _diamonds(marks, look).encode(x=canvas.x_at("datum.across"), y=canvas.y_at(down))
    yield canvas.text_layer(rows, look.small, look.quiet, align="left").encode(
        x=canvas.x_at("datum.at"), y=canvas.y_at(down)
    )
    thin = look.line * 0.6
    for row in (row for row in rows if row["dash"]):
        dashes = [thin * row["dash"], thin * (2.5 if row["dash"] > 1 else 3)]
        yield canvas.rules([row], look.ink, thin, strokeDash=dashes, aria=False).encode(
            x=canvas.x_at("datum.from"),
            x2=canvas.x2_at(f"datum.from + {look.mark * 1.8}"),
            y=canvas.y_at(down),
            y2=canvas.y2_at(down),
        )


def _target(line: impact_rows.Line) -> bool:
    return line.followed.measure.target is not None
