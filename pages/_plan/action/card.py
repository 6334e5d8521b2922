"""One action as a card: what is tried, what is expected, whose it is, when it is looked at."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from aqua_core.charts.sentences.planning import (
    cycle_said,
    look_again_said,
    measure_said,
    owned_said,
    scale_said,
)
from aqua_core.charts.sentences.wording import beginning
from aqua_core.vocabulary import Action, Cycle, Workshop
from aqua_core.vocabulary.said import said_beside
from aqua_core.workshop.planning import edit_action
from pages import _room
from pages._plan.action.cycles import run_cycles
from pages._plan.action.fields import for_whom_and_where, more_about, persona_of, six_fields
from pages._plan.saved_last import now_saved
from pages._plan.taken_out import take_out_button
from pages._plan.versions import now_open, opened_version
from pages._saying import plain, save_by

_ON_THE_CARD: Final = (
    *("test", "domain", "lead", "partners", "measure", "baseline", "target"),
    *("review_on", "scale", "prediction", "for_persona"),
)
"""What a card says in sentences; all else opens under it."""


def card(
    workshop: Workshop, action: Action, cycles: Sequence[Cycle], asked: Sequence[str], *, over: bool
) -> None:
    """Draw an action; the facilitator's has its cycles and its edit form, closed.

    Args:
        workshop: whose plan it is in.
        action: the newest version.
        cycles: of this action, the first one first.
        asked: what it may lack, as questions.
        over: it was adopted or abandoned, so nobody looks again.
    """
    with st.container(border=True, gap="xsmall", key=f"card-{action.id}"):
        _said(workshop, action, over=over)
        domain = workshop.instrument.domain(action.domain)
        newest = cycle_said(cycles[-1] if cycles else None)
        st.caption(
            f"{plain(domain.name if domain else action.domain)} · "
            f"{plain(_scale(action))} · {plain(newest)}"
        )
        if asked:
            with st.container(key=f"asks-{action.id}"):
                st.write("  \n".join(map(plain, asked)))
        if _room.facilitates():
            with st.container(horizontal=True, key=f"opens-{action.id}"):
                _more(action)
                run_cycles(workshop.code, action, cycles)
                with st.expander("Edit", type="compact"):
                    _edit(workshop, action)


def _said(workshop: Workshop, action: Action, *, over: bool) -> None:
    names = {partner.id: partner.name for partner in workshop.partners}
    owned = owned_said(action.lead, [names[partner] for partner in action.partners])
    again = "" if over else f"**{plain(look_again_said(action.review_on, date.today()))}** "
    lines = (
        f"We expect: {_flowing(action.prediction)}" if action.prediction else "",
        f"{plain(owned)}.",
        again + plain(measure_said(action)),
        f"For {plain(persona_of(workshop))}: {plain(action.for_persona)}"
        if action.for_persona
        else "",
    )
    st.write(f"Try: **{_flowing(action.test)}**")
    st.write("  \n".join(filter(None, lines)))


def _flowing(text: str) -> str:
    return plain(" ".join(beginning(text).split()))


def _scale(action: Action) -> str:
    return scale_said(action.scale) if action.scale else "scale not said"


def _more(action: Action) -> None:
    said = said_beside(action, _ON_THE_CARD).items()
    if lines := [f"{plain(what)}: {plain(text)}" for what, text in said]:
        with st.expander("More about it", type="compact"):
            st.write("  \n".join(lines))


def _edit(workshop: Workshop, action: Action) -> None:
    opened = opened_version(action.id, action.version, "action")
    key = f"{action.id}-{opened}"
    with st.form(f"edit-{action.id}", border=False):
        given = six_fields(workshop, action, key)
        given |= for_whom_and_where(workshop, action, key)
        given |= more_about(action, key)

        def save(sure: bool) -> None:
            changed = Action(id=action.id, version=opened, **given)
            saved = edit_action(_room.caller(), workshop.code, changed, date.today(), sure=sure)
            now_open(action.id, saved.version)
            now_saved(saved)
            st.rerun()

        save_by("Save the change", f"action {action.id}", save)
    take_out_button(workshop.code, action.model_copy(update={"version": opened}))
