"""A score: points from 0 to 5, or `cannot say`, which is an answer of its own and never 0."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Final

from aqua_core.errors import ScoreRefused

LOWEST: Final = 0
HIGHEST: Final = 5
POINTS: Final = range(LOWEST, HIGHEST + 1)

CANNOT_SAY: Final = "cannot say"
CANNOT_SAY_STATEMENT: Final = "{} do not know enough to score this. It does not count as zero."

Score = int | str


def clean_score(given: Any) -> Score:
    """Give the score as it is kept: an int from 0 to 5, or CANNOT_SAY.

    Strict: True, 2.6, "3" and NaN are refused, because a database would store them as 1, 3, 3
    and NULL without a word.

    Raises:
        ScoreRefused: anything else.
    """
    if given == CANNOT_SAY and isinstance(given, str):
        return CANNOT_SAY
    if _is_points(given):
        return int(given)
    raise ScoreRefused("Choose a score from 0 to 5, or Cannot say.")


def clean_points(given: Any) -> int:
    """Give the points as they are kept: an int from 0 to 5, as strict as a score.

    Raises:
        ScoreRefused: anything else; a guess has no `cannot say`.
    """
    if _is_points(given):
        return int(given)
    raise ScoreRefused("Choose a whole number from 0 to 5.")


def _is_points(given: Any) -> bool:
    return type(given) is int and given in POINTS


_NOISE = 9
"""Decimal places beyond which a float holds only what subtracting left behind: 2.35 - 2.1 is
0.2499999..., and the room would read 0.2 where paper gives 0.3."""


def half_up(value: float | Decimal, places: int) -> Decimal:
    """Round to `places` decimals; a half goes away from zero, and nothing prints as -0.00.

    One function for screens and exports because the libraries differ: 2.745 prints as 2.75 in
    Python and DuckDB and as 2.74 in pandas, so that a screen and its CSV would contradict.

    Args:
        value: a float counts as the shortest number that prints it, without its noise.
        places: 0 or more.

    Raises:
        ValueError: NaN or infinite; an average of nothing must be caught earlier.
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(round(float(value), _NOISE)))
    if not exact.is_finite():
        raise ValueError(f"{value} cannot be rounded")
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0


# 200 seats print the same figures at the same moment: asked anew they took half of each page.
@lru_cache(maxsize=4096)
def said(value: float | Decimal, places: int) -> str:
    """Give a figure as text with this many decimals: 2.745 is said 2.75."""
    return str(half_up(value, places))


def step_said(start: float, end: float, places: int) -> Decimal:
    """Give how far one figure stands above another, as the two are said: 3.1 less 2.6 is 0.5.

    The one way to a printed difference: worked out first and rounded then, 12 % of printed gaps
    were not the difference of the two means beside them, and a finance director finds it.
    """
    return half_up(end, places) - half_up(start, places)


def said_signed(value: float | Decimal, places: int) -> str:
    """Give a step as text with its sign, a true minus: +0.6; 0.0 has none."""
    step = half_up(value, places)
    sign = "+" if step > 0 else "−" if step < 0 else ""
    return f"{sign}{abs(step)}"


def day_said(day: date) -> str:
    """Give a day as British readers write it: 3 March 2026."""
    return f"{day.day} {day:%B %Y}"


def waves_called(days: Sequence[date]) -> tuple[str, ...]:
    """Name the waves of these days by month, May 2026; those that share a month by their day."""
    months = [f"{day:%B %Y}" for day in days]
    return tuple(
        month if months.count(month) == 1 else day_said(day)
        for day, month in zip(days, months, strict=True)
    )
