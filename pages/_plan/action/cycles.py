"""The cycles of one action: what was learned so far, and the form of the one that is open."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from aqua_core.charts.sentences.planning import cycle_said
from aqua_core.charts.sentences.wording import beginning
from aqua_core.errors import ChoiceRefused
from aqua_core.vocabulary import Action, Cycle, Decision
from aqua_core.vocabulary.said import said_beside, words_of
from aqua_core.workshop.planning import save_cycle, start_cycle, study_cycle
from pages import _room
from pages._plan.action.fields import TWO_LINES, Given
from pages._plan.versions import now_open, opened_version
from pages._saying import plain, save_by, told

_DECISIONS: Final = {
    Decision.ADOPT: "Adopt: keep doing it",
    Decision.ADAPT: "Adapt: change it and try again",
    Decision.ABANDON: "Abandon: it taught us enough",
}
NO_PREDICTION: Final = (
    "Save what you expect to see first: a cycle cannot be studied without its prediction."
)
SAVE_FIRST: Final = (
    "The plan, or what you expect, was changed here. Save the cycle first, then decide."
)


def run_cycles(code: str, action: Action, cycles: Sequence[Cycle]) -> None:
    """Draw the cycles of an action, closed until somebody wants them."""
    with st.expander("Cycles: plan, do, study, act", type="compact"):
        for cycle in cycles:
            if cycle.decision is not Decision.OPEN:
                _past(cycle)
        newest = cycles[-1] if cycles else None
        if newest and newest.decision is Decision.OPEN:
            _running(code, newest)
            return
        label = "Start the next cycle" if newest else "Start a cycle"
        if st.button(label, key=f"start-{action.id}"):
            with told():
                start_cycle(_room.caller(), code, action.id)
                st.rerun()


def _past(cycle: Cycle) -> None:
    st.write(f"**{plain(cycle_said(cycle))}**")
    said = said_beside(cycle).items()
    st.text("\n".join(f"{what}: {beginning(text)}" for what, text in said))


def _running(code: str, cycle: Cycle) -> None:
    mark = f"{cycle.action_id}-{cycle.number}"
    st.write(f"**{plain(cycle_said(cycle))}**")
    opened = opened_version(mark, cycle.version, "cycle")
    before = cycle.model_copy(update={"version": opened})
    # One form: of two side by side, each button threw away what was typed in the other.
    with st.form(f"cycle-{mark}", border=False):
        left, right = st.columns(2)
        with left:
            said = _plan_and_do(before, mark)
        with right:
            said |= _study_and_act(before, mark)
        with left:
            _save(code, before, said, mark)
        if before.predicted:
            with right:
                _decide(code, before, said, mark)


def _plan_and_do(cycle: Cycle, mark: str) -> Given:
    key = f"{mark}-{cycle.version}"
    return {name: _asked(cycle, name, key) for name in ("planned", "predicted", "done")}


def _study_and_act(cycle: Cycle, mark: str) -> Given:
    if not cycle.predicted:
        st.caption(NO_PREDICTION)
        return {}
    key = f"{mark}-{cycle.version}"
    st.text(f"We expected: {beginning(cycle.predicted)}")
    return {
        "seen": _asked(cycle, "seen", key),
        "decision": st.radio(
            "Act", list(_DECISIONS), index=None, format_func=_DECISIONS.get, key=f"act-{key}"
        )
        or Decision.OPEN,
    }


def _save(code: str, cycle: Cycle, said: Given, mark: str) -> None:
    def save(sure: bool) -> None:
        saved = save_cycle(_room.caller(), code, Cycle(**(cycle.model_dump() | said)), sure=sure)
        if chosen := said.get("decision"):
            # Nothing is decided yet, but what was chosen stays chosen in the newer form.
            st.session_state[f"act-{mark}-{saved.version}"] = chosen
        now_open(mark, saved.version)
        st.rerun()

    # What was asked about an older version is not asked about this one.
    save_by("Save the cycle", f"cycle {mark} {cycle.version}", save)


def _decide(code: str, cycle: Cycle, said: Given, mark: str) -> None:
    def save(sure: bool) -> None:
        studied = Cycle(**(cycle.model_dump() | said))
        if (studied.planned, studied.predicted) != (cycle.planned, cycle.predicted):
            raise ChoiceRefused(SAVE_FIRST)
        study_cycle(_room.caller(), code, studied, sure=sure)
        st.rerun()

    save_by("Decide", f"study {mark} {cycle.version}", save)


def _asked(cycle: Cycle, name: str, key: str) -> str:
    label = words_of(Cycle)[name].asked()
    return st.text_area(label, getattr(cycle, name), key=f"{name}-{key}", height=TWO_LINES)
