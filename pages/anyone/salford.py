"""For everyone: Salford's three waves as the paper prints them, told as a place over time."""

import streamlit as st

from aqua_core.charts.sentences.places import wave_in_order
from aqua_core.published import read_published
from aqua_core.workshop.entering import waves_as_published
from aqua_core.workshop.holding_back import check_benchmark_may_be_seen
from aqua_core.workshop.reading import published_over_time
from pages import _over_time, _room, _way

check_benchmark_may_be_seen(_room.caller())
published = read_published(
    _room.DATA / "places" / "salford.csv",
    place="Salford",
    source="Fillingham and Weir (2014), System leadership, The King's Fund, figure 3",
)
place = published_over_time(published)

st.page_link(_way.HOME, label="Home")
if place is not None:
    _over_time.picture(place, "salford", 560)
    dated = waves_as_published(published)
    days = (wave_in_order(*pair) for pair in zip(dated, (None, *dated), strict=False))
    st.caption(f"{'. '.join(days)}. Source: {place.source}.")
