"""Where a seat stands: its own scores beside its team, else its partner, else the room."""

from aqua_core.live import once_a_revision
from aqua_core.rules.beside import beside_of
from aqua_core.vocabulary import SeatResult, Workshop
from aqua_core.workshop.admitting import Caller, asking
from aqua_core.workshop.showing import results_in, shown_to_seat


def my_result(caller: Caller, code: str) -> tuple[SeatResult, ...]:
    """Give a seat its own scores beside the nearest that may be compared; none before a reveal.

    Its own scores are marked for nobody but itself.
    """
    with asking(caller, code) as (_, workshop, seat):
        pass
    _, own = shown_to_seat(workshop, seat.id)
    # A team's rows are worked out once: 200 seats ask at the same moment.
    rows = once_a_revision(
        workshop.code, ("beside", seat.team_id), lambda: _beside(workshop, seat.team_id)
    )
    return tuple(row.model_copy(update={"mine": own.scores.get(row.domain.key)}) for row in rows)


def _beside(workshop: Workshop, team_id: str) -> tuple[SeatResult, ...]:
    team = workshop.team(team_id)
    return beside_of(results_in(workshop), team) if team else ()
