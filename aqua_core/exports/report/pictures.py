"""The report's pictures of scores, as SVG: gaps between partners, and every domain's scores.

Names stand beside the scale and never on it, so that neither its lines nor each other can cross
them: on paper each in a column of its own, on a phone under the scale.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from aqua_core.charts.plan.ends import at_ends, no_gap
from aqua_core.charts.whole.words import agreed_in_a_word, level_takeaway
from aqua_core.charts.words import gap_takeaway
from aqua_core.exports.in_words import TOO_FEW, named, points_of
from aqua_core.exports.report.drawing import (
    BLUE,
    LEADING,
    QUIET,
    across,
    bar,
    dot,
    lines,
    picture,
    upright,
    words,
    wrapped,
)
from aqua_core.exports.taken import SecondLook
from aqua_core.rules.gaps import ranked
from aqua_core.vocabulary import HIGHEST, POINTS, Gap
from aqua_core.vocabulary.figures import said
from aqua_core.vocabulary.whole import Level


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
_CELL, _BAR, _AIR = 44, 34, 12  # px: a bar's column, the highest bar, and above and below a row


def gaps_picture(gaps: Sequence[Gap], sheet: Sheet = PAPER) -> str:
    """Draw each domain as a line from its lowest partner to its highest, widest gap first.

    Partners between the ends are open marks. A domain that may not be compared says so.
    """
    parts = [words(_at(points, sheet), 10, str(points), "middle", QUIET) for points in POINTS]
    y = 22.0
    for gap in ranked(gaps):
        row, height = _gap(gap, y, sheet)
        parts += [across(0, sheet.width, y), *row]
        y += height
    said_of_it = gap_takeaway(gaps, "partners")
    return picture("gaps-between-partners", said_of_it, (sheet.width, y), parts)


def levels_picture(
    levels: Sequence[Level], looks: Sequence[SecondLook] = (), sheet: Sheet = PAPER
) -> str:
    """Draw how many seats gave each of the points on each domain, in the instrument's order.

    Where a domain was looked at again, its first look stands outlined beside the newest.
    """
    first = {look.before.domain.key: look for look in looks}
    given = [level.counts for level in levels]
    given += [points_of(look.before) for look in looks]
    most = max([1, *(seats for counts in given for seats in counts)])
    y, parts = 0.0, list[str]()
    for level in levels:
        row, height = _level(level, first, y, most, sheet)
        parts += [across(0, sheet.width, y), *row]
        y += height
    return picture("scores-on-each-domain", level_takeaway(levels), (sheet.width, y), parts)


def _gap(gap: Gap, top: float, sheet: Sheet) -> tuple[list[str], float]:
    """Draw one row; give its parts, and its height."""
    names = _ends(gap, sheet)
    title = wrapped(gap.domain.short, sheet.name)
    tall = LEADING * max(len(title), *(len(lines) for lines, _ in names), 1)
    figure = no_gap(gap) if gap.width is None else f"gap {said(gap.width, 1)}"
    if sheet.stacked:
        y, under = top + LEADING * len(title) + 24, top + LEADING * len(title) + 44
        parts = [*lines(0, top + _AIR, title), words(sheet.width, top + _AIR, figure, "end")]
        height = under - top + tall if gap.width is not None else LEADING * len(title) + _AIR
    else:
        y, height = top + tall / 2 + _AIR / 2, tall + _AIR
        under = 0.0
        parts = [*lines(0, _first(y, title), title), words(sheet.width, y, figure, "end")]
    if gap.width is not None:
        parts += _marks(gap, y, sheet)
    for shown, (x, anchor) in names:
        parts += lines(x, under or _first(y, shown), shown, anchor)
    return parts, height


def _ends(gap: Gap, sheet: Sheet) -> list[tuple[list[str], tuple[float, str]]]:
    """Give the names at each end, broken into lines, and where they stand; level ones once."""
    if gap.width is None:
        return []
    lowest, highest = at_ends(gap)
    high = (wrapped(named(highest), sheet.room), sheet.high)
    return [high] if lowest == highest else [(wrapped(named(lowest), sheet.room), sheet.low), high]


def _marks(gap: Gap, y: float, sheet: Sheet) -> Iterator[str]:
    for points in POINTS:
        yield upright(_at(points, sheet), y - 9, y + 9)
    low, high = _at(gap.lowest.mean, sheet), _at(gap.highest.mean, sheet)
    yield across(low, high, y, BLUE, 2)
    for side in gap.standings[1:-1]:
        yield dot(_at(side.mean, sheet), y, filled=False)
    yield dot(low, y, filled=True)
    yield dot(high, y, filled=True)


def _level(
    level: Level, first: Mapping[str, SecondLook], top: float, most: int, sheet: Sheet
) -> tuple[list[str], float]:
    """Draw one row; give its parts, and its height."""
    look = first.get(level.domain.key)
    title, told = wrapped(level.domain.short, sheet.name), _told(level, look, sheet)
    said_first = top + _AIR + (LEADING * len(title) if sheet.stacked else 0)
    foot = top + _AIR + 14 + _BAR + (LEADING * (len(title) + len(told)) if sheet.stacked else 0)
    parts = [*lines(0, top + _AIR, title), *lines(sheet.told, said_first, told)]
    if level.counts:
        parts += _bars(level.counts, points_of(look.before) if look else (), foot, most, sheet)
    if level.cannot_say:
        x, height = sheet.cells + _CELL * 6.9, min(_BAR, _BAR * level.cannot_say / most)
        parts += [bar(x - 9, foot, (18, height), filled=False)]
        parts += [words(x, foot - height - 8, str(level.cannot_say), "middle", QUIET)]
        parts += [words(x, foot + 10, "cannot say", "middle", QUIET)]
    drawn = level.counts or level.cannot_say
    return parts, (foot + 22 if drawn else top + _AIR + LEADING * 2 + _AIR) - top


def _bars(
    newest: Sequence[int], before: Sequence[int], foot: float, most: int, sheet: Sheet
) -> Iterator[str]:
    wide, apart = (16.0, 9.0) if before else (26.0, 0.0)
    yield across(sheet.cells, sheet.cells + _CELL * len(POINTS), foot)
    for points in POINTS:
        middle = sheet.cells + _CELL * (points + 0.5)
        yield words(middle, foot + 10, str(points), "middle", QUIET)
        for seats, x in ((before[points] if before else 0, -apart), (newest[points], apart)):
            if seats:
                size = wide, _BAR * seats / most
                yield bar(middle + x - wide / 2, foot, size, filled=x >= 0)
                yield words(middle + x, foot - size[1] - 8, str(seats), "middle", QUIET)


def _told(level: Level, look: SecondLook | None, sheet: Sheet) -> list[str]:
    """Say beside the bars what they come to, broken into lines."""
    if level.average is None or level.middle is None:
        return wrapped(TOO_FEW, sheet.width - sheet.told)
    heads = "" if level.by_heads is None else f" ({said(level.by_heads, 1)} by heads)"
    told = [
        f"{level.how_high}, {agreed_in_a_word(level.how_agreed).lower()}",
        f"middle score {said(level.middle, 1)}, average {said(level.average, 1)}{heads}",
        f"scores lie {said(level.spread or 0, 1)} from the middle score",
    ]
    if look and look.before.median is not None:
        told.append(f"outlined: first look, middle score {said(look.before.median, 1)}")
    return [line for each in told for line in wrapped(each, sheet.width - sheet.told)]


def _first(middle: float, texts: Sequence[str]) -> float:
    """Give where the first of several lines stands, so that they stand about the middle."""
    return middle - LEADING * (len(texts) - 1) / 2


def _at(points: float, sheet: Sheet) -> float:
    low, high = sheet.axis
    return low + (high - low) * points / HIGHEST
