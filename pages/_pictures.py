"""The pictures of the Gaps page: each view gives its chart, its sentence and its table twin."""

from collections.abc import Hashable, Sequence
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
from aqua_core.charts.words import gap_takeaway
from aqua_core.vocabulary import Compare, Gap, Workshop
from aqua_core.vocabulary.whole import Blanks, Level
from aqua_core.workshop.comparing import blanks_now, kinds_now, levels_now, own_averages_now
from aqua_core.workshop.reading import gaps_now, widest_first
from pages import _room
from pages._drawing import Build, Spec, kept, left_under
from pages._views import Asked, View

CHOICE = 16  # px by which the choice of who stands in front is taller than the others
TWO_ROWS = 520


@dataclass(frozen=True)
class Shown:
    """What a view puts on the page; without a chart where nothing may be shown."""

    chart: Spec | None
    takeaway: str
    table: pd.DataFrame


def shown(view: View, workshop: Workshop, compare: Compare, asked: Asked) -> Shown:
    """Give what a view puts on the page. Charts are kept a revision, so they ask for themselves."""
    if asked.relative:
        return _relative(view, workshop, compare)
    if view is View.RADAR:
        return _radar(workshop, compare, asked.front)
    if view is View.LEVEL:
        return _level(workshop)
    draw = {View.RANKED: _ranked, View.HEAT: _heat, View.BLANKS: _blanks, View.KINDS: _kinds}
    return draw[view](workshop, compare)


def _gaps(workshop: Workshop, compare: Compare) -> tuple[Gap, ...]:
    return gaps_now(_room.caller(), workshop.code, compare)


def _where(shown: Sequence[Gap], code: str, what: Hashable, build: Build) -> Spec | None:
    """Give a kept chart where some group may be shown: an empty grid says nothing."""
    return kept(code, what, build) if any(gap.standings for gap in shown) else None


def _ranked(workshop: Workshop, compare: Compare) -> Shown:
    called = f"{compare}s"

    def gaps() -> tuple[Gap, ...]:
        return widest_first(_gaps(workshop, compare))

    words = f"{gap_takeaway(gaps(), called)} {heads_takeaway(gaps(), called)}".strip()
    spec = _where(
        gaps(),
        workshop.code,
        ("ranked", compare),
        lambda look: gap_chart(gaps(), look, left_under(words), called),
    )
    return Shown(spec, words, gap_table(gaps(), called))


def _relative(view: View, workshop: Workshop, compare: Compare) -> Shown:
    def steps() -> tuple[Gap, ...]:
        found = own_averages_now(_room.caller(), workshop.code, compare)
        return widest_first(found) if view is View.RANKED else found

    words = relative_takeaway(steps(), compare)
    height = left_under(words)
    spec = _where(
        steps(),
        workshop.code,
        (view, compare, "relative"),
        lambda look: (
            gap_chart(steps(), look, height, f"{compare}s", relative=True)
            if view is View.RANKED
            else heat_table(steps(), look, height, relative=True)
        ),
    )
    return Shown(spec, words, relative_table(steps()))


def _radar(workshop: Workshop, compare: Compare, front: str | None) -> Shown:
    gaps, called = _gaps(workshop, compare), f"{compare}s"
    words = gap_takeaway(gaps, called)
    height = left_under(words) - (CHOICE if front else 0)
    spec = _where(
        gaps,
        workshop.code,
        ("radar", compare, front),
        lambda look: radar(_gaps(workshop, compare), look, height, front),
    )
    return Shown(spec, words, gap_table(gaps, called))


def _heat(workshop: Workshop, compare: Compare) -> Shown:
    gaps, called = _gaps(workshop, compare), f"{compare}s"
    words = gap_takeaway(gaps, called)
    spec = _where(
        gaps,
        workshop.code,
        ("heat", compare),
        lambda look: heat_table(_gaps(workshop, compare), look, left_under(words)),
    )
    return Shown(spec, words, gap_table(gaps, called))


def _level(workshop: Workshop) -> Shown:
    def levels() -> tuple[Level, ...]:
        return levels_now(_room.caller(), workshop.code)

    words = level_takeaway(levels())
    spec = kept(
        workshop.code, "levels", lambda look: levels_chart(levels(), look, left_under(words))
    )
    seen = any(level.counts for level in levels())
    return Shown(spec if seen else None, words, level_table(levels()))


def _blanks(workshop: Workshop, compare: Compare) -> Shown:
    def blanks() -> tuple[Blanks, ...]:
        return blanks_now(_room.caller(), workshop.code, compare)

    words = blanks_takeaway(blanks())
    spec = kept(
        workshop.code,
        ("blanks", compare),
        lambda look: blanks_chart(blanks(), look, left_under(words)),
    )
    seen = any(row.sides for row in blanks())
    return Shown(spec if seen else None, words, blanks_table(blanks()))


def _kinds(workshop: Workshop, compare: Compare) -> Shown:
    called = f"{compare}s"

    def kinds() -> tuple[Gap, ...]:
        return kinds_now(_room.caller(), workshop.code, compare)

    spec = _where(
        kinds(),
        workshop.code,
        ("kinds", compare),
        lambda look: gap_chart(kinds(), look, TWO_ROWS, called),
    )
    return Shown(spec, kinds_takeaway(kinds(), called), gap_table(kinds(), called))
