"""The frame of every page: its settings, its looks, and the gate."""

import streamlit as st

from aqua_core.errors import Refusal
from aqua_core.workshop.admitting import may_facilitate
from pages import _room
from pages._looks import dress
from pages._saying import onward, plain
from pages._way import all_pages, is_for_facilitator

st.set_page_config(page_title="Discovery Room", page_icon="🧭", layout="wide")
page = st.navigation(all_pages(), position="hidden")
dress(page.url_path)

if is_for_facilitator(page) and not may_facilitate(_room.caller()):
    st.title("For the facilitator")
    st.write(
        "Open the sign-in link from the window where Discovery Room was started. "
        "If you came to score, join with the code on the screen in the room."
    )
    onward("Join a workshop", "/join")
    st.stop()
try:
    page.run()
except Refusal as refusal:
    st.warning(plain(str(refusal)))
    onward("Go to the first page", "/")
