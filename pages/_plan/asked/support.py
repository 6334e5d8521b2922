"""Support that the room asks for: its form, and each as a card that can be edited."""

from typing import Any, Final

import streamlit as st

from aqua_core.charts.sentences.wording import beginning
from aqua_core.vocabulary import Help, Support, SupportDraft, Workshop
from aqua_core.vocabulary.said import words_of
from aqua_core.workshop.planning import ask_support, edit_support
from pages import _room
from pages._plan.action.fields import TWO_LINES
from pages._plan.taken_out import take_out_button
from pages._plan.versions import now_open, opened_version
from pages._saying import plain, save_by

_ADDED: Final = "support added"


def ask_for_support(workshop: Workshop) -> None:
    """Draw the form for new support."""
    with st.form("support", border=False):
        given = _fields(None, str(st.session_state.setdefault(_ADDED, 0)))

        def save(sure: bool) -> None:
            ask_support(_room.caller(), workshop.code, SupportDraft(**given), sure=sure)
            st.session_state[_ADDED] += 1
            st.rerun()

        save_by("Ask for it", "support", save)


def support_card(workshop: Workshop, support: Support) -> None:
    """Draw support that is asked for; the facilitator's has its edit form, closed."""
    with st.container(border=True, gap="xsmall", key=f"card-{support.id}"):
        st.write(f"**{plain(_kind_said(support))}**")
        st.text(beginning(support.wanted))
        if _room.facilitates():
            with st.expander("Edit", type="compact"):
                _edit(workshop, support)


def support_said(support: Support) -> str:
    """Say it on one line: "Coaching, from AQuA: how we disagree"."""
    return f"{_kind_said(support)}: {support.wanted}"


def _edit(workshop: Workshop, support: Support) -> None:
    opened = opened_version(support.id, support.version, "support")
    with st.form(f"edit-{support.id}", border=False):
        given = _fields(support, f"{support.id}-{opened}")

        def save(sure: bool) -> None:
            changed = Support(id=support.id, version=opened, **given)
            saved = edit_support(_room.caller(), workshop.code, changed, sure=sure)
            now_open(support.id, saved.version)
            st.rerun()

        save_by("Save the change", f"support {support.id}", save)
    take_out_button(workshop.code, support.model_copy(update={"version": opened}))


def _fields(before: Support | None, key: str) -> dict[str, Any]:
    words = words_of(Support)
    return {
        "kind": st.radio(
            "What",
            list(Help),
            format_func=lambda each: each.value.capitalize(),
            index=list(Help).index(before.kind) if before else None,
            horizontal=True,
            key=f"kind-{key}",
        ),
        "wanted": st.text_area(
            words["wanted"].asked(),
            getattr(before, "wanted", ""),
            key=f"wanted-{key}",
            height=TWO_LINES,
        ),
        "from_whom": st.text_input(
            words["from_whom"].asked(), getattr(before, "from_whom", ""), key=f"whom-{key}"
        ),
    }


def _kind_said(support: Support) -> str:
    whom = f", from {support.from_whom}" if support.from_whom else ""
    return support.kind.value.capitalize() + whom
