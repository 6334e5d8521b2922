"""What a conversation is asked, and how it is talked about: on the card, and for you alone."""

from collections.abc import Callable, Mapping, Sequence
from zlib import crc32

import streamlit as st

from aqua_core.charts.sentences import asking as asking_words
from aqua_core.charts.sentences import beside as beside_words
from aqua_core.charts.sentences.planning import misread, pointed_at
from aqua_core.errors import BadPrompts, TextRefused
from aqua_core.instrument import read_beside_prompts, read_prompts
from aqua_core.vocabulary import Misreading, Place, Reason, Workshop
from aqua_core.vocabulary.framework import InstrumentKind
from aqua_core.vocabulary.prompt import BesidePrompts, Prompt, Prompts, Question
from aqua_core.vocabulary.reading import Topic
from aqua_core.vocabulary.shown import Movement, Shown
from aqua_core.workshop import noting
from aqua_core.workshop.admitting import Caller, may_watch
from pages import _half_typed, _room, _way
from pages._mirroring import ask_the_room
from pages._saying import plain, save_by, told


def _prompts_on_file() -> Prompts:
    """Give the prompts of this place.

    Raises:
        BadPrompts: their file is missing or cannot be used.
    """
    return read_prompts(_room.DATA / "prompts" / "prompts.json")


def _beside_on_file() -> BesidePrompts:
    """Give the prompts about what is asked beside the domains; raises as `_prompts_on_file`."""
    return read_beside_prompts(_room.DATA / "prompts" / "beside.json")


def question(read: Shown, topic: Topic | None) -> Prompt | None:
    """Put the question of a topic on the card, or that of a quiet room (None), and give its prompt.

    None where the file of prompts cannot be used: the facilitator is told, and the card stays
    without a question; the room has no use for a line number.
    """
    raised = asking_words.raised_by(read.topics, read.domains)
    return _asked(raised, read.topics.index(topic) if topic else 0)


def question_after(domain: str) -> Prompt | None:
    """Put the question that a second look raises on the card, and give its prompt."""
    return _asked(asking_words.raised_by_second_look(domain), 0)


def question_on(misread: Misreading) -> Prompt | None:
    """Put the question that a misreading raises on the card, and give its prompt."""
    return _asked(asking_words.raised_by_misreading(misread), 0)


def question_on_fall(domain: str) -> Prompt | None:
    """Put the question that a fall since last time raises on the card, and give its prompt."""
    return _asked(asking_words.raised_by_falls([domain]), 0)


def question_beside(kind: InstrumentKind, row: str) -> Question | None:
    """Put the question that a row beside the domains raises on the card, and give it."""
    try:
        prompts = _beside_on_file()
    except BadPrompts as refusal:
        if _room.facilitates():
            st.warning(plain(str(refusal)))
        return None
    prompt = prompts.fitting(kind, row)
    if prompt:
        st.title(plain(prompt.question))
        ask_the_room(prompt.question)
    return prompt


def steps(prompt: Question | None, place: Place) -> None:
    """Draw the persona's line and the steps of a question."""
    if prompt is None:
        return
    if line := asking_words.persona_line(prompt, place):
        st.write(plain(line))
    with st.container(key="steps"):
        st.write(
            "  \n".join(
                plain(f"{number}. {asking_words.step_said(step)}")
                for number, step in enumerate(prompt.steps, start=1)
            )
        )


def _asked(raised: Sequence[asking_words.Raised], which: int) -> Prompt | None:
    try:
        prompts = _prompts_on_file()
    except BadPrompts as refusal:
        if _room.facilitates():
            st.warning(plain(str(refusal)))
        return None
    prompt = asking_words.prompts_for(prompts, raised)[which]
    st.title(plain(prompt.question))
    ask_the_room(prompt.question)
    return prompt


