"""The form of Set up: what the words of the statements mean here, settled before the vote."""

from typing import Final

import streamlit as st

from aqua_core.charts.sentences.scoring import MEANT
from aqua_core.vocabulary import Terms
from pages._set_up import filling

_ASKED: Final = {
    "partner": "Who counts as a partner",
    "most": "How many are most",
    "area": "Which area",
    "ages": "Who lives here: ages, conditions",
    "since": "Since when, and how long is a year",
}


def settled() -> Terms:
    """Ask for each line; an empty one is not settled, and not said to the room."""
    with st.expander(f"{MEANT}: change what differs, and read it to the room"):
        typed = {
            name: st.text_input(asked, key=filling.term_key(name), max_chars=120)
            for name, asked in _ASKED.items()
        }
    return Terms(**typed)
