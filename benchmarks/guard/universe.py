"""The plainer check: every room there can be with so many seats a team, sorted by what it shows."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement, product
from typing import NamedTuple

from aqua_core.vocabulary import POINTS, Cast, Team, Tier
from benchmarks.guard.rooms import DOMAINS, workshop_of
from benchmarks.guard.seen import Casts, hidden_in, shown_of

BOARD, FRONT = Tier.BOARD, Tier.FRONT_LINE


class Tiny(NamedTuple):
    """How many seats of each team scored, partner by partner, board first; and with what points.

    With fewer points than the scale has there are fewer rooms to look like one another: what is
    not derivable among them is not derivable among all.
    """

    partners: tuple[tuple[int, ...], ...]
    guard: int = 3
    points: tuple[int, ...] = tuple(POINTS)

    @property
    def seats(self) -> list[tuple[int, Tier, int]]:
        """Give a partner's number, a tier, and the seats of that team."""
        return [
            (at, tier, seats)
            for at, partner in enumerate(self.partners)
            for tier, seats in zip((BOARD, FRONT), partner, strict=False)
            if seats
        ]


SMALL = (Tiny(((1,), (2,))), Tiny(((1,), (1,), (0, 1))))
"""342 rooms: what the default suite has time for."""
LARGER = (
    Tiny(((1,), (2,)), guard=1),
    Tiny(((1,), (1,), (0, 1)), guard=1),
    Tiny(((1, 1), (2,)), guard=1),
    *SMALL,
    Tiny(((1, 3),)),
    Tiny(((2,), (2,))),
    Tiny(((1,), (1,), (2,))),
    Tiny(((2, 1), (2,))),
    Tiny(((3,), (1,), (0, 1))),
    Tiny(((2, 1), (1, 1))),
    Tiny(((3, 3), (3, 1)), points=(0, 1, 3)),
    Tiny(((3, 3), (2, 2)), points=(1, 3)),
    Tiny(((3, 3), (3, 1), (1,), (0, 2)), points=(1, 3)),
    Tiny(((3, 3), (3, 3), (1,)), points=(1, 3)),
    Tiny(((1,), (4,)), guard=5, points=(0, 1, 3)),
    Tiny(((3, 2),), guard=5, points=(0, 1, 3)),
    Tiny(((1,), (2,), (0, 2)), guard=5, points=(0, 1, 3)),
    Tiny(((5, 5), (5, 1)), guard=5, points=(1, 3)),
    Tiny(((5, 5), (3, 2)), guard=5, points=(1, 3)),
    Tiny(((5, 1), (2,), (0, 3)), guard=5, points=(1, 3)),
)


def known_in(tiny: Tiny) -> tuple[int, int, list[object]]:
    """Give how many rooms there are, how many hidden cells they have, and which are known.

    A cell is known when all rooms that show the same give it the same sum of points. Seats of one
    team are alike to everybody, so a team counts as its points in ascending order.
    """
    workshop = workshop_of([(at, tier) for at, tier, _ in tiny.seats], guard=tiny.guard)
    sums: dict[str, dict[object, set[int]]] = defaultdict(lambda: defaultdict(set))
    rooms = cells = 0
    for casts in _every(tiny, workshop.teams):
        rooms += 1
        hidden = list(hidden_in(workshop, casts, DOMAINS[0]))
        shows = repr(shown_of(workshop, casts)) if hidden else ""
        for cell in hidden:
            cells += 1
            sums[shows][cell] |= _sums(casts, cell.teams, alone=cell.seat is not None)
    known = [cell for each in sums.values() for cell, found in each.items() if len(found) == 1]
    return rooms, cells, known


def _every(tiny: Tiny, teams: Sequence[Team]) -> Iterator[list[Cast]]:
    hands = [combinations_with_replacement(tiny.points, count) for _, _, count in tiny.seats]
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
