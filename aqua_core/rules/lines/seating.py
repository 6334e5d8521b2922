"""Which seats hold the answers that are dealt: a fixed order, so that who answered tells nothing.

An answer that is dealt is any seat's of its team; so is the place that it stands in. Which of the
seats answered would else link the domains of a hidden one.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from aqua_core.rules.guard.telling import Told
from aqua_core.vocabulary import Cast

Asked = tuple[str, int]
"""A domain's key, and the number of a round."""
Kept = Collection[tuple[Asked, str]]
"""Rounds and ids of teams whose answers stay with their seats."""


def seated(casts: Sequence[Cast], told: Mapping[str, Told]) -> list[Cast]:
    """Put answers that are told of several teams together on seats in a fixed order.

    Args:
        casts: of one round a domain, at most one a seat and domain.
        told: of each domain cast on.

    Returns:
        As many casts of each team and domain, and as many seats of each team that answered at all.
    """
    rounds = {cast.domain: cast.round for cast in casts}
    asked = {(domain, rounds[domain]): each for domain, each in told.items()}
    kept = _kept_in(asked)
    order = _ordered(casts, kept)
    came = _came_to(casts, kept)
    rows = _by_team(casts)
    return [
        cast
        for each in asked
        for team, seats in order.items()
        for cast in _on_seats(rows[each, team], each, seats, kept, came[team])
    ]


def _kept_in(told: Mapping[Asked, Told]) -> set[tuple[Asked, str]]:
    """Give rounds and teams whose answers stay with their seats: those told alone."""
    return {
        (asked, team)
        for asked, each in told.items()
        if not each.withheld
        for portion in each.answers
        if len(portion) == 1
        for team in portion
    }


def _by_team(casts: Sequence[Cast]) -> Mapping[tuple[Asked, str], list[Cast]]:
    """Give the casts of each round and team; none of one that is not there."""
    rows: dict[tuple[Asked, str], list[Cast]] = defaultdict(list)
    for cast in casts:
        rows[(cast.domain, cast.round), cast.team_id].append(cast)
    return rows


def _ordered(casts: Sequence[Cast], kept: Kept) -> dict[str, list[str]]:
    """Give ids of seats by team, by the answers that stay theirs.

    Seats of which nothing stays come last, and are all the same.

    Args:
        casts: of any rounds.
        kept: what stays.
    """
    said: dict[tuple[str, str], list[tuple[Asked, str]]] = {}
    for cast in casts:
        asked = cast.domain, cast.round
        own = said.setdefault((cast.team_id, cast.seat_id), [])
        if (asked, cast.team_id) in kept:
            own.append((asked, str(cast.score)))
    order: dict[str, list[str]] = defaultdict(list)
    for team, seat in sorted(said, key=lambda each: (each[0], not said[each], sorted(said[each]))):
        order[team].append(seat)
    return order


class _Came:
    """How many seats of a team gave any answer: screens count them, so they stay as many."""

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


def _came_to(casts: Sequence[Cast], kept: Kept) -> Mapping[str, _Came]:
    """Count the seats of each team that answered; those with an answer that stays are there."""
    found: dict[str, _Came] = defaultdict(_Came)
    for cast in casts:
        found[cast.team_id].every.add(cast.seat_id)
        if ((cast.domain, cast.round), cast.team_id) in kept:
            found[cast.team_id].there.add(cast.seat_id)
    return found


def _on_seats(
    theirs: Sequence[Cast], asked: Asked, order: Sequence[str], kept: Kept, came: _Came
) -> list[Cast]:
    """Give a team's answers of one round on its seats: where they were, or on the next ones."""
    if not theirs or (asked, theirs[0].team_id) in kept:
        return sorted(theirs, key=lambda cast: order.index(cast.seat_id))
    return _moved_to(theirs, came.next_of(order, len(theirs)))


def _moved_to(theirs: Sequence[Cast], order: Sequence[str]) -> list[Cast]:
    """Put a team's answers, sorted, on the first seats of an order."""
    answers = sorted(theirs, key=lambda cast: str(cast.score))
    return [
        cast.model_copy(update={"seat_id": seat})
        for cast, seat in zip(answers, order, strict=False)
    ]
