"""A score: points from 0 to 5, or `cannot say`, which is an answer of its own and never 0."""

from typing import Any, Final

from aqua_core.errors import ScoreRefused

LOWEST: Final = 0
HIGHEST: Final = 5
POINTS: Final = range(LOWEST, HIGHEST + 1)

CANNOT_SAY: Final = "cannot say"
CANNOT_SAY_STATEMENT: Final = "I do not know enough to score this. It does not count as zero."

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
