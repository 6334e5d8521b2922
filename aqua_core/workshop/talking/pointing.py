"""Reasons from seats: what would you point at, and, on a second look, what moved you.

Sealed until the reveal like the score that they stand beside; after it they are the facilitator's
alone, until one is shown to the room. A reason is shown or hidden whole, never edited.
"""

import secrets
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from aqua_core.errors import NoSuchReason, TextRefused, TooFast
from aqua_core.live import Channel, changed
from aqua_core.rules.stages import round_to_score, rounds_heard
from aqua_core.rules.typed.personal import personal_details
from aqua_core.store.cursor import Cursor
from aqua_core.store.database import reading
from aqua_core.store.rounds import rounds_of, rounds_to_score_in
from aqua_core.store.talk.reasons import (
    Given,
    add_reason,
    reasons_in,
    reasons_of_seat,
    show,
    shown_in,
)
from aqua_core.vocabulary import Reason, Seat, Wording, Workshop, same_name
from aqua_core.workshop.admitting import Caller, check_counts, facilitating, sitting, watched
from aqua_core.workshop.scoring import Meant, overtaken, round_meant
from aqua_core.workshop.tries import Tries

_PACE: Final = Tries(60)  # a minute from one seat; each pause in typing saves once


class Written(NamedTuple):
    """What a seat's reason is after a save, and how often it was given; `stands`: as just sent."""

    kept: Wording
    times: int
    stands: bool


def give_reason(
    caller: Caller, code: str, domain: str, given: Wording, *, meant: int | Meant
) -> Written:
    """Save the reason beside a seat's score; an empty one takes it back.

    Sending it again changes nothing. Nor does one that a newer wording has overtaken: what is
    answered says so, and the device sends what it still wants.
    `meant` is the round that it was typed for, and after how many times the seat had given it.

    Raises:
        SeatAside: the seat is set aside.
        NotScored: the domain is not being scored.
        RoundClosed: the round was revealed; what was kept before it stands.
        TextRefused: it holds what looks like somebody's details.
        TooFast: more than 60 changes came from this seat within a minute.
    """
    if details := personal_details(given.said):
        raise TextRefused(f"The room may read this, and it looks like {details}. Take it out.")
    with sitting(caller, code) as (cursor, workshop, seat):
        check_counts(cursor, workshop, seat.id)
        number = round_to_score(rounds_to_score_in(cursor, workshop.id), domain, round_meant(meant))
        mine = reasons_of_seat(cursor, workshop.id, seat.id)
        before = _before(mine, domain, number) or _unwritten(domain, number, seat)
        wanted = before.with_wording(given, seat.team_id)
        newest = before
        if before.wording != wanted.wording and not overtaken(meant, before.sequence):
            if not _PACE.take(seat.id):
                raise TooFast("Saving too fast; what you wrote before stands.")
            add_reason(cursor, workshop.id, wanted)
            newest = wanted
    return Written(newest.wording, newest.sequence, newest.wording == wanted.wording)


def reasons_now(caller: Caller, code: str) -> tuple[Reason, ...]:
    """Give each distinct reason on revealed domains, in an order that says nothing of who wrote."""
    with facilitating(caller, code, reading) as (cursor, workshop):
        return reasons_read(cursor, workshop)


def shown_reasons(caller: Caller, code: str, domain: str) -> tuple[Reason, ...]:
    """Give the reasons on a domain that the facilitator has shown to the room."""
    every = watched(caller, code, "reasons", reasons_read)
    return tuple(reason for reason in every if reason.shown and reason.domain == domain)


def show_reason(caller: Caller, code: str, reason_id: str) -> None:
    """Show a reason to the room.

    Raises:
        NoSuchReason: no revealed domain has it.
    """
    _decide(caller, code, reason_id, shown=True)


def hide_reason(caller: Caller, code: str, reason_id: str) -> None:
    """Take a reason off every screen; it stays in the file as it was written.

    Raises:
        NoSuchReason: as for showing it.
    """
    _decide(caller, code, reason_id, shown=False)


def _decide(caller: Caller, code: str, reason_id: str, *, shown: bool) -> None:
    with facilitating(caller, code) as (cursor, workshop):
        if reason_id not in {each.id for each in reasons_read(cursor, workshop)}:
            raise NoSuchReason("That reason is not there any more. Look at the list again.")
        show(cursor, workshop.id, reason_id, shown)
    changed(workshop.code, Channel.ROOM)


def _before(given: Iterable[Given], domain: str, number: int) -> Given | None:
    return next((each for each in given if (each.domain, each.number) == (domain, number)), None)


def _unwritten(domain: str, number: int, seat: Seat) -> Given:
    return Given(f"r{secrets.token_hex(8)}", 0, domain, number, seat.id, "", "")


def reasons_read(cursor: Cursor, workshop: Workshop) -> tuple[Reason, ...]:
    """Give what `reasons_now` gives, to who has asked already who is asking."""
    heard = rounds_heard(rounds_of(cursor, workshop.id))
    shown = shown_in(cursor, workshop.id)
    alike: dict[tuple[str, int, str], list[Given]] = {}
    for each in reasons_in(cursor, workshop.id):
        if each.said and (each.domain, each.number) in heard:
            alike.setdefault((each.domain, each.number, same_name(each.said)), []).append(each)
    return tuple(
        _reason(workshop, given, shown, again=heard[domain, number])
        for (domain, number, _), given in alike.items()
    )


def _reason(
    workshop: Workshop, given: list[Given], shown: Mapping[str, bool], *, again: bool
) -> Reason:
    first = given[0]
    team = workshop.team(first.team_id) if len(given) == 1 and first.team_id else None
    return Reason(
        id=first.id,
        domain=first.domain,
        number=first.number,
        said=first.said,
        team=team.name if team else "",
        alike=len(given),
        shown=shown.get(first.id),
        again=again,
    )
