"""One session of a programme: its run sheet, to be changed, and the workshops that it drives."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from aqua_core.charts.sentences import programme as words
from aqua_core.vocabulary import code_said
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.programme import (
    LONGEST_STEP,
    Aim,
    Opens,
    Programme,
    Session,
    Step,
)
from aqua_core.workshop import running, scheduling
from aqua_core.workshop.scheduling import ProgrammesNow
from pages import _half_typed, _room, _step, _way
from pages._plan.versions import now_open, opened_version
from pages._programme import DONE, address, move, sheets
from pages._saying import onward, plain, told

_HEADS: Final = ("Step", "Minutes", "Aim", "Opens", "May be left out", "Listen for")
_MOST_SHOWN: Final = 20
_BEGUN: Final = "steps that an editor began with"


def session(now: ProgrammesNow, held: Programme, one: Session, today: date) -> None:
    """Draw a session: its run sheet, to be changed, and the workshops that it can drive."""
    st.title(f"{words.session_said(one)}, {day_said(one.held_on)}")
    with st.container(horizontal=True):
        onward(held.name, f"{address()}?programme={held.id}")
        if one.held_on < today:
            st.text("Its day has passed.", width="content")
    _drives(now, one)
    st.header("Run sheet", anchor=False)
    st.write(plain(words.steps_said(one.steps)))
    for sheet in sheets():
        if st.button(f"Begin from: {plain(sheet.name)}", key=f"from-{sheet.key}"):
            with told():
                _keep_steps(one, sheet.steps, one.begins)
        st.caption(plain(sheet.source))
    _edit_steps(one)
    if st.button("Take this session out", type="tertiary", key=f"out-{one.id}"):
        st.query_params.clear()
        st.query_params["programme"] = held.id
        move(one, out=True)


def _drives(now: ProgrammesNow, one: Session) -> None:
    st.header("Workshops that it drives", anchor=False)
    there = now.workshops_of(one)
    if not there:
        st.write("None of its places has a workshop that is open. Set one up for its day.")
        st.page_link(_way.SET_UP, label="Set up a workshop")
    for listed in there[:_MOST_SHOWN]:
        with st.container(horizontal=True, vertical_alignment="center", key=f"row-{listed.code}"):
            said = f"{listed.place}, {day_said(listed.held_on)}, {code_said(listed.code)}"
            st.text(said, width="stretch")
            if listed.closed:
                st.text("closed", width="content")
            elif one.steps and st.button("Start the run sheet", key=f"start-{listed.code}"):
                _start(listed.code, one)
            onward("Its run sheet", f"{address()}?{_room.CODE}={listed.code}")


def _start(code: str, one: Session) -> None:
    with told():
        running.start_sheet(_room.caller(), code, one.id, _step.now())
        # Not by st.switch_page: to the page that stands here it kept this address.
        st.query_params.from_dict({_room.CODE: code})
        st.rerun()


def _edit_steps(one: Session) -> None:
    """Draw the steps to be changed; half typed, they are there again after another view."""
    mark = f"steps-{one.id}"
    before = one.model_copy(update={"version": opened_version(one.id, one.version, "session")})
    _begin_anew(before, mark)
    key = f"{mark}-{_half_typed.times_saved(mark)}"
    table = st.data_editor(
        _half_typed.begins_with_table(key, _as_table(one.steps)),
        num_rows="dynamic",
        hide_index=True,
        key=key,
        column_config={
            "Step": st.column_config.TextColumn(width="large"),
            "Minutes": st.column_config.NumberColumn(min_value=1, max_value=LONGEST_STEP, step=1),
            "Aim": st.column_config.SelectboxColumn(options=[aim.value for aim in Aim]),
            "Opens": st.column_config.SelectboxColumn(options=[opens.value for opens in Opens]),
        },
    )
    _half_typed.keep_table(key, table)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        at = f"begins-{key}"
        begun = _half_typed.begins(at, one.begins, within=mark)
        begin = st.text_input("Begins at", begun, key=at, width=160)
        if st.button("Keep these steps", type="primary", key=f"keep-{key}"):
            with told():
                _keep_steps(before, _read(table), begin)


def _begin_anew(before: Session, mark: str) -> None:
    """Empty the editor where the version that it starts from has other steps than it began with."""
    begun = st.session_state.setdefault(_BEGUN, {})
    version, steps = begun.setdefault(before.id, (before.version, before.steps))
    if version != before.version:
        begun[before.id] = before.version, before.steps
        if steps != before.steps:
            _half_typed.forget(mark)


def _as_table(steps: Sequence[Step]) -> pd.DataFrame:
    rows = [
        (step.title, step.minutes, step.aim.value, step.opens.value, step.spare, step.listen_for)
        for step in steps
    ]
    kinds = dict(zip(_HEADS, (str, "Int64", str, str, bool, str), strict=True))
    return pd.DataFrame(rows, columns=list(_HEADS)).astype(kinds)


def _read(table: pd.DataFrame) -> tuple[Step, ...]:
    """Read the steps as they stand in the table; a row of which nothing is filled in is left out.

    Raises:
        TextRefused, ChoiceRefused: a step cannot be kept; the sentence says why.
    """
    steps = []
    for row in table.itertuples(index=False):
        title, minutes, aim, opens, spare, listen = (
            None if pd.isna(cell) else cell for cell in row
        )
        if not any((title, minutes, aim, opens, listen)):
            continue
        steps.append(
            Step(
                title=title or "",
                minutes=int(minutes) if minutes else 0,
                aim=aim or "",
                opens=opens or "",
                spare=bool(spare),
                listen_for=listen or "",
            )
        )
    return tuple(steps)


def _keep_steps(one: Session, steps: tuple[Step, ...], begin: str) -> None:
    changed = Session(**(dict(one) | {"steps": steps, "begins": begin}))
    saved = scheduling.change_session(_room.caller(), changed)
    now_open(saved.id, saved.version)
    _half_typed.forget(f"steps-{saved.id}")
    st.session_state[DONE] = (
        "The run sheet is kept with this session. Where it drives a workshop already, that goes on "
        "as it began."
    )
    st.rerun()
