"""The views of the Gaps page: what each is asked, and its chart, sentence and table twin."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd
import streamlit as st

from aqua_core.charts.gap_chart import gap_chart
from aqua_core.charts.layout.names import groups_of, labels_of
from aqua_core.charts.radar import radar
from aqua_core.charts.sentences import whole as whole_words
from aqua_core.charts.tables import blanks_table, gap_table, level_table, relative_table
from aqua_core.charts.whole import blanks_chart, heat_table, levels_chart
from aqua_core.charts.words import gap_takeaway, hidden, listed, room_takeaway
from aqua_core.vocabulary import Compare, Gap, Holder, Kind, Spread
from aqua_core.vocabulary.points import said
from aqua_core.vocabulary.reading import Blanks
from aqua_core.vocabulary.shown import Results, Shown
from aqua_core.workshop.reading import kinds_of, own_averages_of, spreads_of_kinds, widest_first
from pages._drawing import Build, Spec, kept, left_under
from pages._mirroring import same_on_walls


class View(StrEnum):
    """What is shown; in the order of the choice."""

    RANKED = "Ranked gaps"
    RADAR = "Radar"
    HEAT = "Heat table"
    LEVEL = "How high"
    BLANKS = "Cannot say"
    KINDS = "By kind"


COMPARES = frozenset(View) - {View.LEVEL}
"""Views in which groups are compared; the level is the whole room's."""
_MOST_AT_ONCE = 6
"""Groups whose outlines a room can follow; above, one stands in front of the others."""
_MAY_BE_RELATIVE = frozenset({View.RANKED, View.HEAT})
_CALLED = {
    Kind.PHYSIOLOGY: "Culture (“physiology”)",
    Kind.ANATOMY: "Technical (“anatomy”)",
}
_TOGETHER = (
    "Some groups are shown only together with others, so that nobody's score can be worked out."
)
_PARTED = "Marks on the same score stand side by side."
_NOTES = {
    View.HEAT: "In brackets, where there is room: how many scored, from two on.",
    View.LEVEL: "Average: each partner counts once, however many people it sent.",
    "relative": "0 is a group's own average over the domains it is shown on: whether it scores "
    "strictly or kindly then makes no difference.",
}
"""A line below the picture, for whoever asks."""


@dataclass(frozen=True)
class Asked:
    """What a view was told besides who is compared: own averages, and the group in front.

    `note` stands under the picture.
    """

    relative: bool = False
    front: str | None = None
    note: str = ""


def asked_of(view: View, gaps: tuple[Gap, ...]) -> Asked:
    """Ask what one view needs to know besides who is compared."""
    if view in _MAY_BE_RELATIVE and any(gap.standings for gap in gaps):
        return Asked(
            relative=st.toggle("Against own average", key=same_on_walls("relative", begins=False))
        )
    return Asked(front=_in_front(gaps) if view is View.RADAR else None)


def meaning_of(view: View, gaps: tuple[Gap, ...]) -> str:
    """Give the line above a picture without which its words are a puzzle; else ""."""
    if view is not View.KINDS:
        return ""
    kinds = {
        kind: listed([gap.domain.short for gap in gaps if gap.domain.kind is kind])
        for kind in Kind
        if any(gap.domain.kind is kind for gap in gaps)
    }
    means = [f"{_CALLED[kind]}: {names}." for kind, names in kinds.items()]
    return f"{' '.join(means)} Each domain weighs the same."


def note_of(view: View, gaps: tuple[Gap, ...], asked: Asked, without: str, holder: Holder) -> str:
    """Give what stands under a picture, for whoever asks what it is; "" for nothing."""
    agreed = whole_words.AGREED_MEANS[holder] if view is View.LEVEL else ""
    note = _NOTES.get("relative" if asked.relative else view, "")
    if view is View.RADAR and any(_has_level_marks(gap) for gap in gaps):
        note = _PARTED
    some = view in COMPARES and any(gap.held_back and gap.standings for gap in gaps)
    return " ".join(filter(None, (agreed, note, without, _TOGETHER if some else "")))


def _has_level_marks(gap: Gap) -> bool:
    means = [said(side.mean, 1) for side in gap.standings]
    return len(set(means)) < len(means)


def _in_front(gaps: tuple[Gap, ...]) -> str | None:
    """Ask which group stands in front where more than six would be a tangle."""
    groups = groups_of([side.group for gap in gaps for side in gap.standings])
    if len(groups) <= _MOST_AT_ONCE:
        return None
    names = labels_of(groups)
    ends = [gap.lowest.group.id for gap in widest_first(gaps) if gap.standings]
    return st.selectbox(
        "In front",
        list(names),
        # Whoever stands lowest where the gap is widest.
        key=same_on_walls(f"front-{ends[0]}-{len(names)}", ends[0]),
        format_func=names.__getitem__,
        label_visibility="collapsed",
        width=400,  # px that views and three comparisons leave it in their row, some of them greyed
    )


_CHOICE = 16  # px by which the choice of who stands in front is taller than the others
_TWO_ROWS = 520


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

    def blanks(self) -> tuple[Blanks, ...]:
        return self.shown.blanks[self.compare]

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
    return Picture(spec, words, gap_table(of.in_order(), of.called, of.spreads(), of.blanks()))


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
            else heat_table(steps, look, of.left(words), blanks=of.blanks())
        ),
    )
    return Picture(spec, words, relative_table(steps, of.blanks()))


def _radar(of: _Compared) -> Picture:
    words, front = of.words(), of.asked.front
    height = of.left(words) - (_CHOICE if front else 0)
    spec = of.chart("radar", lambda look: radar(of.gaps(), look, height, front, of.spreads()))
    return Picture(spec, words, gap_table(of.gaps(), of.called, of.spreads(), of.blanks()))


def _heat(of: _Compared) -> Picture:
    words = of.words()
    spec = of.chart(
        "heat",
        lambda look: heat_table(of.gaps(), look, of.left(words), of.spreads(), of.blanks()),
    )
    return Picture(spec, words, gap_table(of.gaps(), of.called, of.spreads(), of.blanks()))


def _level(of: _Compared) -> Picture:
    assert isinstance(of.shown, Shown), "levels are read out of the results"
    levels = of.shown.levels
    words = whole_words.level_takeaway(levels)
    spec = _kept(of, "levels", lambda look: levels_chart(levels, look, of.left(words)))
    seen = any(level.counts for level in levels)
    return Picture(spec if seen else None, words, level_table(levels, of.blanks()))


def _blanks(of: _Compared) -> Picture:
    blanks = of.blanks()
    words = whole_words.blanks_takeaway(blanks)
    spec = _kept(of, "blanks", lambda look: blanks_chart(blanks, look, of.left(words)))
    seen = any(row.sides for row in blanks)
    return Picture(spec if seen else None, words, blanks_table(blanks))


def _kinds(of: _Compared) -> Picture:
    kinds, spreads = kinds_of(of.gaps()), spreads_of_kinds(of.spreads())
    words = whole_words.kinds_takeaway(kinds, of.called, spreads)
    spec = of.chart("kinds", lambda look: gap_chart(kinds, look, _TWO_ROWS, of.called, spreads))
    return Picture(spec, words, gap_table(kinds, of.called, spreads))


def _kept(of: _Compared, what: str, build: Build) -> Spec:
    return kept(of.code, (what, of.compare, of.asked), build, of.shown)
