"""Where a seat stands: its own scores beside its team, else its partner, else the room."""

from aqua_core.rules.beside import beside_of
from aqua_core.store.database import reading
from aqua_core.vocabulary import SeatResult
from aqua_core.workshop.admitting import Caller, find_open_workshop, find_seat
from aqua_core.workshop.showing import shown_to_seat


def my_result(caller: Caller, code: str) -> tuple[SeatResult, ...]:
    """Give a seat its own scores beside the nearest that may be compared; none before a reveal.

    Its own scores are marked for nobody but itself.

    Raises:
        NoSuchWorkshop: no open workshop has this code.
        NoSeat: this device has no seat in it.
    """
    with reading() as cursor:
        workshop = find_open_workshop(cursor, code)
        seat = find_seat(cursor, caller, workshop)
        shown, own = shown_to_seat(cursor, workshop, seat.id)
    team = workshop.team(seat.team_id)
    rows = beside_of(shown, team) if team else ()
    return tuple(row.model_copy(update={"mine": own.scores.get(row.domain.key)}) for row in rows)
