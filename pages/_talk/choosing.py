"""Which card fills the screen; a wall shows the one that the facilitator shows."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

import streamlit as st

from aqua_core.vocabulary import Act, CardAct
from aqua_core.vocabulary.reading import Topic
from aqua_core.workshop.choosing import Cards
from pages._mirroring import same_on_walls
from pages._saying import plain

AGAIN: Final = "second look "
BESIDE: Final = "beside "
FELL: Final = "fell "
LAST_TIME: Final = "last time"
MISREAD: Final = "misread"
QUIET: Final = "quiet"
_WIDGET: Final = "conversation"
_KEPT: Final = "conversation kept"
PUT_BACK: Final = "conversation put back"
"""Holds the card that fills the screen next."""


class Besides(NamedTuple):
    """What else has a card.

    Whether last time left something open, what was looked at again, the domain of the largest
    misreading ("" for none), the domains that fell since last time, and by its card what is talked
    about of what was asked beside the domains.
    """

    before: bool
    again: tuple[str, ...]
    misread: str
    fell: tuple[str, ...] = ()
    beside: Mapping[str, str] = MappingProxyType({})


def choices(
    topics: Sequence[Topic], shorts: Mapping[str, str], cards: Cards, besides: Besides
) -> dict[str, str]:
    """Give each card there is with its label, in order.

    What fell and divides the room, last time, then what was looked at again and divides the room
    no more, then its conversations, then what fell and does not divide it.

    Args:
        topics: the room's conversations.
        shorts: the short name of each domain.
        cards: what was done with them.
        besides: what else has a card.
    """
    divides = {topic.domain for topic in topics}
    fell = {FELL + domain: f"{shorts[domain]} fell" for domain in besides.fell}
    found = {card: said for card, said in fell.items() if card.removeprefix(FELL) in divides}
    if besides.before:
        found[LAST_TIME] = "Last time"
    for domain in besides.again:
        if domain not in divides:
            found[AGAIN + domain] = marked(f"{shorts[domain]}, second look", cards.acts, domain)
    for number, topic in enumerate(topics, start=1):
        found[topic.domain] = marked(f"{number}  {shorts[topic.domain]}", cards.acts, topic.domain)
    if not topics:
        found[QUIET] = "The room"
    found |= fell
    found |= besides.beside
    if besides.misread:
        found[MISREAD] = f"A guess on {shorts[besides.misread]}"
    return found


def chosen(offered: Mapping[str, str], cards: Cards) -> str:
    """Ask which card fills the screen; it stays chosen while other pages are seen."""
    if len(offered) == 1:
        return next(iter(offered))
    about = (cards.taken_up, f"{AGAIN}{cards.taken_up}", f"{FELL}{cards.taken_up}")
    about += (f"{BESIDE}{(cards.taken_up or '').partition('.')[0]}",)
    taken = next((key for key in offered if key in about), None)
    if (back := st.session_state.pop(PUT_BACK, None)) in offered:
        st.session_state[_WIDGET] = back
    if st.session_state.get(_WIDGET) not in offered:
        kept = st.session_state.get(_KEPT)
        again = next((key for key in offered if key.startswith(AGAIN)), None)
        begin = taken or again or next(iter(offered))
        st.session_state[_WIDGET] = kept if kept in offered else begin
    card = st.segmented_control(
        "Conversation",
        list(offered),
        key=same_on_walls(_WIDGET),
        format_func=lambda key: plain(offered[key]),
        required=True,
        label_visibility="collapsed",
    )
    st.session_state[_KEPT] = card or next(iter(offered))
    return str(st.session_state[_KEPT])


def about(label: str, domains: Sequence[str], key: str, names: Mapping[str, str]) -> str:
    """Ask which domain is meant; it stays chosen while another page is looked at."""
    kept = st.session_state.get(f"{key} kept")
    begins = kept if kept in domains else domains[0]
    chosen = st.selectbox(
        label,
        domains,
        key=same_on_walls(key, begins),
        format_func=lambda domain: names.get(domain, domain),
    )
    st.session_state[f"{key} kept"] = chosen
    return chosen


def marked(name: str, acts: Mapping[str, CardAct], key: str) -> str:
    """Name a card with what was done with it: "Leadership ✓"."""
    return f"{name}{_done(acts, key)}"


def _done(acts: Mapping[str, CardAct], domain: str) -> str:
    card_act = acts.get(domain)
    marks = {Act.TAKE: " ✓", Act.SKIP: " (skipped)"}
    return marks.get(card_act.act, "") if card_act else ""
