"""Parts of the masterclass page: the form to begin, its tables, places that come, its end."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st
from jinja2 import Environment

from aqua_core.charts.sentences import gathering as words
from aqua_core.charts.sentences.wording import erased
from aqua_core.vocabulary import Instrument, Stage, Workshop, code_said
from aqua_core.workshop import gathering as gatherings
from aqua_core.workshop.exporting import name_of, open_pack, session_pack
from aqua_core.workshop.gathering import GatheringNow
from aqua_core.workshop.parting import erase_others, packs_of_all
from aqua_core.workshop.setting_up import draft_from, last_time_at, places_before
from aqua_core.workshop.tabling import not_begun, that_may_come
from pages import _room, _way
from pages._people import erased_from
from pages._saying import or_its_sentence, plain, told

_COMING: Final = "places that come"
_OPENED: Final = "places whose packs were opened"
_template: Final = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    (Path(__file__).parent / "_tables_of_places.html").read_text(encoding="utf-8"),
    {"room": f"{_way.address_of(_way.ROOM)}?{_room.CODE}"},
)


def set_up() -> None:
    """Ask what the masterclass is called, when it is, and which places come."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title("Set up a masterclass")
        st.page_link(_way.HOME, label="Home")
    st.write(
        "Several places in one room, with one code: each scores at its own table, opened and "
        "revealed for all at the same moment."
    )
    left, right = st.columns([3, 1])
    called = left.text_input("What it is called", "Masterclass", max_chars=80)
    held_on = right.date_input("Held on", date.today(), format="DD/MM/YYYY")
    ready = {held.code: held for held in not_begun(_room.caller())}
    coming = _ask_who_comes(ready)
    instruments = _room.instruments()
    instrument = _words_of_all(instruments)
    st.caption("New places come next: each in the form that you know from Set up.")
    if st.button("Make the masterclass", type="primary"):
        with told():
            drafts = [
                at if at in ready else draft_from(last, instrument, held_on)
                for at in coming
                if at in ready or (last := last_time_at(_room.caller(), at, instruments))
            ]
            made = gatherings.set_up_gathering(
                _room.caller(), called, held_on, drafts, date.today()
            )
            del st.session_state[_COMING]
            _to(made.code)
    _packs()


def _ask_who_comes(ready: Mapping[str, Workshop]) -> list[str]:
    """Ask which places come; give codes of workshops that are ready, and names of others."""
    again = [place for place in places_before(_room.caller()) if not _is_ready(place, ready)]
    if opened := st.session_state.pop(_OPENED, []):
        st.session_state[_COMING] = [*st.session_state.get(_COMING, []), *opened]
    st.session_state.setdefault(
        _COMING, [code for code in reversed(ready) if ready[code].held_on == date.today()]
    )
    return st.multiselect(
        "Places that come, in the order of their tables",
        [*ready, *again],
        key=_COMING,
        format_func=lambda at: plain(words.coming_said(ready[at]) if at in ready else at),
        placeholder="Choose those that you have worked with before",
        help="What is set up already comes as it is. Another place is set up as its last workshop "
        "was: partners, teams, who scores.",
    )


def _is_ready(place: str, ready: Mapping[str, Workshop]) -> bool:
    return any(held.place.name == place for held in ready.values())


def _words_of_all(instruments: Sequence[Instrument]) -> Instrument:
    if len(instruments) == 1:
        return instruments[0]
    return st.selectbox(
        "Words that all tables score",
        instruments,
        format_func=lambda one: f"{one.name}, version {one.version}",
    )


def _packs() -> None:
    with st.expander("Places that are on another laptop"):
        st.write("Bring their session packs: each then stands among the places above.")
        files = st.file_uploader("Session packs", type=["zip"], accept_multiple_files=True)
        if st.button("Open these packs", disabled=not files):
            opened: list[str] = []
            for file in files:
                with told():
                    opened.append(open_pack(_room.caller(), file.getvalue()).place.name)
            st.session_state[_OPENED] = opened
            if len(opened) == len(files):
                st.rerun()
            st.write(plain(words.opened_said(opened)))


def draw_tables(now: GatheringNow) -> None:
    """Draw a card a place: finished or still scoring, never how many."""
    cards = [
        {
            "number": table.number,
            "code": table.workshop.code,
            "place": table.workshop.place.name,
            "scoring": table.stage is Stage.SCORING,
            "finished": table.finished,
            "said": words.table_said(table.stage, table.joined, finished=table.finished),
        }
        for table in now.tables
    ]
    st.html(_template.render(tables=cards))


