"""How a figure is said to the room: half up, as people round by hand."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

NOISE = 9
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
    exact = value if isinstance(value, Decimal) else Decimal(repr(round(float(value), NOISE)))
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
