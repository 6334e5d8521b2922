"""Capture: the form on the projector, and each action as a card that can be edited."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import streamlit as st

from aqua_core.charts.sentences.planning import NO_PLAN, cycle_said, nudge_said, wins_said
from aqua_core.vocabulary import Action, ActionDraft, Cycle, Scale, Workshop
from aqua_core.vocabulary.figures import day_said
from aqua_core.workshop.planning import (
    PlanRead,
    capture_action,
    cycles_now,
    edit_action,
)
from pages import _room
from pages._plan.cycles import run_cycles
from pages._plan.fields import more_about, six_fields
from pages._plan.open_first import from_last_time
from pages._saying import plain, save_by

ADDED: Final = "actions added"
_MORE: Final = {
    "aim": "Aim",
    "with_whom": "With",
    "baseline": "Now",
    "target": "Then",
    "for_persona": "Changes",
    "pulls_against": "Pulls against it",
    "must_agree": "Must agree",
    "forum": "Told to",
}


def capture(workshop: Workshop, actions: Sequence[Action], read: PlanRead) -> None:
    """Draw the form, what the plan may lack, and its actions; a wall sees no form."""
    if _room.facilitates():
        carried = "domain" in st.query_params
        with st.expander("Add a small test", expanded=carried or not actions):
            _new(workshop)
    elif not actions:
        st.write(NO_PLAN)
    for nudged in read.nudges:
        if not nudged.action_id:
            st.info(plain(nudge_said(nudged)))
    if wins := wins_said(read.wins):
        st.badge(wins, color="green")
    cycles = cycles_now(_room.caller(), workshop.code)
    for action in actions:
        lacking = [nudge_said(each) for each in read.nudges if each.action_id == action.id]
        of_it = [cycle for cycle in cycles if cycle.action_id == action.id]
        _card(workshop, action, of_it, lacking)
    from_last_time(workshop)


def _new(workshop: Workshop) -> None:
    with st.form("capture", clear_on_submit=False, border=False):
        given = six_fields(workshop, None, f"new-{st.session_state.setdefault(ADDED, 0)}")

        def save(sure: bool) -> None:
            # A small test starts in one team; the edit form has the other scales.
            draft = ActionDraft(**given, scale=Scale.MICRO)
            capture_action(_room.caller(), workshop.code, draft, date.today(), sure=sure)
            # Another number in their keys empties the fields, and only after a save.
            st.session_state[ADDED] += 1
            st.rerun()

        save_by("Add to the plan", "a new action", save, type="primary")


def _card(
    workshop: Workshop, action: Action, cycles: Sequence[Cycle], lacking: Sequence[str]
) -> None:
    partners = {partner.id: partner.name for partner in workshop.partners}
    domains = {domain.key: domain.name for domain in workshop.instrument.domains}
    with st.container(border=True, gap="xsmall"):
        st.write(f"**{plain(action.test)}**")
        owners = ", ".join(partners[partner] for partner in action.partners)
        st.write(f"{plain(action.lead)} leads for {plain(owners)}")
        if action.prediction:
            st.write(f"We expect: {plain(action.prediction)}")
        st.caption(
            f"{plain(cycle_said(cycles[-1] if cycles else None))} · "
            f"{plain(domains[action.domain])} · {action.scale} · review on "
            f"{day_said(action.review_on)}"
            + (f" · {plain(action.measure)}" if action.measure else "")
        )
        if more := _said_more(action.model_dump()):
            st.caption(plain(more))
        for question in lacking:
            st.caption(plain(question))
        if _room.facilitates():
            run_cycles(workshop.code, action, cycles)
            with st.expander("Edit"):
                _edit(workshop, action)


def _said_more(said: Mapping[str, Any]) -> str:
    return " · ".join(f"{what}: {said[field]}" for field, what in _MORE.items() if said[field])


def _edit(workshop: Workshop, action: Action) -> None:
    # The version that this browser opened: a newer one is told, never undone by an older form.
    opened = st.session_state.setdefault(f"opened-{action.id}", action.version)
    if opened != action.version:
        st.write("Somebody changed this action since you opened it: the newest is above.")
        if st.button("Start from the newest", key=f"newest-{action.id}"):
            st.session_state[f"opened-{action.id}"] = action.version
            st.rerun()
    key = f"{action.id}-{opened}"
    with st.form(f"edit-{action.id}", border=False):
        given = six_fields(workshop, action, key) | more_about(workshop, action, key)

        def save(sure: bool) -> None:
            changed = Action(id=action.id, version=opened, **given)
            saved = edit_action(_room.caller(), workshop.code, changed, date.today(), sure=sure)
            st.session_state[f"opened-{action.id}"] = saved.version
            st.rerun()

        save_by("Save the change", f"action {action.id}", save)
