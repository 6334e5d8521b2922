"""The plainer check: every room there can be with so many seats a team, sorted by what it shows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import combinations_with_replacement, islice, product
from typing import NamedTuple

from aqua_core.vocabulary import CANNOT_SAY, POINTS, Cast, Score, Team, Tier, Workshop
from benchmarks.guard.rooms import KEYS, workshop_of
from benchmarks.guard.seen import Casts, Cell, hidden_in, leaves, unsure_in

BOARD, FRONT, MIDDLE = Tier.BOARD, Tier.FRONT_LINE, Tier.MIDDLE
Row = tuple[Score, ...]
Asked = tuple[str, int]


class Tiny(NamedTuple):
    """How many seats of each team answered, partner by partner, board first; and with what.

    With fewer points than the scale has there are fewer rooms to look like one another: what is
    not derivable among them is not derivable among all. The same holds where the partners after
    the first are `steady`: each of their seats answers every domain and look alike. But whoever
    knows that reads on one domain what is hidden on another, as nobody can in a real room: what
    follows among steady rooms is looked for among those that answer one domain otherwise. A guard
    of 2 can be chosen by nobody; the rule is the same, and of two looks there are fewer rooms.
    """

    partners: tuple[tuple[int, ...], ...]
    guard: int = 3
    points: tuple[int, ...] = tuple(POINTS)
    blanks: bool = False
    looks: int = 1
    domains: int = 1
    steady: bool = False

    @property
    def seats(self) -> list[tuple[int, Tier, int]]:
        """Give a partner's number, a tier, and the seats of that team."""
        return [
            (at, tier, seats)
            for at, partner in enumerate(self.partners)
            for tier, seats in zip((BOARD, FRONT, MIDDLE), partner, strict=False)
            if seats
        ]

    @property
    def asked(self) -> list[Asked]:
        """Give each domain and round that every seat answers."""
        return list(product(KEYS[: self.domains], range(1, self.looks + 1)))

    @property
    def answers(self) -> tuple[Score, ...]:
        """Give what a seat may answer."""
        return (*self.points, CANNOT_SAY) if self.blanks else self.points

    def rows(self, partner: int) -> list[Row]:
        """Give every way in which a seat of a partner may answer all that is asked."""
        if self.steady and partner:
            return [(answer,) * len(self.asked) for answer in self.answers]
        return list(product(self.answers, repeat=len(self.asked)))


class Known(NamedTuple):
    """What follows in a universe: hidden values and those that follow, of points and of blanks."""

    rooms: int
    points: int
    points_known: int
    blanks: int
    blanks_known: int


class _Room(NamedTuple):
    casts: Casts
    given: Mapping[tuple[str, int, str], Row]
    hidden: frozenset[Cell]
    unsure: frozenset[Cell]


