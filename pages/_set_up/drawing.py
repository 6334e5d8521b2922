"""The form of Set up, drawn: what last time gave it, and a row a partner."""

import streamlit as st

from aqua_core.vocabulary import Sector, Tier
from aqua_core.vocabulary.figures import day_said
from aqua_core.workshop.setting_up import PartnerDraft
from aqua_core.workshop.setting_up_again import LastTime
from pages._saying import plain
from pages._set_up import filling


def said_of(last: LastTime) -> None:
    """Say where the form's words come from, or ask whether what was changed may be replaced."""
    when = f"{last.place}, {day_said(last.held_on)}"
    if filling.is_filled_in(last):
        st.caption(plain(f"Filled in from {when}. Change what has changed. {last.instead}".strip()))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Fill in from last time", on_click=filling.fill_in)
        st.text(
            f"{when}: partners, persona and who scores. It replaces what you changed here.",
            width="content",
        )


def partner_row(number: int) -> PartnerDraft | None:
    """Ask for one partner; a row without a name is left out."""
    left, middle, right = st.columns([3, 2, 3])
    seen = "visible" if number == 0 else "collapsed"
    typed = left.text_input("Partner", key=f"partner-{number}", label_visibility=seen)
    chosen = middle.selectbox(
        "Sector",
        list(Sector),
        format_func=lambda each: each.value.capitalize(),
        key=f"sector-{number}",
        label_visibility=seen,
    )
    tiers = right.pills(
        "Teams at these tiers",
        list(Tier),
        selection_mode="multi",
        format_func=lambda each: each.value.capitalize(),
        key=f"tiers-{number}",
        label_visibility=seen,
    )
    return PartnerDraft(typed, chosen, tuple(tiers)) if typed.strip() else None
