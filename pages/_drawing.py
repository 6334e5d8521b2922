"""A chart with its sentence and its table twin; never a picture alone."""

from collections.abc import Callable, Hashable
from functools import cache
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from aqua_core.charts.gap_chart import gap_chart
from aqua_core.charts.layout.canvas import wrapped
from aqua_core.charts.slots import Look
from aqua_core.live import kept_with, once_a_revision
from aqua_core.vocabulary import Domain, Kind
from aqua_core.vocabulary.result import Gap, Group, Standing
from pages import _room
from pages._mirroring import opens
from pages._saying import plain
from pages._tables import literal

# px of chart type: for the back row, and in a hand.
PROJECTED = 32
HELD = 16

Spec = dict[str, Any]
Build = Callable[[Look], alt.LayerChart]

WORDS = 28  # px of a sentence above a chart
ACROSS = 1780  # px that it has on the projector before it takes another line
LINE = 45  # px of that line
NOTE = 74  # px of a line under a chart, with the air above it
NOTE_LINE, NOTE_WORDS = 36, 24  # px of each further line, and of its type
UNDER_TWO = 735  # px left on the projector under the links, the choices and two lines of words


def look() -> Look:
    """Give the look of charts on this screen."""
    return Look(dark=_room.dark(), font=HELD if held() else PROJECTED)


def left_under(takeaway: str, note: str = "") -> int:
    """Give px of height left for a chart: three lines of words pushed its legend off the screen.

    Args:
        takeaway: the sentences above it.
        note: what stands under it and must be seen with it.
    """
    lines = len(wrapped(takeaway, WORDS, ACROSS))
    noted = NOTE + NOTE_LINE * (len(wrapped(note, NOTE_WORDS, ACROSS)) - 1) if note else 0
    return UNDER_TWO - LINE * max(0, lines - 2) - noted


def kept(code: str, what: Hashable, build: Build, shown: object = None) -> Spec:
    """Give a chart as it is sent, built once for each look: for what is shown, else a revision.

    Args:
        code: of the workshop.
        what: names the picture and all that it depends on, besides the look.
        build: makes it.
        shown: all that it is drawn from, where a revision is too often (a note moves no score) or
            too seldom (a plan counts tests of earlier workshops).
    """
    seen = look()
    question = ("chart", what, seen.dark, seen.font)
    if shown is None:
        return once_a_revision(code, question, lambda: _spec(build(seen)))
    return kept_with(code, question, shown, lambda: _spec(build(seen)))


def drawn(
    chart: alt.LayerChart | Spec | None,
    takeaway: str,
    table: pd.DataFrame,
    note: str = "",
    below: Callable[[], None] | None = None,
) -> None:
    """Draw a chart: what it says above it, the same figures as a table below.

    A chart for the wall cannot be read in a hand: a phone gets its sentence and its table, and so
    does every screen where there is no chart that the table could be the same as. A note stands
    under the chart, and what `below` draws between it and the table.
    """
    if takeaway:
        st.write(plain(takeaway))
    if held() or chart is None:
        _noted(note)
        if below:
            below()
        st.table(literal(table))
        return
    spec = chart if isinstance(chart, dict) else _spec(chart)
    alternative = takeaway or "Nothing to compare yet."
    # A spec, not the kept chart: it is drawn in 7 to 17 ms, a kept chart in 39 to 115.
    st.vega_lite_chart(spec=spec, theme=None, width="stretch", alt=alternative)
    _noted(note)
    if below:
        below()
    with opens("The same as a table", "the same as a table"):
        st.table(literal(table))


@cache
def ahead() -> Spec:
    """Give a picture of no workshop, as it is sent: what draws it once draws the next in half."""
    domain = Domain(
        key="ahead", name="Ahead", short="Ahead", kind=Kind.PHYSIOLOGY, question="-", statements=()
    )
    groups = [Group(id=str(slot), name=f"Group {slot}", slot=slot) for slot in range(3)]
    apart = tuple(Standing(group=group, mean=group.slot + 1, scored=3) for group in groups)
    gap = Gap(domain=domain, standings=apart, middle=2, held_back=0, by_heads=1.5)
    return _spec(gap_chart([gap], Look(dark=False, font=PROJECTED), UNDER_TWO))


def _noted(note: str) -> None:
    if note:
        st.caption(plain(note))


def held() -> bool:
    """Tell whether a phone looks; it says so in its header."""
    return "Mobile" in st.context.headers.get("User-Agent", "")


def _spec(chart: alt.LayerChart) -> Spec:
    # Tests hold every chart against Vega-Lite's schema; here that took 75 of the ranked chart's
    # 250 ms, while the room waits for the reveal.
    spec: Spec = chart.to_dict(validate=False)
    return spec