def for_you(
    read: Shown, movements: Sequence[Movement], fell: Sequence[str], names: Mapping[str, str]
) -> None:
    """Give the facilitator every question that fits this room, and what to listen for.

    The first are those on the cards; the rest are there for a domain that comes up by itself.
    """
    with told():
        raised = asking_words.raised_by(read.topics, read.domains)
        moves = asking_words.raised_by_moves(movements)
        besides = asking_words.raised_besides(read.topics, read.domains)
        falls = asking_words.raised_by_falls(fell)
        asked = asking_words.prompts_for(_prompts_on_file(), (*raised, *moves, *besides, *falls))
        st.header("To listen for")
        _listed(raised, asked, names)
        if falls:
            st.subheader("Lower than last time")
            _listed(falls, asked[-len(falls) :], names)
        if moves:
            st.subheader("After the second look")
            _listed(moves, asked[len(raised) :], names)
        if besides:
            with st.expander("On the other domains, if one comes up"):
                _listed(besides, asked[len(raised) + len(moves) :], names)


def listen_beside(read: Shown) -> None:
    """Give the facilitator what to listen for on what was asked beside the domains."""
    talked = [(held, row) for held in read.beside if (row := beside_words.to_talk_about(held))]
    if not talked:
        return
    with told():
        prompts = _beside_on_file()
        st.header("To listen for, beside the domains")
        for held, row in talked:
            if prompt := prompts.fitting(held.kind, row.key):
                _listen_for(row.short, prompt)


def _listed(
    raised: Sequence[asking_words.Raised], prompts: Sequence[Prompt], names: Mapping[str, str]
) -> None:
    for raised_here, prompt in zip(raised, prompts, strict=False):
        where = names[raised_here.domain] if raised_here.domain else "The whole room"
        _listen_for(where, prompt)


def _listen_for(where: str, prompt: Question) -> None:
    st.write(f"**{plain(where)}**: {plain(prompt.question)}  \n{plain(prompt.listen_for)}")


_WRITTEN = "notes written"
MOST_REASONS = 2
"""Reasons on a card: the newest shown; the facilitator has all of them under it."""


def onward_from(domain: str, owners: tuple[str, ...] = ()) -> None:
    """Draw the links to a domain's scores and, for the facilitator, to an action on it.

    Args:
        domain: its key.
        owners: ids of the partners who could own the action together.
    """
    about = _room.here() | {"domain": domain}
    st.page_link(_way.DOMAIN, label="See every score on it", query_params=about, width="content")
    if _room.acts(_room.code()):
        filled = about | ({"partners": ",".join(owners)} if owners else {})
        st.page_link(
            _way.PLAN, label="Carry it into an action", query_params=filled, width="content"
        )


def heard(workshop: Workshop, domain: str) -> None:
    """Take the facilitator's note of what was heard on a domain, and show every note so far."""
    if _room.leads(workshop.code):
        _take_note(workshop, domain)
    so_far = noting.heard_so_far(_room.caller(), workshop.code, domain)
    for number, line in zip(so_far.numbers, so_far.heard, strict=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"“{line}”")
            if _room.acts(workshop.code):
                _change_note(workshop, noting.NoteMeant(domain, number, line))
    if so_far.out and _room.acts(workshop.code):
        with st.popover(f"Taken out ({len(so_far.out)})", type="tertiary"):
            for number, line in so_far.out:
                st.text(f"“{line}”")
                if st.button("Put it back", key=f"back-{domain}-{number}"):
                    _correct(workshop, noting.NoteMeant(domain, number, ""), line, sure=True)


def _change_note(workshop: Workshop, note: noting.NoteMeant) -> None:
    mark = f"{note.domain}-{note.number}"
    # Another number in its key closes it after this browser's own change.
    written = st.session_state.get(_WRITTEN, 0)
    with st.popover("Change", type="tertiary", key=f"change-{mark}-{written}"):
        with _half_typed.form(f"change-note-{mark}"):
            said = crc32(note.heard.encode())  # the same in every process, unlike hash()
            at = f"heard-{mark}-{said}"
            typed = st.text_area("What was heard", _half_typed.begins(at, note.heard), key=at)

            def save(sure: bool) -> None:
                if not typed.strip():
                    raise TextRefused("Write what was heard, or take the note out.")
                noting.correct_note(_room.caller(), workshop.code, note, typed, sure=sure)
                st.session_state[_WRITTEN] = written + 1
                st.rerun()

            save_by("Keep the change", f"note {mark}", save)
        if st.button("Take it out", key=f"out-{mark}"):
            _correct(workshop, note, "", sure=True)


