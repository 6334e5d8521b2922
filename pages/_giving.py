"""Waves for analysis: the consent on a place's page, and what is seen over all places that gave."""

import os
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from aqua_core.charts.sentences import band as band_words
from aqua_core.charts.sentences import given as words
from aqua_core.charts.words import listed
from aqua_core.vocabulary.card import Published
from aqua_core.vocabulary.given import GIVEN_CONSENT, Counted, TriedOver
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop import giving, placing
from pages import _place, _room
from pages._saying import or_its_sentence, plain, told
from pages._tables import literal

VIEW: Final = "places"
"""The view of the page of programmes."""
_FOLDER: Final = "DISCOVERY_ROOM_GIVEN"
_TESTS: Final = ("Tests that go on", "Tests that ended", "of them adopted")
_DONE: Final = "done over places"


def of_place(seen: placing.PlaceSeen, today: date) -> None:
    """Ask on a place's page whether a wave is given, and hand its file out; both can be undone."""
    given = giving.given_now(_room.caller(), seen.place.id)
    if not given:
        return
    with st.expander("For analysis over several places"):
        st.caption(f"{words.HOLDS} {words.OPEN_ROOM}")
        for wave in reversed(seen.waves):
            if wave.id in given:
                _wave(seen.place.id, wave.id, day_said(wave.dated), given[wave.id], today)


def _wave(place_id: str, wave_id: str, day: str, since: date | None, today: date) -> None:
    caller = _room.caller()
    give = partial(giving.give_wave, caller, place_id, wave_id, today)
    with st.container(horizontal=True, vertical_alignment="center", key=f"give-{wave_id}"):
        if since is None:
            st.markdown(f"**{day}**  \n{GIVEN_CONSENT}")
            if st.button("Give this wave", key=f"gives-{wave_id}"):
                with _place.done(f"The wave of {day} is given for analysis."):
                    give()
            return
        st.markdown(f"**{day}**  \n{words.given_since(since)}")
        st.download_button(
            "Take the file",
            partial(or_its_sentence, partial(giving.given_file, caller, place_id, wave_id)),
            file_name=f"wave-{wave_id}.parquet",
            mime="application/octet-stream",
            on_click="ignore",
            key=f"file-{wave_id}",
        )
        if st.button("Bring it up to date", key=f"anew-{wave_id}"):
            with _place.done(f"The wave of {day} is given as it and its plan stand today."):
                give()
        if st.button("Take it back", key=f"keeps-{wave_id}"):
            with _place.done(
                f"The wave of {day} is given no more, and its file is gone from here. A file that "
                "was handed on is taken out where it is."
            ):
                giving.take_given_back(caller, place_id, wave_id)


def over_places(today: date) -> None:
    """Draw what is seen over the places that gave waves, for whoever leads a programme."""
    st.title("Over places")
    st.caption(words.WHERE_FROM)
    if done := st.session_state.pop(_DONE, ""):
        st.success(plain(done))
    files = st.file_uploader("Files that other places gave", accept_multiple_files=True)
    brought = _by_name(files)
    with told():
        seen = giving.over_places_now(_room.caller(), brought, _folder(), today)
        _seen(seen, brought, today)


def _seen(seen: giving.OverPlaces, brought: Mapping[str, bytes], today: date) -> None:
    st.write(plain(words.over_said(seen.waves, seen.places)) if seen.waves else words.NO_WAVE)
    if seen.tried is None:
        st.write(words.SO_FAR)
    for number, alike in enumerate(seen.alike):
        st.header(f"Scored by {listed(alike.alike.tiers)}", anchor=False)
        st.write(plain(band_words.places_said(alike.places, waits=alike.waits)))
        if alike.newest:
            st.write(plain(band_words.published_said(alike.newest)))
            _table(["Domain", "Middle half of places"], _bands(alike.newest))
            st.caption(plain(band_words.how_rounded(alike.newest)))
        if alike.why_not:
            st.write(plain(alike.why_not))
        elif st.button("Publish the band", type="primary", key=f"band-{number}"):
            giving.publish_over_places(_room.caller(), brought, _folder(), alike.alike, today)
            st.session_state[_DONE] = "The band is published. It stands on Community, too."
            st.rerun()
    if seen.tried is not None:
        _tried(seen.tried)
    st.caption(words.NOT_TO_BE_ASKED)


def _bands(published: Published) -> list[list[str]]:
    names = _domains()
    keys = [*(key for key in names if key in published.bands), *published.bands]
    return [
        [names.get(key, key), band_words.band_said(published.bands[key])]
        for key in dict.fromkeys(keys)
    ]


def _tried(tried: TriedOver) -> None:
    st.header("Tests", anchor=False)
    if not tried.domains:
        st.write(words.NO_TEST)
        return
    by: dict[str, tuple[tuple[Counted, ...], dict[str, str], str]] = {
        "Domain": (tried.domains, _domains(), "Beside the domains"),
        "Kind of domain": (tried.kinds, {}, "Beside the domains"),
        "Kind of move": (tried.moves, {}, "Not said"),
    }
    for head, (counts, names, none) in by.items():
        _table([head, *_TESTS], words.rows_of(counts, names, none))


def _table(heads: list[str], rows: list[list[str]]) -> None:
    st.table(literal(pd.DataFrame(rows, columns=heads)), hide_index=True)


def _domains() -> dict[str, str]:
    return _room.default_instrument().names


def _folder() -> str:
    return os.environ.get(_FOLDER, "").strip()


def _by_name(files: list[Any]) -> dict[str, bytes]:
    """Give the content of each file by its name; of one name the second is called so."""
    brought: dict[str, bytes] = {}
    for number, file in enumerate(files or (), 1):
        name = file.name if file.name not in brought else f"{file.name} (file {number})"
        brought[name] = file.getvalue()
    return brought
