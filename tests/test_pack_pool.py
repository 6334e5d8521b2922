"""What a pack says of teams told alone tells nothing of the pool beside them."""

from aqua_core.exports.pack.seats import seated
from aqua_core.vocabulary import Cast, Holder, Seat, Tier
from tests.notation import workshop_of
from tests.test_pack_looks import packed, shown_twice
from tests.test_second_look import twice


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
