"""The frame of every page: its settings, its looks, and the gate."""

import streamlit as st

from aqua_core.charts.sentences.seat import IF_YOU_SCORED
from aqua_core.errors import FileUnusable, KeptBack, NoSuchWorkshop, Refusal
from aqua_core.workshop.admitting import may_watch
from pages import _half_typed, _mirroring, _room, _saying, _walls
from pages._ending import Ended
from pages._people import offer_directory, way_in
from pages._result import dress, offer_nothing_to_change
from pages._saying import note_direction, onward, plain, say_direction, warn
from pages._way import all_pages, dressed_as, is_for_facilitator, is_projected
from pages._ways_back import ways_round

AGAIN = 2.0  # seconds between two tries to draw a page whose room does not answer

st.set_page_config(page_title="Discovery Room", page_icon="🧭", layout="wide")
page = st.navigation(all_pages(), position="hidden")
if page.url_path:
    st.set_page_config(page_title=f"{page.title} - Discovery Room")
dress(dressed_as(page))


def may_see() -> bool:
    """Tell whether this browser may see the page: a wall sees its own workshop, projected."""
    if not is_for_facilitator(page) or _room.signs_in():
        return True
    return is_projected(page) and may_watch(_room.caller(), st.query_params.get(_room.CODE, ""))


def for_the_facilitator() -> None:
    st.title("For the facilitator")
    st.write(f"{way_in()} If you came to score, join with the code on the screen in the room.")
    onward("Join a workshop", "/join")
    offer_directory()


def say_away(refusal: Refusal) -> None:
    """Say that the room cannot be asked, and draw the page anew until it can: nobody else would."""
    st.warning(plain(str(refusal)))
    st.session_state["said away"] = True
    try_again()


@st.fragment(run_every=AGAIN)
def try_again() -> None:
    if not st.session_state.pop("said away", False):
        st.rerun()


try:
    sees = may_see()
except FileUnusable as refusal:
    say_away(refusal)
    st.stop()
if not sees:
    if is_projected(page) and _room.caller().wall:
        _walls.back_to_pairing(st.query_params.get(_room.CODE, ""))
    else:
        for_the_facilitator()
    st.stop()
if _room.reads():
    offer_nothing_to_change()
note_direction()
_half_typed.begin()
_saying.begin()
_mirroring.begin()
projected = is_projected(page) and _room.CODE in st.query_params
try:
    if projected:
        _walls.as_on_the_laptop(_room.code(), page.url_path)
    page.run()
    say_direction()
    if projected:
        _walls.bring_along(_room.code(), page.url_path)
except Ended:
    pass
except FileUnusable as refusal:
    say_away(refusal)
    onward("Go to the first page", "/")
except Refusal as refusal:
    if not may_see():  # any more: a wall whose workshop was closed under its page thanks the room
        st.rerun()
    warn(refusal)
    of_a_seat = st.query_params.get(_room.CODE) and not is_for_facilitator(page)
    if of_a_seat and isinstance(refusal, NoSuchWorkshop) and _room.caller().seat:
        st.write(IF_YOU_SCORED)
    if isinstance(refusal, KeptBack) and _room.facilitates():
        ways_round(refusal)
    onward("Go to the first page", "/")
