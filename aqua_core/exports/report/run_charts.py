"""The report's run charts: a measure's readings in time, its usual, and tests that ended."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from aqua_core.charts.sentences.impact import month_said, said_of
from aqua_core.exports.report import drawing
from aqua_core.exports.report.pictures import PAPER, Sheet
from aqua_core.vocabulary.measure import Followed, PlaceImpact, figure_said

_TALL: Final = 110  # px of the readings
_HEAD, _FOOT = 26, 22  # px above them for the name, and under them for the months
_FIGURES: Final = 70  # px left of them for the highest and the lowest figure
_USUAL: Final = 110  # px right of them for the usual
_DOTS: Final = 60  # readings that are marks; of more the line alone is drawn


class _Frame(NamedTuple):
    """Where a chart's readings stand: px from the left, its days, its lowest and highest figure."""

    left: float
    right: float
    first: date
    last: date
    lowest: Decimal
    highest: Decimal

    def x(self, day: date) -> float:
        """Give px from the left."""
        whole = max(1, (self.last - self.first).days)
        return self.left + (self.right - self.left) * (day - self.first).days / whole

    def y(self, figure: Decimal) -> float:
        """Give px from the top."""
        span = self.highest - self.lowest
        part = float((figure - self.lowest) / span) if span else 0.5
        return _HEAD + _TALL * (1 - part)


def run_charts(impact: PlaceImpact, sheet: Sheet = PAPER) -> list[str]:
    """Draw a chart for each measure that has a reading, in the place's order."""
    return [
        _chart(at, followed, sheet)
        for at, followed in enumerate(impact.followed, start=1)
        if followed.readings
    ]


def _chart(at: int, followed: Followed, sheet: Sheet) -> str:
    frame = _framed(followed, sheet)
    foot = _HEAD + _TALL
    name = drawing.wrapped(followed.measure.name, sheet.width)[0]
    parts = [
        drawing.words(0, 8, name),
        drawing.across(frame.left, frame.right, foot + 4),
        *_figures(frame),
        *_months(frame, foot + 4),
        *(part for phase in _phases(followed, frame) for part in phase),
        drawing.path([(frame.x(one.dated), frame.y(one.value)) for one in followed.readings]),
        *_dots(followed, frame),
        *(
            drawing.dot(frame.x(test.ended_on), foot + 4, filled=test.won)
            for test in followed.tests
            if frame.first <= test.ended_on <= frame.last
        ),
    ]
    size = (sheet.width, foot + 4 + _FOOT)
    return drawing.picture(f"run-chart-{at}", said_of(followed), size, parts)


def _framed(followed: Followed, sheet: Sheet) -> _Frame:
    days = [reading.dated for reading in followed.readings]
    figures = [reading.value for reading in followed.readings]
    figures += [phase.usual for phase in followed.phases if phase.usual is not None]
    left = 50.0 if sheet.stacked else float(_FIGURES)
    right = sheet.width - (80 if sheet.stacked else _USUAL)
    return _Frame(left, right, min(days), max(days), min(figures), max(figures))


def _figures(frame: _Frame) -> Iterator[str]:
    """Say the highest and the lowest figure at their height; one where they are the same."""
    for figure in {frame.highest: None, frame.lowest: None}:
        said = figure_said(figure)
        yield drawing.words(frame.left - 10, frame.y(figure), said, "end", drawing.QUIET)


def _months(frame: _Frame, foot: float) -> Iterator[str]:
    ends = {frame.first: "start", frame.last: "end"}
    for day, anchor in ends.items():
        yield drawing.upright(frame.x(day), foot, foot + 5)
        yield drawing.words(frame.x(day), foot + 14, month_said(day), anchor, drawing.QUIET)


def _phases(followed: Followed, frame: _Frame) -> Iterator[list[str]]:
    """Draw the usual of each phase as a level line, and say the newest beside it."""
    for phase in followed.phases:
        if phase.usual is None:
            continue
        y = frame.y(phase.usual)
        begins, ends = phase.readings[0].dated, phase.readings[-1].dated
        yield [drawing.across(frame.x(begins), frame.x(ends), y, drawing.QUIET, 1.5)]
        if phase is followed.phases[-1]:
            said = f"usual {figure_said(phase.usual)}"
            yield [drawing.words(frame.right + 10, y, said, "start", drawing.QUIET)]


def _dots(followed: Followed, frame: _Frame) -> list[str]:
    if len(followed.readings) > _DOTS:
        return []
    return [
        drawing.dot(frame.x(one.dated), frame.y(one.value), filled=True)
        for one in followed.readings
    ]
