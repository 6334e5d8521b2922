"""One action on the plan page: its card, its cycles."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final, NamedTuple

import streamlit as st

from aqua_core.charts.sentences import planning as planning_words
from aqua_core.charts.sentences.wording import beginning
from aqua_core.errors import ChoiceRefused
from aqua_core.vocabulary import Action, Answer, Cycle, Decision, Workshop
from aqua_core.vocabulary.plan import TakenOn
from aqua_core.vocabulary.text import said_beside, words_of
from aqua_core.workshop.cycling import correct_cycle, save_cycle, start_cycle, study_cycle
from aqua_core.workshop.planning import check_asked, edit_action
from pages import _half_typed, _room
from pages._plan import fields
from pages._plan.open_first import cycles_in_words
from pages._plan.versions import now_open, now_saved, opened_version, opens, take_out_button
from pages._saying import plain, problems, save_by, told

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


class Story(NamedTuple):
    """An action's cycles, the first one first, what it was in earlier plans, and its answer.

    `beside` counts the actions of its plan.
    """

    beside: int
    cycles: Sequence[Cycle]
    past: Sequence[TakenOn] = ()
    answer: Answer | None = None


def _run_cycles(code: str, action: Action, story: Story) -> None:
    """Draw what an action was before, and its cycles."""
    cycles = story.cycles
    for past in story.past:
        st.caption(plain(planning_words.taken_on_said(past)))
        cycles_in_words(past.cycles)
    for cycle in cycles:
        if cycle.decision is not Decision.OPEN:
            cycles_in_words([cycle])
            _correct(code, cycle)
    newest = cycles[-1] if cycles else None
    if newest and newest.decision is Decision.OPEN:
        _running(code, newest)
        return
    label = "Start the next cycle" if newest else "Start a cycle"
    if st.button(label, key=f"start-{action.id}"):
        with told():
            start_cycle(_room.caller(), code, action.id, date.today())
            st.rerun()


def _correct(code: str, cycle: Cycle) -> None:
    mark = f"{cycle.action_id}-{cycle.number}-{cycle.version}"
    with (
        st.popover("Correct it", type="tertiary", key=f"correct-{mark}"),
        _half_typed.form(f"corrects-{mark}"),
    ):
        said: fields.Given = {
            name: _asked(cycle, name, f"corrected-{mark}") for name in ("planned", "done", "seen")
        }
        decisions = list(_DECISIONS)
        decided = _half_typed.begins(f"corrected-act-{mark}", cycle.decision)
        said["decision"] = st.radio(
            "Act",
            decisions,
            index=decisions.index(decided),
            format_func=_DECISIONS.get,
            key=f"corrected-act-{mark}",
        )
        st.caption("What was expected stays as it was said before anybody looked.")

        def save(sure: bool) -> None:
            corrected = Cycle(**(cycle.model_dump() | said))
            correct_cycle(_room.caller(), code, corrected, date.today(), sure=sure)
            st.rerun()

        save_by("Keep the correction", f"correct {mark}", save)


def _running(code: str, cycle: Cycle) -> None:
    mark = f"{cycle.action_id}-{cycle.number}"
    st.write(f"**{plain(planning_words.cycle_said(cycle))}**")
    opened = opened_version(mark, cycle.version, "cycle")
    before = cycle.model_copy(update={"version": opened})
    # One form: of two side by side, each button threw away what was typed in the other.
    with _half_typed.form(f"cycle-{mark}"):
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


def _plan_and_do(cycle: Cycle, mark: str) -> fields.Given:
    key = f"{mark}-{cycle.version}"
    return {name: _asked(cycle, name, key) for name in ("planned", "predicted", "done")}


def _study_and_act(cycle: Cycle, mark: str) -> fields.Given:
    if not cycle.predicted:
        st.caption(NO_PREDICTION)
        return {}
    key = f"{mark}-{cycle.version}"
    st.text(f"We expected: {beginning(cycle.predicted)}")
    act = _half_typed.begins(f"act-{key}", None)
    return {
        "seen": _asked(cycle, "seen", key),
        "decision": st.radio(
            "Act",
            list(_DECISIONS),
            index=list(_DECISIONS).index(act) if act else None,
            format_func=_DECISIONS.get,
            key=f"act-{key}",
        )
        or Decision.OPEN,
    }


def _save(code: str, cycle: Cycle, said: fields.Given, mark: str) -> None:
    def save(sure: bool) -> None:
        saved = save_cycle(_room.caller(), code, Cycle(**(cycle.model_dump() | said)), sure=sure)
        if chosen := said.get("decision"):
            # Nothing is decided yet, but what was chosen stays chosen in the newer form.
            st.session_state[f"act-{mark}-{saved.version}"] = chosen
        now_open(mark, saved.version)
        st.rerun()

    # What was asked about an older version is not asked about this one.
    save_by("Save the cycle", f"cycle {mark} {cycle.version}", save)


def _decide(code: str, cycle: Cycle, said: fields.Given, mark: str) -> None:
    def save(sure: bool) -> None:
        studied = Cycle(**(cycle.model_dump() | said))
        if (studied.planned, studied.predicted) != (cycle.planned, cycle.predicted):
            raise ChoiceRefused(SAVE_FIRST)
        study_cycle(_room.caller(), code, studied, date.today(), sure=sure)
        st.rerun()

    save_by("Decide", f"study {mark} {cycle.version}", save)


def _asked(cycle: Cycle, name: str, key: str) -> str:
    label, at = words_of(Cycle)[name].asked(), f"{name}-{key}"
    begun = _half_typed.begins(at, getattr(cycle, name))
    return st.text_area(label, begun, key=at, height=fields.TWO_LINES)


_ON_THE_CARD: Final = (
    *("test", "domain", "lead", "partners", "measure", "baseline", "target"),
    *("review_on", "scale", "prediction", "for_persona", "decision_of", "coalition"),
)
"""What a card says in sentences; all else opens under it."""


def card(
    workshop: Workshop, action: Action, story: Story, asked: Sequence[str], *, over: bool
) -> None:
    """Draw an action; the facilitator's has its cycles and its edit form, closed.

    Args:
        workshop: whose plan it is in.
        action: the newest version.
        story: its cycles, and what it was in earlier plans.
        asked: what it may lack, as questions.
        over: it goes on no more in this plan, so nobody looks again.
    """
    with st.container(border=True, gap="xsmall", key=f"card-{action.id}"):
        _said(workshop, action, over=over)
        _where_it_is(workshop, action, story)
        if story.past and _room.acts(workshop.code):
            st.caption(plain(planning_words.taken_on_said(story.past[-1])))
        if story.answer:
            st.caption(plain(planning_words.dated_answer_said(story.answer)))
        if asked and _room.acts(workshop.code):
            with st.container(key=f"asks-{action.id}"):
                st.write("  \n".join(map(plain, asked)))
        if _room.acts(workshop.code):
            with st.container(horizontal=True, key=f"opens-{action.id}"):
                _more(action)
                cycles = partial(_run_cycles, workshop.code, action, story)
                opens("Cycles: plan, do, study, act", f"cycles-{action.id}", cycles, story.beside)
                edit = partial(_edit, workshop, action)
                opens("Edit", f"edit-{action.id}", edit, story.beside)


def _said(workshop: Workshop, action: Action, *, over: bool) -> None:
    names = {partner.id: partner.name for partner in workshop.partners}
    owned = planning_words.owned_said(action.lead, [names[partner] for partner in action.partners])
    again = (
        ""
        if over
        else f"**{plain(planning_words.look_again_said(action.review_on, date.today()))}** "
    )
    lines = (
        f"We expect: {_flowing(action.prediction)}" if action.prediction else "",
        f"{plain(owned)}.",
        again + plain(planning_words.measure_said(action)),
        f"For {plain(fields.persona_of(workshop))}: {plain(action.for_persona)}"
        if action.for_persona
        else "",
        plain(planning_words.needs_said(action)),
    )
    st.write(f"Try: **{_flowing(action.test)}**\n\n" + "  \n".join(filter(None, lines)))


def _flowing(text: str) -> str:
    return plain(" ".join(beginning(text).split()))


def _where_it_is(workshop: Workshop, action: Action, story: Story) -> None:
    """Say its domain, scale and newest cycle; what nobody said yet is for the facilitator alone."""
    domain = workshop.instrument.names.get(action.domain, action.domain)
    said = [domain, planning_words.scale_said(action.scale) if action.scale else ""]
    if _room.acts(workshop.code):
        said[1] = said[1] or "scale not said"
    if story.cycles or _room.acts(workshop.code):
        said.append(planning_words.cycle_said(story.cycles[-1] if story.cycles else None))
    st.caption(" · ".join(plain(part) for part in said if part))


def _more(action: Action) -> None:
    said = said_beside(action, _ON_THE_CARD).items()
    if lines := [f"{plain(what)}: {plain(text)}" for what, text in said]:
        with st.expander("More about it", type="compact"):
            st.write("  \n".join(lines))


def _edit(workshop: Workshop, action: Action) -> None:
    opened = opened_version(action.id, action.version, "action")
    key = f"{action.id}-{opened}"
    with _half_typed.form(f"edit-{action.id}"):
        problems(f"action {action.id}")
        given = fields.six_fields(workshop, action, key)
        given |= fields.for_whom_and_where(workshop, action, key)
        given |= fields.more_about(workshop, action, key)

        def save(sure: bool) -> None:
            check_asked(workshop, given, date.today(), action)
            changed = Action(id=action.id, version=opened, **given)
            saved = edit_action(_room.caller(), workshop.code, changed, date.today(), sure=sure)
            now_open(action.id, saved.version)
            now_saved(saved)
            st.rerun()

        save_by("Save the change", f"action {action.id}", save, f"{{}}-{key}")
    take_out_button(workshop.code, action.model_copy(update={"version": opened}))
