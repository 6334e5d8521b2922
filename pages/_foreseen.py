"""Projected: what the room will see of small groups, and what is still missing. Never a score."""

from functools import partial

import streamlit as st

from aqua_core.charts.sentences import beside as beside_words
from aqua_core.charts.sentences import foreseen as words
from aqua_core.vocabulary import GUARDS, Holder, Instrument
from aqua_core.vocabulary.framework import InstrumentKind, is_beside
from aqua_core.workshop.foreseeing import choose_guard, foreseen_now, joined_now
from aqua_core.workshop.reading import RoomNow, room_now, workshop_now
from aqua_core.workshop.sitting_apart import seen_together
from pages import _room
from pages._saying import plain, told


def say_what_will_be_shown(code: str) -> None:
    """Say to the room what it will see, as every seat reads it."""
    now = foreseen_now(_room.caller(), code)
    beside, scores = _asked(code)
    said = [words.promise(now.holder, now.guard, seen_together(code))] if scores else []
    said += dict.fromkeys(beside_words.promise(held, now.guard) for held in beside)
    with st.container(key="promise"):
        st.text(" ".join(said))


def _asked(code: str) -> tuple[list[Instrument], bool]:
    """Give the instruments beside the domains that are answered now, and whether domains are.

    Before anything is opened domains come next.
    """
    opened = room_now(_room.caller(), code).opened
    every = workshop_now(_room.caller(), code).beside
    beside = [held for held in every if opened.keys() & {*held.keys}]
    return beside, not beside or not all(map(is_beside, opened))


def offer_the_choice(code: str) -> None:
    """Offer the facilitator to choose it with the room, until the first vote."""
    now = foreseen_now(_room.caller(), code)
    if not (now.open_to_choice and _room.facilitates()):
        return
    key = f"guard-{now.guard}"
    with st.popover(words.CHOICE):
        st.radio(
            words.CHOICE,
            GUARDS,
            index=GUARDS.index(now.guard),
            key=key,
            format_func=words.choice_called,
            on_change=partial(_take, code, key, now.guard),
        )
        st.caption("Say it aloud when you change it. The first vote settles it.")


def say_what_is_missing(code: str) -> None:
    """Say which groups are too small so far, and what that would hide; of a pick none is seen."""
    beside, scores = _asked(code)
    if not scores and all(held.kind is InstrumentKind.PICK for held in beside):
        return
    now = joined_now(_room.caller(), code)
    lines = words.still_missing(now.joined)
    if now.holder is Holder.PERSON:
        lines = (*lines, words.alone_here(now.joined))
    with st.container(key="missing", gap=None):
        for line in filter(None, lines):
            st.text(line)


def say_what_is_seen(code: str, now: RoomNow) -> bool:
    """Say what a reveal would show now; tell whether it is early for one."""
    if not now.answers:
        st.write(words.NOTHING_SCORED)
        return True
    ahead = foreseen_now(_room.caller(), code)
    beside, scores = _asked(code)
    said = words.finished_of(now.finished, now.seats, ahead.expected)
    st.write(
        f"**{said}.{' That is early.' if ahead.is_early else ''}** "
        "What a reveal has shown stays seen: going on, or a second look, is a new round."
    )
    st.write(
        f"Where those who have finished gave {'a score' if scores else 'an answer'}, the room "
        "would see the following"
        + ("; what others have answered so far is shown too." if now.finished < now.seats else ".")
    )
    lines = [beside_words.seen_at_reveal(held, ahead.guard) for held in beside]
    if scores:
        lines = [*words.seen_at_reveal(ahead.finished, ahead.joined, ahead.absent), *lines]
    st.write("\n".join(f"- {plain(line)}" for line in lines))
    return ahead.is_early


def _take(code: str, key: str, begun: int) -> None:
    chosen = st.session_state[key]
    if chosen != begun:  # a browser that is behind may say once more what nobody chose
        with told():
            choose_guard(_room.caller(), code, chosen)
