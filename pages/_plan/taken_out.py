"""Taken out: one press and it is out of the plan, one more and it is back."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import streamlit as st

from aqua_core.charts.sentences.wording import beginning
from aqua_core.vocabulary import Action, Support, Unclear
from aqua_core.workshop.planning import put_back, take_out
from pages import _room
from pages._plan.versions import now_open
from pages._saying import told

_JUST: Final = "just taken out"


class Out(NamedTuple):
    """What was taken out, and the words that tell it from the others."""

    said: Action | Support | Unclear
    words: str


def take_out_button(code: str, said: Action | Support | Unclear) -> None:
    """Draw a quiet button that takes it out; `said` is the version that this browser opened."""
    if st.button("Take it out of the plan", type="tertiary", key=f"out-{said.id}"):
        with told():
            take_out(_room.caller(), code, said)
            st.session_state[_JUST] = said.id
            st.rerun()


def is_just_out(said: Action | Support | Unclear) -> bool:
    """Tell whether this browser took it out last: then it says so where it stood."""
    return st.session_state.get(_JUST) == said.id


def where_it_stood(code: str, out: Out) -> None:
    """Say in its place that it is out, with the way back."""
    with st.container(key=f"gone-{out.said.id}", border=True):
        _row(code, out, "here", "Taken out of the plan: ")


def taken_out(code: str, outs: Sequence[Out]) -> None:
    """Draw the short list of what was taken out, closed; nothing where nothing was."""
    if not outs:
        return
    with st.expander(f"Taken out ({len(outs)})", key="taken-out"):
        st.caption("Nothing of this is in the plan, in its pictures or in what you take away.")
        for out in outs:
            _row(code, out, "list")


def _row(code: str, out: Out, where: str, before: str = "") -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"{where}-{out.said.id}"):
        st.text(f"{before}{beginning(out.words)}", width="stretch")
        if st.button("Put it back", key=f"back-{where}-{out.said.id}"):
            with told():
                back = put_back(_room.caller(), code, out.said)
                now_open(out.said.id, back.version)
                st.session_state.pop(_JUST, None)
                st.rerun()
