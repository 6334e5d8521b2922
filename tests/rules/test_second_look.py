"""Who moved between two rounds, and what the ballots tell the facilitator alone."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from aqua_core.rules.agreement import spread
from aqua_core.rules.movement import movement_of, pull_towards, pulled, sign_test
from aqua_core.rules.room import read_room
from aqua_core.rules.tells import TIGHT, copied_pairs, range_of_means, straight_lined, uneven
from aqua_core.rules.whole import blanks_of
from aqua_core.vocabulary import Cast, Compare, Holder, Workshop
from aqua_core.vocabulary.reading import Pattern
from aqua_core.vocabulary.shown import Movement, Tells
from tests.kit.notation import INSTRUMENT, room

ORACLE = json.loads((Path(__file__).parent / "agreement_oracle.json").read_text("utf-8"))
NEAR = 1e-9
KEYS = [domain.key for domain in INSTRUMENT.domains]


def twice(table: str, holder: Holder = Holder.PERSON) -> tuple[Workshop, list[Cast]]:
    """Read a table whose two columns are round 1 and round 2 of leadership."""
    workshop, casts = room("one two\n" + table.strip(), holder)
    return workshop, [
        cast.model_copy(
            update={"domain": "leadership", "round": ["one", "two"].index(cast.domain) + 1}
        )
        for cast in casts
    ]


def moved(table: str) -> Movement:
    movement = movement_of(*twice(table), "leadership")
    assert movement is not None
    return movement


@pytest.mark.parametrize("name", ORACLE["rounds"])
def test_each_second_round_reads_as_the_oracle_says(name: str) -> None:
    case = ORACLE["rounds"][name]
    moves = list(zip(case["round1"], case["round2"], strict=True))
    exact = case["stats"]

    movement = moved("\n".join(f"Council {first} {second}" for first, second in moves))
    pull = pull_towards(moves, Fraction(case["leader_round1"]))

    assert (movement.seats, movement.up, movement.down) == (
        exact["pairs"],
        exact["up"],
        exact["down"],
    )
    assert movement.by_coin == pytest.approx(exact["sign_p"], abs=NEAR)
    assert movement.before == pytest.approx(exact["ad_md_1"], abs=NEAR)
    assert movement.after == pytest.approx(exact["ad_md_2"], abs=NEAR)
    assert (pull.moved, pull.towards) == (exact["movers"], exact["movers_toward_leader"])
    assert (pull.could_tell, pull.told) == (
        exact["movers_who_could_tell"],
        exact["of_those_toward_leader"],
    )
    # mean_shift and pct_changed are not shown: the room hears "9 of 20 moved, 8 of them up".
    assert (movement.up + movement.down) / movement.seats == pytest.approx(exact["pct_changed"])


@pytest.mark.parametrize("name", ORACLE["ballots"])
def test_each_set_of_ballots_tells_what_the_oracle_says(name: str) -> None:
    case = ORACLE["ballots"][name]
    rows = [tuple(ballot) for ballot in case["ballots"]]
    exact = case["stats"]

    assert sum(straight_lined(row) for row in rows) == exact["straight_lined"]
    assert copied_pairs([("Council", row) for row in rows]) == exact["copied_pairs"]
    tight = sum(spread(column) <= TIGHT for column in zip(*rows, strict=True))
    assert tight == exact["tight_domains"]
    # identical_pairs is left out: flat ballots are counted once, as straight lines. median_range
    # too: the method takes the range of the domain means, which the next test holds.


def test_the_range_of_the_means_is_over_domains_that_somebody_scored() -> None:
    assert range_of_means([[2, 3], [4, 4], [3]]) == 1.5
    assert range_of_means([[2, 3]]) is None


@pytest.mark.parametrize(
    ("up", "down", "share"), [(0, 0, "1"), (1, 0, "1"), (2, 0, "1/2"), (8, 1, "5/128")]
)
def test_coins_send_as_many_one_way(up: int, down: int, share: str) -> None:
    assert sign_test(up, down) == sign_test(down, up) == Fraction(share)


BOARD_PULLS = """
    Trust/board    5 5
    Trust/board    5 5
    Trust/board    5 5
    Trust/front    2 5
    Trust/front    2 5
    Trust/front    3 5
    Trust/front    3 4
    Trust/front    0 2
