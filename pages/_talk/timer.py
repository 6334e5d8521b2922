"""The timer on the card: every screen counts down to the same end by itself."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import streamlit as st

from aqua_core.workshop.choosing import run_timer, stop_timer, timer_now
from aqua_core.workshop.passing import Passing
from pages import _room

_FOLDER = Path(__file__).parent
GONE = 60  # s after its end that "Time" still stands
MINUTES = (3, 5)

_counted: Final = Passing("what the timer counts", str, "")
"""After a restart it says the time alone."""

_timer = st.components.v2.component(
    "timer",
    html='<div class="counts"></div>'
    '<div class="clock" role="timer"></div><div class="over" role="status"></div>',
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
    """Draw what is left of the time, and which step it counts; nothing where no timer runs."""
    draw_time(code, timer_now(_room.caller(), code))


def draw_time(code: str, ends: datetime | None) -> None:
    """Draw what is left until a timer ends, also on a seat; nothing where it is long over."""
    left = (ends - now()).total_seconds() if ends else -GONE
    if ends and left > -GONE:
        counted = {"ends": ends.isoformat(), "left": left, "counts": _counted.now(code)}
        _timer(key=f"timer-{code}", data=counted)


def counts(code: str, step: str) -> None:
    """Let the timer of a workshop say what it counts, such as "Step 1"; "" for nothing."""
    _counted.put(code, step)


def ask_time_to_score(*codes: str) -> None:
    """Let the facilitator give a room a time, or all tables the same; add to it, take it away."""
    running = any(map(runs, codes))
    for minutes in (1,) if running else MINUTES:
        label = "1 minute more" if running else f"{minutes} minutes to score"
        st.button(label, on_click=_give, args=(codes, minutes))
    if running:
        st.button("Stop the time", on_click=_stop, args=(codes,))


def _give(codes: Iterable[str], minutes: int) -> None:
    begun = now()
    for code in codes:
        counts(code, "Time to score")
        run_timer(_room.caller(), code, minutes, begun)


def _stop(codes: Iterable[str]) -> None:
    for code in codes:
        stop_timer(_room.caller(), code)
