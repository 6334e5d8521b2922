"""The frame of every page: its settings, its looks, and the gate."""

import streamlit as st

from aqua_core.errors import KeptBack, Refusal
from aqua_core.workshop.admitting import may_watch
from pages import _room
from pages._result import dress
from pages._saying import onward, plain
from pages._walls import back_to_pairing
from pages._way import all_pages, is_for_facilitator, is_projected
from pages._ways_back import ways_round

st.set_page_config(page_title="Discovery Room", page_icon="🧭", layout="wide")
page = st.navigation(all_pages(), position="hidden")
if page.url_path:
    st.set_page_config(page_title=f"{page.title} - Discovery Room")
dress(page.url_path)


def may_see() -> bool:
    """Tell whether this browser may see the page: a wall sees its own workshop, projected."""
    if not is_for_facilitator(page) or _room.facilitates():
        return True
    return is_projected(page) and may_watch(_room.caller(), st.query_params.get(_room.CODE, ""))


def for_the_facilitator() -> None:
    st.title("For the facilitator")
    st.write(
        "Open the sign-in link from the window where Discovery Room was started. "
        "If you came to score, join with the code on the screen in the room."
    )
    onward("Join a workshop", "/join")


if not may_see():
    if is_projected(page) and _room.caller().wall:
        back_to_pairing()
    else:
        for_the_facilitator()
    st.stop()
try:
    page.run()
except Refusal as refusal:
    st.warning(plain(str(refusal)))
    if isinstance(refusal, KeptBack) and _room.facilitates():
        ways_round(refusal)
    onward("Go to the first page", "/")
