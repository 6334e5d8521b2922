"""The timer of a conversation: started, extended and stopped by the facilitator, seen by all."""

from datetime import datetime, timedelta
from typing import Final

from aqua_core.errors import ChoiceRefused
from aqua_core.live import Channel, changed, once_a_revision
from aqua_core.store.database import reading, writing
from aqua_core.store.talk.timers import set_timer, timer_of
from aqua_core.workshop.admitting import Caller, check_facilitator, check_open, find_workshop
from aqua_core.workshop.reading import workshop_now

MOST_MINUTES: Final = 60


def run_timer(caller: Caller, code: str, minutes: int, now: datetime) -> None:
    """Start the timer, or add minutes to one that runs.

    Args:
        caller: the facilitator.
        code: of the workshop.
        minutes: 1 to 60.
        now: in UTC, without zone.

    Raises:
        NotSignedIn: the caller is not the facilitator.
        NoSuchWorkshop: no open workshop has this code.
        WorkshopClosed: it is only to look at.
        ChoiceRefused: another number of minutes.
    """
    if not 1 <= minutes <= MOST_MINUTES:
        raise ChoiceRefused(f"Choose 1 to {MOST_MINUTES} minutes.")
    with writing() as cursor:
        check_facilitator(cursor, caller)
        workshop = find_workshop(cursor, code)
        check_open(cursor, workshop)
        ends = timer_of(cursor, workshop.id)
        start = ends if ends and ends > now else now
        longest = now + timedelta(minutes=MOST_MINUTES)
        set_timer(cursor, workshop.id, min(start + timedelta(minutes=minutes), longest))
    changed(workshop.code, Channel.ROOM)


def stop_timer(caller: Caller, code: str) -> None:
    """Take the timer off every screen.

    Raises:
        NotSignedIn: the caller is not the facilitator.
        NoSuchWorkshop: no open workshop has this code.
    """
    with writing() as cursor:
        check_facilitator(cursor, caller)
        workshop = find_workshop(cursor, code)
        set_timer(cursor, workshop.id, None)
    changed(workshop.code, Channel.ROOM)


def timer_now(caller: Caller, code: str) -> datetime | None:
    """Give when the timer ends, in UTC without zone; None when none was started.

    Raises:
        NotSignedIn: the caller may not watch it.
        NoSuchWorkshop: no open workshop has this code.
    """
    workshop = workshop_now(caller, code)

    def ends() -> datetime | None:
        with reading() as cursor:
            return timer_of(cursor, workshop.id)

    return once_a_revision(workshop.code, "timer", ends)
