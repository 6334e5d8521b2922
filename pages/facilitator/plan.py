"""The facilitator's laptop: capture small tests that partners own together, and take them home."""

from datetime import date, timedelta

import streamlit as st

from aqua_core.vocabulary import SCALE_MEANS, Action, ActionDraft, Scale
from aqua_core.vocabulary.figures import day_said
from aqua_core.workshop.exporting import plan_csv
from aqua_core.workshop.planning import (
    capture_action,
    edit_action,
    partners_of,
    plan_now,
)
from pages import _room, _way
from pages._saying import plain, save_by

ADDED = "actions added"

workshop = _room.workshop()
code = workshop.code
acts = _room.facilitates()
_way.way(_way.PLAN)
partners = {partner.id: partner.name for partner in partners_of(workshop)}
domains = {domain.key: domain.name for domain in workshop.instrument.domains}


def asked_domain() -> str:
    asked = st.query_params.get("domain", "")
    return asked if asked in domains else next(iter(domains))


def fields(before: Action | None, key: str) -> dict[str, object]:
    """Ask for a small test; an action that is edited fills its own form."""
    test = st.text_area(
        "What will be tried",
        before.test if before else "",
        key=f"test-{key}",
        placeholder="If ..., then ...",
    )
    left, right = st.columns(2)
    with left:
        given = owners_measure_domain(before, key)
    with right:
        given |= lead_review_scale(before, key)
    return {"test": test, **given}


def owners_measure_domain(before: Action | None, key: str) -> dict[str, object]:
    owned = st.multiselect(
        "Which partners own it together (the lead partner first)",
        list(partners),
        default=list(before.partners) if before else [],
        format_func=partners.get,
        key=f"partners-{key}",
    )
    measure = st.text_input(
        "How we will know", before.measure if before else "", key=f"measure-{key}"
    )
    domain = st.selectbox(
        "Domain",
        list(domains),
        index=list(domains).index(before.domain if before else asked_domain()),
        format_func=domains.get,
        key=f"domain-{key}",
    )
    return {"partners": tuple(owned), "measure": measure, "domain": domain}


def lead_review_scale(before: Action | None, key: str) -> dict[str, object]:
    lead = st.text_input("Lead (a role)", before.lead if before else "", key=f"lead-{key}")
    review_on = st.date_input(
        "Review on",
        before.review_on if before else date.today() + timedelta(days=30),
        format="DD/MM/YYYY",
        key=f"review-{key}",
    )
    scale = st.radio(
        "Scale",
        list(Scale),
        index=list(Scale).index(before.scale) if before else 0,
        format_func=lambda each: f"{each.value.capitalize()}: {SCALE_MEANS[each]}",
        key=f"scale-{key}",
    )
    return {"lead": lead, "review_on": review_on, "scale": scale}


def capture() -> None:
    with st.form("capture", clear_on_submit=False):
        given = fields(None, f"new-{st.session_state.setdefault(ADDED, 0)}")

        def save(sure: bool) -> None:
            draft = ActionDraft(**given)
            capture_action(_room.caller(), code, draft, date.today(), sure=sure)
            # Another number in their keys empties the fields, and only after a save.
            st.session_state[ADDED] += 1
            st.rerun()

        save_by("Add to the plan", "a new action", save, type="primary")


def show(action: Action) -> None:
    with st.container(border=True):
        st.write(f"**{plain(action.test)}**")
        owners = ", ".join(partners[partner] for partner in action.partners)
        st.write(f"{plain(action.lead)} leads for {plain(owners)}")
        st.caption(
            f"{plain(domains[action.domain])} · {action.scale} · review on "
            f"{day_said(action.review_on)}"
            + (f" · {plain(action.measure)}" if action.measure else "")
        )
        if len(action.partners) == 1:
            st.caption("One partner owns this. Who would have to do it with you?")
        if acts:
            with st.expander("Edit"):
                edit(action)


def edit(action: Action) -> None:
    # The version that this browser opened: a newer one is told, never undone by an older form.
    opened = st.session_state.setdefault(f"opened-{action.id}", action.version)
    if opened != action.version:
        st.write("Somebody changed this action since you opened it: the newest is above.")
        if st.button("Start from the newest", key=f"newest-{action.id}"):
            st.session_state[f"opened-{action.id}"] = action.version
            st.rerun()
    with st.form(f"edit-{action.id}", border=False):
        given = fields(action, f"{action.id}-{opened}")

        def save(sure: bool) -> None:
            changed = Action(id=action.id, version=opened, **given)
            saved = edit_action(_room.caller(), code, changed, date.today(), sure=sure)
            st.session_state[f"opened-{action.id}"] = saved.version
            st.rerun()

        save_by("Save the change", f"action {action.id}", save)


actions = plan_now(_room.caller(), code)
st.title("Action plan")
if actions and acts:
    st.download_button(
        "Download the action plan (CSV)",
        plan_csv(_room.caller(), code),
        file_name=f"action-plan-{code}-{workshop.held_on}.csv",
        mime="text/csv",
        on_click="ignore",
        type="primary",
    )
if acts:
    with st.expander("Add a small test", expanded=not actions):
        capture()
elif not actions:
    st.write("No small test is captured yet.")
for action in actions:
    show(action)
