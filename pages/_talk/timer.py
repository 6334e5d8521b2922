"""The timer on the card: every screen counts down to the same end by itself."""

from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from aqua_core.workshop.choosing import run_timer, stop_timer, time_to_score, timer_now
from pages import _room

_FOLDER = Path(__file__).parent
GONE = 60  # s after its end that "Time" still stands
MINUTES = (3, 5)

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
    _draw(code, timer_now(_room.caller(), code))


def draw_time_to_score(code: str) -> None:
    """Draw what is left of the time for scoring, on the wall and on every seat's device."""
    _draw(code, time_to_score(code))


def _draw(code: str, ends: datetime | None) -> None:
    if ends is not None and (now() - ends).total_seconds() < GONE:
        left = (ends - now()).total_seconds()
        _timer(key=f"timer-{code}", data={"ends": ends.isoformat(), "left": left})


def ask_time_to_score(code: str) -> None:
    """Let the facilitator give the room a time, add to it, or take it away."""
    running = runs(code)
    for minutes in (1,) if running else MINUTES:
        label = "1 minute more" if running else f"{minutes} minutes to score"
        st.button(label, on_click=_give, args=(code, minutes))
    if running:
        st.button("Stop the time", on_click=_stop, args=(code,))


def _give(code: str, minutes: int) -> None:
    run_timer(_room.caller(), code, minutes, now())


def _stop(code: str) -> None:
    stop_timer(_room.caller(), code)
