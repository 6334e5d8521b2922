"""Which card fills the screen; a wall shows the one that the facilitator has taken up."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from aqua_core.vocabulary import Act, TopicMove
from aqua_core.vocabulary.reading import Topic
from aqua_core.workshop.talking.choosing import Cards
from pages import _room
from pages._saying import plain

LAST_TIME: Final = "last time"
MISREAD: Final = "misread"
QUIET: Final = "quiet"
_WIDGET: Final = "conversation"
_KEPT: Final = "conversation kept"
_TAKEN: Final = "conversation taken"


def choices(
    topics: Sequence[Topic], shorts: Mapping[str, str], cards: Cards, *, before: bool, misread: str
) -> dict[str, str]:
    """Give each card there is with its label, in order: last time first, then at most three.

    Args:
        topics: the room's conversations.
        shorts: the short name of each domain.
        cards: what was done with them.
        before: whether the last workshop left something open.
        misread: the domain of the largest misreading, or "".
    """
    found = {LAST_TIME: "Last time"} if before else {}
    for number, topic in enumerate(topics, start=1):
        found[topic.domain] = f"{number}  {shorts[topic.domain]}{_done(cards.acts, topic.domain)}"
    if not topics:
        found[QUIET] = "The room"
    if misread:
        found[MISREAD] = f"A guess on {shorts[misread]}"
    return found


def chosen(offered: Mapping[str, str], cards: Cards) -> str:
    """Ask which card fills the screen; it stays chosen while other pages are seen."""
    if len(offered) == 1:
        return next(iter(offered))
    taken = cards.taken if cards.taken in offered else None
    if taken and not _room.facilitates() and st.session_state.get(_TAKEN) != cards.taken:
        st.session_state[_WIDGET] = taken
    st.session_state[_TAKEN] = cards.taken
    if st.session_state.get(_WIDGET) not in offered:
        kept = st.session_state.get(_KEPT)
        st.session_state[_WIDGET] = kept if kept in offered else taken or next(iter(offered))
    card = st.segmented_control(
        "Conversation",
        list(offered),
        key=_WIDGET,
        format_func=lambda key: plain(offered[key]),
        required=True,
        label_visibility="collapsed",
    )
    st.session_state[_KEPT] = card or next(iter(offered))
    return str(st.session_state[_KEPT])


def _done(acts: Mapping[str, TopicMove], domain: str) -> str:
    move = acts.get(domain)
    marks = {Act.TAKE: " ✓", Act.SKIP: " (skipped)"}
    return marks.get(move.act, "") if move else ""
