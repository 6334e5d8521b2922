"""What this browser added or changed last: said near the top, and first among the cards."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from aqua_core.charts.sentences.planning import saved_said
from aqua_core.vocabulary import Action
from pages import _room
from pages._saying import plain

_SAVED: Final = "action saved last"


def now_saved(action: Action) -> None:
    """Keep which action this browser has just added or changed."""
    st.session_state[_SAVED] = action.id, action.version


def say_what_was_saved(actions: Sequence[Action]) -> None:
    """Say it until something else is saved: a card below the screen's edge tells nobody."""
    for action in actions:
        if (action.id, action.version) == st.session_state.get(_SAVED):
            st.write(f"**{plain(saved_said(action))}**")


def in_order(actions: Sequence[Action], changed_last: Sequence[str]) -> list[Action]:
    """Give the cards' order: soonest review first, after what this browser saved last.

    A wall cannot scroll: there all stand newest first, by `changed_last`.
    """
    by_review = sorted(actions, key=lambda each: (each.review_on, each.id))
    if not _room.facilitates():
        place = {action_id: n for n, action_id in enumerate(changed_last)}
        # One that was taken out since it was read has no place any more.
        return sorted(by_review, key=lambda each: place.get(each.id, len(place)))
    newest, _ = st.session_state.get(_SAVED, ("", 0))
    return sorted(by_review, key=lambda each: each.id != newest)
