"""What was asked beside the domains, talked about: its row, its question, what it came to."""

from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st

from aqua_core.charts.sentences import beside as beside_words
from aqua_core.vocabulary import Workshop
from aqua_core.vocabulary.beside import Row, ShownBeside
from aqua_core.vocabulary.shown import Shown
from aqua_core.workshop.choosing import Cards
from aqua_core.workshop.noting import outcomes_now
from pages import _beside, _room, _way
from pages._mirroring import same_on_walls
from pages._talk import card, choosing, controls


class Talked(NamedTuple):
    """One instrument with a card, its rows by key, and the key of the row that is on the card."""

    held: ShownBeside
    rows: Mapping[str, Row]
    on: str

    @property
    def row(self) -> Row:
        """The row that is on the card."""
        return self.rows[self.on]


def with_cards(code: str, read: Shown, cards: Cards) -> dict[str, Talked]:
    """Give what has a card, by the card: where a row stands out, or one was talked about."""
    talked = cards.acts.keys() | outcomes_now(_room.caller(), code).keys()
    found = {}
    for held in read.beside:
        rows = beside_words.rows_to_talk_about(held)
        if rows and (beside_words.to_talk_about(held) or talked & rows.keys()):
            found[f"{choosing.BESIDE}{held.key}"] = Talked(held, rows, _on(held, rows, cards))
    return found


def _on(held: ShownBeside, rows: Mapping[str, Row], cards: Cards) -> str:
    """Give the row that was chosen on this page or on the laptop, else what is taken up."""
    chosen = (st.session_state.get(key) for key in (_key(held), _kept(held)))
    wanted = (*chosen, cards.taken_up)
    return next((key for key in wanted if key in rows), next(iter(rows)))


def _key(held: ShownBeside) -> str:
    return f"row of {held.key}"


def _kept(held: ShownBeside) -> str:
    """Name what stays chosen while other pages are seen."""
    return f"row of {held.key} kept"


def labels(talked: Mapping[str, Talked], cards: Cards) -> dict[str, str]:
    """Name each card by its row, with what was done with it."""
    return {at: choosing.marked(one.row.short, cards.acts, one.on) for at, one in talked.items()}


def conversation(workshop: Workshop, talked: Talked, cards: Cards) -> None:
    """Draw the card of a row, and to who leads what can be done with it."""
    prompt = card.beside_card(workshop, talked.held, talked.row, talked.on)
    if _room.leads(workshop.code):
        controls.on_a_row(workshop.code, talked.on, cards, controls.minutes_of(prompt))
    with st.container(horizontal=True, vertical_alignment="center"):
        key = same_on_walls(_key(talked.held), talked.on)
        st.session_state[key] = talked.on  # one that is not told any more is on no list
        if _room.acts(workshop.code) and len(talked.rows) > 1:
            st.selectbox(
                "The row you talk about",
                list(talked.rows),
                key=key,
                format_func=lambda row: talked.rows[row].short,
                width=320,
            )
        st.session_state[_kept(talked.held)] = st.session_state[key]
        whole = _room.here() | {_beside.ASKED: talked.held.key}
        st.page_link(_way.HOW_WE_LEAD, label="See the whole picture", query_params=whole)
        if _room.acts(workshop.code):
            about = _room.here() | {"domain": talked.on}
            st.page_link(_way.PLAN, label="Carry it into an action", query_params=about)
