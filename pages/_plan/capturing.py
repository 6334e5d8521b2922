"""Capture: the form on the projector, each action as a card, and what was taken out."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from aqua_core.charts.sentences import planning as planning_words
from aqua_core.vocabulary import Action, ActionDraft, Workshop
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop.cycling import taken_out_now
from aqua_core.workshop.noting import outcomes_now
from aqua_core.workshop.planning import PlanRead, capture_action, check_asked
from aqua_core.workshop.showing import results_now
from pages import _half_typed, _room
from pages._plan import versions
from pages._plan.action import Story, card
from pages._plan.fields import CARRIED, at_home, six_fields
from pages._plan.open_first import from_last_time, to_the_check
from pages._saying import plain, problems, save_by
from pages._tables import literal

_ADDED: Final = "actions added"
_NEW: Final = "a new action"
_FORM: Final = "capture"
_MOST_ASKED: Final = 4
"""Questions to the whole plan at once: the next one comes when one of them is answered."""


def capture(workshop: Workshop, read: PlanRead) -> None:
    """Draw the form, what the plan may lack, and its actions; a wall sees no form."""
    outs = _outs(workshop)
    if _room.acts(workshop.code):
        versions.say_what_was_saved(read.actions)
        carried = any(name in st.query_params for name in CARRIED)
        begun = carried or not read.actions or _half_typed.came_back(_FORM)
        with st.expander("Add a small test", expanded=begun):
            _new(workshop)
    elif not read.actions:
        st.write(planning_words.NO_PLAN)
    _asked_of_the_plan(workshop.code, read)
    _cards(workshop, read, [out for out in outs if versions.is_just_out(out.said)])
    from_last_time(workshop, read)
    versions.taken_out(workshop.code, outs)


def _outs(workshop: Workshop) -> list[versions.Out]:
    if not _room.acts(workshop.code):
        return []
    gone = taken_out_now(_room.caller(), workshop.code, Action)
    return [versions.Out(action, action.test) for action in gone]


def _asked_of_the_plan(code: str, read: PlanRead) -> None:
    # Questions are for whoever writes the plan: a room reads what it will try.
    if _room.acts(code) and (
        asked := [
            plain(planning_words.nudge_said(nudge)) for nudge in read.nudges if not nudge.action_id
        ]
    ):
        st.info("  \n".join(asked[:_MOST_ASKED]))
    if wins := planning_words.wins_said(read.wins):
        st.badge(wins, color="green")


def _cards(workshop: Workshop, read: PlanRead, just_out: Sequence[versions.Out]) -> None:
    gone = {out.said.id: out for out in just_out}
    again = {review.action_id for review in read.reviews}
    every = [*read.actions, *(out.said for out in just_out if isinstance(out.said, Action))]
    for action in versions.in_order(every):
        if action.id in gone:
            versions.where_it_stood(workshop.code, gone[action.id])
            continue
        asked = [
            planning_words.nudge_said(nudge)
            for nudge in read.nudges
            if nudge.action_id == action.id
        ]
        of_it = [cycle for cycle in read.cycles if cycle.action_id == action.id]
        beside = read.going_on
        story = Story(
            len(every), of_it, beside.past.get(action.id, ()), beside.answers.get(action.id)
        )
        card(workshop, action, story, asked, over=action.id not in again)


def _new(workshop: Workshop) -> None:
    _came_to(workshop)
    with _half_typed.form(_FORM):
        problems(_NEW)
        key = f"new-{st.session_state.setdefault(_ADDED, 0)}"
        given = six_fields(workshop, None, key)
        given |= at_home(given, key)

        def save(sure: bool) -> None:
            check_asked(workshop, given, date.today())
            draft = ActionDraft(**given)
            added = capture_action(_room.caller(), workshop.code, draft, date.today(), sure=sure)
            versions.now_saved(added)
            # Another number in their keys empties the fields, and only after a save.
            st.session_state[_ADDED] += 1
            # What was carried from a conversation is this test's, not the next one's.
            for name in CARRIED:
                st.query_params.pop(name, None)
            st.rerun()

        save_by("Add to the plan", _NEW, save, f"{{}}-{key}", type="primary")


def _came_to(workshop: Workshop) -> None:
    """Say beside the form what the conversation came to that the test is carried from."""
    domain = st.query_params.get("domain", "")
    if domain and (kept := outcomes_now(_room.caller(), workshop.code).get(domain)):
        teams = {team.id: team.name for team in workshop.teams}
        name = workshop.instrument.names.get(domain) or _row_named(workshop.code, domain)
        said = [f"**{plain(name)}**", *map(plain, planning_words.carried(kept, teams))]
        st.write("  \n".join(said) if said[1:] else "")


def _row_named(code: str, key: str) -> str:
    row = results_now(_room.caller(), code).talked_beside.get(key)
    return row.short if row else ""


_QUESTIONS = ("Did it happen?", "What did we see?", "What next?")


def check_sheet(workshop: Workshop, read: PlanRead) -> None:
    """Draw a sheet to print: every action whose review lies within 30 days, or is late."""
    due = {due.action_id for due in read.due}
    later = planning_words.due_later_said(len(read.reviews) - len(due))
    if _room.facilitates():
        to_the_check(read.place_id)
    if not due:
        st.write(f"No review lies within 30 days: there is nothing to check yet. {later}".rstrip())
        return
    st.caption("Print this page (Ctrl+P) and take it to the review.", width="content")
    with st.container(key="sheet"):
        st.subheader(
            f"{plain(workshop.place.name)}: check within 30 days", anchor=False, divider="gray"
        )
        every = [*read.actions, *read.going_on.here]
        for action in sorted(every, key=lambda action: (action.review_on, action.id)):
            if action.id in due:
                _check(workshop, action)
        if later:
            st.write(later)


def _check(workshop: Workshop, action: Action) -> None:
    names = {partner.id: partner.name for partner in workshop.partners}
    owned = planning_words.owned_said(
        action.lead, [names.get(partner, partner) for partner in action.partners]
    )
    expected = planning_words.on_paper(action.prediction) or planning_words.NOT_SAID
    with st.container(key=f"check-{action.id}"):
        st.write(f"**{plain(action.test)}**")
        st.write(
            plain(f"{owned}. Review by {day_said(action.review_on)}.")
            + "  \n"
            + plain(f"We expected: {expected}")
            + "  \n"
            + plain(f"How we will know: {action.measure or planning_words.NOT_SAID}")
        )
        blank = pd.DataFrame([["", "", ""]], columns=list(_QUESTIONS))
        st.table(literal(blank), hide_index=True)
