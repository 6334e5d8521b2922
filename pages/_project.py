"""Part of a programme's page: the test of a plan that is its project, and how that stands."""

from datetime import date
from typing import Final

import streamlit as st

from aqua_core.charts.sentences import programme as words
from aqua_core.vocabulary.programme import Programme
from aqua_core.workshop.projecting import ProjectSeen, choose_project, project_now
from pages import _room, _way
from pages._half_typed import begins, form, is_half_typed
from pages._plan.versions import goes_on
from pages._saying import plain, save_by

_NONE: Final = "None yet"


def draw(held: Programme, places: dict[str, str], today: date) -> None:
    """Say how the project stands, with the ways to its plan and to the check, and ask which it is.

    `places` are names by id.
    """
    seen = project_now(_room.caller(), held)
    if held.project:
        st.write(plain(held.project))
    if test := seen.test:
        place = places.get(seen.place_id, "")
        st.write(plain(words.project_said(test, place, today, over=seen.over)))
        with st.container(horizontal=True):
            st.page_link(_way.PLAN, label="In its plan", query_params={_room.CODE: test.code})
            at = _way.at_place(seen.place_id, _way.CHECK)
            st.page_link(_way.PLACE, label="30-day check", query_params=at)
    else:
        st.write(words.PROJECT_GONE if held.project_id else words.NO_PROJECT)
    with st.expander("Choose the test that it is", key=f"choose-project-{held.id}"):
        _choose(held, seen)
        _write_down(held, seen)


def _choose(held: Programme, seen: ProjectSeen) -> None:
    said = {test.action.id: words.project_choice(place, test) for place, test in seen.choices}
    if not said:
        st.write(words.NO_TEST)
        return
    if seen.test and seen.over:
        said[seen.test.action.id] = f"As it is: {' '.join(seen.test.action.test.split())}"
    mark = f"project-{held.id}"
    key = f"test-of-{mark}-{held.version}"
    now = seen.test.action.id if seen.test else ""
    with form(mark):
        begun = begins(key, now)
        options = ["", *said]
        chosen = st.selectbox(
            "Test",
            options,
            index=options.index(begun) if begun in options else 0,
            format_func=lambda action_id: said.get(action_id, _NONE),
            key=key,
        )

        def save(_: bool) -> None:
            saved = choose_project(_room.caller(), held, chosen)
            if not is_half_typed(f"change-{held.id}"):
                goes_on(held.id, held.version, saved.version)
            st.rerun()

        save_by("Make it the project", mark, save)


def _write_down(held: Programme, seen: ProjectSeen) -> None:
    """Lead to each place's plan, where a test is written down; its words go along."""
    if not seen.plans:
        return
    st.caption("Or write it down as a test of a plan first, then choose it here.")
    text = {"test": held.project} if held.project else {}
    with st.container(horizontal=True):
        for place, code in seen.plans.items():
            at = {_room.CODE: code} | text
            st.page_link(_way.PLAN, label=f"Plan of {plain(place)}", query_params=at)
