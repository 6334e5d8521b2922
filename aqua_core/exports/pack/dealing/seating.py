"""Who sits where in a pack before anything is dealt: what is hidden decides nothing of it.

The newest answers sit as where chance is counted (`lines.seating`), the first ones beside them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from aqua_core.exports.pack.dealing.one_round import Casts, stays_as_it_is
from aqua_core.rules.guard.telling import Told
from aqua_core.rules.lines.seating import (
    Asked,
    by_team,
    came_to,
    kept_in,
    moved_to,
    on_seats,
    ordered,
)
from aqua_core.vocabulary import Cast, Seat


def looks_of(told: Mapping[Asked, Told]) -> dict[str, list[Asked]]:
    """Give the rounds of each domain, the first one first."""
    found: dict[str, list[Asked]] = defaultdict(list)
    for asked in sorted(told):
        found[asked[0]].append(asked)
    return found


def in_order(
    casts: Sequence[Cast],
    told: Mapping[Asked, Told],
    seats: Collection[Seat],
    followed: Collection[str],
) -> dict[Asked, Casts]:
    """Put seats by team and by their answers that stay theirs; the others decide nothing.

    Args:
        casts: of one or two rounds of each domain.
        told: of each of these rounds.
        seats: all that these teams have, in any order.
        followed: domains of which movement is told: there the same seats scored both times.

    Returns:
        The casts of each round in that order; a team whose answers are dealt has as many as before.
    """
    kept = _kept(told)
    order = ordered(casts, kept, [(seat.team_id, seat.id) for seat in seats])
    rows = by_team(casts)
    last = {looks[-1] for looks in looks_of(told).values()}
    came = came_to([cast for cast in casts if (cast.domain, cast.round) in last], kept)
    here: dict[Asked, Casts] = {}
    for rounds in looks_of(told).values():
        newest: Casts = []
        for asked in reversed(rounds):
            here[asked] = []
            for team, sit in order.items():
                theirs = rows[asked, team]
                if asked == rounds[-1] or (asked, team) in kept:
                    here[asked] += on_seats(theirs, asked, sit, kept, came[team])
                else:
                    here[asked] += moved_to(theirs, _preferred(sit, newest, asked[0] in followed))
            # Which of its seats could not say is dealt too, where answers are.
            newest = [
                cast if (asked, cast.team_id) in kept else cast.model_copy(update={"score": 0})
                for cast in here[asked]
            ]
    return here


def with_ballots(first: Casts, newest: Casts, own: Casts) -> tuple[Casts, Casts]:
    """Give two looks with the newest ballots of some teams as they were, and as many who moved.

    Args:
        first: the first look, as dealt.
        newest: the newest look, as dealt: every team has the answers that it had.
        own: the newest ballots of teams that are told alone.
    """
    teams = {cast.team_id for cast in own}
    answers = {cast.seat_id: cast for cast in first}
    pairs = sorted(
        ((c.team_id, str(c.score), answers.get(c.seat_id)) for c in newest if c.team_id in teams),
        key=lambda pair: (pair[0], pair[1], str(pair[2] and pair[2].score)),
    )
    seats = sorted(own, key=lambda cast: (cast.team_id, str(cast.score)))
    moved = {cast.seat_id for cast in own}
    before = [cast for cast in first if cast.seat_id not in moved]
    for seat, (_, _, answer) in zip(seats, pairs, strict=True):
        if answer:
            before.append(answer.model_copy(update={"seat_id": seat.seat_id}))
    return before, [*(cast for cast in newest if cast.team_id not in teams), *own]


def _kept(told: Mapping[Asked, Told]) -> set[tuple[Asked, str]]:
    """Give rounds and teams whose answers stay with their seats.

    Where a look has a pool, the first answers of every team are dealt anew: who moved is told of
    the whole room, so what is known of all the others would tell who moved in the pool.
    """
    anew = {
        looks[0]
        for looks in looks_of(told).values()
        if len(looks) > 1 and not all(stays_as_it_is(told[each]) for each in looks)
    }
    return {each for each in kept_in(told) if each[0] not in anew}


def _preferred(order: Sequence[str], newest: Sequence[Cast], same: bool) -> list[str]:
    """Give the seats that looked first, in the order in which they come to it.

    Where movement is told, they are those who scored last; where it is not, those who did not look
    last, or it might be told of the stand-ins.
    """
    after = {cast.seat_id: 1 + isinstance(cast.score, int) for cast in newest}
    return sorted(order, key=lambda seat: after.get(seat, 0) * (-1 if same else 1))
