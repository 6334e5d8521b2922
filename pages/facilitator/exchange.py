"""The facilitator alone: what places can give each other, in words and without a figure."""

from datetime import date

import streamlit as st

from aqua_core.workshop.exchanging import exchange_now
from pages import _exchange, _room, _way

now = exchange_now(_room.caller())
with st.container(horizontal=True, vertical_alignment="center"):
    st.title("Exchange")
    st.page_link(_way.HOME, label="Home")
st.caption("From the newest share-out of each place. No score of any place stands here.")
_exchange.matches(now)
visits, stories = st.columns(2, gap="large")
with visits:
    st.header("Visits", anchor=False)
    _exchange.visits(now, date.today())
with stories:
    st.header("Stories", anchor=False)
    _exchange.stories(now)
st.header("Statements that were unclear", anchor=False)
_exchange.remarks(now)
