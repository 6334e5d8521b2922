"""What the report's pictures are drawn on, and the gaps between partners, as SVG.

Names stand beside the scale and never on it, so that neither its lines nor each other can cross
them: on paper each in a column of its own, on a phone under the scale.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from aqua_core.charts.layout.names import at_ends, no_gap
from aqua_core.charts.words import gap_takeaway
from aqua_core.exports.report import drawing
from aqua_core.exports.results import named
from aqua_core.rules.gaps import ranked
from aqua_core.vocabulary import HIGHEST, POINTS, Gap
from aqua_core.vocabulary.points import said


class Sheet(NamedTuple):
    """What a picture is drawn on, px; `stacked` on a phone, where names have lines of their own.

    `name` is the room for a domain's name, `axis` where 0 and 5 stand, `low` and `high` where the
    names of the ends are anchored and `room` what a line of them takes. `cells` is where the bars
    begin, `told` where what is said of them does.
    """

    width: float
    name: float
    axis: tuple[float, float]
    low: tuple[float, str]
    high: tuple[float, str]
    room: float
    cells: float
    told: float
    stacked: bool = False


PAPER: Final = Sheet(720, 130, (305, 455), (288, "end"), (472, "start"), 150, 140, 480)
PHONE: Final = Sheet(360, 280, (12, 348), (0, "start"), (360, "end"), 172, 0, 0, stacked=True)
AIR: Final = 12  # px above and below a row
_BESIDE: Final = 17  # px between names, scale and figures
_TICK: Final = 9  # px that the scale's lines reach above and below a row's own


def gaps_picture(gaps: Sequence[Gap], sheet: Sheet = PAPER) -> str:
    """Draw each domain as a line from its lowest partner to its highest, widest gap first.

    Up to six partners have their colour and shape and a legend; of more, those between the ends
    are open marks, and a line says where they are named. A domain that may not be compared says so.
    """
    sheet = sheet if sheet.stacked else _fitted(gaps, sheet)
    parts = [
        drawing.words(_at(points, sheet), 10, str(points), "middle", drawing.QUIET)
        for points in POINTS
    ]
    y, keyed = 22.0, drawing.by_legend(gaps)
    for gap in ranked(gaps):
        row, height = _gap(gap, y, sheet, keyed=keyed)
        parts += [drawing.across(0, sheet.width, y), *row]
        y += height
    row, height = _who(gaps, y, sheet)
    parts += row
    y += height
    said_of_it = gap_takeaway(gaps, "partners")
    return drawing.picture("gaps-between-partners", said_of_it, (sheet.width, y), parts)


def _fitted(gaps: Sequence[Gap], sheet: Sheet) -> Sheet:
    """Give the scale all that names and figures leave: beside short names it had half as much."""
    compared = [gap for gap in gaps if gap.width is not None]
    if not compared:
        return sheet
    ends = [(lines, anchor) for gap in compared for lines, (_, anchor) in _ends(gap, sheet)]
    name, left, right, figure = (
        max((drawing.wide(line) for line in here), default=0.0)
        for here in (
            [line for gap in gaps for line in drawing.wrapped(gap.domain.short, sheet.name)],
            [line for lines, anchor in ends if anchor == sheet.low[1] for line in lines],
            [line for lines, anchor in ends if anchor == sheet.high[1] for line in lines],
            [_figure(gap) for gap in compared],
        )
    )
    low, high = name + _BESIDE + left, sheet.width - figure - _BESIDE - right
    return sheet._replace(
        axis=(low + _BESIDE, high - _BESIDE), low=(low, sheet.low[1]), high=(high, sheet.high[1])
    )


def _figure(gap: Gap) -> str:
    return no_gap(gap) if gap.width is None else f"gap {said(gap.width, 1)}"


def _who(gaps: Sequence[Gap], top: float, sheet: Sheet) -> tuple[list[str], float]:
    """Say under the rows who stands between the ends; nothing where nobody does."""
    if drawing.by_legend(gaps):
        row, height = drawing.legend(drawing.groups_of(gaps), top, sheet.width)
        return [drawing.across(0, sheet.width, top), *row], height
    if not any(len(gap.standings) > 2 for gap in gaps):
        return [], 0.0
    told = drawing.wrapped(drawing.BETWEEN, sheet.width)
    return [
        drawing.across(0, sheet.width, top),
        *drawing.lines(0, top + AIR, told),
    ], drawing.LEADING * len(told) + AIR


def _gap(gap: Gap, top: float, sheet: Sheet, *, keyed: bool) -> tuple[list[str], float]:
    """Draw one row; give its parts, and its height."""
    names = _ends(gap, sheet)
    steps = _steps(gap, sheet) if keyed else []
    more = max(
        0.0, drawing.reach(steps) - _TICK
    )  # px above and below, beyond the scale's own lines
    title = drawing.wrapped(gap.domain.short, sheet.name)
    tall = drawing.LEADING * max(len(title), *(len(lines) for lines, _ in names), 1)
    figure = _figure(gap)
    if sheet.stacked:
        y, under = (
            top + drawing.LEADING * len(title) + 24 + more,
            top + drawing.LEADING * len(title) + 44 + 2 * more,
        )
        parts = [
            *drawing.lines(0, top + AIR, title),
            drawing.words(sheet.width, top + AIR, figure, "end"),
        ]
        height = under - top + tall if gap.width is not None else drawing.LEADING * len(title) + AIR
    else:
        height = max(tall + AIR, 2 * (_TICK + more + 2))
        y, under = top + height / 2, 0.0
        parts = [
            *drawing.lines(0, _first(y, title), title),
            drawing.words(sheet.width, y, figure, "end"),
        ]
    if gap.width is not None:
        parts += _marks(gap, y, sheet, steps)
    for shown, (x, anchor) in names:
        parts += drawing.lines(x, under or _first(y, shown), shown, anchor)
    return parts, height


def _ends(gap: Gap, sheet: Sheet) -> list[tuple[list[str], tuple[float, str]]]:
    """Give the names at each end, broken into lines, and where they stand; level ones once."""
    if gap.width is None:
        return []
    lowest, highest = at_ends(gap)
    high = (drawing.wrapped(named(highest), sheet.room), sheet.high)
    return (
        [high]
        if lowest == highest
        else [(drawing.wrapped(named(lowest), sheet.room), sheet.low), high]
    )


def _steps(gap: Gap, sheet: Sheet) -> list[float]:
    return drawing.parted([_at(side.mean, sheet) for side in gap.standings])


def _marks(gap: Gap, y: float, sheet: Sheet, steps: Sequence[float]) -> Iterator[str]:
    """Draw a row's marks: by colour and shape where they have steps, else as open and filled."""
    for points in POINTS:
        yield drawing.upright(_at(points, sheet), y - _TICK, y + _TICK)
    low, high = _at(gap.lowest.mean, sheet), _at(gap.highest.mean, sheet)
    yield drawing.across(low, high, y, drawing.BLUE, 2)
    if steps:
        for side, down in zip(gap.standings, steps, strict=True):
            yield drawing.mark(_at(side.mean, sheet), y + down, side.group)
        return
    for side in gap.standings[1:-1]:
        yield drawing.dot(_at(side.mean, sheet), y, filled=False)
    yield drawing.dot(low, y, filled=True)
    yield drawing.dot(high, y, filled=True)


def _first(middle: float, texts: Sequence[str]) -> float:
    """Give where the first of several lines stands, so that they stand about the middle."""
    return middle - drawing.LEADING * (len(texts) - 1) / 2


def _at(points: float, sheet: Sheet) -> float:
    low, high = sheet.axis
    return low + (high - low) * points / HIGHEST
