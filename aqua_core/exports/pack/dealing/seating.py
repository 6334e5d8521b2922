"""Who sits where in a pack before anything is dealt: what is hidden decides nothing of it.

A score that is dealt is any seat's of its team; so is the row that it stands in. Which of the seats
answered would else link the domains and the looks of a hidden one.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from aqua_core.exports.pack.dealing.one_round import Casts, portions_told, stays_as_it_is
from aqua_core.rules.guard.telling import Told
from aqua_core.vocabulary import Cast, Seat

Asked = tuple[str, int]
"""A domain's key, and the number of a round."""


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
    order = _ordered(casts, kept, seats)
    rows = _by_team(casts)
    here: dict[Asked, Casts] = {}
    came = _came(casts, told, kept)
    for rounds in looks_of(told).values():
        newest: Casts = []
        for asked in reversed(rounds):
            here[asked] = []
            for team in sorted(order):
                theirs, seated = rows[asked, team], order[team]
                if (asked, team) in kept:
                    here[asked] += sorted(theirs, key=lambda c: order[c.team_id].index(c.seat_id))
                elif asked == rounds[-1]:
                    here[asked] += _moved(theirs, came[team].next_of(seated, len(theirs)))
                else:
                    here[asked] += _moved(theirs, _preferred(seated, newest, asked[0] in followed))
            # Which of its seats could not say is dealt too, where answers are.
            newest = [
                cast if (asked, cast.team_id) in kept else cast.model_copy(update={"score": 0})
                for cast in here[asked]
            ]
    return here


def _by_team(casts: Sequence[Cast]) -> dict[tuple[Asked, str], Casts]:
    rows: dict[tuple[Asked, str], Casts] = defaultdict(list)
    for cast in casts:
        rows[(cast.domain, cast.round), cast.team_id].append(cast)
    return rows


class _Came:
    """How many seats of a team gave any newest answer: screens count them, so a pack does."""

    def __init__(self) -> None:
        self.every: set[str] = set()
        self.there: set[str] = set()

    def next_of(self, order: Sequence[str], count: int) -> list[str]:
        """Give the seats that answer next: those without an answer, while they are to have one."""
        left = len(self.every) - len(self.there)
        fresh = [seat for seat in order if seat not in self.there][: min(left, count)]
        others = [seat for seat in order if seat in self.there]
        self.there |= set(fresh)
        return [*fresh, *others]


def _came(
    casts: Sequence[Cast], told: Mapping[Asked, Told], kept: Collection[tuple[Asked, str]]
) -> dict[str, _Came]:
    newest = {looks[-1] for looks in looks_of(told).values()}
    found: dict[str, _Came] = defaultdict(_Came)
    for cast in casts:
        asked = cast.domain, cast.round
        if asked in newest:
            found[cast.team_id].every.add(cast.seat_id)
            if (asked, cast.team_id) in kept:
                found[cast.team_id].there.add(cast.seat_id)
    return found


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
    return {
        (asked, team)
        for asked, each in told.items()
        if asked not in anew and not each.withheld
        for portion in portions_told(each)
        if len(portion) == 1
        for team in portion
    }


def _ordered(
    casts: Sequence[Cast], kept: Collection[tuple[Asked, str]], seats: Collection[Seat]
) -> dict[str, list[str]]:
    """Give ids of seats by team; those of which nothing stays come last, and are all the same."""
    said: dict[tuple[str, str], list[tuple[Asked, str]]] = {
        (seat.team_id, seat.id): [] for seat in seats
    }
    for cast in casts:
        asked = cast.domain, cast.round
        own = said.setdefault((cast.team_id, cast.seat_id), [])
        if (asked, cast.team_id) in kept:
            own.append((asked, str(cast.score)))
    order: dict[str, list[str]] = defaultdict(list)
    for team, seat in sorted(said, key=lambda each: (not said[each], sorted(said[each]))):
        order[team].append(seat)
    return order


def _preferred(order: Sequence[str], newest: Sequence[Cast], same: bool) -> list[str]:
    """Give the seats that looked first, in the order in which they come to it.

    Where movement is told, they are those who scored last; where it is not, those who did not look
    last, or it might be told of the stand-ins.
    """
    after = {cast.seat_id: 1 + isinstance(cast.score, int) for cast in newest}
    return sorted(order, key=lambda seat: after.get(seat, 0) * (-1 if same else 1))


def _moved(theirs: Casts, order: Sequence[str]) -> Casts:
    answers = sorted(theirs, key=lambda cast: str(cast.score))
    taken = sorted(order[: len(theirs)], key=order.index)
    return [
        cast.model_copy(update={"seat_id": seat}) for cast, seat in zip(answers, taken, strict=True)
    ]
