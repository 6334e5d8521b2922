"""The facilitator's hands on a card, small and at its foot: nothing here is for the audience."""

from collections.abc import Callable, Sequence

import streamlit as st

from aqua_core.vocabulary import Act, Workshop
from aqua_core.vocabulary.prompt import Question
from aqua_core.workshop import choosing
from aqua_core.workshop.revealing import open_scoring
from pages import _half_typed, _room
from pages._saying import save_by, told
from pages._talk import timer
from pages._talk.asking import onward_from
from pages._talk.choosing import PUT_BACK

GOES_TO_THE_ROOM = "a second look was opened here"
_SET_ASIDE = "cards set aside"


def minutes_of(prompt: Question | None) -> tuple[int, ...]:
    """Give the minutes of each step of a question; none without one."""
    return tuple(step.minutes for step in prompt.steps) if prompt else ()


def on_a_topic(
    workshop: Workshop,
    domain: str,
    cards: choosing.Cards,
    minutes: Sequence[int],
    owners: tuple[str, ...],
) -> None:
    """Draw what can be done with the card of a domain.

    Args:
        workshop: whose card it is.
        domain: its key.
        cards: what was done so far.
        minutes: of each step of its question.
        owners: ids of the partners who could own an action on it together.
    """
    act = cards.acts.get(domain)
    with st.container(horizontal=True, key="controls", vertical_alignment="center"):
        if not act or act.act is not Act.TAKE:
            _button("Take it up", choosing.take_topic, workshop.code, domain)
        if not act:
            _button("Skip", choosing.skip_topic, workshop.code, domain)
        with st.popover("Set aside"):
            _set_aside(workshop.code, domain)
        _timing(workshop.code, minutes)
        st.space("stretch")
        onward_from(domain, owners)
        _again(workshop.code, domain)


def on_a_row(code: str, row: str, cards: choosing.Cards, minutes: Sequence[int]) -> None:
    """Draw what can be done with the card of a row beside the domains; `row` is its key."""
    act = cards.acts.get(row)
    with st.container(horizontal=True, key="controls", vertical_alignment="center"):
        if not act or act.act is not Act.TAKE:
            _button("Take it up", choosing.take_topic, code, row)
        if not act:
            _button("Skip", choosing.skip_topic, code, row)
        _timing(code, minutes)


def on_the_room(workshop: Workshop, cards: choosing.Cards, minutes: Sequence[int]) -> None:
    """Draw what can be done with a quiet room's card."""
    with st.container(horizontal=True, key="controls", vertical_alignment="center"):
        real = cards.acts.get("")
        mark = real.sequence if real else 0  # another one closes it after a save
        with st.popover("Say it anew" if real else "“This agreement is real”", key=f"real-{mark}"):
            _real(workshop.code, real.reason if real else "", mark)
        _timing(workshop.code, minutes)


def _button(label: str, act: Callable[..., None], *about: object) -> None:
    if st.button(label):
        with told():
            act(_room.caller(), *about)
            st.rerun()


def _set_aside(code: str, domain: str) -> None:
    done = st.session_state.setdefault(_SET_ASIDE, 0)
    with _half_typed.form(f"aside-{domain}"):
        at = f"aside-{domain}-{done}"
        why = st.text_input("Why is this not for today?", _half_typed.begins(at, ""), key=at)

        def save(sure: bool) -> None:
            choosing.set_topic_aside(_room.caller(), code, domain, why, sure=sure)
            st.session_state[_SET_ASIDE] = done + 1
            st.rerun()

        save_by("Set it aside", f"setting {domain} aside", save)


def put_back(code: str, domain: str) -> None:
    """Offer to talk about what was set aside after all: its card comes back, taken up."""
    if st.button("Talk about it after all", key=f"put-back-{domain}"):
        with told():
            choosing.take_topic(_room.caller(), code, domain)
            st.session_state[PUT_BACK] = domain
            st.rerun()


def _real(code: str, said: str, mark: int) -> None:
    with _half_typed.form("real"):
        at = f"real-why-{mark}"
        why = st.text_input("What shows that it is real?", _half_typed.begins(at, said), key=at)

        def save(sure: bool) -> None:
            choosing.agreement_is_real(_room.caller(), code, why, sure=sure)
            st.rerun()

        save_by("Keep what the room says", "a real agreement", save)


def _timing(code: str, minutes: Sequence[int]) -> None:
    if timer.runs(code):
        _run("+1 minute", code, 1)
        _button("Stop the time", choosing.stop_timer, code)
        return
    for number, length in enumerate(minutes, start=1):
        label, step = f"{length} minutes" if length > 1 else "1 minute", f"Step {number}"
        st.caption(f"{step}:", width="content")
        _run(label, code, length, step)


def _run(label: str, code: str, minutes: int, step: str = "") -> None:
    if st.button(label, key=f"{label} {step}"):
        with told():
            choosing.run_timer(_room.caller(), code, minutes, timer.now())
            if step:
                timer.counts(code, step)
            st.rerun()


def _again(code: str, domain: str) -> None:
    if not _room.arranges(code):
        return
    with st.popover("Score it again"):
        st.write("Every seat scores this domain once more, sealed until you reveal it.")
        again = st.button("Open the second look", type="primary")
    if again:
        with told():
            open_scoring(_room.caller(), code, [domain])
            choosing.stop_timer(_room.caller(), code)
            st.session_state[GOES_TO_THE_ROOM] = True
            st.rerun()
