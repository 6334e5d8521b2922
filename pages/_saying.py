"""How a page says that something was not done: one sentence, where the person is looking."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import streamlit as st

from aqua_core.errors import Refusal
from aqua_core.vocabulary import Workshop

_REFUSED: Final = "refused"


@contextmanager
def told() -> Iterator[None]:
    """Show a refusal as its sentence; what was typed stays where it is."""
    try:
        yield
    except Refusal as refusal:
        st.warning(plain(str(refusal)))


def remember(refusal: Refusal) -> None:
    """Keep a refusal for the next drawing: a callback runs before anything is on the page."""
    st.session_state[_REFUSED] = str(refusal)


def say_remembered() -> None:
    """Show the refusal that a callback met, once."""
    sentence = st.session_state.pop(_REFUSED, "")
    if sentence:
        st.warning(plain(sentence))


def said_invented(workshop: Workshop) -> None:
    """Say, wherever its scores are near, that a sample's scores are invented."""
    if workshop.invented:
        st.badge("Sample: every score is invented", color="orange")


def plain(text: str) -> str:
    """Give text that Markdown shows as it is: no name or note becomes a link or a picture."""
    return "".join(f"\\{mark}" if mark in _MEANS_SOMETHING else mark for mark in text)


_MEANS_SOMETHING = frozenset("\\`*_{}[]<>()#+-.!|~$:&@^=")
