"""Where a seat stands: its own team, and itself, against the range of the teams."""

from typing import NamedTuple

from aqua_core.errors import NoSeat
from aqua_core.live import once_a_revision
from aqua_core.rules.gaps import gaps_of
from aqua_core.store.database import reading
from aqua_core.store.seats import seats_by_token
from aqua_core.vocabulary import Compare, Gap, Score, Seat, SeatResult, Workshop
from aqua_core.workshop.admitting import NO_SEAT, Caller, find_open_workshop, token_of
from aqua_core.workshop.reading import revealed_in


class _Results(NamedTuple):
    """What the reveal shows to seats: read once for all, because 200 ask at the same moment."""

    gaps: tuple[Gap, ...]
    seats: dict[str, Seat]  # by the hash of the device's cookie
    scores: dict[str, dict[str, Score]]  # by seat id and domain key


def my_result(caller: Caller, code: str) -> tuple[SeatResult, ...]:
    """Give a seat its own team against the range of the teams; none before a reveal.

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
    return tuple(_row(gap, seat.team_id, mine.get(gap.domain.key)) for gap in results.gaps)


def _row(gap: Gap, team_id: str, mine: int | str | None) -> SeatResult:
    team = next((each.mean for each in gap.standings if each.group.id == team_id), None)
    several = gap.width is not None
    return SeatResult(
        domain=gap.domain,
        lowest=gap.lowest.mean if several else None,
        highest=gap.highest.mean if several else None,
        team=team,
        mine=mine,
    )


def _results(workshop: Workshop) -> _Results:
    with reading() as cursor:
        casts, shown = revealed_in(cursor, workshop)
        seats = seats_by_token(cursor, workshop.id)
    scores: dict[str, dict[str, Score]] = {}
    for cast in casts:
        scores.setdefault(cast.seat_id, {})[cast.domain] = cast.score
    return _Results(gaps_of(workshop, casts, tuple(shown), Compare.TEAM), seats, scores)
