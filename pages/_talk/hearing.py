"""Under a card: the ways on from it, what was heard, and the reasons that seats wrote."""

from collections.abc import Callable

import streamlit as st

from aqua_core.charts.sentences.outcomes import pointed_at
from aqua_core.vocabulary import Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.talking.noting import heard_so_far, write_down
from aqua_core.workshop.talking.pointing import (
    hide_reason,
    reasons_now,
    show_reason,
    shown_reasons,
)
from pages import _room, _way
from pages._saying import plain, save_by, told

_WRITTEN = "notes written"


def onward_from(domain: str, owners: tuple[str, ...] = ()) -> None:
    """Draw the links to a domain's scores and, for the facilitator, to an action on it.

    Args:
        domain: its key.
        owners: ids of the partners who could own the action together.
    """
    about = _room.here() | {"domain": domain}
    st.page_link(_way.DOMAIN, label="See every score on it", query_params=about, width="content")
    if _room.facilitates():
        filled = about | ({"partners": ",".join(owners)} if owners else {})
        st.page_link(
            _way.PLAN, label="Carry it into an action", query_params=filled, width="content"
        )


def heard(workshop: Workshop, domain: str) -> None:
    """Take the facilitator's note of what was heard on a domain, and show every note so far."""
    if _room.leads(workshop.code):
        _take_note(workshop, domain)
    for each in heard_so_far(_room.caller(), workshop.code, domain).heard:
        st.text(f"“{each}”")


def reasons(workshop: Workshop, domain: str) -> None:
    """Show every reason that the facilitator has shown, and let the next one be shown unread."""
    for each in shown_reasons(_room.caller(), workshop.code, domain):
        said, hides = st.columns([5, 1], vertical_alignment="center")
        said.write(plain(pointed_at(each)))
        if _room.leads(workshop.code) and hides.button("Hide", key=f"hide-{each.id}"):
            _done(hide_reason, workshop.code, each.id)
    if _room.leads(workshop.code):
        _next_reason(workshop, domain)


def _next_reason(workshop: Workshop, domain: str) -> None:
    waiting = [
        each
        for each in reasons_now(_room.caller(), workshop.code)
        if each.domain == domain and each.shown is None
    ]
    if not waiting:
        return
    many = "1 reason waits" if len(waiting) == 1 else f"{len(waiting)} reasons wait"
    if st.button(f"{many}: show one unread"):
        _done(show_reason, workshop.code, waiting[0].id)
    # By the first page: from one that may be projected, no press leads to the private one.
    st.page_link(_way.HOME, label="Read them first: on the first page, under “Only for you”")


def _done(act: Callable[[Caller, str, str], None], code: str, reason_id: str) -> None:
    with told():
        act(_room.caller(), code, reason_id)
        st.rerun()


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