SMALL = (
    Tiny(((1,), (2,)), points=(1, 3), blanks=True),
    Tiny(((1, 3),), points=(1, 3), blanks=True),
)
"""What the default suite has time for."""
SAID = (
    Tiny(((1,), (2,)), guard=1),
    Tiny(((1,), (1,), (0, 1)), guard=1),
    Tiny(((1, 1), (2,)), guard=1),
    Tiny(((1,), (2,))),
    Tiny(((1,), (1,), (0, 1))),
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
"""Everybody could say: one look at one domain."""
UNSURE = (
    *SMALL,
    Tiny(((1,), (2,)), blanks=True),
    Tiny(((1, 3),), points=(0, 1, 3), blanks=True),
    Tiny(((2,), (2,)), points=(0, 1, 3), blanks=True),
    Tiny(((1,), (1,), (2,)), points=(0, 1, 3), blanks=True),
    Tiny(((2, 1), (1, 1)), points=(0, 1, 3), blanks=True),
    Tiny(((1, 3), (3,)), points=(0, 1, 3), blanks=True),
    Tiny(((3, 3), (1,)), points=(0, 1, 3), blanks=True),
    Tiny(((3, 1), (1,), (2,)), points=(1, 3), blanks=True),
    Tiny(((3, 3), (3, 1)), points=(1, 3), blanks=True),
    Tiny(((4,), (1,), (0, 2)), guard=5, points=(0, 1, 3), blanks=True),
    Tiny(((5, 5), (1,)), guard=5, points=(1, 3), blanks=True),
    Tiny(((1, 3), (1, 0, 2)), points=(1, 3), blanks=True),
)
"""Some could not say: one look at one domain."""
AGAIN = (
    Tiny(((1,), (2,)), points=(1, 3), blanks=True, looks=2),
    Tiny(((2,), (2,)), points=(1, 3), blanks=True, looks=2),
    Tiny(((1, 3),), points=(1, 3), blanks=True, looks=2),
    Tiny(((3, 3), (1,)), points=(1, 3), looks=2),
    Tiny(((1, 2), (2,)), guard=2, points=(1, 3), blanks=True, looks=2, steady=True),
    Tiny(((3,), (1, 3)), points=(1, 3), blanks=True, looks=2, steady=True),
)
"""Two looks at one domain."""
WHOLE = (
    Tiny(((1,), (2,)), points=(1, 3), blanks=True, domains=2),
    Tiny(((1, 3),), points=(1, 3), blanks=True, domains=2),
    Tiny(((1, 3),), points=(1, 3), domains=3),
    Tiny(((1,), (2,)), points=(1, 3), domains=3),
    Tiny(((3,), (1,), (0, 1)), points=(1, 3), domains=2),
    Tiny(((1, 2), (2,)), guard=2, points=(1, 3), domains=2),
    Tiny(((3,), (1, 3)), points=(1, 3), domains=3, steady=True),
    Tiny(((1, 3), (3,)), points=(1, 3), domains=2),
    Tiny(((1, 3), (3,)), points=(1, 3), domains=3, steady=True),
)
"""Whole ballots: two or three domains, of which private notes are told together."""
EVERY = (*SAID, *UNSURE, *AGAIN, *WHOLE)


def known_in(tiny: Tiny) -> Known:
    """Count what follows from all that leaves the rules: screens, files and private notes.

    A value is known when all rooms that show the same have it. Seats of one team are alike to
    everybody, so a seat counts as whatever any seat of its team gave.
    """
    workshop = workshop_of([(at, tier) for at, tier, _ in tiny.seats], guard=tiny.guard)
    alike: dict[bytes, list[_Room]] = defaultdict(list)
    for casts in _every(tiny, workshop.teams):
        alike[_shows(workshop, casts)].append(_room(workshop, casts, tiny.asked))
    found = Known(0, 0, 0, 0, 0)
    for shows, rooms in alike.items():
        others = _unsteady(tiny, workshop, shows, rooms) if tiny.steady else []
        found = Known(*map(sum, zip(found, _counted(rooms, others), strict=True)))
    return found


def _shows(workshop: Workshop, casts: Casts) -> bytes:
    return sha256(repr(leaves(workshop, casts)).encode()).digest()


def _unsteady(tiny: Tiny, workshop: Workshop, shows: bytes, rooms: Sequence[_Room]) -> list[_Room]:
    """Give a room that shows the same for each value that follows among steady rooms, if any."""
    others: list[_Room] = []
    for value, cells in ((_points, _every_hidden(rooms)), (_blanks, _every_unsure(rooms))):
        for cell in sorted(cells, key=repr):
            here = value(rooms[0], cell)
            if not _one_value(value(room, cell) for room in (*rooms, *others)):
                continue
            anew = (
                _room(workshop, casts, tiny.asked)
                for casts in _answered_anew(rooms[0].casts, cell, tiny.answers)
            )
            other = (
                room
                for room in anew
                if value(room, cell) != here and _shows(workshop, room.casts) == shows
            )
            others += islice(other, 1)
    return others


def _answered_anew(casts: Casts, cell: Cell, answers: Sequence[Score]) -> Iterator[list[Cast]]:
    """Give every way in which all seats may answer one domain and look, the rest as it is."""
    here = [
        at
        for at, cast in enumerate(casts)
        if (cast.domain, cast.round) == (cell.domain, cell.round)
    ]
    for scores in product(answers, repeat=len(here)):
        given = dict(zip(here, scores, strict=True))
        yield [
            cast.model_copy(update={"score": given.get(at, cast.score)})
            for at, cast in enumerate(casts)
        ]


def _every_hidden(rooms: Sequence[_Room]) -> frozenset[Cell]:
    return frozenset().union(*(room.hidden for room in rooms))


def _every_unsure(rooms: Sequence[_Room]) -> frozenset[Cell]:
    return frozenset().union(*(room.unsure for room in rooms))


def _counted(rooms: Sequence[_Room], others: Sequence[_Room]) -> Known:
    """Count what follows in rooms that show the same; `others` show it too, and are not counted."""
    every = (*rooms, *others)
    points = [cell for room in rooms for cell in room.hidden]
    blanks = [cell for room in rooms for cell in room.unsure]
    sums = {cell: _one_value(_points(room, cell) for room in every) for cell in set(points)}
    sure = {cell: _one_value(_blanks(room, cell) for room in every) for cell in set(blanks)}
    return Known(
        len(rooms),
        len(points),
        sum(sums[cell] for cell in points),
        len(blanks),
        sum(sure[cell] for cell in blanks),
    )


def _one_value(found: Iterable[frozenset[object]]) -> bool:
    return len(frozenset().union(*found)) == 1


def _points(room: _Room, cell: Cell) -> frozenset[object]:
    """Give the sum of some teams, or what any one seat of a team may have answered."""
    given = _given(room, cell)
    if cell.seat is not None:
        return frozenset(given)
    points = [score for score in given if isinstance(score, int)]
    return frozenset({sum(points) if points else None})


def _blanks(room: _Room, cell: Cell) -> frozenset[object]:
    return frozenset({_given(room, cell).count(CANNOT_SAY)})


def _given(room: _Room, cell: Cell) -> Row:
    return tuple(
        score for team in cell.teams for score in room.given[cell.domain, cell.round, team]
    )


def _room(workshop: Workshop, casts: Casts, asked: Sequence[Asked]) -> _Room:
    given: dict[tuple[str, int, str], list[Score]] = defaultdict(list)
    for cast in casts:
        given[cast.domain, cast.round, cast.team_id].append(cast.score)
    hidden: list[Cell] = []
    unsure: list[Cell] = []
    for domain, number in asked:
        here = [cast for cast in casts if cast.round == number]
        hidden += (cell._replace(round=number) for cell in hidden_in(workshop, here, domain))
        unsure += (cell._replace(round=number) for cell in unsure_in(workshop, here, domain))
    rows = {asked_of: tuple(scores) for asked_of, scores in given.items()}
    return _Room(casts, rows, frozenset(hidden), frozenset(unsure))


def _every(tiny: Tiny, teams: Sequence[Team]) -> Iterator[list[Cast]]:
    hands = [
        combinations_with_replacement(tiny.rows(partner), count) for partner, _, count in tiny.seats
    ]
    for given in product(*hands):
        yield [
            Cast(
                domain=domain,
                round=number,
                seat_id=f"{team.id}{at}",
                team_id=team.id,
                score=score,
            )
            for team, hand in zip(teams, given, strict=True)
            for at, row in enumerate(hand)
            for (domain, number), score in zip(tiny.asked, row, strict=True)
        ]
