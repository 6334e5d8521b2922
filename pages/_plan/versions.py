"""What the plan page just did: what it opened, what was saved or taken out."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

import streamlit as st

from aqua_core.charts.sentences.planning import saved_said
from aqua_core.charts.sentences.wording import beginning
from aqua_core.vocabulary import Action, Support, Unclear
from aqua_core.vocabulary.sharing import ShareOut
from aqua_core.workshop.cycling import put_back, take_out
from pages import _half_typed, _room
from pages._mirroring import same_on_walls
from pages._saying import is_done_last, now_done, plain, say_done, told

_FEW: Final = 3
"""Cards whose forms are made before anybody opens one: then they open without a wait."""


def opens(label: str, mark: str, draw: Callable[[], None], cards: int) -> None:
    """Draw a line that opens, and make what is under it when it is opened; from then on it stays.

    The closed forms of twenty small tests were 618 controls, and the page took two seconds.

    Args:
        label: of the line.
        mark: tells it from the others on the page.
        draw: makes what is under it.
        cards: how many cards of its kind the page has.
    """
    made = f"made-{mark}"
    at = f"line-{mark}"
    begun = _half_typed.begins(at, False, within="lines that open")
    line = st.expander(label, begun, type="compact", key=at, on_change="rerun")
    if line.open or cards <= _FEW:
        st.session_state[made] = True
    if made in st.session_state:
        with line:
            draw()


def opened_version(mark: str, version: int, called: str) -> int:
    """Give the version that this browser opened; where a newer one is kept, offer that.

    Args:
        mark: tells this form from the others on the page.
        version: the newest.
        called: what was changed: "action".
    """
    opened: int = st.session_state.setdefault(_key(mark), version)
    if opened != version:
        st.write(f"Somebody changed this {called} since you opened it: the newest is above.")
        if st.button("Start from the newest", key=f"newest-{mark}"):
            now_open(mark, version)
            st.rerun()
    return opened


def now_open(mark: str, version: int) -> None:
    """Let the form start from this version: it has just been saved here, or was asked for."""
    st.session_state[_key(mark)] = version


def goes_on(mark: str, version: int, saved: int) -> None:
    """Let a form that started from a version go on from the next: something beside it was saved."""
    if st.session_state.get(_key(mark)) == version:
        now_open(mark, saved)


def _key(mark: str) -> str:
    return f"opened-{mark}"


_SAVED: Final = "action saved last"


def now_saved(action: Action) -> None:
    """Keep which action this browser has just added or changed."""
    st.session_state[_SAVED] = action.id, action.version
    now_done((action.id, action.version))


def say_what_was_saved(actions: Sequence[Action]) -> None:
    """Say it until the next deed: a card below the screen's edge tells nobody."""
    for action in actions:
        if is_done_last((action.id, action.version)):
            say_done(f"**{plain(saved_said(action))}**")


def in_order(actions: Sequence[Action]) -> list[Action]:
    """Give the cards' order: soonest review first, after what this browser saved last.

    A wall has the order of the laptop that it follows.
    """
    by_review = sorted(actions, key=lambda action: (action.review_on, action.id))
    newest, _ = st.session_state[same_on_walls(_SAVED, ("", 0))]
    return sorted(by_review, key=lambda action: action.id != newest)


_JUST: Final = "just taken out"


class Out(NamedTuple):
    """What was taken out, and the words that tell it from the others."""

    said: Action | Support | Unclear | ShareOut
    words: str


def take_out_button(
    code: str,
    said: Action | Support | Unclear | ShareOut,
    label: str = "Take it out of the plan",
) -> None:
    """Draw a quiet button that takes it out; `said` is the version that this browser opened."""
    if st.button(label, type="tertiary", key=f"out-{said.id}"):
        with told():
            take_out(_room.caller(), code, said)
            st.session_state[_JUST] = said.id
            now_done(said.id)
            st.rerun()


def is_just_out(said: Action | Support | Unclear | ShareOut) -> bool:
    """Tell whether this browser took it out last: then it says so where it stood."""
    return st.session_state.get(_JUST) == said.id


def where_it_stood(code: str, out: Out) -> None:
    """Say in its place that it is out, with the way back."""
    with st.container(key=f"gone-{out.said.id}", border=True):
        words = f"Taken out of the plan: {out.words}"
        _row(Back(words, f"here-{out.said.id}", partial(_put_back, code, out)))


def taken_out(code: str, outs: Sequence[Out]) -> None:
    """Draw the short list of what was taken out, closed; nothing where nothing was."""
    put_back_list(
        [Back(out.words, f"list-{out.said.id}", partial(_put_back, code, out)) for out in outs],
        "Nothing of this is on another screen or in what you take away.",
    )


class Back(NamedTuple):
    """The way back of what was taken out: its words, what tells it apart, and what is pressed."""

    words: str
    mark: str
    back: Callable[[], None]


def put_back_list(outs: Sequence[Back], caption: str = "", key: str = "taken-out") -> None:
    """Draw what was taken out, closed, each with its way back; nothing where nothing was."""
    if not outs:
        return
    with st.expander(f"Taken out ({len(outs)})", key=key):
        if caption:
            st.caption(caption)
        put_back_rows(outs)


def put_back_rows(outs: Sequence[Back]) -> None:
    """Draw a row for each thing that was taken out, with its way back."""
    for out in outs:
        _row(out)


def _row(out: Back) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=out.mark):
        st.text(beginning(out.words), width="stretch")
        if st.button("Put it back", key=f"back-{out.mark}"):
            with told():
                out.back()
                st.rerun()


def _put_back(code: str, out: Out) -> None:
    back = put_back(_room.caller(), code, out.said)
    now_open(out.said.id, back.version)
    st.session_state.pop(_JUST, None)
