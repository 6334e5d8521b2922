"""What the plan page asks beside actions: support and what stayed unclear."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import streamlit as st

from aqua_core.charts.sentences.wording import beginning
from aqua_core.vocabulary import (
    POINTS,
    Help,
    Support,
    SupportDraft,
    Unclear,
    UnclearDraft,
    Workshop,
)
from aqua_core.vocabulary.text import words_of
from aqua_core.workshop import planning
from aqua_core.workshop.cycling import taken_out_now
from pages import _room
from pages._half_typed import begins, form
from pages._plan import versions
from pages._plan.fields import TWO_LINES
from pages._saying import plain, save_by

_ADDED: Final = "support added"


def _ask_for_support(workshop: Workshop) -> None:
    """Draw the form for new support."""
    with form("support"):
        given = _fields(None, str(st.session_state.setdefault(_ADDED, 0)))

        def save(sure: bool) -> None:
            planning.ask_support(_room.caller(), workshop.code, SupportDraft(**given), sure=sure)
            st.session_state[_ADDED] += 1
            st.rerun()

        save_by("Ask for it", "support", save)


def _support_card(workshop: Workshop, support: Support, cards: int) -> None:
    """Draw support that is asked for; the facilitator's has its edit form, closed."""
    with st.container(border=True, gap="xsmall", key=f"card-{support.id}"):
        st.write(f"**{plain(_kind_said(support))}**")
        st.text(beginning(support.wanted))
        if _room.acts(workshop.code):
            versions.opens("Edit", support.id, partial(_edit, workshop, support), cards)


def _support_said(support: Support) -> str:
    """Say it on one line: "Coaching, from AQuA: how we disagree"."""
    return f"{_kind_said(support)}: {support.wanted}"


def _edit(workshop: Workshop, support: Support) -> None:
    opened = versions.opened_version(support.id, support.version, "support")
    with form(f"edit-{support.id}"):
        given = _fields(support, f"{support.id}-{opened}")

        def save(sure: bool) -> None:
            changed = Support(id=support.id, version=opened, **given)
            saved = planning.edit_support(_room.caller(), workshop.code, changed, sure=sure)
            versions.now_open(support.id, saved.version)
            st.rerun()

        save_by("Save the change", f"support {support.id}", save)
    versions.take_out_button(workshop.code, support.model_copy(update={"version": opened}))


def _fields(before: Support | None, key: str) -> dict[str, Any]:
    words = words_of(Support)
    kind = begins(f"kind-{key}", before.kind if before else None)
    return {
        "kind": st.radio(
            "What",
            list(Help),
            format_func=lambda kind: kind.value.capitalize(),
            index=list(Help).index(kind) if kind else None,
            horizontal=True,
            key=f"kind-{key}",
        ),
        "wanted": st.text_area(
            words["wanted"].asked(),
            begins(f"wanted-{key}", getattr(before, "wanted", "")),
            key=f"wanted-{key}",
            height=TWO_LINES,
        ),
        "from_whom": st.text_input(
            words["from_whom"].asked(),
            begins(f"whom-{key}", getattr(before, "from_whom", "")),
            key=f"whom-{key}",
        ),
    }


def _kind_said(support: Support) -> str:
    whom = f", from {support.from_whom}" if support.from_whom else ""
    return support.kind.value.capitalize() + whom


_UNCLEAR_ADDED: Final = "unclear statements added"


def _say_what_was_unclear(workshop: Workshop) -> None:
    """Draw the form for another statement."""
    with form("unclear"):
        given = _unclear_fields(workshop, None, str(st.session_state.setdefault(_UNCLEAR_ADDED, 0)))

        def save(sure: bool) -> None:
            planning.say_unclear(_room.caller(), workshop.code, UnclearDraft(**given), sure=sure)
            st.session_state[_UNCLEAR_ADDED] += 1
            st.rerun()

        save_by("Write it down", "unclear", save)


