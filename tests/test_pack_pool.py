"""What a pack says of teams told alone tells nothing of the pool beside them."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement, product

import pytest

from aqua_core.exports.pack.seats import Seated, seated
from aqua_core.rules.guard.telling import told_on
from aqua_core.rules.reading.room import read_room
from aqua_core.vocabulary import CANNOT_SAY, Cast, Holder, Score, Seat, Tier, Workshop
from tests.notation import workshop_of
from tests.test_pack_looks import packed, shown_twice
from tests.test_second_look import twice
from tests.test_session_pack import alike


def test_who_moved_in_a_pool_is_not_what_is_left_of_all_who_moved() -> None:
    (workshop, one), (_, other) = (
        twice("A/board 0 0\nA/board 0 0\nC/board 3 3\nD/front 0 0\nD/front 0 3\nD/front 3 0"),
        twice("A/board 0 3\nA/board 0 0\nC/board 3 0\nD/front 0 0\nD/front 0 0\nD/front 3 3"),
    )
    assert shown_twice(workshop, one) == shown_twice(workshop, other)

    assert packed(workshop, one) == packed(workshop, other)


def test_which_seat_of_a_pool_answered_links_no_domains() -> None:
    workshop = workshop_of([("A", Tier.BOARD), ("B", Tier.BOARD)], Holder.PERSON)
    seats = [Seat(id=str(at), team_id=f"{'AABB'[at]} board") for at in range(4)]
    full = [(str(at), domain) for at in (2, 3) for domain in ("culture", "finance", "workforce")]
    packs = []
    for last in ("0", "1"):
        rows = [("0", "culture"), ("1", "finance"), (last, "workforce"), *full]
        casts = [
            Cast(domain=d, round=1, seat_id=s, team_id=seats[int(s)].team_id, score=int(s) + 1)
            if s not in "01"
            else Cast(domain=d, round=1, seat_id=s, team_id=seats[int(s)].team_id, score=2)
            for s, d in rows
        ]
        packs.append(seated(workshop, seats, casts))

    assert packs[0] == packs[1]


def other_seats_answered(workshop: Workshop, casts: Sequence[Cast], seed: int) -> list[Cast]:
    """Let other seats of the same teams answer, wherever answers are told of several teams."""
    dice, found = random.Random(f"other seats {seed}"), []
    told = {domain: told_on(workshop, casts, domain) for domain in {c.domain for c in casts}}
    for domain, each in sorted(told.items()):
        for portion in each.answers:
            for team in sorted(portion):
                theirs = [c for c in casts if (c.domain, c.team_id) == (domain, team)]
                seats = sorted({c.seat_id for c in casts if c.team_id == team})
                if len(portion) > 1 or each.withheld:
                    dice.shuffle(seats)
                    theirs = [
                        cast.model_copy(update={"seat_id": seat})
                        for cast, seat in zip(theirs, seats, strict=False)
                    ]
                found += theirs
    return found


def test_which_seats_of_a_pool_answered_changes_nothing_that_is_said_of_chance() -> None:
    """Each room beside one in which other seats gave the same answers."""
    asked = 0
    for seed in [*range(18), 227]:
        workshop, casts = alike(seed)
        other = other_seats_answered(workshop, casts, seed)
        if {c.seat_id for c in other} != {c.seat_id for c in casts}:
            continue
        asked += set(other) != set(casts)

        one, two = read_room(workshop, casts), read_room(workshop, other)
        assert (one.topics, one.looked_at) == (two.topics, two.looked_at), seed
    assert asked >= 12


TINY = ("A board", "A board", "C board", "D front line", "D front line", "D front line")


def tiny_rooms(said: Sequence[Score | None]) -> Iterator[list[Cast]]:
    """Give every room of two seats and one in a pool, and three told alone, that look twice."""
    pairs = list(product(said, said))
    for pool, one, alone in product(
        combinations_with_replacement(pairs, 2), pairs, combinations_with_replacement(pairs, 3)
    ):
        yield [
            Cast(domain="culture", round=number, seat_id=str(at), team_id=TINY[at], score=score)
            for at, looks in enumerate((*pool, one, *alone))
            for number, score in enumerate(looks, start=1)
            if score is not None
        ]


@pytest.mark.parametrize(
    "said",
    [
        pytest.param((0, 3), marks=pytest.mark.slow),
        pytest.param((2, CANNOT_SAY), marks=pytest.mark.slow),
        pytest.param((4, None), marks=pytest.mark.long),
    ],
)
def test_of_every_tiny_room_those_that_show_the_same_leave_as_the_same_pack(
    said: tuple[Score | None, ...],
) -> None:
    workshop = workshop_of(
        [("A", Tier.BOARD), ("C", Tier.BOARD), ("D", Tier.FRONT_LINE)], Holder.PERSON
    )
    seats = [Seat(id=str(at), team_id=team) for at, team in enumerate(TINY)]
    packs: dict[str, set[Seated]] = defaultdict(set)
    for casts in tiny_rooms(said):
        # The Room page counts who has answered, a team at a time.
        answered = sorted(Counter((cast.team_id, cast.round) for cast in casts).items())
        shown = repr((answered, shown_twice(workshop, casts)))
        packs[shown].add(seated(workshop, seats, casts))

    assert len(packs) > 100
    assert {len(each) for each in packs.values()} == {1}
