"""How much of a text a row can show: rows are made as tall as their text, and no taller.

Excel fits the rows of a file when it opens it, LibreOffice does not, and neither shows a row that
is taller than 409 points. What is longer goes on in the rows below.
"""

from collections.abc import Sequence
from typing import Final
from unicodedata import east_asian_width

from aqua_core.exports.workbook.sheets import Cell

_LINE, _AIR = 14.5, 3.0  # points
_SPARE: Final = 0.92  # of a width: letters are wider than the digits in which widths are counted
MOST_LINES: Final = 27
"""Lines of the tallest row: 27 x 14.5 + 3 = 394.5 of 409 points."""


def height_of(cells: Sequence[Cell], widths: Sequence[int]) -> float:
    """Give the height of a row, in points."""
    most = max(len(_lines(cell, width)) for cell, width in zip(cells, widths, strict=False))
    return _LINE * min(max(1, most), MOST_LINES) + _AIR


def rows_for(cells: Sequence[Cell], widths: Sequence[int]) -> list[list[Cell]]:
    """Give the rows that show a line whole: one, or more where a text is longer than a row.

    Further rows hold only what goes on; no letter is lost, and days stand in the first.
    """
    parts = [_parts(cell, width) for cell, width in zip(cells, widths, strict=False)]
    rows = max(len(part) for part in parts)
    return [[part[at] if at < len(part) else "" for part in parts] for at in range(rows)]


def _parts(cell: Cell, width: int) -> list[Cell]:
    lines = _lines(cell, width)
    if not isinstance(cell, str) or len(lines) <= MOST_LINES:
        return [cell]
    starts = range(0, len(lines), MOST_LINES)
    return ["".join(lines[at : at + MOST_LINES]).strip("\n") for at in starts]


def _lines(cell: Cell, width: int) -> list[str]:
    """Break a text as a cell does: at its own breaks, between words, and inside what is longer."""
    if not isinstance(cell, str):
        return [str(cell)]
    room, lines = width * _SPARE, list[str]()
    for own in cell.splitlines(keepends=True):
        line = ""
        for word in _words(own, room):
            if line and _wide(line) + _wide(word.rstrip()) > room:
                lines.append(line)
                line = ""
            line += word
        lines.append(line)
    return lines


def _words(line: str, room: float) -> list[str]:
    """Part a line after its blanks; a word that fits no line is parted too."""
    words = [""]
    for letter in line:
        if (words[-1].endswith(" ") and letter != " ") or _wide(words[-1] + letter) > room:
            words.append("")
        words[-1] += letter
    return words


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "FW" else 1 for letter in text)