def add_places(now: GatheringNow) -> None:
    """Offer a table to a place that comes, late too, and to take one away."""
    code = now.gathering.code
    with st.container(horizontal=True, key="under"):
        label = "A place comes late" if now.scoring or now.revealed else "Add a place"
        if st.button(label, key="add a place"):
            st.switch_page(_way.SET_UP, query_params={_way.OF_GATHERING: code})
        with st.popover("Change the tables"):
            _bring(code)
            _leave(now)
            _call_off(code)


def _bring(code: str) -> None:
    ready = {workshop.code: workshop for workshop in that_may_come(_room.caller(), code)}
    if not ready:
        st.caption("No other workshop is set up that has not begun: nothing can be brought here.")
        return
    chosen = st.selectbox(
        "Bring a workshop that is set up already",
        list(ready),
        index=None,
        format_func=lambda held: f"{ready[held].place.name}, {held}",
    )
    if st.button("Give it a table", disabled=chosen is None):
        with told():
            gatherings.bring_to_table(_room.caller(), code, chosen or "")
            st.rerun()


def _leave(now: GatheringNow) -> None:
    if not now.tables:
        return
    names = {table.workshop.code: table.workshop.place.name for table in now.tables}
    chosen = st.selectbox(
        "Let a place go its own way", list(names), index=None, format_func=lambda key: names[key]
    )
    st.caption("Its workshop stays as it is, opened and revealed by itself on its own Room.")
    if st.button("Take its table away", disabled=chosen is None):
        with told():
            gatherings.leave_table(_room.caller(), now.gathering.code, chosen or "")
            st.rerun()


def _call_off(code: str) -> None:
    st.caption("Called off, every place goes its own way; nothing that was scored is lost.")
    if st.button("Call the masterclass off"):
        with told():
            gatherings.part_gathering(_room.caller(), code)
            st.switch_page(_way.HOME)


def _to(code: str) -> None:
    st.switch_page(_way.MASTERCLASS, query_params={_way.OF_GATHERING: code})


def end_of_the_day(now: GatheringNow) -> None:
    """Offer every place's pack, then to erase the others here."""
    if not now.revealed and now.stage is not Stage.CLOSED:
        return
    code = now.gathering.code
    with st.expander("End of the day"):
        st.write(
            "Each place takes its own pack home: Discovery Room on its own laptop opens it, with "
            "its result, conversations, plan and what it shared. Beside every pack lies its "
            "report, to read and print. Then the others can be erased here."
        )
        st.download_button(
            "Take every place's pack and report",
            partial(or_its_sentence, partial(packs_of_all, _room.caller(), code)),
            file_name=f"packs-and-reports-{code}.zip",
            mime="application/zip",
            on_click="ignore",
        )
        for table in now.tables:
            st.download_button(
                plain(f"Take the pack of {table.workshop.place.name}"),
                partial(
                    or_its_sentence, partial(session_pack, _room.caller(), table.workshop.code)
                ),
                file_name=name_of("session-pack", table.workshop, "zip"),
                mime="application/zip",
                on_click="ignore",
                type="tertiary",
                key=f"pack-{table.workshop.code}",
            )
        if st.button("Erase places here"):
            _ask_to_erase(now)


@st.dialog("Erase places here")
def _ask_to_erase(now: GatheringNow) -> None:
    names = {table.workshop.code: table.workshop.place.name for table in now.tables}
    st.write(
        "Choose first which of them stay. Everything of the others goes, earlier waves too, "
        f"{erased_from()} What lies in their packs can be opened again."
    )
    stay = st.multiselect("Places that stay", list(names), format_func=lambda key: names[key])
    gone = [name for key, name in names.items() if key not in stay]
    st.write(plain(words.will_be_erased(gone)))
    typed = st.text_input(f"Type the code of the masterclass, {code_said(now.gathering.code)}")
    yes, no = st.columns(2)
    if no.button("Keep them", width="stretch"):
        st.rerun()
    if yes.button("Erase them", type="primary", width="stretch", disabled=not gone):
        with told():
            places, left = erase_others(_room.caller(), now.gathering.code, stay, typed)
            st.session_state[_way.SAID] = erased(places, left)
            st.switch_page(_way.HOME)


def lines() -> None:
    """Draw the gatherings that this laptop holds, a line each, on the first page."""
    for listed in gatherings.gatherings_now(_room.caller()):
        at = {_way.OF_GATHERING: listed.gathering.code}
        said = plain(words.when_and_what(listed.gathering))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(_way.MASTERCLASS, label=said, query_params=at, width="content")
            st.text(words.places_at(listed.places, closed=listed.closed), width="content")
