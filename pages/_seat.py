"""What both pages of a seat ask first: does this device have one."""

import streamlit as st

from aqua_core.workshop.joining import my_team
from pages import _room
from pages._saying import onward


def has_seat(code: str) -> bool:
    """Tell whether this device has a seat in the workshop; if not, show the way to one."""
    if my_team(_room.caller(), code):
        return True
    st.title("Pick your team first")
    st.write("This device has no seat in this workshop yet.")
    onward("Pick your team", f"/join/{code}")
    return False
