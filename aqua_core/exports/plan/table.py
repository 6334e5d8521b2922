"""A CSV file that somebody brings, as rows of text; every fault by its row and column.

Rows are counted as a spreadsheet shows them: the first line is row 1. Read by the csv module and
never by pandas: of the row 1,2,3 under a header a,b pandas silently made a = 2 and b = 3.
"""

import csv
import io
import threading
from collections.abc import Sequence
from typing import Final, NamedTuple

from aqua_core.errors import BadPlanFile
from aqua_core.exports.plan.columns import COLUMNS

LARGEST: Final = 1_000_000  # bytes
MOST_ROWS: Final = 2_000
LONGEST_CELL: Final = 20_000  # characters; the longest field of an action has 10,000
MOST_TOLD: Final = 20

_KINDS: Final = {
    b"PK\x03\x04": "an Excel workbook or a zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
}
_COMMA, _SEMICOLON, _TAB = ",", ";", "\t"


class Row(NamedTuple):
    """One row of a file: its number as a spreadsheet shows it, and its text by column."""

    number: int
    cells: dict[str, str]


_one_reader: Final = threading.Lock()


def rows_in(raw: bytes) -> tuple[Row, ...]:
    """Give the rows of a plan's file, empty ones left out.

    Commas, semicolons and tabs may separate columns, as spreadsheets save them.

    Raises:
        BadPlanFile: it is no such file; the sentences name row and column, at most 20 of them.
    """
    text = _text(raw)
    mark = _separator(text)
    records = _records(text, mark)
    header = _header(records[0])
    if len(records) - 1 > MOST_ROWS:
        raise BadPlanFile(f"A plan can have {MOST_ROWS:,} rows; this has {len(records) - 1:,}.")
    rows, faults = [], []
    for number, cells in enumerate(records[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        faults += _faults(number, header, cells)
        rows.append(Row(number, dict(zip(header, cells, strict=False))))
    check_none(faults)
    return tuple(rows)


def check_none(faults: Sequence[str]) -> None:
    """Refuse a file with faults: the first 20 of them, and how many more there are.

    Raises:
        BadPlanFile: there is one.
    """
    if faults:
        more = len(faults) - MOST_TOLD
        raise BadPlanFile(*faults[:MOST_TOLD], *([f"And {more} more."] if more > 0 else []))


def _text(raw: bytes) -> str:
    if len(raw) > LARGEST:
        raise BadPlanFile("Files can be up to 1 MB.")
    for start, kind in _KINDS.items():
        if raw.startswith(start):
            raise BadPlanFile(f"This is {kind}, not a CSV. Save the sheet as CSV UTF-8.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadPlanFile(
            "This file is not in UTF-8. In Excel, save it as CSV UTF-8 (comma delimited)."
        ) from None
    if not text.strip():
        raise BadPlanFile("The file is empty.")
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise BadPlanFile(f"Row {row} has an invalid character. Save the file as CSV UTF-8.")
    return text


def _separator(text: str) -> str:
    first = text.splitlines()[0]
    return max((_COMMA, _SEMICOLON, _TAB), key=first.count)


def _records(text: str, mark: str) -> list[list[str]]:
    with _one_reader:
        # The limit is the whole process's: other readers count on their own.
        before = csv.field_size_limit(LARGEST)
        try:
            return _read(text, mark)
        finally:
            csv.field_size_limit(before)


def _read(text: str, mark: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    records: list[list[str]] = []
    try:
        # One beyond the most is enough to refuse it; the rest is never held.
        for cells in reader:
            if not records:
                _check_width(cells)
            records.append(cells)
    except csv.Error as fault:
        row = len(records) + 1
        raise BadPlanFile(_said_of(row, str(fault))) from None
    return records


def _said_of(row: int, fault: str) -> str:
    if "unexpected end" in fault:
        return f"Row {row} has an opening quote that is never closed."
    return f"Row {row} has a quote in the wrong place. Save the file as CSV UTF-8."


def _check_width(cells: Sequence[str]) -> None:
    if len(cells) > 2 * len(COLUMNS):
        raise BadPlanFile(f"Expected {len(COLUMNS)} columns, found {len(cells):,}.")


def _header(cells: Sequence[str]) -> list[str]:
    header = [cell.strip() for cell in cells]
    while header and not header[-1]:
        header.pop()
    twice = [name for name in dict.fromkeys(header) if header.count(name) > 1]
    unknown = [name for name in dict.fromkeys(header) if name not in COLUMNS]
    missing = [name for name in COLUMNS if name not in header]
    faults = [f"Column {_short(name)} appears twice." for name in twice]
    if unknown:
        faults.append(f"Not a column of the plan: {_listed(unknown)}.")
    if missing:
        faults.append(f"Missing: {_listed(missing)}. Take the plan home again and change that.")
    check_none(faults)
    return header


def _faults(number: int, header: Sequence[str], cells: Sequence[str]) -> list[str]:
    values = len(cells)
    if (values != len(header) and any(cells[len(header) :])) or values < len(header):
        return [f"Row {number} has {values} values; the header has {len(header)}."]
    long = [name for name, cell in zip(header, cells, strict=False) if len(cell) > LONGEST_CELL]
    return [f"Row {number}, {name}: too long." for name in long]


def _listed(names: Sequence[str]) -> str:
    few = ", ".join(_short(name) for name in names[:5])
    return few if len(names) <= 5 else f"{few} and {len(names) - 5} more"


def _short(name: str) -> str:
    visible = "".join(mark for mark in name[:60] if mark.isprintable())
    return visible if len(visible) <= 30 else f"{visible[:29]}…"
