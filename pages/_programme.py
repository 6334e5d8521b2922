"""Parts of the page of programmes: the list, one programme, one session, and what places ask."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from aqua_core.charts.sentences import programme as words
from aqua_core.instrument import run_sheets_in
from aqua_core.vocabulary.plan import Scale
from aqua_core.vocabulary.programme import (
    MOST_SESSIONS,
    MOST_WEEKS,
    Programme,
    ProgrammeDraft,
    Request,
    RequestAnswer,
    RunSheet,
    Session,
    SessionKind,
    Step,
    clean_time,
)
from aqua_core.vocabulary.text import words_of
from aqua_core.workshop import scheduling
from aqua_core.workshop.scheduling import Pattern, ProgrammesNow
from pages import _giving, _project, _room, _way
from pages._half_typed import begins, form, times_saved
from pages._plan import versions
from pages._saying import onward, plain, save_by, told
from pages._tables import literal

DONE: Final = "done with a programme"
_NONE: Final = "An empty shell: steps of your own later"
_MOST_SHOWN: Final = 20
_A_DAY: Final = "DD/MM/YYYY"
_SESSIONS: Final = (0, MOST_SESSIONS)


def say_done() -> None:
    """Say what was done last on this page, once."""
    if said := st.session_state.pop(DONE, ""):
        st.success(plain(said))


def address() -> str:
    """Give the address of the page of programmes.

    Its own links are plain ones: by Streamlit's the next press went to where it came from.
    """
    return _way.address_of(_way.PROGRAMME)


def sheets() -> tuple[RunSheet, ...]:
    """Give the run sheets that a community keeps in data/run-sheets; a bad file is told here."""
    found: tuple[RunSheet, ...] = ()
    with told():
        found = run_sheets_in(_room.DATA / "run-sheets")
    return found


def every(now: ProgrammesNow, requests: Sequence[Request], today: date) -> None:
    """Draw every programme with its next session, what places ask for, and the form for one."""
    st.title("Programmes")
    for held in now.programmes:
        with st.container(horizontal=True, vertical_alignment="center", key=f"row-{held.id}"):
            said = words.programme_said(held, now.of(held.id), today)
            st.markdown(f"**{plain(held.name)}**  \n{plain(said)}")
            onward("Open", f"{address()}?programme={held.id}")
    if not now.programmes:
        st.write(words.NO_PROGRAMME)
    onward("Over all places that give their waves", f"{address()}?{_way.VIEW}={_giving.VIEW}")
    with st.expander("Plan a programme", expanded=not now.programmes, key="plan-one"):
        _plan(now, today)
    _outs([out for out in now.out if isinstance(out, Programme)])
    st.header("Requests", anchor=False)
    if not requests:
        st.write(words.NO_REQUEST)
    for request in requests[:_MOST_SHOWN]:
        _request(request, len(requests), today)


def _plan(now: ProgrammesNow, today: date) -> None:
    scale = st.segmented_control(
        "For",
        list(words.SCALES),
        default=Scale.MACRO,
        format_func=words.SCALES.get,
        required=True,
        key="scale of a programme",
    )
    key = str(times_saved("plan"))
    shell = f"{scale}-{key}"  # another scale has other counts, and keeps what is typed
    with form("plan"):
        left, right = st.columns(2)
        given = {
            "name": left.text_input("Programme", begins(f"name-{key}", ""), key=f"name-{key}"),
            "began_on": right.date_input(
                "Begins on", begins(f"on-{key}", today), format=_A_DAY, key=f"on-{key}"
            ),
            "scale": Scale(scale or Scale.MACRO),
            "places": tuple(_places(now, list(now.places), key)),
        }
        *three, last = st.columns(4)
        counts = _counts(three, Scale(scale or Scale.MACRO), shell)
        with last:
            begin = st.text_input("Each begins at", begins(f"at-{key}", "09:30"), key=f"at-{key}")
        steps = _begin_from(key)

        def save(sure: bool) -> None:
            hour = clean_time(begin)
            made = scheduling.plan_programme(
                _room.caller(),
                ProgrammeDraft(**given),
                Pattern(**counts, begins=hour, steps=steps),
                sure=sure,
            )
            st.session_state[DONE] = f"{made.name} is planned. Each day can be changed below."
            st.query_params["programme"] = made.id
            st.rerun()

        save_by("Plan all sessions", "plan a programme", save, type="primary")


def _counts(three: Sequence[Any], scale: Scale, shell: str) -> dict[str, int]:
    """Ask how many sessions there are, and how far apart: the usual ones of a scale first."""
    masterclasses, workshops, weeks = words.SHELLS[scale]
    return {
        "masterclasses": _number(three[0], "Masterclasses", masterclasses, _SESSIONS, shell),
        "workshops": _number(three[1], "Workshops", workshops, _SESSIONS, shell),
        "weeks": _number(three[2], "Weeks between two", weeks, (1, MOST_WEEKS), shell),
    }


def _places(now: ProgrammesNow, chosen: Sequence[str], key: str) -> list[str]:
    return st.multiselect(
        "Places",
        list(now.places),
        default=begins(f"places-{key}", [place for place in chosen if place in now.places]),
        format_func=now.places.get,
        placeholder="Choose the places that take part",
        key=f"places-{key}",
    )


def _number(column: Any, label: str, value: int, within: tuple[int, int], key: str) -> int:
    at = f"{label}-{key}"
    return int(column.number_input(label, *within, begins(at, value), key=at))


def _begin_from(key: str) -> tuple[Step, ...]:
    """Ask which run sheet sessions begin from; () for an empty shell."""
    here = {sheet.key: sheet for sheet in sheets()}
    names = {"": _NONE} | {
        own: f"{sheet.name}, {sheet.minutes} minutes" for own, sheet in here.items()
    }
    at = f"sheet-{key}"
    begun = begins(at, next(iter(here), ""))
    chosen = st.selectbox(
        "Run sheet of each",
        list(names),
        index=list(names).index(begun) if begun in names else 0,
        format_func=names.get,
        key=at,
        help=" ".join(sheet.source for sheet in here.values()),
    )
    return here[chosen].steps if chosen in here else ()


def programme(now: ProgrammesNow, held: Programme, today: date) -> None:
    """Draw a programme: its sessions by day, each with its day, and what is kept of it."""
    st.title(plain(held.name))
    sessions = now.of(held.id)
    st.caption(plain(words.programme_said(held, sessions, today)))
    with st.container(gap=None):
        for one in sessions:
            _session_row(one, today)
    if not sessions:
        st.write("No session yet. Add one below.")
    with st.container(horizontal=True):
        for kind in SessionKind:
            if st.button(f"Add a {kind.value}", key=f"add-{kind}"):
                with told():
                    scheduling.add_session(_room.caller(), held.id, kind, today)
                    st.rerun()
    st.header("Project", anchor=False)
    _project.draw(held, now.places, today)
    st.header("Report", anchor=False)
    _report(held, today)
    with st.expander("Places, people and project"):
        _change(now, held)
    _outs([out for out in now.out if isinstance(out, Session) and out.programme_id == held.id])
    if st.button("Take this programme out", type="tertiary", key=f"out-{held.id}"):
        move(held, out=True)


def _report(held: Programme, today: date) -> None:
    """Draw the programme over its places: the three levels, requests, tests that ended."""
    report = scheduling.programme_report(_room.caller(), held.id, today)
    for said in words.report_said(report):
        st.write(plain(said))
    rows = [
        [(count.level.value or "not said").capitalize(), count.goes_on, count.ended, count.adopted]
        for count in report.levels
    ]
    heads = ["Should show in", "Tests that go on", "Tests that ended", "of them adopted"]
    st.table(literal(pd.DataFrame(rows, columns=heads).astype(str)), hide_index=True)
    st.caption(words.NO_PLACE)


def _session_row(one: Session, today: date) -> None:
    with st.container(key=f"row-{one.id}"):
        name, day, said, way = st.columns([2, 2, 5, 1.5], vertical_alignment="center")
    name.markdown(f"**{words.session_said(one)}**")
    given = day.date_input(
        f"Day of {words.session_said(one)}",
        one.held_on,
        format=_A_DAY,
        key=f"day-{one.id}-{one.version}",
        label_visibility="collapsed",
    )
    when = "today, " if one.held_on == today else "past, " if one.held_on < today else ""
    said.markdown(plain(f"{when}{one.begins}. {words.steps_said(one.steps)}"))
    with way:
        onward("Open", f"{address()}?session={one.id}")
    if isinstance(given, date) and given != one.held_on:
        with told():
            moved = one.model_copy(update={"held_on": given})
            saved = scheduling.change_session(_room.caller(), moved)
            versions.goes_on(one.id, one.version, saved.version)
            st.rerun()


def _change(now: ProgrammesNow, held: Programme) -> None:
    opened = versions.opened_version(held.id, held.version, "programme")
    key, labels = f"{held.id}-{opened}", words_of(Programme)
    with form(f"change-{held.id}"):
        given = {
            name: st.text_input(
                labels[name].asked(),
                begins(f"{name}-{key}", getattr(held, name)),
                key=f"{name}-{key}",
            )
            for name in labels
        }
        given["began_on"] = st.date_input(
            "Begins on", begins(f"on-{key}", held.began_on), format=_A_DAY, key=f"on-{key}"
        )
        given["places"] = tuple(_places(now, held.places, key))

        def save(sure: bool) -> None:
            given["project_id"] = held.project_id
            changed = Programme(id=held.id, version=opened, scale=held.scale, **given)
            saved = scheduling.change_programme(_room.caller(), changed, sure=sure)
            versions.now_open(held.id, saved.version)
            st.rerun()

        save_by("Keep it", f"programme {held.id}", save)


def _request(request: Request, requests: int, today: date) -> None:
    with st.container(border=True, gap="xsmall", key=f"card-{request.support_id}"):
        overdue = "  :orange-badge[over 30 days]" if request.overdue(today) else ""
        st.markdown(f"**{plain(words.request_said(request, today))}**{overdue}")
        st.text(request.wanted)
        st.write(plain(words.answered_said(request, today)))
        versions.opens("Who answers it", request.support_id, partial(_answer, request), requests)


def _answer(request: Request) -> None:
    before = request.answer
    version = before.version if before else 0
    opened = versions.opened_version(request.support_id, version, "request")
    key = f"{request.support_id}-{opened}"
    with form(f"answer-{request.support_id}"):
        who, by = st.columns(2)
        given: dict[str, Any] = {
            "who": who.text_input(
                words_of(RequestAnswer)["who"].asked(),
                begins(f"who-{key}", before.who if before else ""),
                key=f"who-{key}",
            ),
            "by_on": by.date_input(
                "By",
                begins(f"by-{key}", before.by_on if before else None),
                format=_A_DAY,
                key=f"by-{key}",
            ),
            "met": st.checkbox(
                "It was given",
                begins(f"met-{key}", bool(before and before.met)),
                key=f"met-{key}",
            ),
        }

        def save(sure: bool) -> None:
            answer = RequestAnswer(support_id=request.support_id, version=opened, **given)
            scheduling.answer_request(_room.caller(), request.code, answer, sure=sure)
            versions.now_open(request.support_id, opened + 1)
            st.rerun()

        save_by("Keep it", f"answer {request.support_id}", save)


def _outs(outs: Sequence[Programme | Session]) -> None:
    versions.put_back_list(
        [
            versions.Back(
                words.session_said(out) if isinstance(out, Session) else out.name,
                out.id,
                partial(move, out, out=False),
            )
            for out in outs
        ]
    )


def move(planned: Programme | Session, *, out: bool) -> None:
    """Take a programme or a session out, or put it back, and draw the page again."""
    with told():
        scheduling.move_planned(_room.caller(), planned, out=out)
        if out and isinstance(planned, Programme):
            st.query_params.clear()
        st.rerun()


def ask_glue(place_id: str) -> None:
    """Ask on a place's page which role chases its actions between waves."""
    held_by = scheduling.glue_of(_room.caller(), place_id)
    with form(f"glue-{place_id}"):
        said = st.text_input(
            "Who chases the actions between waves (a role)",
            begins(f"glue-{place_id}", held_by),
            key=f"glue-{place_id}",
            help="The glue of a programme: a role that asks how each test stands, every 30 days.",
        )

        def save(sure: bool) -> None:
            scheduling.name_glue(_room.caller(), place_id, said, sure=sure)
            st.rerun()

        save_by("Keep the role", "glue", save)
    st.page_link(_way.PROGRAMME, label="Plan a programme of sessions", width="content")
