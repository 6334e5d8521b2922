"""A seat's result: my team between the others; my own score on my own device only."""

import streamlit as st

from aqua_core.charts.seat_chart import seat_chart
from aqua_core.charts.tables import seat_table
from aqua_core.charts.words import seat_takeaway
from aqua_core.workshop.reading import my_result
from pages import _room
from pages._drawing import drawn, look


def draw_result(code: str) -> None:
    """Draw where this seat's team stands between the others."""
    st.title("Your team and the room")
    rows = my_result(_room.caller(), code)
    if all(row.mine is None for row in rows):
        st.write("You joined after these scores were given.")
    drawn(seat_chart(rows, look()), seat_takeaway(rows), seat_table(rows), fits_a_hand=True)
