"""How a page says that something was not done: one sentence, where the person is looking."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from html import escape
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit.errors import StreamlitInvalidLayoutContextError

from aqua_core.errors import FieldsRefused, ReadsOnly, Refusal, WorthAsking
from aqua_core.vocabulary import Workshop
from aqua_core.vocabulary.text import turns_direction
from pages import _half_typed


@contextmanager
def told() -> Iterator[None]:
    """Show a refusal as its sentence; what was typed stays where it is."""
    try:
        yield
    except Refusal as refusal:
        _no_longer_done()
        warn(refusal)


def warn(refusal: Refusal) -> None:
    """Show a refusal here; a reader's also wherever the page stands: all is offered to readers."""
    st.warning(plain(str(refusal)))
    if isinstance(refusal, ReadsOnly):
        st.toast(plain(str(refusal)))


_DONE: Final = "what was done last"
_DONE_HERE: Final = "where it says what was done last"


def begin() -> None:
    """Forget where an earlier page said what was done: its place is another part's now."""
    st.session_state.pop(_DONE_HERE, None)


def now_done(what: object) -> None:
    """Keep what has just been done: it is said until the next deed, whatever becomes of that."""
    st.session_state[_DONE] = what


def is_done_last(what: object) -> bool:
    """Tell whether this was done last, and no deed has been refused since."""
    return bool(st.session_state.get(_DONE) == what)


def say_done(said: str) -> None:
    """Say what was done last; it goes when something is refused further down, in the same run."""
    st.session_state[_DONE_HERE] = place = st.empty()
    place.markdown(said)


def _no_longer_done() -> None:
    """Take away what was done last: "Added" beside "There is a problem" is read as both."""
    st.session_state.pop(_DONE, None)
    if place := st.session_state.pop(_DONE_HERE, None):
        with suppress(StreamlitInvalidLayoutContextError):  # of the page around a part drawn alone
            place.empty()


_FAULTS: Final = "sentences at fields"
_problems = st.components.v2.component(
    "problems",
    html='<div class="problems" role="alert" tabindex="-1"><p>There is a problem</p><ul></ul>'
    "</div>",
    css=".problems { border: 3px solid var(--st-red-color); padding: 8px 16px } "
    ".problems p { font-weight: 700; margin: 0 } "
    ".problems ul { margin: 4px 0; padding-left: 20px } "
    ".problems a { color: inherit }",
    js=(Path(__file__).parent / "_problems.js").read_text(encoding="utf-8"),
)


@contextmanager
def told_at_fields(form: str, key: str = "{}") -> Iterator[None]:
    """Keep what is wrong with fields for their places, and draw the page again; tell the rest.

    Args:
        form: tells it from the others on the page.
        key: gives the key of a field's widget by its name.
    """
    every: dict[str, dict[str, tuple[str, Any]]] = st.session_state.setdefault(_FAULTS, {})
    every.pop(form, None)
    with told():
        try:
            yield
        except FieldsRefused as refused:
            _no_longer_done()
            faults = {key.format(name): said for name, said in refused.faults.items()}
            every[form] = {at: (said, st.session_state.get(at)) for at, said in faults.items()}
            times = f"times of {form}"
            st.session_state[times] = st.session_state.get(times, 0) + 1
            st.rerun()


def problems(form: str) -> None:
    """Head a form by all that was wrong when it was saved last; it takes the keyboard."""
    told = st.session_state.get(_FAULTS, {}).get(form, {})
    faults = {key: said for key, (said, typed) in told.items() if _as_it_was(key, typed)}
    if any(key in st.session_state for key in faults):  # else these fields are gone
        times = st.session_state[f"times of {form}"]
        _problems(key=f"problems {form}", data={"faults": [*faults.items()], "times": times})
    elif told:
        del st.session_state[_FAULTS][form]


def at_its_field(key: str) -> None:
    """Say under a field what was wrong with it when its form was saved last."""
    for said in _faults_of(key):
        st.markdown(f":red[{plain(said)}]")


