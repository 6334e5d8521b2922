"""The card before the vote: what the words mean here, open at a seat, to be opened on a wall."""

import streamlit as st

from aqua_core.charts.sentences.scoring import BUILDS, MEANT, terms_said
from aqua_core.vocabulary import Terms
from pages._saying import plain


def draw_terms(terms: Terms, *, opened: bool) -> None:
    """Draw what a place settled; nothing where it settled nothing.

    Args:
        terms: of the workshop.
        opened: whether it stands open; on a wall it would push the teams off the screen.
    """
    if lines := terms_said(terms):
        with st.container(border=True, gap="xsmall") if opened else st.expander(MEANT):
            if opened:
                st.markdown(f"**{MEANT}**")
            st.markdown("  \n".join(f"**{called}:** {plain(said)}" for called, said in lines))
            st.caption(BUILDS)
