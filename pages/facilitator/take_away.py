"""The facilitator alone: files to carry out of the room, built when asked for, and files back."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import NamedTuple

import streamlit as st

from aqua_core.charts.sentences import places as place_words
from aqua_core.vocabulary import Stage, code_said
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop import exporting
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.reading import stage_now
from pages import _bringing, _room, _sittings, _way, _ways_back
from pages._ending import end
from pages._listening import follow
from pages._saying import or_its_sentence, plain, said_invented


class File(NamedTuple):
    """One file of the menu: what it is and for whom, its name, and the deed that builds it."""

    label: str
    line: str
    what: str
    ending: str
    mime: str
    build: Callable[[Caller, str], bytes]


PACK, REVIEWS = "Session pack", "Review dates"
FILES = (
    File(
        "Report",
        "Results, pictures, conversations and the plan on a page that prints. For everybody.",
        *("report", "html", "text/html", exporting.report_page),
    ),
    File(
        "Workbook",
        "The plan to print, and sheets of results, conversations and support. For Excel.",
        *("workbook", "xlsx", "application/octet-stream", exporting.plan_workbook),
    ),
    File(
        "Action plan",
        "Every field as CSV; edit it in a spreadsheet and bring it back here. For plan owners.",
        *("action-plan", "csv", "text/csv", exporting.plan_csv),
    ),
    File(
        "List of columns",
        "What each column of the CSV holds, and which may be changed. For plan owners.",
        *("action-plan-fields", "csv", "text/csv", exporting.plan_dictionary),
    ),
    File(
        REVIEWS,
        "A calendar file with a day for each review and visit. For the diaries of those who lead.",
        *("reviews", "ics", "text/calendar", exporting.review_calendar),
    ),
    File(
        PACK,
        "Results, conversations and plan in one file that opens on another laptop, to look at and "
        "follow up. Reasons that were not shown stay here.",
        *("session-pack", "zip", "application/zip", exporting.session_pack),
    ),
)


def offer(file: File) -> None:
    why_not = not_yet(file.label)
    about, button = st.columns([5, 3], vertical_alignment="center")
    about.write(f"**{file.label}**  \n{file.line}")
    if why_not:
        about.caption(why_not)
    elif file.label == PACK and (too := packs_too()):
        about.warning(plain(too))
    button.download_button(
        f"Take the {file.label[0].lower()}{file.label[1:]}",
        partial(or_its_sentence, partial(file.build, _room.caller(), workshop.code)),
        file_name=exporting.name_of(file.what, workshop, file.ending),
        mime=file.mime,
        on_click="ignore",
        disabled=bool(why_not),
        width="stretch",
    )


def packs_too() -> str:
    """Say which packs belong to this one, and which are still to be opened here; "" for none."""
    asked = (_room.caller(), workshop.code)
    take = place_words.take_too_said(exporting.packs_to_take(*asked))
    return f"{take} {place_words.open_too_said(exporting.packs_to_open(*asked))}".strip()


def not_yet(label: str) -> str:
    """Say why a file cannot be taken yet; "" where it can."""
    if label == PACK and stage_now(workshop.code) is Stage.SCORING:
        return "Scores are still sealed. Reveal them first; then take the pack."
    return exporting.why_no_reviews(_room.caller(), workshop.code) if label == REVIEWS else ""


ways = st.container(horizontal=True)
ways.page_link(_way.HOME, label="Home")
st.title("Take away")
if _room.CODE not in st.query_params:
    _bringing.pack()
    _bringing.invitation(date.today())
    end()
workshop = _room.workshop()
ways.page_link(_way.PLAN, label="Back to the plan", query_params=_room.here())
with ways:
    _ways_back.offer_to_undo(workshop.code)
follow(workshop.code, typing=False)
said_invented(workshop)
st.write(
    f"{plain(workshop.place.name)}, {day_said(workshop.held_on)}, code {code_said(workshop.code)}"
)
brought = st.container()
leaving, coming = st.columns([3, 2], gap="large")
with leaving:
    for file in FILES:
        offer(file)
with coming:
    _sittings.sealed_file(workshop)
    _bringing.plan(workshop, brought)
    _bringing.pack()
