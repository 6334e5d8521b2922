"""Projected: where the groups stand furthest apart, after the reveal, and other ways to see it."""

import streamlit as st

from aqua_core.vocabulary import Compare
from aqua_core.workshop.reading import gaps_now
from pages import _room, _way
from pages._comparing import compared
from pages._drawing import drawn, left_under
from pages._pictures import shown
from pages._saying import plain
from pages._views import COMPARES, MEANINGS, NOTES, View, asked_of, way_on
from pages._ways_back import which_looks

workshop = _room.workshop()
_way.way(_way.GAPS)
if st.session_state.pop(_way.OPENED, "") == workshop.code:
    st.write("Opened from a session pack: closed, to look at.")
gaps = gaps_now(_room.caller(), workshop.code, Compare.PARTNER)
if not gaps:
    st.header("Nothing is revealed yet")
    st.write(_way.SEALED)
    st.stop()
with st.container(horizontal=True, vertical_alignment="center", key="choices"):
    chosen = st.segmented_control(
        "View", list(View), default=View.RANKED, required=True, label_visibility="collapsed"
    )
    view = View(chosen or View.RANKED)
    compare = compared(workshop) if view in COMPARES else Compare.PARTNER
    gaps = gaps_now(_room.caller(), workshop.code, compare)
    asked = asked_of(view, gaps)
picture = shown(view, workshop, compare, asked)
if meaning := MEANINGS.get(view):
    st.write(meaning)
onward = "" if picture.chart else way_on(view, compare, gaps)
said = f"{picture.takeaway} {onward}".strip()
looks = which_looks(workshop)
# Where the sentence takes a line more, it would push the legend off the screen.
beside = left_under(f"{said} {looks}") == left_under(said)
drawn(picture.chart, f"{said} {looks}".strip() if beside else said, picture.table)
if looks and not beside:
    st.caption(plain(looks))
if note := NOTES.get("relative" if asked.relative else view):
    st.caption(note)
if picture.chart and view in COMPARES and any(gap.held_back for gap in gaps):
    st.caption(
        "Some groups are shown only together with others, so that nobody's score can be worked out."
    )
