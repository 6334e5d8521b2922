"""What both pages of a seat ask first: does this device have one. And the quiet ways on."""

from html import escape

import streamlit as st

from aqua_core.workshop.joining import my_team
from aqua_core.workshop.pairing import handed_over
from pages import _room
from pages._saying import onward


def has_seat(code: str) -> bool:
    """Tell whether this device has a seat in the workshop; if not, show the way to one."""
    if my_team(_room.caller(), code):
        return True
    if handed_over(_room.caller(), code):
        st.title("Your seat is on your other device")
        st.write("Your answers went with it. To come back here, make a code there.")
        onward("I have a code from my other device", f"/take-over/{code}")
        return False
    st.title("Pick your team first")
    st.write("This device has no seat in this workshop yet.")
    onward("Pick your team", f"/join/{code}")
    quiet_ways(("I have a code from my other device", f"/take-over/{code}"))
    return False


def quiet_ways(*ways: tuple[str, str]) -> None:
    """Draw small links under everything else, out of the thumb's way: each a label, an address."""
    links = (
        f'<a href="{escape(address)}" target="_self">{escape(label)}</a>' for label, address in ways
    )
    st.html(f'<p class="quiet">{" ".join(links)}</p>')
