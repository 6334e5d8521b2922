"""Who is compared with whom: the same choice on each page that compares."""

import streamlit as st

from aqua_core.vocabulary import Compare, Workshop

_WIDGET = "compare"
_KEPT = "compare kept"


def compared(workshop: Workshop) -> Compare:
    """Ask who is compared; only comparisons that have two sides are offered."""
    offered = [each for each in Compare if _sides(workshop, each) > 1]
    # A widget's value is dropped with its page, so the choice is kept beside it.
    kept = st.session_state.get(_KEPT)
    if _WIDGET not in st.session_state:
        st.session_state[_WIDGET] = kept if kept in offered else offered[0]
    chosen = st.segmented_control(
        "Compare",
        offered,
        key=_WIDGET,
        format_func=lambda each: f"{each.value.capitalize()}s",
        required=True,
        label_visibility="collapsed",
    )
    # A control that has just come back to a page may still be empty.
    compare = Compare(chosen or kept or offered[0])
    st.session_state[_KEPT] = compare
    return compare


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
