"""What a room says of itself: asked on the seats, and shown on Room when it closes."""

from pathlib import Path
from typing import Any

import streamlit as st

from aqua_core.charts.sentences import of_itself as words
from aqua_core.vocabulary import Stage, Workshop
from aqua_core.vocabulary.programme import Question
from aqua_core.workshop import ending
from pages import _room
from pages._mirroring import opens
from pages._saying import plain, told

_FOLDER = Path(__file__).parent
_component = st.components.v2.component(
    "itself",
    html='<div class="itself"></div>',
    css=(_FOLDER / "_of_itself.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "_of_itself.js").read_text(encoding="utf-8"),
)


def ask_safe(code: str) -> None:
    """Ask a seat that waits whether it is safe to speak here; nothing where nobody is asked."""
    asks = ending.safe_asked(_room.caller(), code)
    if asks.asked:
        asked = {"asked": words.SAFE_ASKED, "promise": words.SAFE_PROMISE, "said": asks.said}
        _component(key=f"safe-{code}", data={"kind": "safe", "address": f"/safe/{code}", **asked})


def ask_last(code: str, seat: str) -> None:
    """Ask a seat the three questions of the end; after that, what its device keeps of them."""
    if ending.are_asked(_room.caller(), code):
        _draw(code, "last", seat, "Before you go", promise=words.SENT_PROMISE)
    else:
        _draw(code, "kept", seat, "What you wrote, on this device")


def kept_here(code: str) -> None:
    """Draw what this device keeps of what its seat wrote, once its workshop is closed."""
    _draw(code, "kept", "", "What you wrote, on this device")


def _draw(code: str, kind: str, seat: str, heading: str, **more: Any) -> None:
    questions = [
        (question.field, asked, words.STAYS_HERE if question is Question.WILL_TRY else "")
        for question, asked in words.QUESTIONS.items()
    ]
    shown = {"kind": kind, "seat": seat, "heading": heading, "questions": questions}
    _component(key=f"last-{code}", data=shown | {"address": f"/last-words/{code}", **more})


def of_room(workshop: Workshop, stage: Stage) -> None:
    """Draw, from the reveal on, what the room said of itself, and what asks it at its end."""
    now = ending.at_the_end(_room.caller(), workshop.code)
    with st.container(key="of-itself"):
        if stage is Stage.REVEALED:
            _ask(workshop, now)
        for asked, said in words.by_question(now.said).items():
            st.subheader(asked, anchor=False)
            st.write("\n".join(f"- {plain(line)}" for line in said))
        if back := words.kept_back_said(now.said, now.least):
            st.caption(back)
        if now.card.domains:
            with opens("What the room said of itself", "room-of-itself"):
                told_of_it = (words.conflicts_said(now.card), words.safe_said(now.safe))
                every = (*words.scorecard_said(now.card), *filter(None, told_of_it))
                st.write("\n".join(f"- {plain(said)}" for said in every))


def _ask(workshop: Workshop, now: ending.AtTheEnd) -> None:
    if now.said:
        return
    if now.asked:
        st.write(f"**{words.answered_said(now.answered, now.most, now.least)}**")
    if not _room.facilitates():
        return
    with told():
        if not now.asked and st.button(words.ASK_LAST, key="ask last"):
            ending.ask_last_words(_room.caller(), workshop.code)
            st.rerun()
        if now.asked and st.button("Show what was said", key="show last"):
            ending.show_last_words(_room.caller(), workshop.code)
            st.rerun()
