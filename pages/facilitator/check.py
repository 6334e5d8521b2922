"""The facilitator alone: what became of a place's tests, at any time, not only when it meets."""

from datetime import date

import streamlit as st

from aqua_core.charts.sentences import places as place_words
from aqua_core.vocabulary import Answer
from aqua_core.vocabulary.plan import OpenAction
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop.checking import check_now, check_test
from pages import _room, _way
from pages._plan.looking import STYLE
from pages._plan.open_first import ask_how_it_stands, lines_of, what_its_cycles_showed
from pages._saying import plain

today = date.today()
seen = check_now(_room.caller(), st.query_params.get(_way.OF_PLACE, ""))


def draw(test: OpenAction) -> None:
    """Draw a test with what is known of it, and ask how it stands."""

    def keep(answer: Answer, sure: bool) -> None:
        check_test(_room.caller(), seen.place.id, answer, today, sure=sure)
        st.rerun()

    with st.container(border=True, gap="xsmall", key=f"last-{test.action.id}"):
        st.write(lines_of(test, today))
        ask_how_it_stands(test, keep)
        with st.container(horizontal=True, key=f"opens-{test.action.id}"):
            what_its_cycles_showed(test.history)
            st.page_link(
                _way.PLAN,
                label=f"Its cycles, in the plan of {day_said(test.held_on)}",
                query_params={_room.CODE: test.code},
            )


st.html(f"<style>{STYLE}</style>")
with st.container(horizontal=True, vertical_alignment="center"):
    st.title(plain(place_words.check_title(seen.place.name)))
    st.page_link(_way.HOME, label="Home")
    st.page_link(
        _way.PLACE, label="Waves, days and name", query_params={_way.OF_PLACE: seen.place.id}
    )
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
    draw(test)
if seen.dropped:
    with st.expander(f"Stopped ({len(seen.dropped)})"):
        st.caption("Say that one made progress or is stuck, and it goes on.")
        for test in seen.dropped:
            draw(test)
