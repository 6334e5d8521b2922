"""Readings that are brought: a file or a pasted table, with its differences first."""

from datetime import date
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from aqua_core.charts.sentences.wording import counted
from aqua_core.errors import BadReadings
from aqua_core.vocabulary.measure import Measure, Ordered
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop import measuring
from aqua_core.workshop.following import ImpactSeen, readings_csv
from pages import _room
from pages._bringing import differing, refused
from pages._half_typed import begins, forget, form, times_saved
from pages._place import say
from pages._saying import or_its_sentence, told

_KEPT: Final = "Kept now"
_FILES: Final = "files of readings"
_HOW: Final = (
    "A row for each reading, with the columns measure, date, value; n and source may follow. You "
    "see what differs first; all is taken, or nothing."
)
_BOTH_WAYS: Final = (
    "Its days can be read both ways: 03/04/2026 is 3 April, or March 4. How are they written?"
)
_MONTH_FIRST: Final = "Its days are read month first, as in the United States."
_ORDERS: Final = {"Day first, as in Britain": False, "Month first, as in the United States": True}


def bring(seen: ImpactSeen, today: date) -> None:
    """Offer to bring readings of any measure, to take them away, and to undo the last deed."""
    with st.expander("Bring readings, or take them away"):
        st.caption(_HOW)
        number = st.session_state.setdefault(_FILES, 0)
        file = st.file_uploader("A CSV file of readings", key=f"readings-{seen.place.id}-{number}")
        if file is not None:
            _tell(seen, file.getvalue(), today, "")
        if not seen.scoring:
            st.download_button(
                "Take all readings as CSV",
                partial(
                    or_its_sentence, partial(readings_csv, _room.caller(), seen.place.id, today)
                ),
                file_name="readings.csv",
                mime="text/csv",
                on_click="ignore",
            )
    with st.container(horizontal=True, vertical_alignment="center"):
        if seen.last:
            st.text(
                f"The last change of readings: {counted(seen.last, 'reading')}.", width="content"
            )
            if st.button("Undo it", key=f"undo-readings-{seen.place.id}"):
                with told():
                    undone = measuring.undo_readings(_room.caller(), seen.place.id)
                    _put_away(
                        f"{counted(undone, 'reading')} undone; undo once more brings it back."
                    )


def pasted(seen: ImpactSeen, measure: Measure, today: date) -> None:
    """Offer to paste two columns of a spreadsheet into one measure."""
    mark = f"paste-{measure.id}"
    with st.expander("Paste from a spreadsheet"):
        st.caption("Two columns, date and value; n and source may follow. No heads are needed.")
        key = f"{mark}-{times_saved(mark)}"
        with form(mark):
            text = st.text_area("Rows", begins(key, ""), key=key, placeholder="01/04/2026\t14")
            st.form_submit_button("Show what differs")
        if text.strip():
            _tell(seen, text, today, measure.id)


def _tell(seen: ImpactSeen, brought: bytes | str, today: date, measure_id: str) -> None:
    caller, place_id = _room.caller(), seen.place.id
    try:
        month_first = measuring.days_month_first(caller, place_id, brought, measure_id)
        if month_first is None and (month_first := _asked_order(measure_id)) is None:
            return
        table = Ordered(brought=brought, month_first=month_first)
        differences = measuring.readings_brought(caller, place_id, table, today, measure_id)
    except BadReadings as refusal:
        refused("Nothing is taken. Put these rows right and bring it again.", refusal.faults)
        return
    if month_first:
        st.caption(_MONTH_FIRST)
    if not differences:
        st.info("Nothing differs: all of it is kept already.")
        return
    new = sum(difference.before is None for difference in differences)
    changing = len(differences) - new
    parts = [f"{counted(new, 'reading')} new"] if new else []
    parts += [f"{counted(changing, 'reading')} changed"] if changing else []
    st.write(f"**{' and '.join(parts)}.**")
    if st.button("Take these readings", type="primary", key=f"take-readings-{measure_id}"):
        with told():
            taken = measuring.take_readings(caller, place_id, table, today, measure_id)
            forget(f"paste-{measure_id}")
            _put_away(f"Taken: {counted(taken, 'reading')}.")
    rows = [(d.row, d.measure.name, day_said(d.draft.dated), *d.beside) for d in differences]
    beside = pd.DataFrame(rows, columns=["Row", "Measure", "Day", _KEPT, "In the file"])
    # While the place scores, nothing of the past is shown: not what is kept, either.
    differing(beside.drop(columns=_KEPT) if seen.scoring else beside)


def _asked_order(measure_id: str) -> bool | None:
    """Ask in which order days are written that can be read both ways; None before the answer."""
    st.write(_BOTH_WAYS)
    chosen = st.segmented_control(
        "How its days are written",
        list(_ORDERS),
        label_visibility="collapsed",
        key=f"order-{measure_id}-{st.session_state.get(_FILES, 0)}",
    )
    return _ORDERS[chosen] if chosen else None


def _put_away(done: str) -> None:
    """End the run without the file: another number in its key empties the uploader."""
    st.session_state[_FILES] = st.session_state.get(_FILES, 0) + 1
    say(done)
