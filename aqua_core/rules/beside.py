"""What stands beside a seat's own scores: its team, else its partner, else the whole room."""

from collections.abc import Sequence
from typing import Final

from aqua_core.vocabulary import Compare, Gap, SeatResult, Spread, Team, Whose
from aqua_core.vocabulary.shown import Results

_NEAREST: Final = ((Whose.TEAM, Compare.TEAM), (Whose.PARTNER, Compare.PARTNER))


def beside_of(shown: Results, team: Team) -> tuple[SeatResult, ...]:
    """Give what the seats of a team see beside their own scores, a row a revealed domain.

    A group is a comparison only where a second one is shown; else the next wider one stands in its
    place, so that no device is left with an empty scale where anybody may be told anything.

    Returns:
        Rows in the instrument's order, without anybody's own score.
    """
    near = [(whose, shown.gaps[compare]) for whose, compare in _NEAREST]
    return tuple(
        _row(team, [(whose, gaps[n]) for whose, gaps in near], room)
        for n, room in enumerate(shown.spreads[Compare.TEAM])
    )


def _row(team: Team, near: Sequence[tuple[Whose, Gap]], room: Spread) -> SeatResult:
    private = False
    for whose, gap in near:
        own = team.id if whose is Whose.TEAM else team.partner.id
        figure = next((side.mean for side in gap.standings if side.group.id == own), None)
        if figure is not None and gap.width is not None:
            return SeatResult(
                domain=gap.domain,
                whose=whose,
                figure=figure,
                lowest=gap.lowest.mean,
                highest=gap.highest.mean,
                private=private,
            )
        private = private or bool(gap.held_back)
    return _room(room, private)


def _room(room: Spread, private: bool) -> SeatResult:
    if not room.marks:
        return SeatResult(domain=room.domain, private=private)
    points = sorted(mark.points for mark in room.marks for _ in range(mark.seats))
    return SeatResult(
        domain=room.domain,
        whose=Whose.ROOM,
        figure=room.median,
        lowest=points[0],
        highest=points[-1],
        spread=room.deviation,
        private=private,
    )
