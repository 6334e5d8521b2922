"""Projected: what a result means for one place, what it offers and asks, in its own words."""

import streamlit as st

from aqua_core.workshop.sharing import matches_between, share_out_now, tables_now
from pages import _room, _share_out, _way
from pages._ending import end

workshop = _room.workshop()
_way.way(_way.SHARE_OUT)
above = st.container(horizontal=True, key="heard")
if _room.facilitates():
    tables = tables_now(_room.caller(), workshop.code)
    matches = matches_between(tables)
    with above:
        heard = _share_out.chosen_of(tables, workshop.code)
    if heard and heard.workshop.code != workshop.code:
        st.query_params[_room.CODE] = heard.workshop.code  # the page is that place's own from here
        st.rerun()
    if not heard:
        _share_out.every(tables, matches)
        end()
    offered = matches[heard.workshop.code]
else:
    heard, offered = share_out_now(_room.caller(), workshop.code), ()
_share_out.wall(heard, offered, above)
_share_out.words_of_table(heard)
