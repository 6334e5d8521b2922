"""What a conversation is asked, and how it is talked about: on the card, and for you alone."""

from collections.abc import Mapping, Sequence

import streamlit as st

from aqua_core.charts.sentences import asking
from aqua_core.errors import BadPrompts
from aqua_core.prompts import read_prompts
from aqua_core.vocabulary import Misreading, Place
from aqua_core.vocabulary.prompt import Prompt, Prompts
from aqua_core.vocabulary.reading import Topic
from aqua_core.vocabulary.second_look import Movement
from aqua_core.vocabulary.shown import Shown
from pages import _room
from pages._saying import plain, told


def prompts_on_file() -> Prompts:
    """Give the prompts of this place.

    Raises:
        BadPrompts: their file is missing or cannot be used.
    """
    return read_prompts(_room.DATA / "prompts" / "prompts.json")


def question(read: Shown, topic: Topic | None) -> Prompt | None:
    """Put the question of a topic on the card, or that of a quiet room (None), and give its prompt.

    None where the file of prompts cannot be used: the facilitator is told, and the card stays
    without a question; the room has no use for a line number.
    """
    raised = asking.raised_by(read.topics, read.domains)
    return _asked(raised, read.topics.index(topic) if topic else 0)


def question_after(domain: str) -> Prompt | None:
    """Put the question that a second look raises on the card, and give its prompt."""
    return _asked(asking.raised_by_second_look(domain), 0)


def question_on(misread: Misreading) -> Prompt | None:
    """Put the question that a misreading raises on the card, and give its prompt."""
    return _asked(asking.raised_by_misreading(misread), 0)


def steps(prompt: Prompt | None, place: Place) -> None:
    """Draw the persona's line and the steps of a question."""
    if prompt is None:
        return
    if line := asking.persona_line(prompt, place):
        st.write(plain(line))
    with st.container(key="steps"):
        st.write(
            "  \n".join(
                plain(f"{number}. {asking.step_said(step)}")
                for number, step in enumerate(prompt.steps, start=1)
            )
        )


def _asked(raised: Sequence[asking.Raised], which: int) -> Prompt | None:
    try:
        prompts = prompts_on_file()
    except BadPrompts as refusal:
        if _room.facilitates():
            st.warning(plain(str(refusal)))
        return None
    prompt = asking.prompts_for(prompts, raised)[which]
    st.title(plain(prompt.question))
    return prompt


def for_you(read: Shown, movements: Sequence[Movement], names: Mapping[str, str]) -> None:
    """Give the facilitator every question that fits this room, and what to listen for.

    The first are those on the cards; the rest are there for a domain that comes up by itself.
    """
    with told():
        raised = asking.raised_by(read.topics, read.domains)
        moves = asking.raised_by_moves(movements)
        besides = asking.raised_besides(read.topics, read.domains)
        asked = asking.prompts_for(prompts_on_file(), (*raised, *moves, *besides))
        st.header("To listen for")
        _listed(raised, asked, names)
        if moves:
            st.subheader("After the second look")
            _listed(moves, asked[len(raised) :], names)
        if besides:
            with st.expander("On the other domains, if one comes up"):
                _listed(besides, asked[len(raised) + len(moves) :], names)


def _listed(
    raised: Sequence[asking.Raised], prompts: Sequence[Prompt], names: Mapping[str, str]
) -> None:
    for each, prompt in zip(raised, prompts, strict=False):
        where = names[each.domain] if each.domain else "The whole room"
        st.write(f"**{plain(where)}**: {plain(prompt.question)}  \n{plain(prompt.listen_for)}")