def _correct(workshop: Workshop, note: noting.NoteMeant, heard: str, *, sure: bool) -> None:
    with told():
        noting.correct_note(_room.caller(), workshop.code, note, heard, sure=sure)
        st.rerun()


def reasons(workshop: Workshop, domain: str) -> None:
    """Show every reason that the facilitator has shown, and let the next one be shown unread."""
    shown = noting.shown_reasons(_room.caller(), workshop.code, domain)
    if not _room.acts(workshop.code):
        shown = shown[:-MOST_REASONS]  # the others stand on the card
    for reason in shown:
        said, hides = st.columns([5, 1], vertical_alignment="center")
        said.write(plain(pointed_at(reason)))
        if _room.arranges(workshop.code) and hides.button("Hide", key=f"hide-{reason.id}"):
            _done(noting.hide_reason, workshop.code, reason.id)
    if _room.arranges(workshop.code):
        _next_reason(workshop, domain)


def _next_reason(workshop: Workshop, domain: str) -> None:
    waiting = [
        reason
        for reason in noting.reasons_now(_room.caller(), workshop.code)
        if reason.domain == domain and reason.shown is None
    ]
    if not waiting:
        return
    if st.button(f"Show a reason without reading it first ({len(waiting)})"):
        _done(noting.show_reason, workshop.code, waiting[0].id)
    # It draws nothing before "Nobody else sees this screen", and walls stay where they are.
    st.page_link(
        _way.ONLY_FOR_YOU, label="Read them first, under “Only for you”", query_params=_room.here()
    )


def _done(act: Callable[[Caller, str, str], None], code: str, reason_id: str) -> None:
    with told():
        act(_room.caller(), code, reason_id)
        st.rerun()


def _take_note(workshop: Workshop, domain: str) -> None:
    # Another number in its key empties the field after this browser's own save, and only then.
    written = st.session_state.setdefault(_WRITTEN, 0)
    with _half_typed.form(f"heard-{domain}"):
        typed = st.text_area(
            "What was heard",
            _half_typed.begins(f"note-{domain}-{written}", ""),
            key=f"note-{domain}-{written}",
            help="No names: what was said, not who said it.",
        )

        def save(sure: bool) -> None:
            noting.write_down(_room.caller(), workshop.code, domain, typed, sure=sure)
            st.session_state[_WRITTEN] = written + 1
            st.rerun()

        save_by("Write it down", f"notes on {domain}", save)


@st.fragment
def waiting_for(workshop: Workshop) -> None:
    """List every distinct reason by domain, each to be shown to the room or hidden from it."""
    # A fragment is drawn without the page around it: who was signed out leaves by the whole page.
    if not may_watch(_room.caller(), workshop.code):
        st.rerun()
    with told():
        _list(workshop)


def _list(workshop: Workshop) -> None:
    written = noting.reasons_now(_room.caller(), workshop.code)
    if not written:
        return
    st.header("What makes people say so")
    st.caption("Sealed until the reveal. Show a reason as it was written, or leave it here.")
    for domain in workshop.instrument.domains:
        here = [reason for reason in written if reason.domain == domain.key]
        if here:
            st.subheader(plain(domain.short))
        for reason in here:
            _offered(workshop, reason)


def guesses(workshop: Workshop, found: Sequence[Misreading]) -> None:
    """List what partners guessed of each other beside what was scored, furthest apart first."""
    if not found:
        return
    names = workshop.instrument.names
    st.header("What was guessed of each other")
    st.write(
        "\n".join(
            f"- **{plain(names[misreading.domain])}**: {plain(misread(misreading))}"
            for misreading in found
        )
    )


def _offered(workshop: Workshop, reason: Reason) -> None:
    said, does = st.columns([4, 1], vertical_alignment="center")
    again = " What moved them:" if reason.again else ""
    said.write(plain(f"{again} {pointed_at(reason)}".strip()))
    label, act = ("Hide", noting.hide_reason) if reason.shown else ("Show", noting.show_reason)
    if does.button(label, key=f"{label}-{reason.id}", width="stretch"):
        with told():
            act(_room.caller(), workshop.code, reason.id)
            st.rerun(scope="fragment")
