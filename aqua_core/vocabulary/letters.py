"""How wide a text is, in each of the three fonts that pictures, report and workbook are set in."""

from enum import IntEnum
from functools import cache
from typing import Final
from unicodedata import category, east_asian_width, normalize


class Face(IntEnum):
    """A font: ARIAL to the letter, as the workbook needs it, and two a few per cent over it.

    SOURCE_SANS is semibold, on every screen; READERS is the widest that the report's style sheet
    names.
    """

    ARIAL = 0
    SOURCE_SANS = 1
    READERS = 2


# Thousandths of the type in each face.
_USUAL: Final = (556, 550, 620)
_BEYOND: Final = (700, 550, 620)  # letters of other alphabets, and signs
_CAPITALS_BEYOND: Final = (700, 660, 800)
_SQUARE: Final = (1112, 1000, 1000)  # Chinese, and pictures
_WIDTHS: Final = (
    ((0, 550, 620), "\r\n"),
    ((190, 310, 360), "'"),
    ((234, 310, 360), "ijl’"),  # 222, but LibreOffice sets a line of them a little wider
    ((234, 550, 620), "‘"),
    ((260, 310, 360), "|"),
    ((278, 310, 360), " ,./:Ift"),
    ((278, 550, 620), "\t!;[\\]"),
    ((334, 310, 360), "()-r"),
    ((334, 550, 620), "`{}“”"),
    ((355, 550, 620), '"'),
    ((389, 550, 620), "*"),
    ((500, 550, 620), "cksvxyz"),
    ((500, 660, 800), "J"),
    ((556, 660, 800), "L"),
    ((584, 550, 620), "+<=>~^"),
    ((611, 660, 800), "FTZ"),
    ((667, 660, 800), "&ABEKPSVXY"),
    ((722, 660, 800), "CDHNRU"),
    ((722, 830, 800), "w"),
    ((778, 660, 800), "GOQ"),
    ((833, 830, 800), "Mm"),
    ((889, 830, 800), "%"),
    ((944, 830, 800), "W"),
    ((1015, 830, 800), "@"),
    ((1015, 550, 620), "…—"),
)
_OF: Final = {letter: widths for widths, letters in _WIDTHS for letter in letters}


def ems(text: str, face: Face) -> float:
    """Give the width of a line, as a share of the size of its type."""
    return sum(_widths(letter)[face] for letter in text) / 1000


@cache
def _widths(letter: str) -> tuple[int, int, int]:
    if letter in _OF:
        return _OF[letter]
    if east_asian_width(letter) in "FW" or category(letter) == "So":
        return _SQUARE
    base = normalize("NFD", letter)[0]
    if base.isascii():
        return _OF.get(base, _USUAL)
    return _CAPITALS_BEYOND if letter.isupper() else _BEYOND
