"""How a page says that something was not done: one sentence, where the person is looking."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Final

import streamlit as st

from aqua_core.errors import Refusal
from aqua_core.vocabulary import Workshop


@contextmanager
def told() -> Iterator[None]:
    """Show a refusal as its sentence; what was typed stays where it is."""
    try:
        yield
    except Refusal as refusal:
        st.warning(plain(str(refusal)))


def said_invented(workshop: Workshop) -> None:
    """Say, wherever its scores are near, that a sample's scores are invented."""
    if workshop.invented:
        st.badge("Sample: every score is invented", color="orange")


def onward(label: str, address: str) -> None:
    """Draw a link that opens in the same tab: Streamlit's own link button opens another one."""
    st.html(f'<a class="onward" href="{escape(address)}" target="_self">{escape(label)}</a>')


def plain(text: str) -> str:
    """Give text that Markdown shows as it is: no name or note becomes a link or a picture.

    Backslashes do not stop a bare address from becoming a link; a word joiner, which nobody
    sees, does.
    """
    apart = _LINKED_BARE.sub(lambda found: f"{found[0]}\u2060", text)
    return "".join(f"\\{mark}" if mark in _MEANS_SOMETHING else mark for mark in apart)


_LINKED_BARE: Final = re.compile(r":(?=//)|www(?=\.)|@", re.IGNORECASE)
_MEANS_SOMETHING: Final = frozenset("\\`*_{}[]<>()#+-.!|~$:&@^=")
