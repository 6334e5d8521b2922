"""Where things stand in the picture of a place's impact: its years across, its rows down."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from aqua_core.charts.layout import canvas
from aqua_core.charts.sentences import impact as said
from aqua_core.charts.slots import Look
from aqua_core.vocabulary.measure import Followed, PlaceImpact, years_on
from aqua_core.vocabulary.plan import Impact

_YEARS: Final = 8  # the band of years five to seven lies inside, with air after it
_NAMES: Final = 12.5  # ems of the column of names
_WORDS: Final = 10.5  # ems that words take beside the readings
_WIDE: Final = 50  # ems that the picture is planned for: 1,600 px at 32
_LEAST: Final = 5.2  # ems of a row with its name and its words


class Line(NamedTuple):
    """One row: a measure, what is said of it, whether it begins a level, its lowest and highest."""

    followed: Followed
    told: said.Told
    heads: bool
    lowest: Decimal
    highest: Decimal

    @property
    def is_outcome(self) -> bool:
        """Whether the band of years is drawn in it."""
        return self.followed.measure.impact is Impact.OUTCOMES


class Page(NamedTuple):
    """Px: `top` is where rows begin, `row` the height of each, `left` where the years begin.

    `words` is where words begin: px from the left, or from the right edge where they are negative;
    `right` is what the years leave free there.
    """

    impact: PlaceImpact
    lines: tuple[Line, ...]
    look: Look
    top: float
    row: float
    left: float
    right: float
    first: date
    last: date

    def share(self, day: date) -> float:
        """Give where a day stands on the line of time, 0 to 1."""
        whole = max(1, self.last.toordinal() - self.first.toordinal())
        return min(1.0, max(0.0, (day.toordinal() - self.first.toordinal()) / whole))

    def across(self, share: str) -> str:
        """Give the expression of px from the left for a share."""
        return f"{self.left} + ({share}) * (width - {self.left + self.right})"

    @property
    def words(self) -> str:
        """The expression of px from the left where the words of a row begin."""
        air = self.look.font * 0.6
        if self.right:
            return f"width - {self.right - air}"
        return f"{self.across(str(self.share(self.impact.today)))} + {air}"

    def down(self, n: int, value: Decimal) -> float:
        """Give where a value stands in row n."""
        line = self.lines[n]
        span = line.highest - line.lowest
        part = float((value - line.lowest) / span) if span else 0.5
        air = self.row * 0.16
        return self.top + (n + 1) * self.row - air * 1.3 - part * (self.row - 2.3 * air)


def height_of(impact: PlaceImpact, look: Look, least: int) -> int:
    """Give the height of the picture, px: what is there, or more where the rows need it."""
    return max(least, round(_head(look) + _foot(look) + _rows(impact) * _LEAST * look.small))


def laid(impact: PlaceImpact, look: Look, height: int) -> Page:
    """Lay the picture out: whole years from the place's start, eight of them or up to today."""
    days = [reading.dated for followed in impact.followed for reading in followed.readings]
    first = min([impact.began_on, *days])
    last = max([years_on(impact.began_on, _YEARS), impact.today, *days])
    left = look.font * _NAMES
    whole = last.toordinal() - first.toordinal() or 1
    until = impact.band[0] if impact.invests else impact.today
    free = (until.toordinal() - impact.today.toordinal()) / whole * (look.font * _WIDE - left)
    top = _head(look)
    return Page(
        impact=impact,
        lines=_lines(impact),
        look=look,
        top=top,
        row=(height - top - _foot(look)) / _rows(impact),
        left=left,
        right=0.0 if free >= look.font * _WORDS else look.font * _WORDS,
        first=first,
        last=last,
    )


def _years_of(page: Page) -> list[tuple[float, str]]:
    """Give the ticks: the first of January of each year, so many apart that their names fit."""
    years = range(page.first.year + 1, page.last.year + 1)
    room = room_for_years(page)
    step = max(1, -(-len(years) * round(page.look.small * 2.8) // max(1, round(room))))
    return [(page.share(date(year, 1, 1)), str(year)) for year in years[::step]]


def heads_of(page: Page) -> list[tuple[float, str]]:
    """Give what stands above the years: the first month, then each year that is clear of it."""
    first, small = said.month_said(page.first), page.look.small
    room = room_for_years(page)
    clear = (canvas.wide(first, small) + canvas.wide("2026", small)) / 2 + small * 0.5
    return [(0.0, first), *(year for year in _years_of(page) if year[0] * room >= clear)]


def room_for_years(page: Page) -> float:
    """Give px across that the years are planned to have; a wider page only gives more air."""
    return page.look.font * _WIDE - page.left - page.right


def room_for_words(page: Page) -> float:
    """Give px across that the words of a row have."""
    return page.look.font * (_WORDS - 0.6)


def _room_for_names(page: Page) -> float:
    """Give px across that the name of a measure has."""
    return page.left - page.look.font * 0.8


def name_lines(page: Page, line: Line) -> list[str]:
    """Give the name of a measure in the lines of its column."""
    named = said.named_said(line.followed.measure)
    return canvas.wrapped(named, page.look.small, _room_for_names(page))


def _rows(impact: PlaceImpact) -> int:
    return max(1, len(impact.followed))


def _head(look: Look) -> float:
    return look.small * 3.2


def _foot(look: Look) -> float:
    return look.small * 2.2


def _lines(impact: PlaceImpact) -> tuple[Line, ...]:
    lines, before = [], None
    for followed in impact.followed:
        level = followed.measure.impact
        lowest, highest = _ends(followed)
        told = said.told_of(followed)
        lines.append(Line(followed, told, level is not before, lowest, highest))
        before = level
    return tuple(lines)


def _ends(followed: Followed) -> tuple[Decimal, Decimal]:
    target = followed.measure.target
    values: Sequence[Decimal] = [
        *(reading.value for reading in followed.readings),
        *(phase.usual for phase in followed.phases if phase.usual is not None),
        *([] if target is None else [target]),
    ]
    return min(values, default=Decimal(0)), max(values, default=Decimal(1))