"""


def test_a_room_that_goes_to_its_board_is_seen() -> None:
    movement = moved(BOARD_PULLS)

    assert movement.pattern is Pattern.MOVED_TO_SENIOR
    assert movement.pull is not None
    assert (movement.pull.could_tell, movement.pull.told) == (4, 4)
    assert (movement.before, movement.after) == (1.375, 0.5)


def test_a_board_below_the_guard_pulls_nobody_by_name() -> None:
    two_of_the_board = "\n".join(BOARD_PULLS.strip().splitlines()[1:])

    movement = moved(two_of_the_board)

    assert (movement.pull, movement.pattern) == (None, Pattern.MOVED)


def test_a_partner_with_a_small_board_adds_nothing_to_the_pull() -> None:
    movement = moved(
        f"{BOARD_PULLS.strip()}\n"
        "Council/board 0 0\nCouncil/front 1 5\nCouncil/front 2 5\nCouncil/front 3 0"
    )

    assert movement.seats == 12
    assert movement.pull == moved(BOARD_PULLS).pull


def test_two_movers_are_too_few_to_speak_of_a_pull() -> None:
    assert not pulled(pull_towards([(2, 5), (2, 5)], Fraction(5)), 2, 1)


def test_moving_to_the_board_without_coming_together_is_no_pull() -> None:
    pull = pull_towards([(2, 4), (2, 4), (2, 4), (2, 2)], Fraction(5))

    assert (pull.could_tell, pull.told) == (3, 3)
    assert not pulled(pull, 1, Fraction(3, 4))
    assert pulled(pull, 1, Fraction(1, 2))


def test_only_who_scored_twice_has_moved() -> None:
    movement = moved("""
        Trust 1 2
        Trust 1 -
        Trust - 4
        Trust 3 3
        Trust 3 2
    """)

    assert (movement.seats, movement.up, movement.down) == (3, 1, 1)


def test_fewer_than_the_guard_are_not_followed() -> None:
    assert movement_of(*twice("Trust 1 2\nTrust 3 3"), "leadership") is None
    assert movement_of(*room("leadership\nTrust 3"), "leadership") is None


def told(table: str, holder: Holder = Holder.PERSON) -> Tells:
    return read_room(*room(table, holder)).tells


HEADER = " ".join(KEYS)


def test_straight_lines_alone_earn_the_note() -> None:
    tells = told(f"""{HEADER}
        Council 3 3 3 3 3 3 3 3
        Council 2 2 2 2 2 2 2 -
        Council 0 1 5 2 0 4 1 3
        Trust   1 0 3 4 5 2 2 0
        Trust   5 4 0 0 3 0 4 1
    """)

    assert (tells.straight, tells.tells, tells.earns_a_note) == (2, 1, True)


def test_one_straight_line_or_a_fifth_less_is_no_tell() -> None:
    assert not told(f"{HEADER}\nCouncil 3 3 3 3 3 3 3 3\nCouncil 0 1 5 2 0 4 1 3").straight_lines
    two_of_eleven = Tells(
        ballots=11,
        straight=2,
        copied_pairs=0,
        tight_domains=0,
        range_of_means=None,
        pulled=0,
        uneven_blanks=False,
    )
    assert not two_of_eleven.straight_lines


def test_a_neighbours_ballot_is_a_copy_and_another_teams_is_not() -> None:
    same = (1, 2, None, 4)

    assert copied_pairs([("Council", same), ("Trust", same)]) == 0
    assert copied_pairs([("Council", same)] * 3) == 3
    assert copied_pairs([("Council", (1, 2, None))] * 2) == 0


def test_a_tier_that_cannot_say_beside_one_that_can_is_a_tell() -> None:
    def differ(board: str, front: str) -> bool:
        rows = [f"Trust/board {board}"] * 3 + [f"Trust/front {front}"] * 3
        workshop, casts = room("leadership culture\n" + "\n".join(rows))
        return uneven(blanks_of(workshop, casts, ["leadership", "culture"], Compare.TIER))

    assert differ("2 3", "- 3")
    assert differ("2 3", "- -")
    assert not differ("2 -", "- 3")
    assert not uneven(())


def test_a_group_that_stands_in_the_pool_is_not_told_to_be_unsure() -> None:
    def unsure(council: str) -> bool:
        trust = "Trust/board 2\nTrust/board 3\nTrust/board 3"
        return told(f"leadership\n{council}\n{trust}").uneven_blanks

    alone = "Council/board -\nCouncil/board 1\nCouncil/board 2\nCouncil/board 4"
    assert not unsure(alone)
    assert unsure(f"{alone}\nCouncil/board -")
    assert not unsure("Council/board -\nCouncil/front 1\nCouncil/front 2\nCouncil/front 4")


def test_copies_in_a_team_beside_a_smaller_one_of_its_pool_are_not_counted() -> None:
    copies, alone = ["Council/front 1 3 1"] * 3, ["Trust/board 1 3 1"] * 3

    def counted(*rows: str) -> int:
        return told("\n".join(["leadership culture finance", *rows])).copied_pairs

    assert counted(*copies, *alone) == 6
    assert counted(*copies, "Council/board 3 1 2", *alone) == 3


def test_a_room_where_nobody_scored_tells_nothing() -> None:
    tells = told("leadership\nTrust -")

    assert (tells.ballots, tells.tells, tells.straight_lines) == (0, 0, False)
