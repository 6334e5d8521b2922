"""The timer of a conversation: started, extended and stopped by the facilitator, seen by all."""

from datetime import datetime, timedelta
from typing import Final

from aqua_core.errors import ChoiceRefused
from aqua_core.live import Channel, changed
from aqua_core.store.talk.timers import set_timer, timer_of
from aqua_core.workshop.admitting import Caller, facilitating, watched

MOST_MINUTES: Final = 60


def run_timer(caller: Caller, code: str, minutes: int, now: datetime) -> None:
    """Start the timer, or add minutes to one that runs; `now` is in UTC, without zone.

    Raises:
        ChoiceRefused: another number of minutes.
    """
    if not 1 <= minutes <= MOST_MINUTES:
        raise ChoiceRefused(f"Choose 1 to {MOST_MINUTES} minutes.")
    with facilitating(caller, code) as (cursor, workshop):
        ends = timer_of(cursor, workshop.id)
        start = ends if ends and ends > now else now
        longest = now + timedelta(minutes=MOST_MINUTES)
        set_timer(cursor, workshop.id, min(start + timedelta(minutes=minutes), longest))
    changed(workshop.code, Channel.ROOM)


def stop_timer(caller: Caller, code: str) -> None:
    """Take the timer off every screen."""
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        set_timer(cursor, workshop.id, None)
    changed(workshop.code, Channel.ROOM)


def timer_now(caller: Caller, code: str) -> datetime | None:
    """Give when the timer ends, in UTC without zone; None when none was started."""
    return watched(caller, code, "timer", lambda cursor, workshop: timer_of(cursor, workshop.id))
