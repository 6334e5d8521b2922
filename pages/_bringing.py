"""Files that somebody brings: an edited plan, shown as differences first, and a session pack."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from aqua_core.charts.sentences.places import is_it_the_same
from aqua_core.errors import BadPlanFile, SamePlace
from aqua_core.vocabulary import Workshop
from aqua_core.workshop import importing
from aqua_core.workshop.exporting import open_pack
from aqua_core.workshop.sitting_apart import open_invitation
from pages import _room, _way
from pages._saying import plain, save_by, told

BROUGHT: Final = "files brought"
TAKEN: Final = "said of the plan"
_MOST_IN_SIGHT: Final = 7  # rows of what differs, at 1366x768; more are scrolled to in the table
_TALLEST: Final = 320  # pixels
_BOXES: Final = {
    ".zip": "A session pack goes into the box under “Open a session pack”.",
    ".json": "An invitation goes into the box under “Hold a sitting for another laptop”, on Take "
    "away from the first page.",
    ".csv": "An action plan goes into the box under “Bring the plan back”, on Take away of its "
    "workshop.",
}
"""Where a file belongs that was put into another box, by how its name ends."""


def plan(workshop: Workshop, told_in: DeltaGenerator) -> None:
    """Offer to bring an edited plan back.

    Args:
        workshop: the one whose plan it is.
        told_in: a place further up, where what differs is seen without scrolling.
    """
    st.header("Bring the plan back")
    st.write("The action plan as CSV, edited in a spreadsheet. You see what differs first.")
    file = _brought("The edited plan", ".csv", f"plan-{st.session_state.setdefault(BROUGHT, 0)}")
    with told_in:
        if done := st.session_state.pop(TAKEN, ""):
            st.success(plain(done))
            st.page_link(_way.PLAN, label="See the plan", query_params=_room.here())
        if file is not None:
            _tell(workshop, file)


def _tell(workshop: Workshop, file: UploadedFile) -> None:
    raw = file.getvalue()
    try:
        differences = importing.differences_in(_room.caller(), workshop.code, raw, date.today())
    except BadPlanFile as refusal:
        refused("Nothing is taken from this file.", refusal.faults)
        return
    if not differences:
        st.info("Nothing differs: the plan already says all that is in this file.")
        return
    _ask(workshop, file, differences)


def refused(said: str, faults: Sequence[str]) -> None:
    """Say that nothing is taken, and why, a line a fault."""
    st.warning(said)
    st.write("  \n".join(plain(fault) for fault in faults))


def differing(table: pd.DataFrame) -> None:
    """Draw what differs, a row each; more than are in sight are scrolled to."""
    # Not st.table: its cells are Markdown, and these were typed.
    height = "content" if len(table) <= _MOST_IN_SIGHT else _TALLEST
    st.dataframe(table, hide_index=True, height=height)


def pack() -> None:
    """Offer to open the session pack of another laptop."""
    st.header("Open a session pack")
    st.write(
        "A workshop from another laptop, or an earlier one. It opens closed: its results, notes "
        "and plan are there to look at, and its open actions come first when its place meets again."
    )
    file = _brought("The session pack", ".zip", "pack")
    if file is None:
        return
    build = partial(open_pack, _room.caller(), file.getvalue())
    if opened := _opened(file, "Open the pack", build):
        st.session_state[_way.OPENED] = opened.code
        st.switch_page(_way.GAPS, query_params={_room.CODE: opened.code})


def invitation(today: date) -> None:
    """Offer to hold the sitting that another laptop invited."""
    st.header("Hold a sitting for another laptop")
    st.write(
        "The invitation from the place's page there. People score here as always; what they score "
        "is seen on the day, on that laptop, and by nobody before."
    )
    file = _brought("The invitation", ".json", "invitation")
    if file is None:
        return
    held_on = st.date_input("Day of the sitting", today, min_value=today, format="DD/MM/YYYY")
    build = partial(open_invitation, _room.caller(), file.getvalue(), held_on)
    if made := _opened(file, "Set it up", build):
        st.switch_page(_way.ROOM, query_params={_room.CODE: made.code})


def _opened(file: UploadedFile, label: str, build: Callable[..., Workshop]) -> Workshop | None:
    """Offer to open a file, and ask first where its place may be one that is here; None till then.

    The question stays with the file that it was asked of: another one in its place is asked anew.
    """
    asked = f"the place that {file.file_id} may be of"
    known = st.session_state.get(asked, "")
    with told():
        if not known:
            if not st.button(label, type="primary", key=f"open-{file.file_id}"):
                return None
            try:
                return build()
            except SamePlace as question:
                st.session_state[asked] = question.known
                st.rerun()
        st.warning(plain(is_it_the_same(known)))
        if st.button(f"Yes, it is {plain(known)}", type="primary", key=f"same-{file.file_id}"):
            return build(place=known)
        if st.button("No, another place", key=f"another-{file.file_id}"):
            return build(sure=True)
    return None


def _brought(label: str, ending: str, key: str) -> UploadedFile | None:
    # Any file may be chosen: where Streamlit refuses one by its name, it raises. The name decides
    # nothing else.
    file = st.file_uploader(label, key=key)
    if file is None:
        return None
    if not file.name.lower().endswith(ending):
        meant = next((box for end, box in _BOXES.items() if file.name.lower().endswith(end)), "")
        st.warning(f"Choose a {ending} file. {meant}".strip())
        return None
    return file


def _ask(
    workshop: Workshop, file: UploadedFile, differences: Sequence[importing.Difference]
) -> None:
    def save(sure: bool) -> None:
        taken = importing.take_differences(
            _room.caller(), workshop.code, file.getvalue(), date.today(), sure=sure
        )
        _put_away(importing.said_taken(taken))

    form = f"changes of {file.file_id}"
    with st.form(form):
        st.subheader(plain(importing.said_of(differences)))
        # The buttons stand above the table: however long it is, they are in sight.
        with st.container(horizontal=True, vertical_alignment="center"):
            save_by("Take these changes", form, save, type="primary")
            if st.form_submit_button("Take nothing"):
                _put_away("Nothing was taken: the plan is as it was.")
        differing(_as_table(differences))


def _put_away(said: str) -> None:
    """End the run without the file: another number in its key empties the uploader."""
    st.session_state[BROUGHT] += 1
    st.session_state[TAKEN] = said
    st.rerun()


def _as_table(differences: Sequence[importing.Difference]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (difference.row, difference.test, difference.field, *_beside(difference))
            for difference in differences
        ],
        columns=["Row", "Action", "Field", "In the plan", "In the file"],
    )


def _beside(difference: importing.Difference) -> tuple[str, str]:
    before, after = difference.beside
    return (before if difference.action_id else "new"), after
