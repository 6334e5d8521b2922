"""A table as spreadsheets save and open it: its text, parted into rows, and rows as CSV."""

import csv
import io
import re
import threading
from collections.abc import Iterable, Sequence
from typing import Final

from aqua_core.errors import BadPlanFile

LARGEST: Final = 1_000_000  # bytes
_MOST_TOLD: Final = 20
_KINDS: Final = {
    b"PK\x03\x04": "an Excel workbook or a zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
}
MARKS: Final = (",", ";", "\t")
"""What may separate columns."""
# A line for Excel, which shows none of it: what follows is row 1.
_TOLD_FIRST: Final = re.compile(r"\"?sep=(?P<mark>[,;\t])\"?[,;\t]*(?:\r\n|\n|\r)", re.IGNORECASE)
_one_reader: Final = threading.Lock()


def check_none(faults: Sequence[str]) -> None:
    """Refuse a file with faults: the first 20 of them, and how many more there are.

    Raises:
        BadPlanFile: there is one.
    """
    if faults:
        more = len(faults) - _MOST_TOLD
        raise BadPlanFile(*faults[:_MOST_TOLD], *([f"And {more} more."] if more > 0 else []))


def as_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """Give rows as CSV for Excel: UTF-8 with BOM, RFC 4180; whoever calls guards the cells."""
    page = io.StringIO(newline="")
    csv.writer(page, lineterminator="\r\n").writerows(rows)
    return page.getvalue().encode("utf-8-sig")


def shortened(cell: str) -> str:
    """Give a cell as it may stand in a sentence: visible, at most 30 characters."""
    visible = "".join(mark for mark in cell[:60] if mark.isprintable())
    return visible if len(visible) <= 30 else f"{visible[:29]}…"


def text_of(raw: bytes) -> str:
    """Give the text of a file that a spreadsheet saved.

    Raises:
        BadPlanFile: it is no such file, too large, empty, or not in UTF-8.
    """
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


def parted(text: str) -> tuple[str, str]:
    """Give a text without the line that tells Excel what separates its columns, and that mark."""
    told = _TOLD_FIRST.match(text)
    return (text[told.end() :], told["mark"]) if told else (text, "")


def records_in(text: str, mark: str, columns: int) -> list[list[str]]:
    """Give the rows of a text, each as its cells.

    Args:
        text: of a file.
        mark: separates its columns.
        columns: how many are expected; twice as many are refused.

    Raises:
        BadPlanFile: there are too many columns, or a quote stands in the wrong place.
    """
    with _one_reader:
        # The limit is the whole process's: other readers count on their own.
        before = csv.field_size_limit(LARGEST)
        try:
            return _read(text, mark, columns)
        finally:
            csv.field_size_limit(before)


def _read(text: str, mark: str, columns: int) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    records: list[list[str]] = []
    try:
        for cells in reader:
            if not records and len(cells) > 2 * columns:
                raise BadPlanFile(f"Expected {columns} columns, found {len(cells):,}.")
            records.append(cells)
    except csv.Error as fault:
        row = len(records) + 1
        raise BadPlanFile(_said_of(row, str(fault))) from None
    return records


def _said_of(row: int, fault: str) -> str:
    if "unexpected end" in fault:
        return f"Row {row} has an opening quote that is never closed."
    return f"Row {row} has a quote in the wrong place. Save the file as CSV UTF-8."
