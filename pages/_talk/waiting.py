"""Only for the facilitator: what seats wrote and guessed, before the room sees any of it."""

from collections.abc import Sequence

import streamlit as st

from aqua_core.charts.sentences.outcomes import misread, pointed_at
from aqua_core.vocabulary import Misreading, Reason, Workshop
from aqua_core.workshop.admitting import may_watch
from aqua_core.workshop.talking.pointing import hide_reason, reasons_now, show_reason
from pages import _room
from pages._saying import plain, told


@st.fragment
def reasons(workshop: Workshop) -> None:
    """List every distinct reason by domain, each to be shown to the room or hidden from it."""
    # A fragment is drawn without the page around it: who was signed out leaves by the whole page.
    if not may_watch(_room.caller(), workshop.code):
        st.rerun()
    with told():
        _list(workshop)


def _list(workshop: Workshop) -> None:
    written = reasons_now(_room.caller(), workshop.code)
    if not written:
        return
    st.header("What people would point at")
    st.caption("Sealed until the reveal. Show a reason as it was written, or leave it here.")
    for domain in workshop.instrument.domains:
        here = [each for each in written if each.domain == domain.key]
        if here:
            st.subheader(plain(domain.name))
        for each in here:
            _offered(workshop, each)


def guesses(workshop: Workshop, found: Sequence[Misreading]) -> None:
    """List what partners guessed of each other beside what was scored, furthest apart first."""
    if not found:
        return
    names = {domain.key: domain.name for domain in workshop.instrument.domains}
    st.header("What was guessed of each other")
    st.write(
        "\n".join(f"- **{plain(names[each.domain])}**: {plain(misread(each))}" for each in found)
    )


def _offered(workshop: Workshop, reason: Reason) -> None:
    said, does = st.columns([4, 1], vertical_alignment="center")
    again = " What moved them:" if reason.again else ""
    said.write(plain(f"{again} {pointed_at(reason)}".strip()))
    label, act = ("Hide", hide_reason) if reason.shown else ("Show", show_reason)
    if does.button(label, key=f"{label}-{reason.id}", width="stretch"):
        with told():
            act(_room.caller(), workshop.code, reason.id)
            st.rerun(scope="fragment")
