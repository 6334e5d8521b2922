"""The form of Set up, drawn: what last time gave it, and a row a partner."""

from collections.abc import Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from aqua_core.charts.sentences.places import is_it_the_same
from aqua_core.vocabulary import Holder, Instrument, Sector, Tier
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop.placing import close_to
from aqua_core.workshop.setting_up import LastTime, PartnerDraft
from pages import _room
from pages._saying import plain
from pages._set_up import filling


def is_the_same_place(typed: str) -> bool:
    """Ask whether a place that is nearly called as one that is here is that one.

    Returns: whether somebody said that it is another place.
    """
    near = close_to(_room.caller(), typed)
    if near is None:
        return False
    if st.session_state.get(filling.ANOTHER) == typed:
        st.caption(plain(f"{typed} is kept as another place than {near.name}."))
        return True
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(is_it_the_same(near.name), width="content")
        st.button(plain(f"Yes, {near.name}"), on_click=filling.take, args=(near.name,))
        st.button("No, another place", on_click=filling.keep_apart, args=(typed,))
    return False


def said_of_last_time() -> None:
    """Say where the form's words come from, and ask whether what was changed may be replaced.

    Words that were changed by hand stay when another place is named, so whose they are stays too.
    """
    last, source = filling.last_time(), filling.filled_from()
    if source:
        said = f"Filled in from {_when(source)}. Change what has changed. {source.instead}"
        st.caption(plain(said.strip()))
    if filling.a_choice_came_late():
        st.caption("What you chose while it was filled in was not taken. Choose it again.")
    if last is None or last == source:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Fill in from last time", on_click=filling.fill_in)
        st.text(
            f"{_when(last)}: partners, persona and who scores. It replaces what you changed here.",
            width="content",
        )


def how_scored(installed: Sequence[Instrument]) -> tuple[Instrument, Holder, DeltaGenerator]:
    """Ask for the instrument and who scores; give the place beside them, for how many will come."""
    left, right, beside = st.columns([3, 5, 2])
    instrument = left.selectbox(
        "Instrument",
        installed,
        index=filling.instrument_at(installed),
        key=filling.key(filling.INSTRUMENT),
        format_func=partial(_edition, [instrument.name for instrument in installed]),
    )
    holder = right.radio(
        "Who scores",
        list(Holder),
        index=filling.holder_at(),
        key=filling.key(filling.HOLDER),
        format_func=str.capitalize,
        horizontal=True,
    )
    return instrument, holder, beside


def partner_row(number: int) -> PartnerDraft | None:
    """Ask for one partner; a row without a name is left out."""
    filled = filling.partner_at(number)
    left, middle, right = st.columns([3, 2, 3])
    seen = "visible" if number == 0 else "collapsed"
    typed = left.text_input("Partner", key=filling.name_key(number), label_visibility=seen)
    chosen = middle.selectbox(
        "Sector",
        list(Sector),
        index=list(Sector).index(filled.sector),
        format_func=str.capitalize,
        key=filling.key(f"sector-{number}"),
        label_visibility=seen,
    )
    tiers = right.pills(
        "Teams at these tiers",
        list(Tier),
        selection_mode="multi",
        default=filled.tiers,
        format_func=lambda choice: choice.value.capitalize(),
        key=filling.key(f"tiers-{number}"),
        label_visibility=seen,
    )
    return PartnerDraft(typed, chosen, tuple(tiers)) if typed.strip() else None


def _when(last: LastTime) -> str:
    return f"{last.place}, {day_said(last.held_on)}"


def _edition(names: Sequence[str], instrument: Instrument) -> str:
    """Name an instrument; where two versions are installed, with its version."""
    alone = names.count(instrument.name) == 1
    return instrument.name if alone else f"{instrument.name}, version {instrument.version}"
