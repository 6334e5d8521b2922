"""Projected: every score on one domain, for the debate. The distribution comes first."""

import streamlit as st

from aqua_core.charts.domain_marks import domain_marks
from aqua_core.charts.domain_marks import two_looks as two_looks_marks
from aqua_core.charts.sentences.ways_back import two_looks_takeaway
from aqua_core.charts.tables import spread_table, two_looks_table
from aqua_core.charts.words import spread_takeaway
from aqua_core.workshop.reading import widest_first
from aqua_core.workshop.showing import results_now, shown_now
from pages import _room, _way
from pages._comparing import compared, kept_comparison
from pages._drawing import drawn, left_under, look
from pages._mirroring import opens, same_on_walls
from pages._saying import plain
from pages._ways_back import say_why_nothing_is_shown, which_looks

CHOSEN = "domain"
WIDGET = "domain chosen"
FROM_LINK = "domain in the link"
LABELLED = 60  # px by which a choice with its label is taller than the choices of the Gaps page

workshop = _room.workshop()
_way.way(_way.DOMAIN)
shown = results_now(_room.caller(), workshop.code)
revealed = [domain for domain in workshop.instrument.domains if domain.key in shown.rounds]
if not revealed:
    say_why_nothing_is_shown(workshop)

by = kept_comparison()
ranking = widest_first(shown.gaps[by], shown.by_domain(by))
with st.container(horizontal=True, vertical_alignment="bottom"):
    keys = [domain.key for domain in revealed]
    asked = st.query_params.get(CHOSEN, "")
    linked = asked in keys and asked != st.session_state.get(FROM_LINK)
    if linked or st.session_state.get(WIDGET) not in keys:
        st.session_state[WIDGET] = asked if asked in keys else ranking[0].domain.key
    names = workshop.instrument.names
    key = st.selectbox(
        "Domain",
        keys,
        key=same_on_walls(WIDGET),
        format_func=names.__getitem__,
        width=320,  # px of the longest name
    )
    domain = revealed[keys.index(key)]
    # Else a link back to what the address still names would change nothing.
    st.query_params[CHOSEN] = st.session_state[FROM_LINK] = domain.key
    compare, without = compared(workshop, shown)
    rank = [gap.domain.key for gap in ranking].index(domain.key)
    for step, words in ((-1, "Before"), (1, "Next")):
        if 0 <= rank + step < len(ranking):
            other = ranking[rank + step].domain
            at = {**_room.here(), CHOSEN: other.key}
            st.page_link(_way.DOMAIN, label=plain(f"{words}: {other.short}"), query_params=at)

levels = workshop.instrument.levels
looks = None
if domain.key in shown.looked_again:
    looks = shown_now(_room.caller(), workshop.code).two_looks(domain.key, compare)
if looks is None:
    spread = shown.by_domain(compare)[domain.key]
    takeaway = f"{spread_takeaway(spread)} {which_looks(workshop, shown, domain.key)}".strip()
    picture = domain_marks(spread, levels, look(), height=left_under(takeaway) - LABELLED)
    drawn(picture, takeaway, spread_table(spread, levels))
else:
    before, after, movement = looks
    takeaway = two_looks_takeaway(movement, before, after)
    picture = two_looks_marks(before, after, levels, look(), left_under(takeaway) - LABELLED)
    drawn(picture, takeaway, two_looks_table(before, after, levels))
if without:
    st.caption(plain(without))
with opens("The statements", "the statements"):
    for points, statement in enumerate(domain.statements):
        st.write(f"**{points} · {plain(levels[points])}** {plain(statement)}")
