"""Projected: a real place over three waves, exactly as published. Read-only."""

import streamlit as st

from aqua_core.charts.sentences.places import wave_in_order
from aqua_core.charts.tables import waves_table
from aqua_core.charts.waves import waves
from aqua_core.charts.words import waves_takeaway
from aqua_core.published import read_published
from aqua_core.workshop.entering import waves_as_published
from aqua_core.workshop.remembering import means_said
from pages import _room, _way
from pages._drawing import drawn, look
from pages._saying import plain

published = read_published(
    _room.DATA / "places" / "salford.csv",
    place="Salford",
    source="Fillingham and Weir (2014), System leadership, The King's Fund, figure 3",
)

st.page_link(_way.HOME, label="First page")
st.title("Salford, three waves")
drawn(waves(published, look(), height=640), waves_takeaway(published), waves_table(published))
for column, (name, means, change) in zip(st.columns(3), means_said(published), strict=True):
    column.metric(name, f"{means[0]} to {means[-1]}", f"{change:+}", border=True)
    in_order = zip(published.waves, means, strict=True)
    column.caption(", ".join(f"{plain(wave)} {mean}" for wave, mean in in_order))
dated = waves_as_published(published)
st.caption(
    ". ".join(wave_in_order(*pair) for pair in zip(dated, (None, *dated), strict=False)) + "."
)
st.caption(f"Source: {published.source}. The paper does not say how many people scored.")
