"""What part a seat had in the scores that are shown: whole, some of it, or none."""

from typing import NamedTuple

from aqua_core.errors import NoSeat
from aqua_core.live import once_a_revision
from aqua_core.rules.stages import rounds_shown
from aqua_core.store.database import reading
from aqua_core.store.rounds import missed_in, rounds_of
from aqua_core.store.seats import seats_by_token
from aqua_core.store.votes import casts_of
from aqua_core.vocabulary import Workshop
from aqua_core.workshop.admitting import NO_SEAT, Caller, find_open_workshop, token_of


class Part(NamedTuple):
    """How many of the `asked` domains a seat had answered when they were revealed.

    `later` says that it joined after every one of those reveals.
    """

    answered: int
    asked: int
    later: bool


def my_part(caller: Caller, code: str) -> Part:
    """Give a seat how much it had answered of what is shown; nothing is asked before a reveal.

    Raises:
        NoSuchWorkshop: no open workshop has this code.
        NoSeat: this device has no seat in it.
    """
    with reading() as cursor:
        workshop = find_open_workshop(cursor, code)
        token = token_of(cursor, caller, workshop)
    found = once_a_revision(workshop.code, "parts", lambda: _parts(workshop))
    if token not in found:
        raise NoSeat(NO_SEAT)
    return found[token]


def _parts(workshop: Workshop) -> dict[str, Part]:
    # Read once for all seats, who ask at the same moment; by the hash of the device's cookie.
    with reading() as cursor:
        casts = casts_of(cursor, workshop.id)
        shown = set(rounds_shown(rounds_of(cursor, workshop.id), casts).items())
        seats = seats_by_token(cursor, workshop.id)
        there = {seat for *asked, seat in missed_in(cursor, workshop.id) if tuple(asked) in shown}
    answered: dict[str, int] = {}
    for cast in casts:
        if (cast.domain, cast.round) in shown:
            answered[cast.seat_id] = answered.get(cast.seat_id, 0) + 1
    return {
        token: Part(
            answered.get(seat.id, 0),
            len(shown),
            later=seat.id not in answered and seat.id not in there,
        )
        for token, seat in seats.items()
    }
