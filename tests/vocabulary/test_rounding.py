"""A number is rounded one way: what the projector shows is what the CSV holds."""

import random
from decimal import Decimal
from fractions import Fraction
from math import floor, inf, nan

import pandas as pd
import pytest

from aqua_core.vocabulary.points import half_up


def rounded_on_paper(typed: str, places: int) -> Fraction:
    """Round by hand: shift, add a half, cut off, shift back; the sign waits outside."""
    exact, shift = Fraction(typed), 10**places
    size = Fraction(floor(abs(exact) * shift + Fraction(1, 2)), shift)
    return -size if exact < 0 else size


def test_the_half_that_libraries_dispute_goes_up() -> None:
    disputed = 2.745

    assert str(half_up(disputed, 2)) == "2.75"
    assert f"{disputed:.2f}" == "2.75"
    assert str(pd.Series([disputed]).round(2)[0]) == "2.74"


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (2.675, 2, "2.68"),  # stored as 2.67499999999999982236431605997495353221893310546875
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-0.05, 1, "-0.1"),
        (-0.004, 2, "0.00"),
        (3, 2, "3.00"),
        (1e-7, 2, "0.00"),
        (Decimal("1.895"), 2, "1.90"),
    ],
)
def test_a_half_goes_away_from_zero(value: float | Decimal, places: int, printed: str) -> None:
    assert str(half_up(value, places)) == printed


def test_a_number_out_of_a_data_frame_rounds_like_any_other() -> None:
    mean = pd.Series([2.74, 2.75]).mean()

    assert type(mean) is not float
    assert str(half_up(mean, 2)) == "2.75"


def test_agrees_with_rounding_on_paper() -> None:
    chance = random.Random(2012)
    for _ in range(10_000):
        typed = f"{chance.choice(['', '-'])}{chance.randrange(6)}.{chance.randrange(10_000):04}"
        places = chance.randrange(4)

        rounded = half_up(float(typed), places)

        assert Fraction(rounded) == rounded_on_paper(typed, places)
        assert -rounded.as_tuple().exponent == places


@pytest.mark.parametrize("value", [nan, inf, -inf, Decimal("NaN")])
def test_what_is_no_number_is_our_fault_and_says_so(value: float | Decimal) -> None:
    with pytest.raises(ValueError, match="cannot be rounded"):
        half_up(value, 2)
