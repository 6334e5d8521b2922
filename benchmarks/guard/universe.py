"""The plainer check: every room there can be with so many seats a team, sorted by what it shows."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement, product

from aqua_core.vocabulary import POINTS, Cast, Tier
from benchmarks.guard.rooms import DOMAINS, workshop_of
from benchmarks.guard.seen import Casts, hidden_in, shown_of

Seats = tuple[int, Tier, int]
"""A partner's number, a tier, and how many seats of that team scored."""
BOARD, FRONT = Tier.BOARD, Tier.FRONT_LINE
SMALL: tuple[tuple[Seats, ...], ...] = (
    ((0, BOARD, 1), (1, BOARD, 2)),
    ((0, BOARD, 1), (1, BOARD, 1), (2, FRONT, 1)),
)
"""342 rooms: what the default suite has time for."""
LARGER: tuple[tuple[Seats, ...], ...] = (
    *SMALL,
    ((0, BOARD, 1), (0, FRONT, 3)),
    ((0, BOARD, 2), (1, BOARD, 2)),
    ((0, BOARD, 1), (1, BOARD, 1), (2, BOARD, 2)),
    ((0, BOARD, 2), (0, FRONT, 1), (1, BOARD, 2)),
    ((0, BOARD, 3), (1, BOARD, 1), (2, FRONT, 1)),
    ((0, BOARD, 2), (0, FRONT, 1), (1, BOARD, 1), (1, FRONT, 1)),
)


def known_in(seats: Sequence[Seats]) -> tuple[int, int, list[object]]:
    """Give how many rooms there are, how many hidden cells they have, and which are known.

    A cell is known when all rooms that show the same give it the same sum of points. Seats of one
    team are alike to everybody, so a team counts as its points in ascending order.
    """
    workshop = workshop_of([(at, tier) for at, tier, _ in seats])
    sums: dict[str, dict[object, set[int]]] = defaultdict(lambda: defaultdict(set))
    rooms = cells = 0
    for casts in _every(seats):
        rooms += 1
        shows = repr(shown_of(workshop, casts))
        for cell in hidden_in(workshop, casts, DOMAINS[0]):
            cells += 1
            sums[shows][cell] |= _sums(casts, cell.teams, alone=cell.seat is not None)
    known = [cell for each in sums.values() for cell, found in each.items() if len(found) == 1]
    return rooms, cells, known


def _every(seats: Sequence[Seats]) -> Iterator[list[Cast]]:
    teams = workshop_of([(at, tier) for at, tier, _ in seats]).teams
    hands = [combinations_with_replacement(POINTS, count) for _, _, count in seats]
    for given in product(*hands):
        yield [
            Cast(
                domain=DOMAINS[0],
                round=1,
                seat_id=f"{team.id}{at}",
                team_id=team.id,
                score=points,
            )
            for team, hand in zip(teams, given, strict=True)
            for at, points in enumerate(hand)
        ]


def _sums(casts: Casts, teams: frozenset[str], *, alone: bool) -> set[int]:
    """Give the sum of some teams, or what any one seat of a team may have given."""
    points = [cast.score for cast in casts if cast.team_id in teams and isinstance(cast.score, int)]
    return set(points) if alone else {sum(points)}