def is_at_fault(key: str) -> bool:
    """Tell whether something is said under a field: where it lies is then drawn open."""
    return bool(_faults_of(key))


def _faults_of(key: str) -> list[str]:
    forms = st.session_state.get(_FAULTS, {}).values()
    found = [faults[key] for faults in forms if key in faults]
    return [said for said, typed in found if _as_it_was(key, typed)]


def _as_it_was(key: str, typed: Any) -> bool:
    """Tell whether a field holds what its fault was said of: what was changed since is not."""
    return bool(st.session_state.get(key) == typed)


def save_by(
    label: str, form: str, save: Callable[[bool], None], key: str = "{}", **looks: Any
) -> None:
    """Draw a form's button. What is worth asking is asked, and may be kept as it is.

    Args:
        label: of the button.
        form: tells this form from the others on the page.
        save: saves what was typed, and ends the run; is told whether somebody is sure.
        key: gives the key of a field's widget by its name.
        looks: of the button.
    """
    asked = f"asked in {form}"
    pressed, sure = st.form_submit_button(label, **looks), False
    if pressed:
        st.session_state.pop(asked, None)
    elif asked in st.session_state:
        st.warning(plain(st.session_state[asked]))
        sure = st.form_submit_button("Keep it as it is", key=f"sure-{form}")
    if pressed or sure:
        with told_at_fields(form, key):
            _save(asked, save, sure)


def _save(asked: str, save: Callable[[bool], None], sure: bool) -> None:
    try:
        st.session_state.pop(asked, None)
        with _half_typed.until_saved():
            save(sure)
    except WorthAsking as question:
        st.session_state[asked] = str(question)
        st.rerun()


_TURNED: Final = "texts with a direction mark"


def note_direction() -> None:
    """Note, as a run begins, each text just typed that holds a hidden direction mark."""
    said = st.session_state.setdefault(_TURNED, {})
    for key, typed in st.session_state.items():
        if isinstance(typed, str) and turns_direction(typed) and said.get(key, ("",))[0] != typed:
            said[key] = (typed, True)


def say_direction() -> None:
    """Say once of what was noted that the mark is taken out: after a save, that run begins anew."""
    said = st.session_state[_TURNED]
    if any(waits for _, waits in said.values()):
        st.toast("A hidden text-direction mark came with what was pasted. It is taken out.")
        st.session_state[_TURNED] = {key: (typed, False) for key, (typed, _) in said.items()}


def said_invented(workshop: Workshop) -> None:
    """Say, wherever its scores are near, that a sample's scores are invented."""
    if workshop.invented:
        st.badge("Sample: every score is invented", color="orange")


def or_its_sentence(build: Callable[[], bytes]) -> bytes:
    """Build a file when it is asked for; where it may not leave any more, it says why instead."""
    try:
        return build()
    except Refusal as refusal:
        return f"{refusal}\r\n".encode()


def onward(label: str, address: str) -> None:
    """Draw a link that opens in the same tab: Streamlit's own link button opens another one."""
    st.html(f'<a class="onward" href="{escape(address)}" target="_self">{escape(label)}</a>')


def plain(text: str) -> str:
    """Give text that Markdown shows as it is: no name or note becomes a link or a picture.

    Backslashes do not stop a bare address from becoming a link, `:streamlit:` a picture, or `--`
    another mark; a word joiner, which nobody sees, does.
    """
    apart = _REDRAWN.sub(lambda found: f"{found[0]}\u2060", text)
    return "".join(f"\\{mark}" if mark in _MEANS_SOMETHING else mark for mark in apart)


_REDRAWN: Final = re.compile(
    r":(?=//|material/|[\w+/-]+:)|www(?=\.)|@|-(?=[->])|<(?=[-=])|[>~](?==)", re.IGNORECASE
)
_MEANS_SOMETHING: Final = frozenset("\\`*_{}[]<>()#+-.!|~$:&@^=")
