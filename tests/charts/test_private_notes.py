"""What the facilitator alone is told, in sentences that name nobody."""

import re

from aqua_core.charts.sentences import private
from aqua_core.rules.room import read_room
from aqua_core.vocabulary import Holder
from aqua_core.vocabulary.shown import Movement, Tells
from tests.kit.notation import room
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]

EVERY_SIGN = Tells(
    ballots=10,
    straight=3,
    copied_pairs=1,
    tight_domains=7,
    range_of_means=0.25,
    pulled=1,
    uneven_blanks=True,
)
NO_SIGN = Tells(
    ballots=10,
    straight=1,
    copied_pairs=0,
    tight_domains=6,
    range_of_means=0.9,
    pulled=0,
    uneven_blanks=False,
)


def test_every_sign_is_a_question_that_names_nobody() -> None:
    said = private.signs(EVERY_SIGN)

    assert len(said) == EVERY_SIGN.tells == 6
    assert all(sentence.endswith("?") for sentence in said)
    assert said[0].startswith("3 of 10 seats gave one score")
    assert said[1] == (
        "Two seats of one team gave the same answers throughout. Did they score together?"
    )
    assert "within 0.3 points" in said[3]
    assert not any(
        re.search(r"(?<![.?] )(?<!^)\b[A-Z](?!annot say)", sentence) for sentence in said
    )


def test_one_sign_that_is_neither_straight_nor_copied_stays_unsaid() -> None:
    assert NO_SIGN.tells == 1
    assert private.signs(NO_SIGN) == ()


def test_a_domain_is_two_words_side_by_side() -> None:
    reading = read_room(*room("leadership\n" + "\n".join(["Council 1"] * 5 + ["Trust 1"] * 5)))

    assert private.domain_in_words(reading.domains[0]) == "low, agreed"
    few = read_room(*room("leadership\nCouncil 1\nTrust 1", Holder.PERSON))
    assert private.domain_in_words(few.domains[0]) == "too few scored to say"


def test_who_moved_is_said_in_counts() -> None:
    def moved(up: int, down: int) -> str:
        return private.moved(
            Movement(
                domain="culture",
                seats=20,
                up=up,
                down=down,
                before=1.25,
                after=0.8,
                by_coin=0.1,
                pull=None,
                pattern=None,
            )
        )

    assert moved(8, 1) == (
        "9 of 20 moved, 8 of them up; from 1.3 points off the middle score to 0.8"
    )
    assert moved(0, 2).startswith("2 of 20 moved, none of them up")
    assert moved(0, 0) == "none of 20 moved"


def test_of_teams_on_laptops_no_seat_and_no_person_is_spoken_of() -> None:
    said = " ".join(private.signs(EVERY_SIGN, Holder.LAPTOP))

    assert f"of {EVERY_SIGN.ballots} laptops gave one score" in said
    assert "teams stand within half a point" in said
    assert "people sit" not in said
