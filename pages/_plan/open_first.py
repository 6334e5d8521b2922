"""Open actions first: what became of the last workshop's tests, before anyone scores."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

import streamlit as st

from aqua_core.charts.sentences import places as place_words
from aqua_core.charts.sentences import planning as planning_words
from aqua_core.charts.sentences.wording import beginning
from aqua_core.vocabulary import Answer, Cycle, Decision, Progress, Workshop
from aqua_core.vocabulary.plan import OpenAction
from aqua_core.vocabulary.text import said_beside, words_of
from aqua_core.workshop.checking import take_on
from aqua_core.workshop.cycling import answer_action, go_on, open_actions_now, went_on_now
from aqua_core.workshop.planning import PlanRead
from pages import _half_typed, _room, _way
from pages._mirroring import same_on_walls
from pages._plan.versions import now_saved, opens
from pages._saying import plain, save_by, told

STYLE: Final = (Path(__file__).parent / "open_first.css").read_text(encoding="utf-8")
_LARGE: Final = 120  # characters that stand on three lines; 300 pushed the answer off the screen
_NOT_YET: Final = "Not answered yet."
_PICKED: Final = "open action"
_LAST: Final = "open action answered last"


def ask(workshop: Workshop) -> bool:
    """Show the open actions of the place, and let the facilitator answer each.

    Never a score: whoever sees the last wave now scores near it.

    Returns:
        Whether scoring may be offered: each is answered, there is none, or the facilitator goes on.
    """
    left = open_actions_now(_room.caller(), workshop.code)
    done = all(earlier.answer is not None for earlier in left)
    if not left:
        return True
    if not done and went_on_now(_room.caller(), workshop.code):
        still_waiting(workshop)
        return True
    with st.container(key="open-first"):
        st.html(f"<style>{STYLE}</style>")
        if done:
            st.subheader(plain(planning_words.answered_said(left)), anchor=False)
            _answers(workshop, left)
        else:
            _one(workshop, left)
    return done


def still_waiting(workshop: Workshop) -> None:
    """Tell the facilitator how many were left when the room went on, with the way to them."""
    said = _room.acts(workshop.code) and planning_words.unanswered_said(
        open_actions_now(_room.caller(), workshop.code)
    )
    if said:
        with st.container(horizontal=True, vertical_alignment="center", key="still-waiting"):
            st.caption(plain(said), width="content")
            st.page_link(
                _way.PLAN, label="Answer what waits", query_params=_room.here(), width="content"
            )


def _one(workshop: Workshop, left: Sequence[OpenAction]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"First: what became of this? {plain(planning_words.answered_said(left))}",
            width="content",
        )
        chosen = left[_placed(left)]
    test = " ".join(chosen.action.test.split())
    (st.header if len(test) <= _LARGE else st.subheader)(plain(test), anchor=False)
    st.write(plain(planning_words.owned_and_due_said(chosen, workshop.held_on)))
    if expected := planning_words.expected_said(chosen):
        st.write(plain(expected))
    if said := planning_words.answer_said(chosen):
        st.write(f"**{plain(said)}**")
    if _room.acts(workshop.code):
        _answer(workshop, chosen)
        st.caption(place_words.WORKED)
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button("Skip the remaining actions", type="tertiary"):
                with told():
                    go_on(_room.caller(), workshop.code)
                    st.rerun()
            st.caption("Scoring can be opened once all are answered or skipped.", width="content")


def _placed(left: Sequence[OpenAction]) -> int:
    """Choose which stands large: the next that is not answered, or the one that is asked for."""
    waiting = _waiting(left)
    answered = sum(earlier.answer is not None for earlier in left)
    # An answer brings the next one.
    key = same_on_walls(f"{_PICKED}-{answered}", begins=waiting)
    if len(left) == 1 or not _room.acts(_room.code()):
        picked = st.session_state[key]
        return picked if picked in range(len(left)) else waiting
    picked = st.segmented_control(
        "Open action",
        range(len(left)),
        format_func=lambda n: f"{n + 1} ✓" if left[n].answer else str(n + 1),
        required=True,
        label_visibility="collapsed",
        key=key,
    )
    return waiting if picked is None else picked


def _waiting(left: Sequence[OpenAction]) -> int:
    """Give the next without an answer after the one answered here last, else the first."""
    ids = [earlier.action.id for earlier in left]
    last = st.session_state.get(_LAST)
    after = ids.index(last) + 1 if last in ids else 0
    turn = [*range(after, len(left)), *range(after)]
    return next(n for n in turn if left[n].answer is None)


def _answer(workshop: Workshop, chosen: OpenAction) -> None:
    def keep(answer: Answer, sure: bool) -> None:
        answer_action(_room.caller(), workshop.code, answer, date.today(), sure=sure)
        st.session_state[_LAST] = answer.action_id
        st.rerun()

    ask_how_it_stands(chosen, keep, type="primary")


def ask_how_it_stands(test: OpenAction, keep: Callable[[Answer, bool], None], **looks: Any) -> None:
    """Ask whether a test made progress, is stuck or was stopped, with a line; `keep` ends the run.

    `looks` are of its button.
    """
    mark, line = test.action.id, words_of(Answer)["said"].asked()
    form = f"answer-{mark}"
    at = f"{mark}-{_half_typed.times_saved(form)}"
    with _half_typed.form(form, enter_to_submit=False):
        with st.container(horizontal=True, vertical_alignment="center"):
            stands = st.segmented_control(
                "How it stands",
                list(Progress),
                format_func=lambda progress: progress.called.capitalize(),
                default=_half_typed.begins(f"stands-{at}", None),
                key=f"stands-{at}",
                label_visibility="collapsed",
                width="content",
            )
            said = st.text_input(
                line,
                _half_typed.begins(f"said-{at}", ""),
                key=f"said-{at}",
                placeholder=line,
                label_visibility="collapsed",
            )

        def save(sure: bool) -> None:
            keep(Answer(action_id=mark, answer=stands, said=said), sure)

        save_by("Write it down", f"answer {mark}", save, **looks)


def _answers(workshop: Workshop, left: Sequence[OpenAction]) -> None:
    for earlier in left:
        st.write(
            f"{plain(earlier.action.test)}  \n**{plain(planning_words.answer_said(earlier))}**"
        )
        if _room.acts(workshop.code):
            with st.popover("Answer again", type="tertiary", key=f"again-{earlier.action.id}"):
                _answer(workshop, earlier)


def from_last_time(workshop: Workshop, read: PlanRead) -> None:
    """Show what earlier workshops of the place left open, and let the facilitator answer each."""
    left = read.going_on.left
    if not left:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.subheader("From earlier workshops", anchor=False, width="content")
        if _room.facilitates():
            to_the_check(read.place_id)
    if _room.acts(workshop.code):
        st.caption(place_words.WORKED)
    for test in left:
        with st.container(border=True, gap="xsmall", key=f"last-{test.action.id}"):
            st.write(lines_of(test, workshop.held_on))
            if _room.acts(workshop.code):
                with st.container(horizontal=True, key=f"opens-{test.action.id}"):
                    label = "Answer again" if test.answer else "Answer"
                    opens(label, test.action.id, partial(_answer, workshop, test), len(left))
                    what_its_cycles_showed(test.history)
                    _take_on_button(workshop, test)


def to_the_check(place_id: str) -> None:
    """Lead to all tests of the place, to answer them between its workshops."""
    at_check = _way.at_place(place_id, _way.CHECK)
    st.page_link(_way.PLACE, label="Answer the tests", query_params=at_check, width="content")


def lines_of(test: OpenAction, today: date) -> str:
    """Say a test in Markdown: whose it is, when it is looked at, what was expected and answered."""
    expected = " ".join(planning_words.expected_said(test).split())
    due = f"{planning_words.going_on_said(test)}. {planning_words.owned_and_due_said(test, today)}"
    answered = planning_words.answer_said(test) or planning_words.said_before(test) or _NOT_YET
    needs = planning_words.needs_said(test.action)
    lines = (plain(line) for line in (due, expected, needs, answered) if line)
    return "  \n".join((f"**{plain(' '.join(test.action.test.split()))}**", *lines))


def what_its_cycles_showed(history: Sequence[Cycle]) -> None:
    """Draw the cycles of a test that were studied, closed until somebody wants them."""
    studied = [cycle for cycle in history if cycle.decision is not Decision.OPEN]
    if studied:
        with st.expander(place_words.history_said(len(studied)), type="compact"):
            cycles_in_words(studied)


def cycles_in_words(cycles: Sequence[Cycle]) -> None:
    """Draw cycles as they were written, each under what was decided."""
    for cycle in cycles:
        st.write(f"**{plain(planning_words.cycle_said(cycle))}**")
        said = said_beside(cycle).items()
        st.text("\n".join(f"{what}: {beginning(text)}" for what, text in said))


def _take_on_button(workshop: Workshop, test: OpenAction) -> None:
    if not place_words.may_be_taken_on(test):
        return
    if st.button("Take it into this plan", key=f"take-up-{test.action.id}", type="tertiary"):
        with told():
            now_saved(take_on(_room.caller(), workshop.code, test.action.id, date.today()))
            st.rerun()
