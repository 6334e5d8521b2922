"""The facilitator alone: a place's own words, between its sittings. Never projected."""

import streamlit as st

from aqua_core.charts.sentences import own_words as words
from aqua_core.workshop.rewording import wording_seen
from pages import _room, _way, _wording
from pages._saying import plain

installed = _room.instruments()
seen = wording_seen(_room.caller(), st.query_params.get(_way.OF_PLACE, ""), installed)
_wording.go_on()
with st.container(horizontal=True, vertical_alignment="center"):
    st.title(f"The words of {plain(seen.place.name)}")
    st.page_link(_way.HOME, label="Home")
    st.page_link(_way.PLACE, label="Place", query_params={_way.OF_PLACE: seen.place.id})
st.caption(words.KEEPS)
with st.container():
    if done := st.session_state.pop(_wording.DONE, ""):
        st.success(plain(done))
begun, more = st.columns([5, 2], vertical_alignment="bottom")
with begun:
    typing = _wording.typing_from(seen, installed)
at = _wording.chosen_domain(typing)
is_local = typing.domains[at]["key"] in _wording.local_domains(typing, installed)
with more, st.container(horizontal=True):
    _wording.add_a_domain(typing)
    if is_local:
        _wording.take_out(typing, at)
typed, changed = st.columns([3, 2], gap="large")
with typed:
    _wording.fields(typing, at, seen, local=is_local)
with changed:
    st.header("What changes", anchor=False)
    _wording.changes(typing, seen)
    _wording.save(typing, seen, installed)
    _wording.files(typing, seen)
    for saved in seen.own:
        st.caption(plain(words.saved_said(saved)))
    st.caption(plain(typing.draft.begun.source))
