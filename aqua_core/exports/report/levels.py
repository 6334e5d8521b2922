"""Every domain's scores as bars, as SVG: how many seats gave each of the points."""

from collections.abc import Iterator, Mapping, Sequence

from aqua_core.charts.whole.words import agreed_in_a_word, level_takeaway
from aqua_core.charts.words import DID_NOT
from aqua_core.exports.in_words import TOO_FEW, points_of
from aqua_core.exports.report.drawing import (
    LEADING,
    QUIET,
    across,
    bar,
    lines,
    picture,
    words,
    wrapped,
)
from aqua_core.exports.report.pictures import AIR, PAPER, Sheet
from aqua_core.vocabulary import POINTS
from aqua_core.vocabulary.figures import said
from aqua_core.vocabulary.shown import TwoLooks
from aqua_core.vocabulary.whole import Level

_CELL, _BAR = 44, 34  # px: a bar's column, and the highest bar


def levels_picture(
    levels: Sequence[Level], looks: Sequence[TwoLooks] = (), sheet: Sheet = PAPER
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


def _level(
    level: Level, first: Mapping[str, TwoLooks], top: float, most: int, sheet: Sheet
) -> tuple[list[str], float]:
    """Draw one row; give its parts, and its height."""
    look = first.get(level.domain.key)
    title, told = wrapped(level.domain.short, sheet.name), _told(level, look, sheet)
    said_first = top + AIR + (LEADING * len(title) if sheet.stacked else 0)
    foot = top + AIR + 14 + _BAR + (LEADING * (len(title) + len(told)) if sheet.stacked else 0)
    parts = [*lines(0, top + AIR, title), *lines(sheet.told, said_first, told)]
    if level.counts:
        parts += _bars(level.counts, points_of(look.before) if look else (), foot, most, sheet)
    if level.cannot_say:
        x, height = sheet.cells + _CELL * 6.9, min(_BAR, _BAR * level.cannot_say / most)
        parts += [bar(x - 9, foot, (18, height), filled=False)]
        parts += [words(x, foot - height - 8, str(level.cannot_say), "middle", QUIET)]
        parts += [words(x, foot + 10, "cannot say", "middle", QUIET)]
    drawn = level.counts or level.cannot_say
    return parts, (foot + 22 if drawn else top + AIR + LEADING * 2 + AIR) - top


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


def _told(level: Level, look: TwoLooks | None, sheet: Sheet) -> list[str]:
    """Say beside the bars what they come to, broken into lines."""
    if level.average is None or level.middle is None:
        return _broken([TOO_FEW, *_left_out(level)], sheet)
    heads = "" if level.by_heads is None else f" ({said(level.by_heads, 1)} by heads)"
    told = [
        f"{level.how_high}, {agreed_in_a_word(level.how_agreed).lower()}",
        f"middle score {said(level.middle, 1)}, average {said(level.average, 1)}{heads}",
        f"scores lie {said(level.spread or 0, 1)} from the middle score",
    ]
    if look and look.before.median is not None:
        told.append(f"outlined: first look, middle score {said(look.before.median, 1)}")
    return _broken([*told, *_left_out(level)], sheet)


def _broken(told: Sequence[str], sheet: Sheet) -> list[str]:
    return [line for each in told for line in wrapped(each, sheet.width - sheet.told)]


def _left_out(level: Level) -> list[str]:
    return [f"{level.unanswered} {DID_NOT}"] if level.unanswered else []