def _unclear_card(workshop: Workshop, unclear: Unclear, cards: int) -> None:
    """Draw a statement with what it says; the facilitator's has its edit form, closed."""
    domain = workshop.instrument.domain(unclear.domain)
    with st.container(border=True, gap="xsmall", key=f"card-{unclear.id}"):
        st.write(f"**{plain(_unclear_said(workshop, unclear))}**")
        if domain:
            st.text(f"It says: {domain.statements[unclear.points]}")
        if unclear.suggestion:
            st.text(f"Better: {beginning(unclear.suggestion)}")
        if _room.acts(workshop.code):
            versions.opens("Edit", unclear.id, partial(_edit_unclear, workshop, unclear), cards)


def _unclear_said(workshop: Workshop, unclear: Unclear) -> str:
    """Say which statement it is: "Culture, 3"."""
    return f"{workshop.instrument.names.get(unclear.domain, unclear.domain)}, {unclear.points}"


def _edit_unclear(workshop: Workshop, unclear: Unclear) -> None:
    opened = versions.opened_version(unclear.id, unclear.version, "statement")
    with form(f"edit-{unclear.id}"):
        given = _unclear_fields(workshop, unclear, f"{unclear.id}-{opened}")

        def save(sure: bool) -> None:
            changed = Unclear(id=unclear.id, version=opened, **given)
            saved = planning.edit_unclear(_room.caller(), workshop.code, changed, sure=sure)
            versions.now_open(unclear.id, saved.version)
            st.rerun()

        save_by("Save the change", f"unclear {unclear.id}", save)
    versions.take_out_button(workshop.code, unclear.model_copy(update={"version": opened}))


def _unclear_fields(workshop: Workshop, before: Unclear | None, key: str) -> dict[str, Any]:
    domains = workshop.instrument.names
    domain = begins(f"of-{key}", before.domain if before else None)
    points = begins(f"points-{key}", before.points if before else None)
    where, which = st.columns([2, 1])
    return {
        "domain": where.selectbox(
            "Domain of the statement",
            list(domains),
            index=list(domains).index(domain) if domain else None,
            format_func=domains.get,
            placeholder="Choose one",
            key=f"of-{key}",
        )
        or "",
        "points": which.selectbox(
            "Points",
            list(POINTS),
            index=None if points is None else list(POINTS).index(points),
            placeholder="0 to 5",
            key=f"points-{key}",
        ),
        "suggestion": st.text_area(
            words_of(Unclear)["suggestion"].asked(),
            begins(f"better-{key}", getattr(before, "suggestion", "")),
            key=f"better-{key}",
            height=TWO_LINES,
        ),
    }


def also_asked(workshop: Workshop, _: planning.PlanRead) -> None:
    """Draw the two forms, and under each what was asked for so far."""
    wishes = planning.wishes_now(_room.caller(), workshop.code)
    acts, outs = _room.acts(workshop.code), _outs(workshop)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Support we ask for", anchor=False)
        if acts:
            _ask_for_support(workshop)
        for support in wishes.support:
            _support_card(workshop, support, len(wishes.support))
        _just_out(workshop, outs, Support)
    with right:
        st.subheader("This statement was unclear", anchor=False)
        if acts:
            _say_what_was_unclear(workshop)
        for unclear in wishes.unclear:
            _unclear_card(workshop, unclear, len(wishes.unclear))
        _just_out(workshop, outs, Unclear)
    versions.taken_out(workshop.code, outs)


def _outs(workshop: Workshop) -> list[versions.Out]:
    if not _room.acts(workshop.code):
        return []
    caller, code = _room.caller(), workshop.code
    support, unclear = taken_out_now(caller, code, Support), taken_out_now(caller, code, Unclear)
    return [
        *(versions.Out(wish, _support_said(wish)) for wish in support),
        *(versions.Out(word, _unclear_said(workshop, word)) for word in unclear),
    ]


def _just_out(workshop: Workshop, outs: Sequence[versions.Out], kind: type) -> None:
    for out in outs:
        if isinstance(out.said, kind) and versions.is_just_out(out.said):
            versions.where_it_stood(workshop.code, out)
