"""Statements that were unclear: the form, and each as a card that can be edited."""

from typing import Any, Final

import streamlit as st

from aqua_core.charts.sentences.wording import beginning
from aqua_core.vocabulary import POINTS, Unclear, UnclearDraft, Workshop
from aqua_core.vocabulary.said import words_of
from aqua_core.workshop.planning import edit_unclear, say_unclear
from pages import _room
from pages._plan.action.fields import TWO_LINES
from pages._plan.taken_out import take_out_button
from pages._plan.versions import now_open, opened_version
from pages._saying import plain, save_by

_ADDED: Final = "unclear statements added"


def say_what_was_unclear(workshop: Workshop) -> None:
    """Draw the form for another statement."""
    with st.form("unclear", border=False):
        given = _fields(workshop, None, str(st.session_state.setdefault(_ADDED, 0)))

        def save(sure: bool) -> None:
            say_unclear(_room.caller(), workshop.code, UnclearDraft(**given), sure=sure)
            st.session_state[_ADDED] += 1
            st.rerun()

        save_by("Write it down", "unclear", save)


def unclear_card(workshop: Workshop, unclear: Unclear) -> None:
    """Draw a statement with what it says; the facilitator's has its edit form, closed."""
    domain = workshop.instrument.domain(unclear.domain)
    with st.container(border=True, gap="xsmall", key=f"card-{unclear.id}"):
        st.write(f"**{plain(unclear_said(workshop, unclear))}**")
        if domain:
            st.text(f"It says: {domain.statements[unclear.points]}")
        if unclear.suggestion:
            st.text(f"Better: {beginning(unclear.suggestion)}")
        if _room.facilitates():
            with st.expander("Edit", type="compact"):
                _edit(workshop, unclear)


def unclear_said(workshop: Workshop, unclear: Unclear) -> str:
    """Say which statement it is: "Culture, 3"."""
    domain = workshop.instrument.domain(unclear.domain)
    return f"{domain.name if domain else unclear.domain}, {unclear.points}"


def _edit(workshop: Workshop, unclear: Unclear) -> None:
    opened = opened_version(unclear.id, unclear.version, "statement")
    with st.form(f"edit-{unclear.id}", border=False):
        given = _fields(workshop, unclear, f"{unclear.id}-{opened}")

        def save(sure: bool) -> None:
            changed = Unclear(id=unclear.id, version=opened, **given)
            saved = edit_unclear(_room.caller(), workshop.code, changed, sure=sure)
            now_open(unclear.id, saved.version)
            st.rerun()

        save_by("Save the change", f"unclear {unclear.id}", save)
    take_out_button(workshop.code, unclear.model_copy(update={"version": opened}))


def _fields(workshop: Workshop, before: Unclear | None, key: str) -> dict[str, Any]:
    domains = {domain.key: domain.name for domain in workshop.instrument.domains}
    where, which = st.columns([2, 1])
    return {
        "domain": where.selectbox(
            "Domain of the statement",
            list(domains),
            index=list(domains).index(before.domain) if before else 0,
            format_func=domains.get,
            key=f"of-{key}",
        ),
        "points": which.selectbox(
            "Points",
            list(POINTS),
            index=list(POINTS).index(before.points) if before else None,
            placeholder="0 to 5",
            key=f"points-{key}",
        ),
        "suggestion": st.text_area(
            words_of(Unclear)["suggestion"].asked(),
            getattr(before, "suggestion", ""),
            key=f"better-{key}",
            height=TWO_LINES,
        ),
    }
