"""The form of Set up: how many will come, and what the room will see."""

from collections.abc import Sequence
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from aqua_core.charts.sentences import foreseen as words
from aqua_core.charts.sentences.seat import MEANT
from aqua_core.vocabulary import GUARDS, Holder, Terms
from aqua_core.workshop import foreseeing
from aqua_core.workshop.setting_up import PartnerDraft
from pages._set_up import filling


def what_will_be_shown(
    partners: Sequence[PartnerDraft], holder: Holder, beside: DeltaGenerator
) -> tuple[int, int | None]:
    """Ask how many will come and what the room will see; give the guard, and how many.

    Where teams share laptops there is nothing to ask: what they agreed aloud is shown.

    Args:
        partners: as they are typed now.
        holder: who scores.
        beside: where how many will come is asked.
    """
    if holder is Holder.LAPTOP:
        st.caption(words.promise(holder, GUARDS[0]))
        return GUARDS[0], None
    with beside:
        people = _people(foreseeing.people_to_begin_with(partners))
    return _guard(foreseeing.foreseen_at_set_up(partners, people)), people


def _people(begin: int) -> int:
    key, value = filling.following(filling.PEOPLE, max(begin, 1))
    people: int = st.number_input(
        "How many people will come?",
        min_value=1,
        max_value=foreseeing.MOST_PEOPLE,
        value=value,
        key=key,
        on_change=filling.take_by_hand,
        args=(filling.PEOPLE, key, value),
    )
    return people


def _guard(room: foreseeing.AtSetUp) -> int:
    key, value = filling.following(filling.GUARD, filling.guard_from(room.suggested))
    kept = room.under[GUARDS[0]]
    guard = st.radio(
        words.suggested(room.partners, room.teams, kept, room.suggested),
        GUARDS,
        index=GUARDS.index(value),
        key=key,
        format_func=lambda choice: (
            words.choice_called(choice) + (" (suggested)" if choice == room.suggested else "")
        ),
        captions=[words.would_see(room.under[guard]) for guard in GUARDS],
        horizontal=True,
        on_change=filling.take_by_hand,
        args=(filling.GUARD, key, value),
    )
    return guard if guard in GUARDS else value


_ASKED: Final = {
    "partner": "Who counts as a partner",
    "most": "How many are most",
    "area": "Which area",
    "ages": "Who lives here: ages, conditions",
    "since": "Since when, and how long is a year",
}


def settled() -> Terms:
    """Ask for each line; an empty one is not settled, and not said to the room."""
    with st.expander(f"{MEANT}: change what differs, and read it to the room"):
        typed = {
            name: st.text_input(asked, key=filling.term_key(name), max_chars=120)
            for name, asked in _ASKED.items()
        }
    return Terms(**typed)
