"""What the form of Set up is filled in with, and that nothing typed by hand is lost to it."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import streamlit as st

from aqua_core.vocabulary import Holder, Instrument, Sector, Tier, same_name
from aqua_core.workshop.setting_up import PartnerDraft
from aqua_core.workshop.setting_up_again import LastTime, last_time_at
from pages import _room

PLACE: Final = "place"
BEFORE: Final = "place before"
PERSONA: Final = "persona"
HOLDER: Final = "holder"
INSTRUMENT: Final = "instrument"
ROWS: Final = "partner rows"
_FILLED: Final = "filled in with"
_LOOKED_UP: Final = "place looked up"
_LAST: Final = "last time"
_USUAL: Final = (
    ("Hospital trust", Sector.ACUTE),
    ("Commissioners", Sector.COMMISSIONER),
    ("Council", Sector.COUNCIL),
    ("GP practices", Sector.PRIMARY_CARE),
    ("Mental health trust", Sector.MENTAL_HEALTH),
    ("Voluntary sector", Sector.VOLUNTARY),
)
_BLANK: Final = PartnerDraft("", Sector.COMMUNITY, (Tier.BOARD,))


class _Form(NamedTuple):
    persona: str
    holder: Holder
    instrument: Instrument
    partners: tuple[PartnerDraft, ...]


def begin(installed: Sequence[Instrument]) -> None:
    """Fill the form in as for a new place, where this page was just opened.

    Widgets take their values from the session's state alone: a widget with a default of its own
    could not be filled in later.
    """
    if PLACE not in st.session_state:
        usual = [PartnerDraft(name, sector, (Tier.BOARD,)) for name, sector in _USUAL]
        _fill(_Form("", Holder.PERSON, installed[0], tuple(usual)))
        st.session_state[_LOOKED_UP], st.session_state[_LAST] = "", None


def follow_place(typed: str, installed: Sequence[Instrument]) -> None:
    """Fill the form in from last time once a place is named that was here before.

    Where anything was changed by hand, nothing is filled in before it was asked. A word that is
    half typed when the answer comes stays: Chromium keeps it over what the server says.
    """
    name = same_name(" ".join(typed.split()))
    if name == st.session_state[_LOOKED_UP]:
        return
    st.session_state[_LOOKED_UP] = name
    st.session_state[_LAST] = last_time_at(_room.caller(), typed, installed)
    if not is_touched():
        fill_in()


def last_time() -> LastTime | None:
    """Give how the place was set up last, or None where it is new here."""
    last: LastTime | None = st.session_state[_LAST]
    return last


def is_filled_in(last: LastTime) -> bool:
    """Tell whether the form was filled in from this, whatever was changed since."""
    return bool(st.session_state[_FILLED] == _form_of(last))


def is_touched() -> bool:
    """Tell whether anything was changed by hand since the form was filled in."""
    said = _said(st.session_state[_FILLED])
    return any(st.session_state.get(key) != value for key, value in said.items())


def fill_in() -> None:
    """Fill the form in from last time."""
    if last := last_time():
        _fill(_form_of(last))


def take_place() -> None:
    """Take the place that was chosen as if it were typed."""
    if chosen := st.session_state[BEFORE]:
        st.session_state[PLACE] = chosen


def add_row() -> None:
    """Add a row for one more partner."""
    st.session_state.update(_row(st.session_state[ROWS], _BLANK))
    st.session_state[ROWS] += 1


def _form_of(last: LastTime) -> _Form:
    return _Form(last.persona, last.holder, last.instrument, last.partners)


def _fill(form: _Form) -> None:
    st.session_state[_FILLED] = form
    st.session_state.update(_said(form))


def _said(form: _Form) -> dict[str, Any]:
    said = {PERSONA: form.persona, HOLDER: form.holder, INSTRUMENT: form.instrument}
    said[ROWS] = len(form.partners)
    for number, partner in enumerate(form.partners):
        said |= _row(number, partner)
    return said


def _row(number: int, partner: PartnerDraft) -> dict[str, Any]:
    return {
        f"partner-{number}": partner.name,
        f"sector-{number}": partner.sector,
        f"tiers-{number}": list(partner.tiers),
    }
