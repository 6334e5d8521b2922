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

from aqua_core.charts.sentences import seat as seat_words
from aqua_core.charts.sentences.ways_back import FIRST_ALONE, missed
from aqua_core.charts.tables import seat_head, seat_table
from aqua_core.vocabulary import POINTS, Holder
from aqua_core.vocabulary.points import said
from aqua_core.workshop.joining import my_part, my_result
from aqua_core.workshop.sitting_apart import first_look_alone
from pages import _room
from pages._saying import plain

# Drawn once and not 200 times eight: it took a third of a seat's result.
_SCALE = Markup().join(
    Markup('<span style="--at: {0}">{0}</span>').format(points) for points in POINTS
)
_template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    (Path(__file__).parent / "_result.html").read_text(encoding="utf-8"), {"scale": _SCALE}
)


def draw_result(code: str, holder: Holder) -> None:
    """Draw this seat's scores beside its team's, its partner's or the room's, as one element."""
    rows = my_result(_room.caller(), code)
    part = my_part(_room.caller(), code)
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
        "marked_as": seat_words.marked_as(rows),
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
    st.html(_template.render(shown))
    if typed := seat_words.typed_said(part.on_paper):
        st.caption(plain(typed))


_FOLDER: Final = Path(__file__).parent
_ON_THE_WALL: Final = frozenset(
    {"room", "gaps", "one-domain", "talk", "over-time", "salford", "rehearsal"}
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
    if address in _ON_THE_WALL:
        style = _PROJECTED
    if address in _ON_A_SEAT:
        style = _SEAT
    st.html(f"<style>{style}{_SCHEME[_room.dark()]}</style>")
