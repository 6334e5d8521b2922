"""Where a seat stands: its own team, and itself, against the range of the teams."""

from aqua_core.store.database import reading
from aqua_core.vocabulary import Compare, Gap, SeatResult
from aqua_core.workshop.admitting import Caller, find_open_workshop, find_seat
from aqua_core.workshop.showing import shown_to_seat


def my_result(caller: Caller, code: str) -> tuple[SeatResult, ...]:
    """Give a seat its own team against the range of the teams; none before a reveal.

    Its own scores are marked for nobody but itself.

    Raises:
        NoSuchWorkshop: no open workshop has this code.
        NoSeat: this device has no seat in it.
    """
    with reading() as cursor:
        workshop = find_open_workshop(cursor, code)
        seat = find_seat(cursor, caller, workshop)
        shown, own = shown_to_seat(cursor, workshop, seat.id)
    return tuple(
        _row(gap, seat.team_id, own.scores.get(gap.domain.key)) for gap in shown.gaps[Compare.TEAM]
    )


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
