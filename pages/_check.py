"""A view of a place: what became of its tests, at any time, not only when it meets."""

from datetime import date

import streamlit as st

from aqua_core.charts.sentences import places as place_words
from aqua_core.charts.sentences.programme import project_of_said
from aqua_core.vocabulary import Answer
from aqua_core.vocabulary.plan import OpenAction
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop.checking import check_now, check_test
from pages import _room, _way
from pages._plan.looking import STYLE
from pages._plan.open_first import ask_how_it_stands, lines_of, what_its_cycles_showed
from pages._saying import plain


def draw(place_id: str, today: date) -> None:
    """Ask how each test of a place stands; what was stopped can go on."""
    seen = check_now(_room.caller(), place_id)
    st.html(f"<style>{STYLE}</style>")
    st.title(plain(place_words.check_title(seen.place.name)))
    results = seen.first_results
    for sentence in (
        place_words.to_check_said([test.action.review_on for test in seen.tests], today),
        place_words.first_results_said(results.days, results.without),
        place_words.CYCLES_ANCHOR if seen.scoring else "",
    ):
        if sentence:
            st.write(plain(sentence))
    if seen.tests:
        st.caption(place_words.WORKED)
    for test in seen.tests:
        _test(place_id, test, today, seen.projects.get(test.action.id, ""))
    if seen.dropped:
        with st.expander(f"Stopped ({len(seen.dropped)})"):
            st.caption("Say that one made progress or is stuck, and it goes on.")
            for test in seen.dropped:
                _test(place_id, test, today, seen.projects.get(test.action.id, ""))


def _test(place_id: str, test: OpenAction, today: date, programme: str) -> None:
    """Draw a test with what is known of it, and ask how it stands."""

    def keep(answer: Answer, sure: bool) -> None:
        check_test(_room.caller(), place_id, answer, today, sure=sure)
        st.rerun()

    with st.container(border=True, gap="xsmall", key=f"last-{test.action.id}"):
        st.write(lines_of(test, today))
        if programme:
            st.caption(plain(project_of_said(programme)))
        ask_how_it_stands(test, keep)
        with st.container(horizontal=True, key=f"opens-{test.action.id}"):
            what_its_cycles_showed(test.history)
            st.page_link(
                _way.PLAN,
                label=f"Its cycles, in the plan of {day_said(test.held_on)}",
                query_params={_room.CODE: test.code},
            )
