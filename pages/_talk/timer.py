"""The timer on the card: every screen counts down to the same end by itself."""

from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from aqua_core.workshop.choosing import timer_now
from pages import _room

_FOLDER = Path(__file__).parent
GONE = 60  # s after its end that "Time" still stands

_timer = st.components.v2.component(
    "timer",
    html='<div class="clock" role="timer"></div><div class="over" role="status"></div>',
    css=(_FOLDER / "timer.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "timer.js").read_text(encoding="utf-8"),
)


def now() -> datetime:
    """Give this moment in UTC, without zone, as the file keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def runs(code: str) -> bool:
    """Tell whether the timer of a workshop is on the screens."""
    ends = timer_now(_room.caller(), code)
    return ends is not None and (now() - ends).total_seconds() < GONE


def draw_timer(code: str) -> None:
    """Draw what is left of the time; nothing where no timer runs."""
    ends = timer_now(_room.caller(), code)
    if ends is None or not runs(code):
        return
    left = (ends - now()).total_seconds()
    _timer(key=f"timer-{code}", data={"ends": ends.isoformat(), "left": left})
