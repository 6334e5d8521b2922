"""Projected: where the groups stand furthest apart, after the reveal."""

import streamlit as st

from aqua_core.charts.gap_chart import gap_chart
from aqua_core.charts.radar import radar
from aqua_core.charts.tables import gap_table
from aqua_core.charts.words import gap_takeaway
from aqua_core.workshop.reading import gaps_now, widest_first
from pages import _room, _way
from pages._comparing import compared
from pages._drawing import drawn, look

HEIGHT = 735  # px left on the projector under the links, the choices and two lines of words

workshop = _room.workshop()
_way.way(_way.GAPS)
with st.container(horizontal=True, vertical_alignment="bottom"):
    compare = compared(workshop)
    view = st.segmented_control(
        "View",
        ["Ranked gaps", "Radar"],
        default="Ranked gaps",
        required=True,
        label_visibility="collapsed",
    )

gaps = gaps_now(_room.caller(), workshop.code, compare)
if not gaps:
    st.header("Nothing is revealed yet")
    st.write("Scores stay sealed until you reveal them on the Room page.")
    st.stop()
called = f"{compare}s"
if view == "Radar":
    drawn(radar(gaps, look(), height=HEIGHT), gap_takeaway(gaps, called), gap_table(gaps))
else:
    gaps = widest_first(gaps)
    drawn(gap_chart(gaps, look(), HEIGHT, called), gap_takeaway(gaps, called), gap_table(gaps))
if not any(gap.standings for gap in gaps):
    st.write("A group needs three scores to be shown alone. Compare partners, or score again.")
elif any(gap.held_back for gap in gaps):
    st.caption(
        "Some groups are shown only together with others, so that nobody's score can be worked out."
    )
