"""What the facilitator's page shows is shown by every wall: page, choices, and how far down."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final, NamedTuple

import streamlit as st

from aqua_core.live import Channel, shown
from aqua_core.workshop.passing import Passing

_KEYS: Final = "keys that walls follow"
_QUESTION: Final = "question on this card"
_TOLD: Final = "what walls were told last"
_NO_CHOICE: Final[Mapping[str, Any]] = {}
_TAKEN: Final = "what this wall took last"


class Mirrored(NamedTuple):
    """What walls show of one workshop.

    `choices` are values of session state by key; `number` grows with each change; `question` is
    what the room is asked, "" for nothing; `screenful` of `screenfuls` is what a wall is scrolled
    to; `held` keeps walls where they are.
    """

    page: str = ""
    choices: Mapping[str, Any] = _NO_CHOICE
    number: int = 0
    question: str = ""
    screenful: int = 0
    screenfuls: int = 1
    held: bool = False


_mirrored: Final = Passing("what walls show", Mirrored, Mirrored())
"""A restart forgets it, and then pages are opened anew and say it again."""


def mirrored(code: str) -> Mirrored:
    """Give what walls of a workshop show."""
    return _mirrored.now(code)


def same_on_walls(key: str, begins: object = None) -> str:
    """Let walls follow what is chosen under this key of session state, and give the key.

    Args:
        key: of a widget, which then needs no default of its own.
        begins: what is chosen until somebody chooses.
    """
    st.session_state.setdefault(_KEYS, set()).add(key)
    if key not in st.session_state:
        st.session_state[key] = begins
    return key


def opens(label: str, key: str) -> Any:
    """Give a line that opens: what the facilitator opens is open on every wall."""
    return st.expander(label, key=same_on_walls(key, begins=False), on_change="rerun")


def ask_the_room(question: str) -> None:
    """Let phones show this question while its card is on the walls."""
    st.session_state[_QUESTION] = question


def begin() -> None:
    """Forget what the page before had: it is called first in each run of a page."""
    st.session_state[_KEYS] = set()
    st.session_state[_QUESTION] = ""


def tell_walls(code: str, page: str, done: Hashable) -> None:
    """Let walls show what this page shows, if it changed here or something was done.

    Args:
        code: of the workshop.
        page: the address of the page.
        done: grows with what is done: an act in one tab brings walls back to its page.
    """
    keys = sorted(st.session_state.get(_KEYS, ()))
    choices = {key: st.session_state[key] for key in keys if key in st.session_state}
    question = st.session_state.get(_QUESTION, "")
    told = (code, page, choices, question, done)
    before = mirrored(code)
    if before.held or st.session_state.get(_TOLD) == told:
        return
    st.session_state[_TOLD] = told
    _mirrored.change(
        code, lambda now: now if now.held else Mirrored(page, choices, now.number + 1, question)
    )
    shown(code, *([Channel.PHONES] if before.question != question else ()))


def take_from_laptop(code: str, page: str) -> None:
    """Choose on a wall what the laptop's same page has chosen; what was taken once stays taken."""
    newest = mirrored(code)
    taken = (code, newest.number)
    if newest.page == page and st.session_state.get(_TAKEN) != taken:
        st.session_state.update(newest.choices)
        st.session_state[_TAKEN] = taken


def scroll(code: str, by: int) -> None:
    """Show the next screenful on the walls, or the one before."""
    _set(
        code,
        lambda now: now._replace(screenful=min(max(now.screenful + by, 0), now.screenfuls - 1)),
    )


def say_screenfuls(code: str, screenfuls: int) -> None:
    """Keep how many screenfuls a wall found what it shows to be."""
    if mirrored(code).screenfuls != screenfuls:
        _set(code, lambda now: now._replace(screenfuls=screenfuls))


def hold(code: str, *, held: bool) -> None:
    """Keep walls where they are, or let them follow again."""
    _set(code, lambda now: now._replace(held=held))
    if not held:
        st.session_state.pop(_TOLD, None)


def _set(code: str, to: Callable[[Mirrored], Mirrored]) -> None:
    _mirrored.change(code, to)
    shown(code)
