"""Projected: every score on one domain, for the debate. The distribution comes first."""

import streamlit as st

from aqua_core.charts.domain_marks import domain_marks
from aqua_core.charts.sentences.second_look import two_looks_takeaway
from aqua_core.charts.tables import spread_table, two_looks_table
from aqua_core.charts.two_looks import two_looks as two_looks_marks
from aqua_core.charts.words import spread_takeaway
from aqua_core.workshop.reading import room_now, spread_now
from aqua_core.workshop.talking.looking_again import two_looks
from pages import _room, _way
from pages._comparing import compared
from pages._drawing import drawn, left_under, look
from pages._saying import plain
from pages._ways_back import which_looks

CHOSEN = "domain"
LABELLED = 60  # px by which a choice with its label is taller than the choices of the Gaps page

workshop = _room.workshop()
_way.way(_way.DOMAIN)
shown = room_now(_room.caller(), workshop.code).revealed
revealed = [domain for domain in workshop.instrument.domains if domain.key in shown]
if not revealed:
    st.header("Nothing is revealed yet")
    st.write(_way.SEALED)
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    keys = [domain.key for domain in revealed]
    asked = st.query_params.get(CHOSEN, "")
    domain = st.selectbox(
        "Domain",
        revealed,
        index=keys.index(asked) if asked in keys else 0,
        format_func=lambda each: each.name,
    )
    compare = compared(workshop)

levels = workshop.instrument.levels
looks = two_looks(_room.caller(), workshop.code, domain.key, compare)
if looks is None:
    spread = spread_now(_room.caller(), workshop.code, domain.key, compare)
    takeaway = f"{spread_takeaway(spread)} {which_looks(workshop, domain.key)}".strip()
    picture = domain_marks(spread, levels, look(), height=left_under(takeaway) - LABELLED)
    drawn(picture, takeaway, spread_table(spread, levels))
else:
    before, after, movement = looks
    takeaway = two_looks_takeaway(movement, before, after)
    picture = two_looks_marks(before, after, levels, look(), left_under(takeaway) - LABELLED)
    drawn(picture, takeaway, two_looks_table(before, after, levels))
with st.expander("The statements"):
    for points, statement in enumerate(domain.statements):
        st.write(f"**{points} · {plain(levels[points])}** {plain(statement)}")
