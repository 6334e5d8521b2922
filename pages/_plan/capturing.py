"""Capture: the form on the projector, each action as a card, and what was taken out."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from aqua_core.charts.sentences.planning import NO_PLAN, nudge_said, wins_said
from aqua_core.vocabulary import Action, ActionDraft, Workshop
from aqua_core.workshop.planning import (
    PlanRead,
    capture_action,
    cycles_now,
    taken_out_now,
)
from pages import _room
from pages._plan.action.card import card
from pages._plan.action.fields import CARRIED, six_fields
from pages._plan.open_first import from_last_time
from pages._plan.saved_last import in_order, now_saved, say_what_was_saved
from pages._plan.taken_out import Out, is_just_out, taken_out, where_it_stood
from pages._saying import plain, save_by

ADDED: Final = "actions added"
MOST_ASKED: Final = 4
"""Questions to the whole plan at once: the next one comes when one of them is answered."""


def capture(workshop: Workshop, actions: Sequence[Action], read: PlanRead) -> None:
    """Draw the form, what the plan may lack, and its actions; a wall sees no form."""
    outs = _outs(workshop)
    if _room.facilitates():
        say_what_was_saved(actions)
        carried = any(each in st.query_params for each in CARRIED)
        with st.expander("Add a small test", expanded=carried or not actions):
            _new(workshop)
    elif not actions:
        st.write(NO_PLAN)
    _asked_of_the_plan(read)
    _cards(workshop, actions, read, [out for out in outs if is_just_out(out.said)])
    from_last_time(workshop)
    taken_out(workshop.code, outs)


def _outs(workshop: Workshop) -> list[Out]:
    if not _room.facilitates():
        return []
    gone = taken_out_now(_room.caller(), workshop.code).actions
    return [Out(action, action.test) for action in gone]


def _asked_of_the_plan(read: PlanRead) -> None:
    if asked := [plain(nudge_said(each)) for each in read.nudges if not each.action_id]:
        st.info("  \n".join(asked[:MOST_ASKED]))
    if wins := wins_said(read.wins):
        st.badge(wins, color="green")


def _cards(
    workshop: Workshop, actions: Sequence[Action], read: PlanRead, just_out: Sequence[Out]
) -> None:
    cycles = cycles_now(_room.caller(), workshop.code)
    gone = {out.said.id: out for out in just_out}
    again = {review.action_id for review in read.reviews}
    every = [*actions, *(out.said for out in just_out if isinstance(out.said, Action))]
    for action in in_order(every, read.changed_last):
        if action.id in gone:
            where_it_stood(workshop.code, gone[action.id])
            continue
        asked = [nudge_said(each) for each in read.nudges if each.action_id == action.id]
        of_it = [cycle for cycle in cycles if cycle.action_id == action.id]
        card(workshop, action, of_it, asked, over=action.id not in again)


def _new(workshop: Workshop) -> None:
    with st.form("capture", clear_on_submit=False, border=False):
        given = six_fields(workshop, None, f"new-{st.session_state.setdefault(ADDED, 0)}")

        def save(sure: bool) -> None:
            draft = ActionDraft(**given)
            added = capture_action(_room.caller(), workshop.code, draft, date.today(), sure=sure)
            now_saved(added)
            # Another number in their keys empties the fields, and only after a save.
            st.session_state[ADDED] += 1
            # What was carried from a conversation is this test's, not the next one's.
            for each in CARRIED:
                st.query_params.pop(each, None)
            st.rerun()

        save_by("Add to the plan", "a new action", save, type="primary")
