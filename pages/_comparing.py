"""Who is compared with whom: the same choice on each page that compares."""

from typing import NamedTuple

import streamlit as st

from aqua_core.charts.words import listed
from aqua_core.vocabulary import Compare, Workshop
from aqua_core.vocabulary.shown import Results
from pages._mirroring import same_on_walls

_WIDGET = "compare"
_KEPT = "compare kept"


class Compared(NamedTuple):
    """Who is compared; `without` says which comparisons hold nothing here, and why, or ""."""

    compare: Compare
    without: str


def compared(workshop: Workshop, shown: Results) -> Compared:
    """Ask who is compared; a comparison without two sides is not offered.

    One that has two sides but may not be shown in this room stands greyed beside the choice: six
    clicks led to six empty pages. Streamlit greys a whole choice only, so they are a second one.
    """
    offered = [compare for compare in Compare if _sides(workshop, compare) > 1]
    held = [compare for compare in offered if _holds(shown, compare)]
    empty = [compare for compare in offered if compare not in held]
    why = _why(shown, empty)
    compare = _asked(held) if held else Compare.PARTNER
    if empty:
        st.segmented_control(
            "Cannot be compared",
            [_called(compare) for compare in empty],
            disabled=True,
            help=why,
            label_visibility="collapsed",
        )
    return Compared(compare, why)


def kept_comparison() -> Compare:
    """Give who was compared last in this browser; partners until somebody chose."""
    return st.session_state.get(_KEPT) or Compare.PARTNER


def _asked(held: list[Compare]) -> Compare:
    # A widget's value is dropped with its page, so the choice is kept beside it.
    kept = st.session_state.get(_KEPT)
    if st.session_state.get(_WIDGET) not in held:
        st.session_state[_WIDGET] = kept if kept in held else held[0]
    chosen = st.segmented_control(
        "Compare",
        held,
        key=same_on_walls(_WIDGET),
        format_func=_called,
        required=True,
        label_visibility="collapsed",
    )
    # A control that has just come back to a page may still be empty.
    compare = Compare(chosen or kept or held[0])
    st.session_state[_KEPT] = compare
    return compare


def _holds(shown: Results, compare: Compare) -> bool:
    gaps = shown.gaps[compare]
    return any(gap.width is not None for gap in gaps)


def _why(shown: Results, empty: list[Compare]) -> str:
    """Say why comparisons hold nothing; "" where each holds something."""
    if not empty:
        return ""
    gaps = [gap for compare in empty for gap in shown.gaps[compare]]
    names = listed([_called(compare).lower() for compare in empty]).capitalize()
    if any(gap.held_back for gap in gaps):
        return f"{names} cannot be compared here: small groups are shown only together."
    return f"{names} cannot be compared here: fewer than two have scored."


def _called(compare: Compare) -> str:
    return f"{compare.value.capitalize()}s"


def _sides(workshop: Workshop, compare: Compare) -> int:
    match compare:
        case Compare.PARTNER:
            return len({team.partner.id for team in workshop.teams})
        case Compare.TIER:
            return len({team.tier for team in workshop.teams})
        case Compare.TEAM:
            partners = {team.partner.id for team in workshop.teams}
            # With one team a partner, the teams are the partners.
            return 0 if len(partners) == len(workshop.teams) else len(workshop.teams)
