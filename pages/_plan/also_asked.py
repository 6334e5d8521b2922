"""Also asked for: support from outside, and statements that were unclear."""

from collections.abc import Sequence

import streamlit as st

from aqua_core.vocabulary import Action, Support, Unclear, Workshop
from aqua_core.workshop.planning import PlanRead, taken_out_now, wishes_now
from pages import _room
from pages._plan.asked.support import ask_for_support, support_card, support_said
from pages._plan.asked.unclear import say_what_was_unclear, unclear_card, unclear_said
from pages._plan.taken_out import Out, is_just_out, taken_out, where_it_stood


def also_asked(workshop: Workshop, actions: Sequence[Action], read: PlanRead) -> None:
    """Draw the two forms, and under each what was asked for so far."""
    wishes = wishes_now(_room.caller(), workshop.code)
    acts, outs = _room.facilitates(), _outs(workshop)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Support we ask for", anchor=False)
        if acts:
            ask_for_support(workshop)
        for support in wishes.support:
            support_card(workshop, support)
        _just_out(workshop, outs, Support)
    with right:
        st.subheader("This statement was unclear", anchor=False)
        if acts:
            say_what_was_unclear(workshop)
        for unclear in wishes.unclear:
            unclear_card(workshop, unclear)
        _just_out(workshop, outs, Unclear)
    taken_out(workshop.code, outs)


def _outs(workshop: Workshop) -> list[Out]:
    if not _room.facilitates():
        return []
    gone = taken_out_now(_room.caller(), workshop.code)
    return [
        *(Out(support, support_said(support)) for support in gone.support),
        *(Out(unclear, unclear_said(workshop, unclear)) for unclear in gone.unclear),
    ]


def _just_out(workshop: Workshop, outs: Sequence[Out], kind: type) -> None:
    for out in outs:
        if isinstance(out.said, kind) and is_just_out(out.said):
            where_it_stood(workshop.code, out)
