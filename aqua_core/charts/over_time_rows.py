"""Where the picture of a place over time puts things: rows, columns, waves on a true line."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, starmap
from typing import Final, NamedTuple

from aqua_core.charts.layout.canvas import LEADING, PADDING, nudged, wide, wrapped
from aqua_core.charts.sentences import over_time as over_time_words
from aqua_core.charts.slots import Look
from aqua_core.vocabulary.over_time import DomainOverTime, EndedTest, OverTime, Untold
from aqua_core.vocabulary.points import waves_called

_FEW_WAVES: Final = 3
"""Waves up to which each has its month in full and the people behind it on lines of its own."""
_STEEPEST: Final = 1.2
"""Points that a row holds: lines look no steeper than that where all domains move little."""
_TALLEST: Final = 3.2
"""Ems of a row: three domains are rows, not posters."""
_SWING: Final = 0.6
"""Of a row, what the highest and the lowest figure of its line may stand apart."""


@dataclass(frozen=True)
class Line:
    """One row as it is drawn: a domain, or the head of a block of them."""

    domain: DomainOverTime
    head: bool
    words: str
    figure: str
    lags: bool
    asked: bool

    @property
    def moved(self) -> bool:
        """Whether it is where to look: it moved, or heads a block."""
        return self.head or self.domain.move.verdict.moved

    @property
    def on_a_panel(self) -> bool:
        """Whether it is asked about, or heads a block."""
        return self.head or self.asked


class _Head(NamedTuple):
    """The words over a wave: its month, and who stands behind it; each on lines of its own."""

    month: list[str]
    people: list[str]


@dataclass(frozen=True)
class Page:
    """Where things stand, px: `top` is under the heads of the waves, `row` the height of a row.

    `waves` are shares of the line of time, `steep` px a point. Left and right are the gutters.
    """

    place: OverTime
    look: Look
    lines: tuple[Line, ...]
    top: float
    row: float
    left: float
    columns: tuple[float, float, float]
    waves: tuple[float, ...]
    heads: tuple[_Head, ...]
    steep: float
    foot: float

    @property
    def right(self) -> float:
        """Px from the end of the line of time to the edge."""
        return sum(self.columns)

    @property
    def figures(self) -> float:
        """Px of the type of a figure on the line."""
        return self.look.small

    @property
    def room(self) -> float:
        """Px of the line of time."""
        return _wide(self.look) - self.left - self.right

    @property
    def half(self) -> float:
        """Px from a wave to where a line may begin: half a figure and some air."""
        return (
            wide(f"{0:.{over_time_words.places_of(self.place)}f}", self.figures) / 2
            + self.look.font * 0.3
        )

    def across(self, share: str) -> str:
        """Give the Vega expression of a share of the line of time, px from the left."""
        return f"{self.left} + ({share}) * (width - {self.left + self.right})"

    def middle(self, n: int) -> float:
        """Give px down to the middle of a row, above its hairline."""
        return self.top + (n + 0.47) * self.row

    def down(self, n: int, average: float) -> float:
        """Give px down to an average: each row about its own middle, all equally steep."""
        known = [one for one in self.lines[n].domain.averages if one is not None]
        return self.middle(n) - (average - (min(known) + max(known)) / 2) * self.steep


def lines_of(place: OverTime) -> list[Line]:
    """Give the rows: what moved up most first, what cannot be told last; published in blocks."""
    if not place.published:
        return [_line(place, row) for row in sorted(place.domains, key=_by_change)]
    lines = []
    for kind in place.kinds:
        lines.append(_line(place, kind, head=True))
        own = [row for row in place.domains if row.kind is kind.kind]
        lines += [_line(place, row) for row in sorted(own, key=_by_change)]
    return lines


def _by_change(row: DomainOverTime) -> tuple[bool, float]:
    step = row.move.step(2)
    untold = row.move.untold not in (None, Untold.PUBLISHED, Untold.AGREED) or step is None
    return untold, -(step or 0.0)


def _line(place: OverTime, row: DomainOverTime, *, head: bool = False) -> Line:
    words = over_time_words.judged_said(row, place)
    figure = over_time_words.figure_said(row, place)
    # Which published domains lag is said under the picture: a column would bend its line of time.
    lags = row.lags and not place.published
    return Line(
        row,
        head,
        "" if head else words,
        figure,
        lags,
        row in place.fallen,
    )


def laid(place: OverTime, look: Look, height: int) -> Page:
    """Share the page out: names, line of time and columns across, heads and rows down."""
    lines = tuple(lines_of(place))
    left = max(wide(name_of(line), look.font) for line in lines) + look.font * 1.6
    columns = _columns(lines, look)
    room = _wide(look) - left - sum(columns)
    waves = _along(place, room, look)
    heads = _heads(place, waves, room, look)
    top = look.small * LEADING * sum(map(len, heads[0])) + look.font * 0.7
    foot = look.small * 1.7 if _has_foot(place, lines) else 0.0
    row = min((height - PADDING - top - foot) / len(lines), _TALLEST * look.font)
    widest = max([_STEEPEST, *(_reach(line.domain) for line in lines)])
    steep = _SWING * row / widest
    return Page(place, look, lines, top, row, left, columns, waves, heads, steep, foot)


def _wide(look: Look) -> float:
    """Give px of the page that places are planned for: 1080p leaves 1780 at 32 px."""
    return max(look.narrowest, 55 * look.font)


def _reach(row: DomainOverTime) -> float:
    known = [one for one in row.averages if one is not None]
    return max(known, default=0) - min(known, default=0)


def _columns(lines: Sequence[Line], look: Look) -> tuple[float, float, float]:
    """Give px of the changes, of what may be said of them, and of the flags, at the right."""
    air = look.font * 0.7
    figure = max(wide(line.figure, large(look)) for line in lines) + air * 2.4
    words = max(wide(line.words, look.font) for line in lines)
    flag = wide("Lags", look.font) if any(line.lags for line in lines) else 0
    return figure, words + air if words else 0.0, flag + air if flag else 0.0


def large(look: Look) -> float:
    """Give px of the type of a change that matters."""
    return look.font * 1.25


def _along(place: OverTime, room: float, look: Look) -> tuple[float, ...]:
    """Give each wave its share of the line of time: true, but that no two figures touch."""
    days = [wave.held_on.toordinal() for wave in place.waves]
    span = max(1, days[-1] - days[0])
    inset = look.font * 2.4 / room
    true = [(inset + (day - days[0]) / span * (1 - 2 * inset)) * room for day in days]
    apart = wide(f"{0:.{over_time_words.places_of(place)}f}", look.small) + look.font * 0.9
    return tuple(spot / room for spot in nudged(true, apart, 0, room))


def _heads(place: OverTime, waves: Sequence[float], room: float, look: Look) -> tuple[_Head, ...]:
    """Give the words over each wave: who stands behind it only where few waves are."""
    if len(place.waves) > _FEW_WAVES:
        days = [w.held_on for w in place.waves]
        named = [called.rsplit(" ", 2) for called in waves_called(days)]
        return tuple(_Head([" ".join([*d, month[:3]]), year], []) for *d, month, year in named)
    apart = min((two - one for one, two in pairwise(waves)), default=1.0) * room - look.font * 0.6
    months = _padded([wrapped(wave.called, look.font, apart) for wave in place.waves])
    people = [_on_two_lines(over_time_words.people_said(place, n)) for n in range(len(waves))]
    return tuple(starmap(_Head, zip(months, _padded(people), strict=True)))


def _on_two_lines(people: str) -> list[str]:
    """Break "24 people, 3 partners" at its comma, and "fits from 24 people" before its number."""
    if ", " in people:
        return people.split(", ")
    return people.replace("fits from ", "fits from,").split(",") if people else []


def _padded(heads: Sequence[Sequence[str]]) -> list[list[str]]:
    """Give heads of equally many lines, so that the same thing stands on the same line."""
    most = max(len(head) for head in heads)
    return [[*head, *[""] * (most - len(head))] for head in heads]


def name_of(line: Line) -> str:
    """Give a domain's name; the head of a block says that it is an average.

    Where fewer partners scored it each time than came each time, both counts stand behind it.
    """
    if line.domain.partners:
        scored, came = line.domain.partners
        return f"{line.domain.name} ({scored} of {came})"
    return f"{line.domain.name}, average" if line.head else line.domain.name


def counts_said(place: OverTime) -> str:
    """Say what the counts behind names are; "" where no name has one."""
    if not any(row.partners for row in place.domains):
        return ""
    return "In brackets: the partners that scored it each time, of those that came each time."


def ended_said(test: EndedTest) -> str:
    """Say how a test ended, and when."""
    word = "small win" if test.won else "test ended"
    what = f": {test.what}" if test.what else ""
    return f"{word} {test.ended_on.day} {test.ended_on:%b %Y}{what}"


def _has_foot(place: OverTime, lines: Sequence[Line]) -> bool:
    return any(line.lags for line in lines) or any(row.tests for row in place.domains)
