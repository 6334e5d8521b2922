"""The first screen's places: a row each, three steps where there is none, and all workshops."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import streamlit as st
from jinja2 import Environment
from streamlit.delta_generator import DeltaGenerator

from aqua_core.charts.sentences import places as place_words
from aqua_core.vocabulary import Place, PlaceRow, ToDo, code_said
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop.sampling import OF_2014, TODAY, try_sample
from aqua_core.workshop.setting_up import Listed
from pages import _room, _way

_LEADS: Final = {
    ToDo.GO_ON: _way.ROOM,
    ToDo.PREPARE: _way.ROOM,
    ToDo.LOOK_AT_TESTS: _way.PLACE,
    ToDo.OPEN: _way.PLACE,
}
_FIRST: Final = 10  # places on a laptop's screen; 200 of them took a second to draw
_template: Final = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    (Path(__file__).parent / "_places.html").read_text(encoding="utf-8"),
    {
        "place": f"{_way.address_of(_way.PLACE)}?{_way.OF_PLACE}",
        "room": f"{_way.address_of(_way.ROOM)}?{_room.CODE}",
        "take_away": f"{_way.address_of(_way.TAKE_AWAY)}?{_room.CODE}",
        "private": f"{_way.address_of(_way.ONLY_FOR_YOU)}?{_room.CODE}",
        "kept": f"{_way.address_of(_way.KEEPING)}?{_room.CODE}",
        "day_said": day_said,
        "code_said": code_said,
    },
)


def table(rows: Sequence[PlaceRow], today: date, most: int = _FIRST) -> None:
    """Draw a row a place: its next review, its last wave, the one thing to do, and more.

    Beyond so many rows one line leads to all places.
    """
    held = sum(row.workshops for row in rows)
    by_date = place_words.all_by_date(held) if held else ""
    said = [_said(row, today) for row in rows[:most]]
    every = place_words.all_places(len(rows)) if len(rows) > most else ""
    st.html(_template.render(rows=said, by_date=by_date, every=every))


def workshops(listed: Sequence[Listed]) -> None:
    """Draw a row a workshop, newest first, with the ways that lead from it."""
    newest_first = sorted(listed, key=lambda workshop: workshop.held_on, reverse=True)
    st.html(_template.render(workshops=newest_first))


def _said(row: PlaceRow, today: date) -> dict[str, Any]:
    page = _LEADS[row.to_do]
    view = _way.CHECK if row.to_do is ToDo.LOOK_AT_TESTS else ""
    at = _way.at_place(row.place.id, view) if page == _way.PLACE else {_room.CODE: row.code}
    return {
        "id": row.place.id,
        "code": row.code,
        "name": row.place.name,
        "what": place_words.place_said(row),
        "review": place_words.review_said(row, today),
        "wave": place_words.wave_said(row),
        "to_do": place_words.to_do_said(row),
        "leads": f"{_way.address_of(page)}?{urlencode(at)}",
        "now": row.to_do is ToDo.GO_ON and not row.place.invented,
    }


def steps() -> None:
    """Draw what somebody new does first, in order."""
    st.header("New here? In this order")
    with st.container(gap=None, key="steps"):
        with _step(
            1, "See it work", "A room of 72 has scored; you reveal. Every score is invented."
        ):
            sample("Try the sample", type="primary", width="stretch")
        with _step(2, "Set up your place", "Its partners and teams. Five minutes."):
            set_up_button(width="stretch")
        with _step(
            3, "Rehearse in the room", "Vote once with your own phone, before anyone comes."
        ):
            st.caption("after step 2")


def _step(number: int, title: str, line: str) -> DeltaGenerator:
    with st.container(key=f"row-step-{number}"):
        at, what, button = st.columns((0.5, 7, 2.5), vertical_alignment="center")
    at.markdown(f"**{number}**")
    what.markdown(f"**{title}**  \n{line}")
    return button


def set_up_button(**looks: Any) -> None:
    """Offer to set up a workshop."""
    if st.button("Set up a workshop", **looks):
        st.switch_page(_way.SET_UP)


def sample(label: str, **looks: Any) -> None:
    """Offer the sample, scored and sealed."""
    if st.button(label, **looks):
        _try("sample.csv", TODAY)


def older_sample() -> None:
    """Offer the sample of the paper's year."""
    if st.button("The sample of 2014", type="tertiary"):
        _try("sample-2014.csv", OF_2014)


def _try(file: str, place: Place) -> None:
    path, scored = _room.DATA / "places" / file, _room.default_instrument()
    made = try_sample(_room.caller(), path, scored, date.today(), place)
    st.switch_page(_way.ROOM, query_params={_room.CODE: made.code})
