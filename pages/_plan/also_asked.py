"""Also asked for: support from outside, and statements that were unclear."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from aqua_core.vocabulary import (
    POINTS,
    Action,
    Help,
    SupportDraft,
    UnclearDraft,
    Workshop,
)
from aqua_core.workshop.planning import PlanRead, ask_support, say_unclear, wishes_now
from pages import _room
from pages._saying import plain, save_by

ASKED: Final = "wishes added"


def also_asked(workshop: Workshop, actions: Sequence[Action], read: PlanRead) -> None:
    """Draw the two forms, and under each what was asked for so far."""
    wishes = wishes_now(_room.caller(), workshop.code)
    st.session_state.setdefault(ASKED, 0)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Support we ask for", anchor=False)
        _ask(workshop)
        for each in wishes.support:
            whom = f", from {each.from_whom}" if each.from_whom else ""
            st.write(f"**{plain(each.kind.value.capitalize() + whom)}**")
            st.text(each.wanted)
    with right:
        st.subheader("This statement was unclear", anchor=False)
        _unclear(workshop)
        for said in wishes.unclear:
            domain = workshop.instrument.domain(said.domain)
            if domain:
                st.write(f"**{plain(f'{domain.name}, {said.points}')}**")
                st.text(domain.statements[said.points])
                st.caption(plain(f"Better: {said.suggestion}" if said.suggestion else "Unclear."))


def _ask(workshop: Workshop) -> None:
    if not _room.facilitates():
        return
    key = st.session_state[ASKED]
    with st.form("support", border=False):
        kind = st.radio(
            "What",
            list(Help),
            format_func=lambda each: each.value.capitalize(),
            index=None,
            horizontal=True,
            key=f"kind-{key}",
        )
        wanted = st.text_input("What it should help with", key=f"wanted-{key}")
        from_whom = st.text_input("From whom", key=f"whom-{key}")

        def save(sure: bool) -> None:
            draft = SupportDraft(kind=kind, wanted=wanted, from_whom=from_whom)
            ask_support(_room.caller(), workshop.code, draft, sure=sure)
            st.session_state[ASKED] += 1
            st.rerun()

        save_by("Ask for it", "support", save)


def _unclear(workshop: Workshop) -> None:
    if not _room.facilitates():
        return
    domains = {domain.key: domain.name for domain in workshop.instrument.domains}
    key = st.session_state[ASKED]
    with st.form("unclear", border=False):
        where, which = st.columns([2, 1])
        domain = where.selectbox(
            "Domain of the statement", list(domains), format_func=domains.get, key=f"of-{key}"
        )
        points = which.selectbox(
            "Points", list(POINTS), index=None, placeholder="0 to 5", key=f"points-{key}"
        )
        better = st.text_input("What it should say (if you know)", key=f"better-{key}")

        def save(sure: bool) -> None:
            draft = UnclearDraft(domain=domain, points=points, suggestion=better)
            say_unclear(_room.caller(), workshop.code, draft, sure=sure)
            st.session_state[ASKED] += 1
            st.rerun()

        save_by("Write it down", "unclear", save)
