"""A chart with its sentence and its table twin; never a picture alone."""

import altair as alt
import pandas as pd
import streamlit as st

from aqua_core.charts.slots import Look
from pages import _room
from pages._saying import plain

# px of chart type: for the back row, and in a hand.
PROJECTED = 32
HELD = 16


def look() -> Look:
    """Give the look of charts on this screen."""
    return Look(dark=_room.dark(), font=HELD if _held() else PROJECTED)


def drawn(
    chart: alt.LayerChart, takeaway: str, table: pd.DataFrame, *, fits_a_hand: bool = False
) -> None:
    """Draw a chart: what it says above it, the same figures as a table below.

    A chart for the wall cannot be read in a hand: a phone gets its sentence and its table.
    """
    if takeaway:
        st.write(plain(takeaway))
    if _held() and not fits_a_hand:
        st.table(table)
        return
    st.altair_chart(chart, theme=None, width="stretch", alt=takeaway or "Nothing to compare yet.")
    with st.expander("The same as a table"):
        st.table(table)


def _held() -> bool:
    # A phone says in its header that it is one.
    return "Mobile" in st.context.headers.get("User-Agent", "")
