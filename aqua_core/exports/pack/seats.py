"""Seats of a pack: numbered afresh, with scores that stand in for theirs."""

from collections.abc import Sequence
from typing import NamedTuple

from aqua_core.exports.pack.dealing.one_round import NOT_TOLD
from aqua_core.exports.pack.dealing.stand_ins import stand_ins
from aqua_core.exports.pack.layout.tables import WITHHELD
from aqua_core.vocabulary import CANNOT_SAY, Cast, Seat, Workshop


class Seated(NamedTuple):
    """Ids of teams by seat, seat 1 first; and (seat, domain, number, answer), see `Packed`."""

    seats: tuple[str, ...]
    scores: tuple[tuple[int, str, int, int | str], ...]


def seated(workshop: Workshop, seats: Sequence[Seat], casts: Sequence[Cast]) -> Seated:
    """Number the seats of a workshop by team, then by what they say: nothing else decides.

    Args:
        workshop: its teams, instrument and holder.
        seats: every seat, in any order; some may have scored nothing.
        casts: revealed scores of the first and the newest round of each domain.
    """
    stand, withheld = stand_ins(workshop, casts, seats)
    answers: dict[str, dict[tuple[str, int], int | str]] = {seat.id: {} for seat in seats}
    for cast in stand:
        asked = cast.domain, cast.round
        told = asked not in withheld or cast.score == CANNOT_SAY
        answers[cast.seat_id][asked] = cast.score if told else WITHHELD
    order = {team.id: at for at, team in enumerate(workshop.teams)}
    in_order = sorted(
        ((order[seat.team_id], sorted(answers[seat.id].items())) for seat in seats),
        key=lambda each: (each[0], str(each[1])),
    )
    return Seated(
        seats=tuple(workshop.teams[team].id for team, _ in in_order),
        scores=tuple(
            (at, domain, number, answer)
            for at, (_, given) in enumerate(in_order, start=1)
            for (domain, number), answer in given
        ),
    )


def casts_from(scores: Seated, ids: Sequence[str]) -> list[Cast]:
    """Give the scores of a pack as casts of seats with these ids, seat 1 first."""
    return [
        Cast(
            domain=domain,
            round=number,
            seat_id=ids[seat - 1],
            team_id=scores.seats[seat - 1],
            score=NOT_TOLD if answer == WITHHELD else answer,
        )
        for seat, domain, number, answer in scores.scores
    ]
