"""The pictures of the Gaps page: each view gives its chart, its sentence and its table twin."""

from collections.abc import Hashable
from dataclasses import dataclass

import pandas as pd

from aqua_core.charts.gap_chart import gap_chart
from aqua_core.charts.radar import radar
from aqua_core.charts.sentences import whole as whole_words
from aqua_core.charts.tables import blanks_table, gap_table, level_table, relative_table
from aqua_core.charts.whole import blanks_chart, heat_table, levels_chart
from aqua_core.charts.words import gap_takeaway, hidden, room_takeaway
from aqua_core.vocabulary import Compare, Gap, Spread
from aqua_core.vocabulary.shown import Results, Shown
from aqua_core.workshop.reading import kinds_of, own_averages_of, spreads_of_kinds, widest_first
from pages._drawing import Build, Spec, kept, left_under
from pages._views import Asked, View

CHOICE = 16  # px by which the choice of who stands in front is taller than the others
TWO_ROWS = 520


@dataclass(frozen=True)
class Picture:
    """What a view puts on the page; without a chart where no score at all may be shown."""

    chart: Spec | None
    takeaway: str
    table: pd.DataFrame


@dataclass(frozen=True)
class _Compared:
    """What views of groups are drawn from."""

    shown: Results
    code: str
    compare: Compare
    asked: Asked

    @property
    def called(self) -> str:
        return f"{self.compare}s"

    def gaps(self) -> tuple[Gap, ...]:
        return self.shown.gaps[self.compare]

    def spreads(self) -> dict[str, Spread]:
        return self.shown.by_domain(self.compare)

    def in_order(self) -> tuple[Gap, ...]:
        return widest_first(self.gaps(), self.spreads())

    def words(self) -> str:
        """Say where groups differ; where none may be shown, where the room does."""
        said = gap_takeaway(self.in_order(), self.called)
        return f"{said} {room_takeaway(self.spreads().values())}" if hidden(self.gaps()) else said

    def left(self, words: str) -> int:
        return left_under(words, self.asked.note)

    def chart(self, what: Hashable, build: Build) -> Spec | None:
        """Give a kept chart; none where no score may be shown: an empty grid says nothing."""
        seen = any(gap.standings for gap in self.gaps())
        seen = seen or any(spread.marks for spread in self.spreads().values())
        about = (what, self.compare, self.asked)
        return kept(self.code, about, build, self.shown) if seen else None


def picture_of(view: View, shown: Results, code: str, compare: Compare, asked: Asked) -> Picture:
    """Give what a view puts on the page."""
    compared = _Compared(shown, code, compare, asked)
    if asked.relative:
        return _relative(view, compared)
    draw = {
        View.RANKED: _ranked,
        View.RADAR: _radar,
        View.HEAT: _heat,
        View.LEVEL: _level,
        View.BLANKS: _blanks,
        View.KINDS: _kinds,
    }
    return draw[view](compared)


def _ranked(of: _Compared) -> Picture:
    words = f"{of.words()} {whole_words.heads_takeaway(of.in_order(), of.called)}".strip()
    spec = of.chart(
        "ranked",
        lambda look: gap_chart(of.in_order(), look, of.left(words), of.called, of.spreads()),
    )
    return Picture(spec, words, gap_table(of.in_order(), of.called, of.spreads()))


def _relative(view: View, of: _Compared) -> Picture:
    steps = own_averages_of(of.gaps())
    if view is View.RANKED:
        steps = widest_first(steps)
    words = whole_words.relative_takeaway(steps, of.compare)
    spec = of.chart(
        (view, "relative"),
        lambda look: (
            gap_chart(steps, look, of.left(words), of.called)
            if view is View.RANKED
            else heat_table(steps, look, of.left(words))
        ),
    )
    return Picture(spec, words, relative_table(steps))


def _radar(of: _Compared) -> Picture:
    words, front = of.words(), of.asked.front
    height = of.left(words) - (CHOICE if front else 0)
    spec = of.chart("radar", lambda look: radar(of.gaps(), look, height, front, of.spreads()))
    return Picture(spec, words, gap_table(of.gaps(), of.called, of.spreads()))


def _heat(of: _Compared) -> Picture:
    words = of.words()
    spec = of.chart("heat", lambda look: heat_table(of.gaps(), look, of.left(words), of.spreads()))
    return Picture(spec, words, gap_table(of.gaps(), of.called, of.spreads()))


def _level(of: _Compared) -> Picture:
    assert isinstance(of.shown, Shown), "levels are read out of the results"
    levels = of.shown.levels
    words = whole_words.level_takeaway(levels)
    spec = _kept(of, "levels", lambda look: levels_chart(levels, look, of.left(words)))
    seen = any(level.counts for level in levels)
    return Picture(spec if seen else None, words, level_table(levels))


def _blanks(of: _Compared) -> Picture:
    blanks = of.shown.blanks[of.compare]
    words = whole_words.blanks_takeaway(blanks)
    spec = _kept(of, "blanks", lambda look: blanks_chart(blanks, look, of.left(words)))
    seen = any(row.sides for row in blanks)
    return Picture(spec if seen else None, words, blanks_table(blanks))


def _kinds(of: _Compared) -> Picture:
    kinds, spreads = kinds_of(of.gaps()), spreads_of_kinds(of.spreads())
    words = whole_words.kinds_takeaway(kinds, of.called, spreads)
    spec = of.chart("kinds", lambda look: gap_chart(kinds, look, TWO_ROWS, of.called, spreads))
    return Picture(spec, words, gap_table(kinds, of.called, spreads))


def _kept(of: _Compared, what: str, build: Build) -> Spec:
    return kept(of.code, (what, of.compare, of.asked), build, of.shown)
