"""The facilitator alone: a place between its sittings: waves and tests, the check, its impact."""

from datetime import date

import streamlit as st

from aqua_core.charts.sentences.places import (
    about_place,
    day_and_distance,
    first_results_said,
)
from aqua_core.workshop.placing import place_seen
from pages import (
    _check,
    _forums,
    _giving,
    _impact,
    _measures,
    _place,
    _places,
    _room,
    _sharing,
    _way,
    _wording,
)
from pages._ending import end
from pages._programme import ask_glue
from pages._saying import plain

seen = place_seen(_room.caller(), st.query_params.get(_way.OF_PLACE, ""))
today, view = date.today(), _way.view_of_place()
_way.views_of_place(seen.place.id, view, compared=seen.compared, own=not seen.place.invented)
if view:
    views = {
        _way.CHECK: _check.draw,
        _way.FORUMS: _forums.draw,
        _way.IMPACT: _impact.draw,
        _way.MEASURES: _measures.draw,
        _way.WORDING: _wording.draw,
    }
    views[view](seen.place.id, today)
    end()
st.title(plain(seen.place.name))
last = next((wave.dated for wave in reversed(seen.waves) if wave.shown), None)
st.caption(plain(about_place(seen.place, today, last)))
if not seen.place.invented and _room.facilitates():
    again = {_way.OF_PLACE: seen.place.id}
    st.page_link(_way.SET_UP, label="Set up a workshop here", query_params=again)
if done := st.session_state.pop(_place.DONE, ""):
    st.success(plain(done))
waves, tests = st.columns([3, 2], gap="large")
with waves:
    st.header("Waves")
    _place.waves(seen, today)
with tests:
    st.header("Open tests")
    if not seen.tests:
        st.write("No test is open.")
    if said := first_results_said(*seen.first_results):
        st.write(plain(said))
    for test in seen.tests:
        due = day_and_distance(test.action.review_on, today)
        st.write(f"**{plain(due)}**: {plain(test.action.test)}")
    if seen.tests:
        at_check = _way.at_place(seen.place.id, _way.CHECK)
        st.page_link(_way.PLACE, label="Answer the tests", query_params=at_check)
    _place.days_and_name(seen)
    ask_glue(seen.place.id)
if seen.workshops:
    st.header("Workshops")
    _places.workshops(seen.workshops)
_sharing.with_others(seen, today)
_giving.of_place(seen, today)
_place.ways_apart(seen)
