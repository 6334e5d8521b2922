"""Projected: what the room answered beside the domains, as counts, and what it leads to."""

from datetime import date

import streamlit as st

from aqua_core.charts.sentences import beside as words
from aqua_core.vocabulary.framework import InstrumentKind
from aqua_core.workshop.planning import plan_read
from aqua_core.workshop.showing import results_now
from pages import _beside, _room, _way
from pages._ending import end
from pages._mirroring import same_on_walls
from pages._saying import plain

CAME_FOR = "what a link to How we lead named"

workshop = _room.workshop()
_way.way(_way.HOW_WE_LEAD)
st.html(f"<style>{_beside.STYLE}</style>")
results = results_now(_room.caller(), workshop.code)
shown = {held.key: held for held in results.beside}
if not shown:
    st.header("Nothing is revealed here")
    st.write("What was asked beside the domains stays sealed until the reveal on the Room page.")
    end()
linked = st.query_params.get(_beside.ASKED, "")
key = same_on_walls("asked beside", list(shown)[-1])
if linked in shown and st.session_state.get(CAME_FOR) != (workshop.code, linked):
    st.session_state[key] = linked
st.session_state[CAME_FOR] = (workshop.code, linked)
if st.session_state[key] not in shown:
    st.session_state[key] = list(shown)[-1]
with st.container(key="pictures"):
    if len(shown) > 1:
        with st.container(key="choices"):
            st.segmented_control(
                "View",
                list(shown),
                format_func=lambda held: plain(shown[held].name),
                key=key,
                required=True,
                label_visibility="collapsed",
            )
    held = shown[st.session_state[key]]
    with st.container(key="beside"):
        st.title(plain(words.heading(held)), anchor=False)
        st.write(plain(words.under(held)))
        st.html(_beside.picture(workshop, held, results))
        for line in words.lines_under(held):
            st.write(plain(line))
        if held.kind is InstrumentKind.COVERAGE:
            planned = plan_read(_room.caller(), workshop.code, date.today()).actions
            st.write(plain(words.moves_said([action.move for action in planned])))
if held.kind is InstrumentKind.PICK:
    for row in words.to_begin_with(held):
        about = _room.here() | {"domain": row.key}
        st.page_link(_way.PLAN, label=f"Plan a small test on {row.short}", query_params=about)
_beside.answers(workshop, held)
_beside.go_on(workshop.code)
with st.expander("Where the words come from"):
    st.write(plain(" ".join(filter(None, (held.printed, held.source)))))
