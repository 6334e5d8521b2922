"""Where a seat stands: its own scores beside its team, else its partner, else the room."""

from typing import NamedTuple

from aqua_core.errors import NoSeat
from aqua_core.live import once_a_revision
from aqua_core.rules.beside import beside_of
from aqua_core.store.database import reading
from aqua_core.store.seats import seats_by_token
from aqua_core.vocabulary import Score, Seat, SeatResult, Workshop
from aqua_core.workshop.admitting import NO_SEAT, Caller, find_open_workshop, token_of
from aqua_core.workshop.reading import revealed_in


class _Results(NamedTuple):
    """What the reveal shows to seats: read once for all, because 200 ask at the same moment."""

    beside: dict[str, tuple[SeatResult, ...]]  # by team id
    seats: dict[str, Seat]  # by the hash of the device's cookie
    scores: dict[str, dict[str, Score]]  # by seat id and domain key


def my_result(caller: Caller, code: str) -> tuple[SeatResult, ...]:
    """Give a seat its own scores beside the nearest that may be compared; none before a reveal.

    Its own scores are marked for nobody but itself.

    Raises:
        NoSuchWorkshop: no open workshop has this code.
        NoSeat: this device has no seat in it.
    """
    with reading() as cursor:
        workshop = find_open_workshop(cursor, code)
        token = token_of(cursor, caller, workshop)
    results = once_a_revision(workshop.code, "results", lambda: _results(workshop))
    seat = results.seats.get(token)
    if seat is None:
        raise NoSeat(NO_SEAT)
    mine = results.scores.get(seat.id, {})
    return tuple(
        row.model_copy(update={"mine": mine.get(row.domain.key)})
        for row in results.beside[seat.team_id]
    )


def _results(workshop: Workshop) -> _Results:
    with reading() as cursor:
        casts, shown = revealed_in(cursor, workshop)
        seats = seats_by_token(cursor, workshop.id)
    scores: dict[str, dict[str, Score]] = {}
    for cast in casts:
        scores.setdefault(cast.seat_id, {})[cast.domain] = cast.score
    return _Results(beside_of(workshop, casts, tuple(shown)), seats, scores)
