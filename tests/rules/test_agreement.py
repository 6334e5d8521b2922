"""Three words for how agreed a room is, three for how high; every value of the oracle."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aqua_core.rules.agreement import (
    agreement_line,
    agrees,
    disagree,
    how_agreed,
    how_high,
    middle_of,
    spread,
    thirds_of,
    two_camps,
    within_the_line,
)
from aqua_core.vocabulary.reading import HowAgreed, HowHigh, Thirds

ORACLE = json.loads((Path(__file__).parent / "agreement_oracle.json").read_text("utf-8"))
NEAR = 1e-9
VOTES = some.lists(some.integers(0, 5), min_size=1, max_size=60)


@pytest.mark.parametrize("name", ORACLE["vectors"])
def test_each_vector_reads_as_the_oracle_says(name: str) -> None:
    votes, exact = (ORACLE["vectors"][name][key] for key in ("votes", "stats"))

    thirds = thirds_of(votes)
    line = agreement_line(len(votes))

    assert len(votes) == exact["n"]
    assert float(middle_of(votes)) == pytest.approx(exact["median"], abs=NEAR)
    assert float(spread(votes)) == pytest.approx(exact["ad_md"], abs=NEAR)
    assert [thirds.low, thirds.middle, thirds.high] == exact["rand_thirds"]
    assert (two_camps(thirds), within_the_line(votes)) == (exact["two_camps"], exact["agrees"])
    assert (line is None) == (exact["agreement_line"] is None)
    if line is not None:
        assert float(line) == pytest.approx(exact["agreement_line"], abs=NEAR)
    # `mean` is a screen's figure already: rules.spread gives it, and test_gaps holds it.


def test_the_agreement_line_is_the_oracles_at_every_size() -> None:
    table = ORACLE["agreement_line"]["table"]

    for scored in range(3, 17):
        assert agreement_line(scored) == Fraction(table[str(scored)])
    assert {agreement_line(scored) for scored in range(17, 201)} == {Fraction(table["17+"])}
    assert agreement_line(1) is agreement_line(2) is None


def test_from_thirteen_on_the_line_is_strictly_below_one_point() -> None:
    for scored in range(13, 61):
        exactly_one = [1, 3] * (scored // 2) + [2] * (scored % 2)
        below = [2, 2, *exactly_one[2:]]

        assert spread(below) < 1
        assert within_the_line(below)
        assert not within_the_line([1, 3] * scored)


def test_a_fifth_of_a_vote_more_than_the_line_is_not_agreed() -> None:
    assert agrees([2, 2, 2, 3, 3])
    assert agrees([2, 2, 2, 3, 4]) is False


@pytest.mark.parametrize(
    "votes", [[1] * 7 + [3] * 9, [0] * 13 + [3] * 27, [4] * 15 + [1] * 5, [2] * 12 + [4] * 3]
)
def test_two_heaps_within_the_line_are_not_agreed(votes: list[int]) -> None:
    assert within_the_line(votes)
    assert agrees(votes) is False


@given(VOTES)
def test_agreed_is_the_line_and_two_counts_that_anybody_can_make(votes: list[int]) -> None:
    middle = sorted(votes)[(len(votes) - 1) // 2] / 2 + sorted(votes)[len(votes) // 2] / 2
    beside = max(sum(vote in (level, level + 1) for vote in votes) for level in range(5))
    far = sum(vote >= middle + 2 or vote <= middle - 2 for vote in votes)

    counted = 3 * beside >= 2 * len(votes) and 5 * far < len(votes)

    assert bool(agrees(votes)) == (bool(within_the_line(votes)) and counted)


def test_close_where_a_group_stands_off_is_not_called_agreed() -> None:
    votes = [2, 2, 2, 3, 3, 3]

    assert how_agreed(votes, width=0.9) is HowAgreed.AGREED
    assert how_agreed(votes, width=1.0) is HowAgreed.CLOSE
    assert how_agreed(votes, width=1.9) is HowAgreed.CLOSE
    assert how_agreed([0, 5] * 4, width=1.0) is HowAgreed.APART


def test_two_groups_two_levels_apart_are_apart_however_close_the_others_stand() -> None:
    # Twelve directors: the trust's two say 4, the voluntary sector's two say 1.
    votes = [4, 4, 3, 3, 2, 2, 1, 2, 2, 2, 1, 1]

    assert how_agreed(votes, width=1.9) is HowAgreed.CLOSE
    assert how_agreed(votes, width=3.0) is HowAgreed.APART


def test_two_camps_are_apart_even_where_the_spread_is_small() -> None:
    assert how_agreed([1] * 28 + [4] * 12) is HowAgreed.APART


def test_a_gap_along_a_line_is_apart_whatever_the_spread() -> None:
    votes = [2, 2, 2, 3, 3, 3]

    assert how_agreed(votes) is HowAgreed.AGREED
    assert how_agreed(votes, along_a_line=True) is HowAgreed.APART


@pytest.mark.parametrize(
    ("votes", "word"),
    [
        ([], HowAgreed.UNCLEAR),
        ([3], HowAgreed.UNCLEAR),
        ([3, 3], HowAgreed.UNCLEAR),
        ([2, 3, 3], HowAgreed.UNCLEAR),
        ([3, 3, 3], HowAgreed.AGREED),
        ([0, 5], HowAgreed.APART),
        ([1, 4, 4], HowAgreed.APART),
    ],
)
def test_a_very_small_room_is_told_what_it_may_be_told(votes: list[int], word: HowAgreed) -> None:
    assert how_agreed(votes) is word


def test_panels_that_disagree_without_camps_have_a_middle() -> None:
    three_of_each = Thirds(low=3, middle=3, high=3)

    assert disagree(three_of_each)
    assert not two_camps(three_of_each)
    assert not disagree(Thirds(low=2, middle=3, high=4))


@pytest.mark.parametrize(
    ("level", "word"),
    [(1.99, HowHigh.LOW), (2, HowHigh.MIDDLING), (3.49, HowHigh.MIDDLING), (3.5, HowHigh.HIGH)],
)
def test_low_is_below_two_and_high_from_three_and_a_half(level: float, word: HowHigh) -> None:
    assert how_high(level) is word


def test_nobody_has_no_middle() -> None:
    with pytest.raises(ValueError, match="nobody scored"):
        spread([])


@given(VOTES, some.integers(1, 5))
def test_scoring_higher_together_moves_the_level_and_not_the_spread(
    votes: list[int], up: int
) -> None:
    low = [min(vote, 5 - up) for vote in votes]
    high = [vote + up for vote in low]

    assert middle_of(high) == middle_of(low) + up
    assert spread(high) == spread(low)


@given(VOTES, some.randoms(use_true_random=False))
def test_the_order_of_votes_says_nothing(votes: list[int], dice: object) -> None:
    shuffled = list(votes)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]

    assert how_agreed(shuffled) is how_agreed(votes)
    assert (spread(shuffled), thirds_of(shuffled)) == (spread(votes), thirds_of(votes))


@given(VOTES)
def test_spread_stays_between_nothing_and_half_the_scale(votes: list[int]) -> None:
    assert 0 <= spread(votes) <= Fraction(5, 2)
