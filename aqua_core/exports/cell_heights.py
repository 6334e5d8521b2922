"""How a cell of a workbook fits: its height and where its text is cut, as Excel draws Arial."""

from collections.abc import Sequence
from datetime import date
from typing import Final, TypeAlias

from aqua_core.vocabulary.letters import Face, ems

Cell: TypeAlias = str | date

_LINE: Final = 12.75
"""Points from line to line in Excel; LibreOffice takes 11.2."""
_TALL: Final = 15.0  # the same where letters come from another font than Arial
_AIR: Final = 0.5  # points
# Excel gives a digit 7 px where Arial's is 7.4 wide, and a cell 2 px more.
_SPARE, _MORE = 0.945, 0.27
_MOST_LINES: Final = 27
"""Lines of the tallest row: 27 x 15 + 0.5 = 405.5 of 409 points."""
_BOLD: Final = 1.08
"""How much wider bold Arial is, at most, over a line."""

_DIGIT: Final = ems("0", Face.ARIAL)
_ARIALS: Final = "\u20cf"  # the last of Latin, Greek, Cyrillic, of quotes, dashes and currencies


def height_of(cells: Sequence[Cell], widths: Sequence[float], *, bold: bool = False) -> float:
    """Give the height of a row, in points."""
    rooms = [width / _BOLD if bold else width for width in widths]
    most = max(len(_lines(cell, room)) for cell, room in zip(cells, rooms, strict=False))
    line = _TALL if any(map(_is_tall, cells)) else _LINE
    return line * min(max(1, most), _MOST_LINES) + _AIR


def shortened(text: str, width: float, longest: int, ending: str) -> str:
    """Give a text that one row shows whole, cut where it must be and then with an ending.

    Args:
        text: any.
        width: of its column, in digits.
        longest: letters that are shown at most.
        ending: says where the rest is.
    """
    if len(text) <= longest and len(_lines(text, width)) <= _MOST_LINES:
        return text
    kept = _MOST_LINES - len(_lines(ending, width)) - 1  # its first word may take the last along
    return "".join(_lines(text[:longest], width)[:kept]).rstrip() + ending


def rows_for(cells: Sequence[Cell], widths: Sequence[float]) -> list[list[Cell]]:
    """Give the rows that show a line whole: one, or more where a text is longer than a row.

    Further rows hold only what goes on; no letter is lost, and days stand in the first.
    """
    parts = [_parts(cell, width) for cell, width in zip(cells, widths, strict=False)]
    rows = max(len(part) for part in parts)
    return [[part[at] if at < len(part) else "" for part in parts] for at in range(rows)]


def _parts(cell: Cell, width: float) -> list[Cell]:
    lines = _lines(cell, width)
    if not isinstance(cell, str) or len(lines) <= _MOST_LINES:
        return [cell]
    starts = range(0, len(lines), _MOST_LINES)
    return ["".join(lines[at : at + _MOST_LINES]).strip("\n") for at in starts]


def _lines(cell: Cell, width: float) -> list[str]:
    """Break a text as a cell does: at its own breaks, between words, and inside what is longer."""
    if not isinstance(cell, str):
        return [str(cell)]
    room, lines = width * _SPARE + _MORE, list[str]()
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


def _wide(text: str) -> float:
    """Give the width of a text in digits, as a spreadsheet counts."""
    return ems(text, Face.ARIAL) / _DIGIT


def _is_tall(cell: Cell) -> bool:
    """Tell whether a cell holds letters that Arial lacks, which another, taller font draws."""
    return not isinstance(cell, date) and any(letter > _ARIALS for letter in cell)
