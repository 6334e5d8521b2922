"""The card before the vote, for a seat that waits and for the wall: what the words mean here."""

import streamlit as st

from aqua_core.charts.sentences.scoring import BUILDS, MEANT, terms_said
from aqua_core.vocabulary import Terms
from pages._saying import plain


def draw_terms(terms: Terms) -> None:
    """Draw what a place settled; nothing where it settled nothing."""
    if lines := terms_said(terms):
        with st.container(border=True, gap="xsmall", key="terms"):
            st.markdown(f"**{MEANT}**")
            st.markdown("  \n".join(f"**{called}:** {plain(said)}" for called, said in lines))
            st.caption(BUILDS)
