"""What is asked beside the domains: its buttons on Room, and its pictures on a page of its own."""

import re
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import streamlit as st
from jinja2 import Environment

from aqua_core.charts.sentences import beside as words
from aqua_core.charts.sentences.wording import counted
from aqua_core.instrument import read_mirror
from aqua_core.vocabulary import Compare, Instrument, Workshop
from aqua_core.vocabulary.beside import ShownBeside
from aqua_core.vocabulary.framework import InstrumentKind
from aqua_core.vocabulary.points import said
from aqua_core.vocabulary.shown import Results
from aqua_core.workshop.asking_beside import (
    FEWEST_TO_CHOOSE_AMONG,
    answer_together,
    ask_beside,
    ask_where_to_begin,
    asked_now,
    still_to_come,
)
from aqua_core.workshop.looking_back import has_earlier_waves
from aqua_core.workshop.offering import mirror_offered, offer_mirror
from aqua_core.workshop.reading import workshop_now
from aqua_core.workshop.revealing import open_scoring
from pages import _room, _way
from pages._saying import plain, told

ASKED: Final = "asked"
"""Names the instrument in a link."""
_FOLDER: Final = Path(__file__).parent
STYLE: Final = (_FOLDER / "_beside.css").read_text(encoding="utf-8")
_template: Final = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    (_FOLDER / "_beside.html").read_text(encoding="utf-8"), {"words": words}
)
_OVER_TIME: Final = "over-time"
_CIRCLES: Final = ("full", "half", "empty", "unknown")


def go_on(code: str) -> None:
    """Offer the facilitator what this room has not answered yet: what was chosen, and domains."""
    coming = still_to_come(code)
    if not any(coming) or not _room.facilitates():
        return
    with st.container(horizontal=True, key="go on"), told():
        for asked in coming.beside:
            if st.button(plain(f"Go on with “{asked.name}”"), key=f"go-on-{asked.key}"):
                _ask(code, asked)
        if coming.domains and st.button(
            f"Go on with {counted(len(coming.domains), 'domain')} to score", key="go on to score"
        ):
            open_scoring(_room.caller(), code, coming.domains)
            st.switch_page(_way.ROOM, query_params=_room.here())


def offer(code: str, *, chosen: bool) -> None:
    """Offer what can be asked beside the domains, behind one line.

    `chosen` says that what set-up chose stands before it: after a reveal `go_on` offers that.
    """
    held = {asked.key: asked for asked in workshop_now(_room.caller(), code).beside}
    shown = asked_now(_room.caller(), code).shown
    with told():
        every = {asked.key: asked for asked in _room.beside()} | held
        asks = [asked for asked in every.values() if asked.kind is not InstrumentKind.PICK]
        for asked in asks:
            if chosen and asked.key in held.keys() - shown:
                _offer(code, asked, f"Ask “{asked.name}”")
        with st.popover("Ask something else", type="tertiary"):
            for asked in asks:
                if asked.key not in held:
                    _offer(code, asked, asked.name)
                elif asked.key in shown and asked.answering.sealed:
                    _offer(code, asked, f"{asked.name}: a second look")
            st.caption("Sealed until the reveal, as scores are, and no score of a domain.")
            _mirror(code)


def _offer(code: str, asked: Instrument, label: str) -> None:
    if st.button(plain(label), key=f"ask-{asked.key}"):
        _ask(code, asked)


def _ask(code: str, asked: Instrument) -> None:
    """Ask it, and go to where it goes on: what the room answers together is no round."""
    ask_beside(_room.caller(), code, asked)
    if asked.answering.sealed:
        st.switch_page(_way.ROOM, query_params=_room.here())
    st.switch_page(_way.HOW_WE_LEAD, query_params=_room.here() | {ASKED: asked.key})


def _mirror(code: str) -> None:
    before = mirror_offered(_room.caller(), code)
    offered = st.toggle(
        "Offer each seat a look at myself",
        before,
        key=f"mirror-{code}-{before}",
        help="Sliders on curiosity, two styles and leading networks, on the person's own device. "
        "What they place is sent to nobody, you included. Off, there is no trace of it.",
    )
    if offered != before:
        with told():
            if offered:
                read_mirror(_room.MIRROR)  # a file that cannot be used is offered to nobody
            offer_mirror(_room.caller(), code, offered=offered)
            st.rerun()


def offer_where_to_begin(code: str, revealed: tuple[str, ...]) -> None:
    """Offer the short vote that follows the scores."""
    if len(revealed) >= FEWEST_TO_CHOOSE_AMONG and st.button(
        "Ask where to begin", key="where to begin"
    ):
        with told():
            ask_where_to_begin(_room.caller(), code)
            st.rerun()


def picture(workshop: Workshop, shown: ShownBeside, results: Results) -> str:
    """Give the picture of one instrument: a table, with the counts in its cells."""
    told_rows = [row for row in shown.rows if row.told]
    most = max((n for row in told_rows for time in row.times for n in time.counts), default=1)
    partners = next((row.times[0].partners for row in told_rows if row.times[0].partners), ())
    return _template.render(
        shown=shown,
        most=max(most, 1),
        most_picked=max((row.times[0].answered for row in told_rows if row.times), default=1),
        stand_out={row.key for row in words.standing_out(shown)},
        partners=[group.group for group in partners],
        circles=_circles(shown),
        scores=_scores(results),
        kind=shown.kind.value,
        helps={row.helps: _helps(workshop.code, row.helps) for row in shown.rows},
    )


def _helps(code: str, address: str) -> str:
    """Give the link to the page that helps; "" where this screen may not follow it."""
    if address == _OVER_TIME and not has_earlier_waves(_room.caller(), code):
        return ""
    projected = re.fullmatch(f"gaps|talk|plan|{_OVER_TIME}", address)
    return f"/{address}?{urlencode({_room.CODE: code})}" if projected else ""


def _circles(shown: ShownBeside) -> dict[tuple[str, str], str]:
    """Give the circle of each partner on each row: its most common answer, or that it is split."""
    return {
        (row.key, group.group.id): "split" if group.most is None else _CIRCLES[group.most]
        for row in shown.rows
        for time in row.times[:1]
        for group in time.partners
        if shown.kind is InstrumentKind.COVERAGE
    }


def _scores(results: Results) -> dict[str, str]:
    spreads = results.by_domain(Compare.PARTNER) if results.rounds else {}
    return {
        key: "" if spread.average is None else said(spread.average, 1)
        for key, spread in spreads.items()
    }


def answers(workshop: Workshop, shown: ShownBeside) -> None:
    """Take the room's answers to a check, a line a row; a wall only reads them."""
    held = next((one for one in workshop.beside if one.key == shown.key), None)
    if shown.kind is not InstrumentKind.CHECK or held is None or not _room.leads(workshop.code):
        return
    checked = {row.key: row.checked for row in shown.rows}
    with st.expander("Answer with the room", expanded=True):
        for domain in held.domains:
            key = f"check-{domain.key}"
            # What was answered elsewhere meanwhile counts, not what this browser showed last.
            st.session_state[key] = checked.get(domain.key)
            st.segmented_control(
                plain(domain.question),
                range(len(held.levels)),
                format_func=held.levels.__getitem__,
                key=key,
                on_change=_answer,
                args=(workshop.code, held.keys_of(domain)[0], key),
            )


def _answer(code: str, asked: str, key: str) -> None:
    with told():
        answer_together(_room.caller(), code, asked, st.session_state[key])
