"""A seat's result: my team between the others; my own score on my own device only."""

import streamlit as st

from aqua_core.charts.seat_chart import seat_chart
from aqua_core.charts.tables import seat_table
from aqua_core.charts.words import seat_takeaway
from aqua_core.live import Channel
from aqua_core.vocabulary import Stage
from aqua_core.workshop.joining import workshop_to_join
from aqua_core.workshop.reading import my_result, stage_now
from pages import _room, _way
from pages._drawing import drawn, look
from pages._listening import listen
from pages._saying import said_invented, say_remembered, told
from pages._seat import has_seat

code = _room.code()


@st.fragment
def result() -> None:
    listen(code, Channel.STAGE)
    with told():
        draw_result()


def draw_result() -> None:
    if stage_now(code) is not Stage.REVEALED:
        st.rerun()
    rows = my_result(_room.caller(), code)
    if all(row.mine is None for row in rows):
        st.write("You joined after these scores were given.")
    drawn(seat_chart(rows, look()), seat_takeaway(rows), seat_table(rows), fits_a_hand=True)


if not has_seat(code):
    st.stop()
if stage_now(code) is not Stage.REVEALED:
    st.switch_page(_way.SCORE, query_params=_room.here())
st.title("Your team and the room")
say_remembered()
said_invented(workshop_to_join(code))
result()
