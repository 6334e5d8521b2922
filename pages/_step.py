"""Which step of a run sheet runs, on every page of its workshop; nothing where none does."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from aqua_core.charts.sentences import programme as words
from aqua_core.workshop.running import step_now
from pages import _room


def now() -> datetime:
    """Give this moment in UTC, without zone, as the file keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def local(moment: datetime) -> datetime:
    """Give a moment of the file by the clock of this laptop."""
    return moment.replace(tzinfo=UTC).astimezone()


def say_step(code: str, sheet: str) -> None:
    """Say in the row of links which step runs; the facilitator's leads to its run sheet.

    Args:
        code: of the workshop.
        sheet: the page of the run sheet.
    """
    runs = step_now(_room.caller(), code)
    if runs is None or runs.step is None:
        return
    if _room.facilitates():
        begun = local(runs.starts[runs.at])
        until = words.clock(begun + timedelta(minutes=runs.minutes[runs.at]))
        label = f"Run sheet, until {until}"
        st.page_link(sheet, label=label, query_params={_room.CODE: code}, width="content")
    else:
        st.text(runs.step.title, width="content")


def on_room(code: str) -> None:
    """Say on Room, for the last row, which step runs."""
    if runs := step_now(_room.caller(), code):
        with st.container(key="step-shown"):
            st.text(words.step_shown(runs))
