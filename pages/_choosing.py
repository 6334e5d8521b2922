"""Which conversation fills the screen."""

from collections.abc import Mapping, Sequence

import streamlit as st

from aqua_core.vocabulary.reading import Topic
from pages._saying import plain

_WIDGET = "conversation"
_KEPT = "conversation kept"


def chosen(found: Sequence[Topic], shorts: Mapping[str, str]) -> Topic:
    """Ask which conversation fills the screen; it stays chosen while other pages are seen."""
    topics = {topic.domain: topic for topic in found}
    numbers = {domain: number for number, domain in enumerate(topics, start=1)}
    if st.session_state.get(_WIDGET) not in topics:
        kept = st.session_state.get(_KEPT)
        st.session_state[_WIDGET] = kept if kept in topics else next(iter(topics))
    domain = st.segmented_control(
        "Conversation",
        list(topics),
        key=_WIDGET,
        format_func=lambda key: f"{numbers[key]}  {plain(shorts[key])}",
        required=True,
        label_visibility="collapsed",
    )
    st.session_state[_KEPT] = domain or next(iter(topics))
    return topics[st.session_state[_KEPT]]
