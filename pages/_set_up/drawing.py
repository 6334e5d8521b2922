"""The form of Set up, drawn: what last time gave it, and a row a partner."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from aqua_core.charts.sentences.places import is_it_the_same
from aqua_core.errors import DateRefused, FieldsRefused
from aqua_core.vocabulary import Holder, Instrument, Place, Sector, Tier
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.text import check_fields
from aqua_core.workshop.placing import check_fictional, close_to
from aqua_core.workshop.setting_up import (
    LastTime,
    PartnerDraft,
    check_to_come,
    choose_sector,
    partners_at_fault,
)
from pages import _room
from pages._saying import at_its_field, is_at_fault, plain
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
        format_func=partial(
            _edition, [instrument.name for instrument in installed], filling.own_words()
        ),
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


def asked_beside(offered: Sequence[Instrument]) -> tuple[Instrument, ...]:
    """Ask what the room is asked beside its domains; nothing, unless somebody chooses."""
    names = {held.key: held for held in offered}
    with st.popover("Also ask", type="tertiary"):
        chosen = st.multiselect(
            "Beside the domains",
            list(names),
            default=filling.beside_at(),
            format_func=lambda key: names[key].name,
            placeholder="Nothing else",
            key=filling.key(filling.BESIDE),
        )
    return tuple(names[key] for key in chosen)


def partner_rows() -> dict[int, PartnerDraft]:
    """Ask for every partner, a row each, the first under its labels; give those with a name."""
    drawn = {}
    for at, number in enumerate(filling.rows()):
        # Each in its own: a line that came under one row moved the next, and what was half typed
        # there was lost.
        with st.container(gap="xsmall", key=f"partner-row-{number}"):
            drawn[number] = _partner_row(number, "collapsed" if at else "visible")
    return {number: row for number, row in drawn.items() if row}


def _partner_row(number: int, seen: Literal["visible", "collapsed"]) -> PartnerDraft | None:
    filled = filling.partner_at(number)
    left, middle, right, aside = st.columns([10, 6, 13, 3], vertical_alignment="bottom")
    typed = left.text_input("Partner", key=filling.name_key(number), label_visibility=seen)
    filling.follow_name(number, typed)
    with middle:
        chosen = asked_sector(filling.sector_key(number), filling.sector_at(number), seen)
    tiers = right.pills(
        "Teams at these tiers",
        [*Tier, *filled.named],
        selection_mode="multi",
        default=[*filled.tiers, *filled.named],
        format_func=_team_called,
        key=filling.key(f"tiers-{number}"),
        label_visibility=seen,
    )
    aside.button(
        "Take out",
        key=f"take out {number}",
        help=plain(f"Take {typed.strip() or 'this row'} out of the form"),
        on_click=filling.take_out,
        args=(number,),
    )
    at_its_field(filling.name_key(number))  # under the row, which they would bend
    at_its_field(filling.sector_key(number))
    if not typed.strip():
        return None
    if chosen is None and not is_at_fault(filling.sector_key(number)):
        _ask_for_its_sector(number)
    named = tuple(team for team in tiers if not isinstance(team, Tier))
    return PartnerDraft(typed, chosen, tuple(team for team in tiers if team not in named), named)


def _ask_for_its_sector(number: int) -> None:
    sector = filling.sector_before(number)
    if sector is not None:
        key = filling.sector_key(number)
        ask_anew(sector, key, partial(filling.keep_sector, number), st.button)


def ask_anew(
    sector: Sector, key: str, keep: Callable[[], None], button: Callable[..., bool]
) -> None:
    """Say at once that the sector went with the name, and take it back where it is the same.

    Args:
        sector: that it had.
        key: of the list that asks for it.
        keep: what a press that takes it back does.
        button: which kind of one: a form takes its own alone.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        asks = "Another name: is its sector another one too? Choose it."
        st.markdown(asks, width="content")
        button(f"It is still {sector}", key=f"still {key}", type="tertiary", on_click=keep)


def asked_sector(
    key: str, begin: Sector | None, seen: Literal["visible", "collapsed"] = "visible"
) -> Sector | None:
    """Ask for a partner's sector; None until somebody chooses it.

    Args:
        key: of the list.
        begin: what the list stands on; None for nothing.
        seen: whether its label is.
    """
    sector: Sector | None = st.selectbox(
        "Sector",
        list(Sector),
        index=None if begin is None else list(Sector).index(begin),
        format_func=str.capitalize,
        placeholder="Choose one",
        key=key,
        label_visibility=seen,
    )
    return sector


def _team_called(team: Tier | tuple[Tier, str]) -> str:
    return tier_called(team) if isinstance(team, Tier) else plain(team[1])


def tier_called(tier: Tier) -> str:
    """Name a tier where it is chosen."""
    return "No tier" if tier is Tier.NONE else tier.value.capitalize()


def check(place: str, persona: str, held_on: object, rows: Mapping[int, PartnerDraft]) -> None:
    """Hold every field to its own rules, and say all that is wrong at once.

    Raises:
        FieldsRefused: a field cannot be kept; what is wrong by the key of its widget.
    """
    faults: dict[str, str] = {}
    try:
        said = {"name": place, "persona": persona}
        check_fields(Place, said, {"persona": check_fictional})
    except FieldsRefused as refused:
        key_of = {"name": filling.PLACE, "persona": filling.PERSONA}
        faults = {key_of[name]: said for name, said in refused.faults.items()}
    try:
        check_to_come(held_on, date.today())
    except DateRefused as refused:
        faults[filling.HELD_ON] = str(refused)
    misnamed = partners_at_fault(list(rows.values()))
    for at, (number, row) in enumerate(rows.items()):
        if at in misnamed:  # its sector is asked for under the name that is mended
            faults[filling.name_key(number)] = str(misnamed[at])
        elif row.sector is None:
            faults[filling.sector_key(number)] = choose_sector(row.name)
    if faults:
        raise FieldsRefused(faults)


def _when(last: LastTime) -> str:
    return f"{last.place}, {day_said(last.held_on)}"


def _edition(names: Sequence[str], own: Collection[Instrument], instrument: Instrument) -> str:
    """Name an instrument; where two versions are offered, with its version and whose it is."""
    if instrument in own:
        return f"Your own words, version {instrument.version}"
    alone = names.count(instrument.name) == 1
    return instrument.name if alone else f"{instrument.name}, version {instrument.version}"
