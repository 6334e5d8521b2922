"""The facilitator alone, before they come: does a second device reach this laptop, and its disk."""

from time import time

import streamlit as st

from aqua_core.workshop.opening import rehearsal_now, rehearse_at
from pages import _address, _joining, _rehearsed, _room, _way

_room.workshop()
_way.way(_way.REHEARSE)
address = _address.join_address()
practice = address.replace("/join", "/rehearse")


def scan() -> None:
    st.subheader("Scan with a second device", anchor=False)
    st.image(_address.qr_of(practice), alt="QR code of the practice page", width=380)
    with st.container(key="address"):
        st.caption(_joining.or_typed())
        st.text(_address.shown(practice))
    st.caption("A phone, not another window here. The practice answer is kept nowhere.")


@st.fragment(run_every=1.0)
def steps() -> None:
    """Follow the rehearsal by itself: one page asks once a second, for some minutes."""
    if _address.join_address() != address:
        st.rerun()
    if not address:
        st.warning(_address.NO_NETWORK)
        return
    rehearse_at(address)
    now, came = time(), rehearsal_now()
    seen = _rehearsed.Rehearsed(
        answers=_address.answers_at(address),
        opened=None if came.opened is None else now - came.opened,
        saved=came.saved,
        took=came.took,
        here=came.here,
        waited=now - came.begun,
    )
    draw(seen)


def draw(seen: _rehearsed.Rehearsed) -> None:
    with st.container(gap="xsmall"):
        heading = _rehearsed.heading(seen)
        st.title(f":green[{heading}]" if seen.proven else heading, anchor=False)
        st.write(_rehearsed.under_it(seen))
    for done, step, quiet in _rehearsed.steps_of(seen):
        mark = "✓" if done else "◌"
        st.subheader(f":green[{mark} {step}]" if seen.proven else f"{mark} {step}", anchor=False)
        if quiet:
            st.caption(quiet)
    st.divider()
    st.write(_rehearsed.what_next(seen))
    if seen.proven:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(_way.ROOM, label="**Open the room**", query_params=_room.here())
            if st.button("Rehearse once more"):
                rehearse_at(address, anew=True)
                st.rerun(scope="fragment")


left, right = st.columns([1, 1.6], gap="large")
with left:
    if address:
        scan()
with right.container(key="rehearsal"):
    steps()
