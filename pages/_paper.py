"""Scores from a sheet of paper: the facilitator types them, and every screen says so."""

from contextlib import suppress

import streamlit as st

from aqua_core.charts.sentences.seat import typed_said
from aqua_core.errors import Refusal
from aqua_core.vocabulary import CANNOT_SAY, POINTS, Stage, Workshop
from aqua_core.workshop.reading import RoomNow, stage_now
from aqua_core.workshop.scoring import type_paper
from aqua_core.workshop.showing import results_now
from pages import _room
from pages._saying import plain, told

_TYPED = "sheets typed"


def say_what_was_typed(workshop: Workshop) -> None:
    """Say, wherever scores are shown, that some were typed from paper: not sealed from one."""
    if stage_now(workshop.code) is Stage.WELCOME:
        return
    with suppress(Refusal):  # nothing is shown, so there is nothing to say
        if typed := typed_said(results_now(_room.caller(), workshop.code).on_paper):
            st.badge(plain(typed), color="orange")


def offer_paper(workshop: Workshop, now: RoomNow) -> None:
    """Offer the facilitator to type a sheet while scores come in."""
    if now.open_domains and st.button("Type from paper", type="tertiary"):
        st.session_state.pop(_TYPED, None)
        _ask(workshop, now.open_domains)


@st.dialog("Type from paper", width="large")
def _ask(workshop: Workshop, domains: tuple[str, ...]) -> None:
    done, tag = st.session_state.get(_TYPED, (0, ""))
    st.write(
        "Each sheet is a seat of its own and counts as any other. You read these scores, so they "
        "are not sealed from you; wherever the result is shown, it says so."
    )
    if tag:
        st.success(
            f"Saved as the seat {tag}. Write {tag} on the sheet: by it, it can be set aside."
        )
    with st.form(f"sheet-{done}", border=False), told():
        teams = {team.id: team.name for team in workshop.teams}
        team = st.selectbox("Team", list(teams), format_func=teams.__getitem__, index=None)
        halves, asked = st.columns(2), [key for key in workshop.instrument.names if key in domains]
        given = {}
        for number, key in enumerate(asked):
            with halves[number * 2 >= len(asked)]:
                given[key] = _ask_score(workshop, key, done)
        if st.form_submit_button("Save this sheet", type="primary"):
            scores = {key: score for key, score in given.items() if score is not None}
            saved = type_paper(_room.caller(), workshop.code, team or "", scores)
            st.session_state[_TYPED] = (done + 1, saved)
            st.rerun(scope="fragment")


def _ask_score(workshop: Workshop, key: str, done: int) -> int | str | None:
    return st.segmented_control(
        plain(workshop.instrument.names[key]),
        [*POINTS, CANNOT_SAY],
        format_func=lambda score: "Cannot say" if score == CANNOT_SAY else str(score),
        key=f"sheet-{done}-{key}",
    )
