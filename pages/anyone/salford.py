"""Projected: a real place over three waves, exactly as published. Read-only."""

import streamlit as st

from aqua_core.charts.over_time import over_time_chart, over_time_table
from aqua_core.charts.sentences.over_time import (
    check_said,
    headline,
    lags_said,
    means_said,
    quiet_line,
)
from aqua_core.published import read_published
from aqua_core.workshop.remembering import published_over_time
from pages import _room, _way
from pages._drawing import drawn, look

place = published_over_time(
    read_published(
        _room.DATA / "places" / "salford.csv",
        place="Salford",
        source="Fillingham and Weir (2014), System leadership, The King's Fund, figure 3",
    )
)

st.page_link(_way.HOME, label="First page")
if place is not None:
    st.title(headline(place))
    drawn(
        over_time_chart(place, look(), height=560),
        quiet_line(place),
        over_time_table(place),
        note=f"{means_said(place)} {check_said(place)} Lags: {lags_said(place)}",
    )
    st.caption(f"Source: {place.source}.")
