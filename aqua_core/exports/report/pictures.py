"""The report's two pictures, as SVG: gaps between partners, and every domain's scores."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from aqua_core.charts.plan.ends import no_gap
from aqua_core.charts.plan.names import labels_of
from aqua_core.charts.whole.words import level_takeaway
from aqua_core.charts.words import gap_takeaway
from aqua_core.exports.report.drawing import (
    BLUE,
    PALE,
    QUIET,
    across,
    bar,
    dot,
    picture,
    shortened,
    upright,
    words,
)
from aqua_core.exports.results import groups_in
from aqua_core.rules.gaps import ranked
from aqua_core.vocabulary import HIGHEST, POINTS, Gap
from aqua_core.vocabulary.figures import said
from aqua_core.vocabulary.reading import HowAgreed
from aqua_core.vocabulary.whole import Level

WIDTH: Final = 720  # pixels; the page is as wide as A4 between its margins
_NAME: Final = 170
_ROW: Final = 34
_TALL: Final = 58
_AXIS: Final = (305.0, 545.0)  # where 0 and 5 stand; names of the ends need the rest
_CELL: Final = 46
_BAR: Final = 34
_LONGEST: Final = 19


def gaps_picture(gaps: Sequence[Gap]) -> str:
    """Draw each domain as a line from its lowest partner to its highest, widest gap first.

    Partners between the ends are open marks. A domain that may not be compared says so.
    """
    in_order = ranked(gaps)
    names = labels_of(groups_in(gaps))
    parts = list(_axis(len(in_order)))
    for row, gap in enumerate(in_order):
        parts += _gap(gap, names, 26 + _ROW * (row + 0.5))
    told = gap_takeaway(gaps, "partners")
    return picture("gaps-between-partners", told, (WIDTH, 32 + _ROW * len(in_order)), parts)


def levels_picture(levels: Sequence[Level]) -> str:
    """Draw how many seats gave each of the points on each domain, in the instrument's order."""
    most = max([1, *(count for level in levels for count in level.counts)])
    parts = [
        words(_NAME + _CELL * (points + 0.5), 12, str(points), "middle", QUIET) for points in POINTS
    ]
    parts.append(words(_NAME + _CELL * 7.1, 12, "cannot say", "middle", QUIET))
    for row, level in enumerate(levels):
        parts += _level(level, 26 + _TALL * (row + 1), most)
    size = (WIDTH, 34 + _TALL * len(levels))
    return picture("scores-on-each-domain", level_takeaway(levels), size, parts)


def _axis(rows: int) -> Iterator[str]:
    for points in POINTS:
        yield words(_at(points), 12, str(points), "middle", QUIET)
        yield upright(_at(points), 24, 26 + _ROW * rows)
    yield words(WIDTH, 12, "gap", "end", QUIET)


def _gap(gap: Gap, names: Mapping[str, str], y: float) -> Iterator[str]:
    yield words(0, y, gap.domain.short)
    if gap.width is None:
        yield words(WIDTH, y, no_gap(gap), "end", QUIET)
        return
    low, high = _at(gap.lowest.mean), _at(gap.highest.mean)
    yield across(low, high, y, BLUE, 2)
    for side in gap.standings[1:-1]:
        yield dot(_at(side.mean), y, filled=False)
    for x, side, anchor, step in (
        (low, gap.lowest, "end", -10),
        (high, gap.highest, "start", 10),
    ):
        yield dot(x, y, filled=True)
        name = shortened(names[side.group.id], _LONGEST)
        yield words(x + step, y, f"{name} {said(side.mean, 1)}", anchor, QUIET)
    yield words(WIDTH, y, said(gap.width, 1), "end")


def _level(level: Level, foot: float, most: int) -> Iterator[str]:
    middle = foot - _BAR / 2
    yield words(0, middle, level.domain.short)
    yield across(_NAME, _NAME + _CELL * len(POINTS), foot)
    if not level.counts:
        yield words(_NAME + 8, middle, "too few or too alike to be shown", "start", QUIET)
    for points, count in enumerate(level.counts):
        x, height = float(_NAME + _CELL * points), _BAR * count / most
        yield bar(x + 8, foot, _CELL - 16, height)
        if count:
            yield words(x + _CELL / 2, foot - height - 8, str(count), "middle", QUIET)
    if level.cannot_say:
        height = min(_BAR, _BAR * level.cannot_say / most)
        x = _NAME + _CELL * 7.1
        yield bar(x - 15, foot, 30, height, PALE)
        yield words(x, foot - height - 8, str(level.cannot_say), "middle", QUIET)
    yield words(WIDTH, middle, _in_words(level), "end", QUIET)


def _in_words(level: Level) -> str:
    if level.average is None or level.how_high is None:
        return ""
    agreed = "too mixed to say" if level.how_agreed is HowAgreed.CANNOT_SAY else level.how_agreed
    return f"{level.how_high}, {agreed}; average {said(level.average, 1)}"


def _at(points: float) -> float:
    low, high = _AXIS
    return low + (high - low) * points / HIGHEST
