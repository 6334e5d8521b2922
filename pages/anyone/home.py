"""The first screen: for the facilitator the places, for everyone else the way to join."""

from datetime import date

import streamlit as st

from aqua_core.charts.sentences.places import all_by_date, all_places
from aqua_core.workshop.holding_back import benchmark_is_kept_back
from aqua_core.workshop.joining import seated_in
from aqua_core.workshop.opening import said_at_start, said_of_disk
from aqua_core.workshop.placing import places_now
from aqua_core.workshop.setting_up import workshops_here
from aqua_core.workshop.signing_in import has_passphrase
from pages import _masterclass, _people, _places, _room, _way
from pages._ending import end
from pages._saying import onward, plain

ALL = "all"
ABOUT = (
    "Partners of one place score how ready they are for integrated care, see where they disagree, "
    "talk about what matters, and leave with small tests that two organisations own together."
)

if not _room.signs_in():
    st.title("Discovery Room")
    st.write(ABOUT)
    for mine in seated_in(_room.caller()):
        onward(f"Back to {mine.place.name}", f"/score?{_room.CODE}={mine.code}")
    onward("Join a workshop", "/join")
    if not benchmark_is_kept_back(_room.caller()):
        st.page_link(_way.SALFORD, label="Look at Salford: three waves as published")
    st.caption(_people.way_in())
    _people.offer_directory()
    if has_passphrase():
        onward("Sign in with the passphrase", "/sign-in")
    end()

done = st.session_state.pop(_way.SAID, "")
warned = [sentence for sentence in (*said_at_start(), said_of_disk()) if sentence]
if st.query_params.get(ALL) == "workshops":
    onward("Home", "/")
    listed = workshops_here(_room.caller())
    st.title(all_by_date(len(listed)))
    if listed:
        _places.workshops(listed)
    end()
if st.query_params.get(ALL) == _people.PEOPLE:
    _people.draw()
rows = places_now(_room.caller(), date.today())
if ALL in st.query_params:
    onward("Home", "/")
    st.title(all_places(len(rows)))
    _places.table(rows, date.today(), len(rows))
    end()
real = [row for row in rows if not row.place.invented]
with st.container(horizontal=True, vertical_alignment="center", key="home"):
    st.title("Places" if real else "Discovery Room")
    if real:
        _places.set_up_button()
if not real:
    st.write(ABOUT)
_people.line()
if done:
    st.success(plain(done))
for sentence in warned:
    st.warning(plain(sentence))
if not real:
    _places.steps()
if rows:
    _places.table(rows, date.today())
_masterclass.lines()
with st.container(horizontal=True, vertical_alignment="center", key="ways"):
    if real:
        _places.sample("Try the sample", type="tertiary")
    _places.older_sample()
    if len(real) > 1:
        st.page_link(_way.MASTERCLASS, label="Set up a masterclass of several places")
        st.page_link(_way.COMMUNITY, label="Exchange between places")
    if real:
        st.page_link(_way.PROGRAMME, label="Plan a programme of sessions")
    if not benchmark_is_kept_back(_room.caller()):
        st.page_link(_way.SALFORD, label="Look at Salford, as published")
    st.page_link(_way.TAKE_AWAY, label="Open a session pack from another laptop")
    onward("Sign this browser out", "/sign-out")
