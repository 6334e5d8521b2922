"""Under a conversation: the ways on from it, and what was heard."""

import streamlit as st

from aqua_core.vocabulary import Workshop
from aqua_core.workshop.talking.noting import heard_so_far, write_down
from pages import _room, _way
from pages._saying import save_by

_WRITTEN = "notes written"


def onward_from(domain: str) -> None:
    """Draw the links to a domain's scores and, for the facilitator, to an action on it."""
    ways = [(_way.DOMAIN, "See every score on it")]
    if _room.facilitates():
        ways.append((_way.PLAN, "Carry it into an action"))
    for page, label in ways:
        st.page_link(
            page, label=label, query_params=_room.here() | {"domain": domain}, width="content"
        )


def heard(workshop: Workshop, domain: str) -> None:
    """Take the facilitator's note of what was heard on a domain, and show every note so far."""
    if _room.facilitates():
        _take_note(workshop, domain)
    for each in heard_so_far(_room.caller(), workshop.code, domain).heard:
        st.text(f"“{each}”")


def _take_note(workshop: Workshop, domain: str) -> None:
    # Another number in its key empties the field after this browser's own save, and only then.
    written = st.session_state.setdefault(_WRITTEN, 0)
    with st.form("heard", border=False):
        typed = st.text_area(
            "What was heard",
            key=f"note-{domain}-{written}",
            help="No names: what was said, not who said it.",
        )

        def save(sure: bool) -> None:
            write_down(_room.caller(), workshop.code, domain, typed, sure=sure)
            st.session_state[_WRITTEN] = written + 1
            st.rerun()

        save_by("Write it down", f"notes on {domain}", save)
