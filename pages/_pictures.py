"""The pictures of the Gaps page: each view gives its chart, its sentence and its table twin."""

from collections.abc import Hashable
from dataclasses import dataclass

import pandas as pd

from aqua_core.charts.gap_chart import gap_chart
from aqua_core.charts.radar import radar
from aqua_core.charts.tables import gap_table
from aqua_core.charts.whole.heat import blanks_chart, heat_table
from aqua_core.charts.whole.levels import levels_chart
from aqua_core.charts.whole.tables import blanks_table, level_table, relative_table
from aqua_core.charts.whole.words import (
    blanks_takeaway,
    heads_takeaway,
    kinds_takeaway,
    level_takeaway,
    relative_takeaway,
)
from aqua_core.charts.words import gap_takeaway, hidden, room_takeaway
from aqua_core.vocabulary import Compare, Gap, Spread, Workshop
from aqua_core.vocabulary.whole import Blanks, Level
from aqua_core.workshop.comparing import (
    blanks_now,
    kinds_now,
    levels_now,
    own_averages_now,
    spreads_of_kinds_now,
)
from aqua_core.workshop.reading import gaps_now, spreads_now, widest_first
from pages import _room
from pages._drawing import Build, Spec, kept, left_under
from pages._views import Asked, View

CHOICE = 16  # px by which the choice of who stands in front is taller than the others
TWO_ROWS = 520


@dataclass(frozen=True)
class Shown:
    """What a view puts on the page; without a chart where no score at all may be shown."""

    chart: Spec | None
    takeaway: str
    table: pd.DataFrame


@dataclass(frozen=True)
class _Compared:
    """What views of groups are drawn from, asked anew when a kept chart is built."""

    workshop: Workshop
    compare: Compare
    asked: Asked

    @property
    def called(self) -> str:
        return f"{self.compare}s"

    def gaps(self) -> tuple[Gap, ...]:
        return gaps_now(_room.caller(), self.workshop.code, self.compare)

    def spreads(self) -> dict[str, Spread]:
        return spreads_now(_room.caller(), self.workshop.code, self.compare)

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
        return kept(self.workshop.code, about, build) if seen else None


def shown(view: View, workshop: Workshop, compare: Compare, asked: Asked) -> Shown:
    """Give what a view puts on the page. Charts are kept a revision, so they ask for themselves."""
    compared = _Compared(workshop, compare, asked)
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


def _ranked(of: _Compared) -> Shown:
    words = f"{of.words()} {heads_takeaway(of.in_order(), of.called)}".strip()
    spec = of.chart(
        "ranked",
        lambda look: gap_chart(of.in_order(), look, of.left(words), of.called, of.spreads()),
    )
    return Shown(spec, words, gap_table(of.in_order(), of.called, of.spreads()))


def _relative(view: View, of: _Compared) -> Shown:
    def steps() -> tuple[Gap, ...]:
        found = own_averages_now(_room.caller(), of.workshop.code, of.compare)
        return widest_first(found) if view is View.RANKED else found

    words = relative_takeaway(steps(), of.compare)
    spec = of.chart(
        (view, "relative"),
        lambda look: (
            gap_chart(steps(), look, of.left(words), of.called)
            if view is View.RANKED
            else heat_table(steps(), look, of.left(words))
        ),
    )
    return Shown(spec, words, relative_table(steps()))


def _radar(of: _Compared) -> Shown:
    words, front = of.words(), of.asked.front
    height = of.left(words) - (CHOICE if front else 0)
    spec = of.chart("radar", lambda look: radar(of.gaps(), look, height, front, of.spreads()))
    return Shown(spec, words, gap_table(of.gaps(), of.called, of.spreads()))


def _heat(of: _Compared) -> Shown:
    words = of.words()
    spec = of.chart("heat", lambda look: heat_table(of.gaps(), look, of.left(words), of.spreads()))
    return Shown(spec, words, gap_table(of.gaps(), of.called, of.spreads()))


def _level(of: _Compared) -> Shown:
    def levels() -> tuple[Level, ...]:
        return levels_now(_room.caller(), of.workshop.code)

    words = level_takeaway(levels(), of.gaps(), of.called)
    about = ("levels", of.asked)
    spec = kept(of.workshop.code, about, lambda look: levels_chart(levels(), look, of.left(words)))
    seen = any(level.counts for level in levels())
    return Shown(spec if seen else None, words, level_table(levels()))


def _blanks(of: _Compared) -> Shown:
    def blanks() -> tuple[Blanks, ...]:
        return blanks_now(_room.caller(), of.workshop.code, of.compare)

    words = blanks_takeaway(blanks())
    about = ("blanks", of.compare, of.asked)
    spec = kept(of.workshop.code, about, lambda look: blanks_chart(blanks(), look, of.left(words)))
    seen = any(row.sides for row in blanks())
    return Shown(spec if seen else None, words, blanks_table(blanks()))


def _kinds(of: _Compared) -> Shown:
    def kinds() -> tuple[Gap, ...]:
        return kinds_now(_room.caller(), of.workshop.code, of.compare)

    def spreads() -> dict[str, Spread]:
        return spreads_of_kinds_now(_room.caller(), of.workshop.code, of.compare)

    words = kinds_takeaway(kinds(), of.called, spreads())
    spec = of.chart("kinds", lambda look: gap_chart(kinds(), look, TWO_ROWS, of.called, spreads()))
    return Shown(spec, words, gap_table(kinds(), of.called, spreads()))
