"""CSV cells that a spreadsheet shows as text, never runs."""

import unicodedata

_STARTS_A_FORMULA = set("=+-@|%")


def guarded(cell: str) -> str:
    """Give the cell with an apostrophe before it where a spreadsheet would start a formula.

    Looks past what spreadsheets skip: leading blanks, control characters, invisible marks and
    the full-width forms of = + - @ (OWASP, CSV injection).
    """
    visible = unicodedata.normalize("NFKC", cell).lstrip()
    first = next((mark for mark in visible if not _skipped(mark)), " ")
    starts_with_control = bool(cell) and cell[0] in "\t\r\n"
    return f"'{cell}" if first in _STARTS_A_FORMULA or starts_with_control else cell


def _skipped(mark: str) -> bool:
    return mark.isspace() or unicodedata.category(mark) in {"Cc", "Cf"}
