"""A seat's result: my own score, on my own device only, beside the nearest that may be compared.

Plain HTML and no chart: drawing 200 charts at the reveal took 46 seconds, and each phone would
load half a megabyte of chart scripts at the same moment.
"""

from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st
from jinja2 import Environment
from markupsafe import Markup

from aqua_core.charts.sentences import beside as beside_words
from aqua_core.charts.sentences import seat as seat_words
from aqua_core.charts.sentences.ways_back import FIRST_ALONE, missed
from aqua_core.charts.tables import seat_head, seat_table
from aqua_core.errors import StillSealed
from aqua_core.vocabulary import POINTS, Holder
from aqua_core.vocabulary.points import day_said, said
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.asking_beside import still_to_come
from aqua_core.workshop.joining import my_beside, my_part, my_result, workshop_to_join
from aqua_core.workshop.sitting_apart import first_look_alone
from pages import _room
from pages._saying import plain

# Drawn once and not 200 times eight: it took a third of a seat's result.
_SCALE = Markup().join(
    Markup('<span style="--at: {0}">{0}</span>').format(points) for points in POINTS
)
_templates = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
_template = _templates.from_string(
    (Path(__file__).parent / "_result.html").read_text(encoding="utf-8"), {"scale": _SCALE}
)
_PAGE: Final = _templates.from_string(
    '<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>{{ about }}</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><style>'
    ":root { color-scheme: light dark } body { font: 1rem/1.4 sans-serif; max-width: 46rem; "
    "margin: 1rem auto; padding: 0 1rem }{{ style }}</style><p>{{ about }}</p>{{ body }}</html>"
)
"""A result as a file of its own, for a phone that is offline."""


def draw_result(code: str, holder: Holder) -> None:
    """Draw this seat's scores beside its team's, its partner's or the room's, as one element.

    Where the room was asked nothing but what stands beside the domains there are none.
    """
    if my_beside(_room.caller(), code) and not my_result(_room.caller(), code):
        return
    st.html(_rendered(_room.caller(), code, holder))


def draw_beside(code: str, *, newest: bool) -> None:
    """Say to a seat what the room answered beside the domains, as the wall says it.

    What was asked last stands above the seat's own result, the rest under it.
    """
    every = my_beside(_room.caller(), code)
    for shown in every[-1:] if newest else every[:-1]:
        st.subheader(plain(shown.name), anchor=False)
        st.write(f"**{plain(beside_words.heading(shown))}**  \n{plain(beside_words.under(shown))}")


def say_what_comes(code: str) -> None:
    """Say to a seat what its room has not answered yet; nothing where that is nothing."""
    coming = still_to_come(code)
    not_yet = beside_words.not_answered_said(
        [held.name for held in coming.beside if held.answering.sealed], len(coming.domains)
    )
    if not_yet:
        st.write(plain(not_yet))


def result_to_keep(caller: Caller, code: str) -> tuple[str, str]:
    """Give a seat its result as a page of its own, and the name of that file.

    Raises:
        NoSeat: this device has none.
        NoSuchWorkshop: it is closed, or was never there.
        StillSealed: nothing is revealed.
    """
    workshop = workshop_to_join(code)
    if not my_result(caller, code):
        raise StillSealed("These scores are sealed until the reveal.")
    about = f"{workshop.place.name}, {day_said(workshop.held_on)}"
    body = Markup(_rendered(caller, code, workshop.holder))
    page = _PAGE.render(about=about, style=Markup(_style("_looks_seat.css")), body=body)
    return page, f"my-result-{workshop.code}.html"


def _rendered(caller: Caller, code: str, holder: Holder) -> str:
    rows = my_result(caller, code)
    part = my_part(caller, code)
    shown = {
        "rows": rows,
        "late": " ".join(
            filter(
                None,
                (
                    missed(
                        part.answered, part.asked, later=part.later, aside=part.aside, holder=holder
                    ),
                    FIRST_ALONE if first_look_alone(code) else "",
                ),
            )
        ),
        "seen": any(row.whose for row in rows),
        "marked": seat_words.marks_called(rows),
        "mark_of": seat_words.mark_of,
        "ranged_over": seat_words.ranged_over(rows),
        "all_scores": seat_words.all_scores,
        "takeaway": seat_words.seat_takeaway(rows, holder=holder),
        "note": partial(seat_words.seat_note, holder=holder),
        "apart": [not seat_words.is_its_teams(row, holder) for row in rows],
        "me": seat_words.called_here(holder),
        "said": said,
        "header": seat_head(rows, holder),
        "table": seat_table(rows, holder),
    }
    drawn = _template.render(shown)
    typed = seat_words.typed_said(part.on_paper)
    return drawn + (Markup("<p>{}</p>").format(typed) if typed else "")


_FOLDER: Final = Path(__file__).parent
_ON_THE_WALL: Final = frozenset(
    {"room", "gaps", "one-domain", "talk", "over-time", "salford", "rehearsal", "masterclass"}
    | {"share-out", "community", "how-we-lead"}
)
_ON_A_SEAT: Final = frozenset({"score"})


def _style(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


_EVERYWHERE: Final = _style("_looks.css")
_PROJECTED: Final = _EVERYWHERE + _style("_looks_projected.css")
_DESK: Final = _EVERYWHERE + _style("_looks_desk.css")
_SEAT: Final = _EVERYWHERE + _style("_looks_seat.css")


# What CSS cannot know: the colours that the server drew the charts for. A browser that darkens
# light pages by itself is told not to. Paper is light: a chart drawn for the dark is turned round.
_SCHEME: Final = {
    False: ":root { color-scheme: only light; }",
    True: ":root { color-scheme: dark; }"
    "@media print { svg.marks { filter: invert(1) hue-rotate(180deg); } }",
}


def dress(address: str) -> None:
    """Give the page at this address its style: read from 8 m, at a desk, or with one thumb."""
    style = _DESK
    alone = address == "community" and _room.CODE not in st.query_params  # the exchange
    if address in _ON_THE_WALL and not alone:
        style = _PROJECTED
    if address in _ON_A_SEAT:
        style = _SEAT
    st.html(f"<style>{style}{_SCHEME[_room.dark()]}</style>")


def offer_nothing_to_change() -> None:
    """Leave out, for a reader, the buttons and uploads of this page; forms stand as they are.

    But what concerns itself alone: a button whose key begins with "own".
    """
    st.html(
        "<style>[data-testid=stElementContainer]:not([class*=st-key-own]) "
        "[data-testid=stButton], [data-testid=stFormSubmitButton], "
        "[data-testid=stFileUploader] { display: none; } "
        "[data-testid=stForm] { pointer-events: none; }</style>"
    )
