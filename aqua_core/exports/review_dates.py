"""The review dates of a plan as a calendar file (iCalendar, RFC 5545)."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from aqua_core.errors import NothingToReview
from aqua_core.exports.plan_table import partner_names
from aqua_core.vocabulary import Action, Workshop
from aqua_core.vocabulary.sharing import Visit

NO_REVIEWS: Final = (
    "No review lies ahead and no next wave is set, so there is no day for a diary yet. Plan a "
    "test, give one that goes on its next review, or set the day of the next wave on the place's "
    "page."
)
_LONGEST: Final = 75  # octets of a line, RFC 5545 3.1
_TITLE: Final = 80  # characters of a title: what a phone's calendar shows


class Coming(NamedTuple):
    """What a place's diary holds: reviews, the next wave, and visits with who goes to whom."""

    actions: Sequence[Action] = ()
    next_wave: date | None = None
    visits: Sequence[tuple[Visit, str, str]] = ()


def reviews_as_calendar(workshop: Workshop, coming: Coming, written: int) -> bytes:
    """Give an all-day event for each review, in the order given, for the next wave and each visit.

    An action of an earlier workshop may name a partner that is not here. `written` is a number
    that grows from one file to the next.

    The same action keeps its UID in every export, and its version is the SEQUENCE, so a calendar
    that takes the file again moves the event and adds none. DTSTAMP is the day of the workshop:
    the same plan gives the same bytes, but for `written`, the SEQUENCE of the next wave.

    Raises:
        NothingToReview: none of them; a calendar without an event is none (RFC 5545 3.6).
    """
    if not any(coming):
        raise NothingToReview(NO_REVIEWS)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Discovery Room//Action plan//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *(line for action in coming.actions for line in _event(workshop, action)),
        *(_next_wave(workshop, coming.next_wave, written) if coming.next_wave else ()),
        *(line for visit in coming.visits for line in _visit(workshop, *visit)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def folded(line: str) -> str:
    """Break a line after 75 octets at most, never inside a character."""
    parts: list[str] = []
    room, part = _LONGEST, ""
    for mark in line:
        size = len(mark.encode())
        if size > room:
            parts.append(part)
            room, part = _LONGEST - 1, ""  # the blank that begins the next line counts
        room, part = room - size, part + mark
    return "\r\n ".join([*parts, part])


def escaped(text: str) -> str:
    """Write a text as a value of type TEXT (RFC 5545 3.3.11)."""
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(mark, written)
    return text


def _event(workshop: Workshop, action: Action) -> Iterable[str]:
    names = partner_names(workshop)
    owners = ", ".join(names.get(partner, partner) for partner in action.partners)
    said = [action.test, f"Lead: {action.lead} ({owners})"]
    said += [f"Measure: {action.measure}"] if action.measure else []
    said += [f"We expect: {action.prediction}"] if action.prediction else []
    said += ["Sample: invented."] if workshop.invented else []
    return (
        "BEGIN:VEVENT",
        f"UID:{action.id}@discovery-room",
        f"DTSTAMP:{_day(workshop.held_on)}T000000Z",
        f"SEQUENCE:{action.version - 1}",
        f"DTSTART;VALUE=DATE:{_day(action.review_on)}",
        f"DTEND;VALUE=DATE:{_day(_after(action.review_on))}",
        f"SUMMARY:{escaped(_title(workshop, action))}",
        f"DESCRIPTION:{escaped(chr(10).join(said))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def _next_wave(workshop: Workshop, day: date, written: int) -> Iterable[str]:
    # No version of the day is kept. A calendar leaves an event where it is unless SEQUENCE grows,
    # and a day may be moved to an earlier one.
    return (
        "BEGIN:VEVENT",
        f"UID:next-wave-{workshop.id}@discovery-room",
        f"DTSTAMP:{_day(workshop.held_on)}T000000Z",
        f"SEQUENCE:{written}",
        f"DTSTART;VALUE=DATE:{_day(day)}",
        f"DTEND;VALUE=DATE:{_day(_after(day))}",
        f"SUMMARY:{escaped(f'Next wave, {workshop.place.name}')}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def _visit(workshop: Workshop, visit: Visit, guest: str, host: str) -> Iterable[str]:
    domain = workshop.instrument.names.get(visit.domain, visit.domain)
    return (
        "BEGIN:VEVENT",
        f"UID:visit-{visit.id}@discovery-room",
        f"DTSTAMP:{_day(workshop.held_on)}T000000Z",
        f"SEQUENCE:{visit.version - 1}",
        f"DTSTART;VALUE=DATE:{_day(visit.visit_on)}",
        f"DTEND;VALUE=DATE:{_day(_after(visit.visit_on))}",
        f"SUMMARY:{escaped(f'Visit, {guest} to {host}: {domain}')}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def _title(workshop: Workshop, action: Action) -> str:
    test = " ".join(action.test.split())
    short = test if len(test) <= _TITLE else f"{test[: _TITLE - 1]}…"
    return f"Review, {workshop.place.name}: {short}"


def _day(day: date) -> str:
    return f"{day:%Y%m%d}".rjust(8, "0")


def _after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)
