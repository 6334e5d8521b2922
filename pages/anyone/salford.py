"""For everyone: Salford's three waves as the paper prints them, told as a place over time."""

import streamlit as st

from aqua_core.charts.over_time import over_time_chart, over_time_table
from aqua_core.charts.sentences import over_time as over_time_words
from aqua_core.charts.sentences.places import wave_in_order
from aqua_core.published import read_published
from aqua_core.workshop.entering import waves_as_published
from aqua_core.workshop.reading import published_over_time
from pages import _room, _way
from pages._drawing import drawn, look

published = read_published(
    _room.DATA / "places" / "salford.csv",
    place="Salford",
    source="Fillingham and Weir (2014), System leadership, The King's Fund, figure 3",
)
place = published_over_time(published)

st.page_link(_way.HOME, label="First page")
if place is not None:
    st.title(over_time_words.headline(place))
    means, check = over_time_words.means_said(place), over_time_words.check_said(place)
    drawn(
        over_time_chart(place, look(), height=560),
        over_time_words.quiet_line(place),
        over_time_table(place),
        note=f"{means} {check} Lags: {over_time_words.lags_said(place)}",
    )
    dated = waves_as_published(published)
    days = (wave_in_order(*pair) for pair in zip(dated, (None, *dated), strict=False))
    st.caption(f"{'. '.join(days)}. Source: {place.source}.")
