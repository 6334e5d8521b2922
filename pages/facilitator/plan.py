"""The facilitator's laptop: small tests that partners own together, seen as the room needs them."""

from datetime import date
from enum import StrEnum
from functools import partial

import streamlit as st

from aqua_core.charts.sentences.places import open_too_said
from aqua_core.workshop.exporting import packs_to_open, plan_csv
from aqua_core.workshop.planning import plan_read
from pages import _room, _way
from pages._mirroring import same_on_walls
from pages._plan.asked import also_asked
from pages._plan.capturing import capture, check_sheet
from pages._plan.looking import ON_A_WALL, STYLE, mix, reviews, table
from pages._saying import or_its_sentence, plain


class View(StrEnum):
    """What the plan is shown as; in the order of the choice."""

    CAPTURE = "Capture"
    TABLE = "Table"
    MIX = "Overview"
    REVIEWS = "Reviews"
    CHECK_SHEET = "Check sheet"
    ALSO_ASKED = "Support and wording"


SHOWN = {
    View.CAPTURE: capture,
    View.TABLE: table,
    View.MIX: mix,
    View.REVIEWS: reviews,
    View.CHECK_SHEET: check_sheet,
    View.ALSO_ASKED: also_asked,
}

workshop = _room.workshop()
code = workshop.code
acts = _room.acts(code)
_way.way(_way.PLAN)
st.html(f"<style>{STYLE if acts else STYLE + ON_A_WALL}</style>")
read = plan_read(_room.caller(), code, date.today())
shown = same_on_walls("plan view", View.CAPTURE)
view = View(st.session_state[shown] or View.CAPTURE)
with st.container(horizontal=True, vertical_alignment="center", key="not-printed"):
    st.subheader("Action plan", anchor=False, width="content")
    if acts:
        chosen = st.segmented_control(
            "View", list(View), key=shown, required=True, label_visibility="collapsed"
        )
        view = View(chosen or view)
    st.space("stretch")
    if _room.facilitates():
        st.page_link(_way.TAKE_AWAY, label="Take away", query_params=_room.here(), width="content")
    if (read.actions or read.going_on.here) and _room.facilitates():
        st.download_button(
            "Download the action plan (CSV)",
            partial(or_its_sentence, partial(plan_csv, _room.caller(), code)),
            file_name=f"action-plan-{code}-{workshop.held_on}.csv",
            mime="text/csv",
            on_click="ignore",
            type="primary",
        )
if _room.facilitates() and (too := open_too_said(packs_to_open(_room.caller(), code))):
    st.warning(plain(too))
SHOWN[view](workshop, read)
