"""Projected: where the groups stand furthest apart, after the reveal, and other ways to see it."""

from dataclasses import replace

import streamlit as st

from aqua_core.charts.sentences.beside import begin_said
from aqua_core.charts.sentences.each_domain import tier_step_said
from aqua_core.charts.sentences.missing import result_without
from aqua_core.charts.sentences.places import open_too_said
from aqua_core.vocabulary import Compare
from aqua_core.workshop.exporting import packs_to_open
from aqua_core.workshop.missing import missing_now
from aqua_core.workshop.reading import tiers_apart, widest_first
from aqua_core.workshop.showing import results_now, shown_now
from pages import _room, _way
from pages._comparing import compared
from pages._drawing import drawn, left_under
from pages._mirroring import same_on_walls
from pages._saying import plain
from pages._views import COMPARES, View, asked_of, meaning_of, note_of, picture_of
from pages._ways_back import say_why_nothing_is_shown, which_looks

workshop = _room.workshop()
_way.way(_way.GAPS)
from_a_pack = st.session_state.pop(_way.OPENED, "") == workshop.code
opened = "Opened from a session pack: closed, to look at." if from_a_pack else ""
if from_a_pack and (too := open_too_said(packs_to_open(_room.caller(), workshop.code))):
    opened = f"{opened} {too}"
seen = results_now(_room.caller(), workshop.code)
if not seen.rounds:
    if opened:
        st.write(opened)
    say_why_nothing_is_shown(workshop)
with st.container(horizontal=True, vertical_alignment="center", key="choices"):
    chosen = st.segmented_control(
        "View",
        list(View),
        key=same_on_walls("view", View.RANKED),
        required=True,
        label_visibility="collapsed",
    )
    view = View(chosen or View.RANKED)
    compare, without = compared(workshop, seen) if view in COMPARES else (Compare.PARTNER, "")
    gaps = seen.gaps[compare]
    asked = asked_of(view, gaps)
if view is View.LEVEL:
    seen = shown_now(_room.caller(), workshop.code)
note = note_of(view, gaps, asked, without, workshop.holder)
if view is View.RANKED:
    names = workshop.instrument.names
    steps = tiers_apart(seen, workshop.held_on)
    note = " ".join([*(tier_step_said(step, names[step.domain]) for step in steps), note]).strip()
picture = picture_of(view, seen, workshop.code, compare, replace(asked, note=note))
if meaning := meaning_of(view, gaps):
    st.write(plain(meaning))
without_users = result_without(missing_now(_room.caller(), workshop.code))
looks = " ".join(filter(None, (which_looks(workshop, seen), without_users, opened)))
# Where the sentence takes a line more, it would push the legend off the screen.
beside = left_under(f"{picture.takeaway} {looks}") == left_under(picture.takeaway)
said = f"{picture.takeaway} {looks}".strip() if beside else picture.takeaway
drawn(picture.chart, said, picture.table, note)
if looks and not beside:
    st.caption(plain(looks))
if begins := begin_said(seen.beside):
    st.page_link(_way.HOW_WE_LEAD, label=plain(begins), query_params=_room.here())
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="every_score"):
    st.write("Every score on one domain:")
    for gap in widest_first(gaps, seen.by_domain(compare)):
        at = {**_room.here(), "domain": gap.domain.key}
        st.page_link(_way.DOMAIN, label=plain(gap.domain.short), query_params=at)
