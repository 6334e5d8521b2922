"""How deep a cell is coloured, and the ink that stays readable on it. Blue: red is for errors."""

from typing import Final

from aqua_core.charts.slots import Look
from aqua_core.vocabulary import HIGHEST

WHITE_FROM: Final = 3.5
"""Points from which text is white. The ramp steps here, because no blue carries both inks well."""
WHITE: Final = "#FFFFFF"
BLACK: Final = "#1B1B1B"
_PALE: Final = ((234, 242, 250), (128, 178, 222))
_DEEP: Final = ((37, 104, 166), (11, 47, 87))


def depth_colour(points: float) -> str:
    """Give the colour of a cell at this many points, 0 to 5; deeper is higher."""
    if points < WHITE_FROM:
        return _between(*_PALE, points / WHITE_FROM)
    return _between(*_DEEP, (points - WHITE_FROM) / (HIGHEST - WHITE_FROM))


def depth_ink(points: float | None, look: Look) -> str:
    """Give the colour of words in a cell; a cell without a figure shows the page."""
    if points is None:
        return look.quiet
    return BLACK if points < WHITE_FROM else WHITE


def _between(start: tuple[int, int, int], end: tuple[int, int, int], share: float) -> str:
    mixed = (round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
    return "#" + "".join(f"{part:02X}" for part in mixed)
