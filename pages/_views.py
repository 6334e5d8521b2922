"""The views of the Gaps page: each gives its picture, its sentence and its table twin."""

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd
import streamlit as st

from aqua_core.charts.gap_chart import gap_chart
from aqua_core.charts.radar import radar
from aqua_core.charts.tables import gap_table
from aqua_core.charts.whole.heat import blanks_chart, groups_of, heat_table
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
from pages._drawing import Spec, kept, left_under

CHOICE = 16  # px by which the choice of who stands in front is taller than the others
TWO_ROWS = 520


class View(StrEnum):
    """What is shown; in the order of the choice."""

    RANKED = "Ranked gaps"
    RADAR = "Radar"
    HEAT = "Heat table"
    LEVEL = "Level"
    BLANKS = "Cannot say"
    KINDS = "Two kinds"


COMPARES = frozenset(View) - {View.LEVEL}
"""Views in which groups are compared; the level is the whole room's."""
MOST_AT_ONCE = 6
"""Groups whose outlines a room can follow; above, one stands in front of the others."""
MAY_BE_RELATIVE = frozenset({View.RANKED, View.HEAT})
NOTES = {
    View.LEVEL: "How high goes by the middle score, every person counting the same; the average "
    "weighs each partner the same.",
    View.KINDS: "Physiology is the cultural kind of domain, anatomy the technical kind. "
    "Each domain weighs the same.",
    "relative": "0 is a group's own average over the domains it is shown on: whether it scores "
    "strictly or kindly then makes no difference.",
}


@dataclass(frozen=True)
class Asked:
    """What a view was told besides who is compared: own averages, and the group in front."""

    relative: bool = False
    front: str | None = None


@dataclass(frozen=True)
class Shown:
    """What a view puts on the page."""

    chart: Spec
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


def asked_of(view: View, gaps: tuple[Gap, ...]) -> Asked:
    """Ask what one view needs to know besides who is compared."""
    if view in MAY_BE_RELATIVE:
        return Asked(relative=st.toggle("Against own average"))
    return Asked(front=_in_front(gaps) if view is View.RADAR else None)


def _gaps(workshop: Workshop, compare: Compare) -> tuple[Gap, ...]:
    return gaps_now(_room.caller(), workshop.code, compare)


def _ranked(workshop: Workshop, compare: Compare) -> Shown:
    called = f"{compare}s"

    def gaps() -> tuple[Gap, ...]:
        return widest_first(_gaps(workshop, compare))

    words = f"{gap_takeaway(gaps(), called)} {heads_takeaway(gaps(), called)}".strip()
    spec = kept(
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
    spec = kept(
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
    spec = kept(
        workshop.code,
        ("radar", compare, front),
        lambda look: radar(_gaps(workshop, compare), look, height, front),
    )
    return Shown(spec, words, gap_table(gaps, called))


def _in_front(gaps: tuple[Gap, ...]) -> str | None:
    """Ask which group stands in front where more than six would be a tangle."""
    groups = groups_of([side.group for gap in gaps for side in gap.standings])
    if len(groups) <= MOST_AT_ONCE:
        return None
    names = {group.id: group.name for group in groups}
    ends = [gap.lowest.group.id for gap in widest_first(gaps) if gap.standings]
    return st.selectbox(
        "In front",
        list(names),
        index=list(names).index(ends[0]),  # whoever stands lowest where the gap is widest
        format_func=names.__getitem__,
        label_visibility="collapsed",
        width=430,  # px that views and three comparisons leave it in their row
    )


def _heat(workshop: Workshop, compare: Compare) -> Shown:
    gaps, called = _gaps(workshop, compare), f"{compare}s"
    words = gap_takeaway(gaps, called)
    spec = kept(
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
    return Shown(spec, words, level_table(levels()))


def _blanks(workshop: Workshop, compare: Compare) -> Shown:
    def blanks() -> tuple[Blanks, ...]:
        return blanks_now(_room.caller(), workshop.code, compare)

    words = blanks_takeaway(blanks())
    spec = kept(
        workshop.code,
        ("blanks", compare),
        lambda look: blanks_chart(blanks(), look, left_under(words)),
    )
    return Shown(spec, words, blanks_table(blanks()))


def _kinds(workshop: Workshop, compare: Compare) -> Shown:
    called = f"{compare}s"

    def kinds() -> tuple[Gap, ...]:
        return kinds_now(_room.caller(), workshop.code, compare)

    spec = kept(
        workshop.code,
        ("kinds", compare),
        lambda look: gap_chart(kinds(), look, TWO_ROWS, called),
    )
    return Shown(spec, kinds_takeaway(kinds(), called), gap_table(kinds(), called))
