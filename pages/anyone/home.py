"""The first screen: for the facilitator three ways to begin, for everyone else the way to join."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from aqua_core.vocabulary import Place
from aqua_core.vocabulary.figures import day_said
from aqua_core.workshop.admitting import may_facilitate
from aqua_core.workshop.opening import said_at_start, said_of_disk
from aqua_core.workshop.sampling import OF_2014, TODAY, try_sample
from aqua_core.workshop.setting_up import Listed, workshops_here
from aqua_core.workshop.signing_in import has_passphrase
from pages import _room, _way
from pages._saying import onward, plain

st.title("Discovery Room")
st.write(
    "Partners of one place score how ready they are for integrated care, see where they disagree, "
    "talk about what matters, and leave with small tests that two organisations own together."
)
if not may_facilitate(_room.caller()):
    onward("Join a workshop", "/join")
    st.page_link(_way.SALFORD, label="Look at Salford: three waves as published")
    st.caption("Facilitator? Open the link from the window where Discovery Room was started.")
    if has_passphrase():
        onward("Sign in with the passphrase", "/sign-in")
    st.stop()

if done := st.session_state.pop(_way.SAID, ""):
    st.success(plain(done))
for sentence in (*said_at_start(), said_of_disk()):
    if sentence:
        st.warning(plain(sentence))


def try_one(file: str, place: Place) -> None:
    path, scored = _room.DATA / "places" / file, _room.default_instrument()
    made = try_sample(_room.caller(), path, scored, date.today(), place)
    st.switch_page(_way.ROOM, query_params={_room.CODE: made.code})


set_up, sample, salford = st.columns(3, border=True)
with set_up:
    st.header("Set up a workshop")
    st.write("Your place, its partners and teams. It takes two minutes.")
    if st.button("Set up a workshop", type="primary", width="stretch"):
        st.switch_page(_way.SET_UP)
with sample:
    st.header("Try the sample")
    st.write("Eight partners at three tiers have scored. Reveal it. Every score is invented.")
    if st.button("Try the sample", width="stretch"):
        try_one("sample.csv", TODAY)
    if st.button("Or with the partners of 2014, as in the paper", type="tertiary"):
        try_one("sample-2014.csv", OF_2014)
with salford:
    st.header("Look at Salford")
    st.write("A real place over three waves, as The King's Fund published it.")
    if st.button("Look at Salford", width="stretch"):
        st.switch_page(_way.SALFORD)

earlier = workshops_here(_room.caller())
if earlier:
    st.header("Go on with a workshop")
samples = [each for each in earlier if each.invented]
listed = [each for each in earlier if each not in samples[3:]]


def links(page: str, to: Sequence[Listed], what: str = "") -> None:
    for each in to:
        st.page_link(
            page,
            label=f"{what}{plain(each.place)}, {day_said(each.held_on)}, code {each.code}"
            + (" (sample, invented scores)" if each.invented else "")
            + (", closed" if each.closed else ""),
            query_params={_room.CODE: each.code},
        )


links(_way.ROOM, listed)
if listed:
    with st.expander("Only for you: what the answers give to think about"):
        st.write("Not for the projector. Open it on a screen that nobody else sees.")
        links(_way.ONLY_FOR_YOU, listed, "Private notes on ")
    with st.expander("Take away: the report, the plan and the whole workshop as files"):
        links(_way.TAKE_AWAY, listed, "Take away from ")
    with st.expander("What is kept: close a workshop, or erase it"):
        links(_way.KEEPING, earlier, "Close or erase ")
st.page_link(_way.TAKE_AWAY, label="Open a session pack from another laptop")
onward("Sign this browser out", "/sign-out")
