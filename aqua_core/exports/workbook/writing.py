"""A workshop as an Excel workbook whose sheets print as they are."""

import io
import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final

import xlsxwriter

from aqua_core.exports.taken import Taken
from aqua_core.exports.workbook.sheets import (
    Sheet,
    conversations_sheet,
    plan_sheet,
    results_sheet,
    support_sheet,
)

# No cell becomes a formula, a link or a number because of what somebody typed.
_AS_TYPED: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_HEAD: Final = {
    "bold": True,
    "bg_color": "#12436D",
    "font_color": "#FFFFFF",
    "border": 1,
    "border_color": "#8A8F98",
    "text_wrap": True,
    "valign": "top",
}
_CELL: Final = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#CDD2D8"}
_A4: Final = 9
_LINE, _TALLEST = 14.5, 409  # points; no spreadsheet has a taller row
_FIGURE: Final = re.compile("[0-9]+([.][0-9])?")
_MARGIN: Final = 0.5  # inches, and 0.7 at the foot for the page's number


def workbook_of(taken: Taken) -> bytes:
    """Give the workbook: sheets Plan, Results, Conversations, Support. Strings stay strings."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _AS_TYPED) as book:
        day = datetime.combine(taken.workshop.held_on, time())
        # Without a day of its own the file would hold the clock of this laptop.
        book.set_properties({"title": _title(taken), "created": day})
        for sheet in (
            plan_sheet(taken),
            results_sheet(taken),
            conversations_sheet(taken),
            support_sheet(taken),
        ):
            _draw(book, sheet, taken)
    return out.getvalue()


def _title(taken: Taken) -> str:
    return f"{taken.workshop.place.name}, {taken.workshop.held_on.isoformat()}"


def _draw(book: Any, sheet: Sheet, taken: Taken) -> None:
    page = book.add_worksheet(sheet.name)
    _set_up(page, sheet, taken)
    cell, head = book.add_format(_CELL), book.add_format(_HEAD)
    tenths = book.add_format(_CELL | {"num_format": "0.0"})
    page.write_string(0, 0, f"{sheet.name}: {_title(taken)}", book.add_format({"bold": True}))
    row = _remark(book, page, sheet)
    for block in sheet.blocks:
        for line, texts in enumerate(block):
            page.set_row(row, _height(texts, sheet.widths))
            for column, text in enumerate(texts):
                if sheet.figures and line and column and _FIGURE.fullmatch(text):
                    page.write_number(row, column, float(text), tenths if "." in text else cell)
                else:
                    page.write_string(row, column, text, cell if line else head)
            row += 1
        row += 1
    _repeat_head(page, sheet)


def _remark(book: Any, page: Any, sheet: Sheet) -> int:
    """Write the sentences above the blocks, and give the row that follows."""
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for row, remark in enumerate(sheet.remarks, start=1):
        page.merge_range(row, 0, row, len(sheet.widths) - 1, "")
        page.write_string(row, 0, remark, wrapped)
        page.set_row(row, _height([remark], [sum(sheet.widths)]))
    return 1 + len(sheet.remarks)


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Give the height of a row, in points: Calc fits no row by itself, Excel not a merged one."""
    lines = max(
        sum(1 + len(line) // width for line in text.split("\n") or [""])
        for text, width in zip(texts, widths, strict=False)
    )
    return min(_LINE * lines + 3, _TALLEST)


def _set_up(page: Any, sheet: Sheet, taken: Taken) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(_MARGIN, _MARGIN, _MARGIN, 0.7)
    page.fit_to_pages(1, 0)  # as wide as a page, as long as it takes
    page.set_footer(f"&L{_footer(taken)}&RPage &P of &N")
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)


def _repeat_head(page: Any, sheet: Sheet) -> None:
    first = 1 + len(sheet.remarks)
    if len(sheet.blocks) == 1:
        page.repeat_rows(first)
        page.freeze_panes(first + 1, 0)
    last = first + sum(len(block) + 1 for block in sheet.blocks) - 2
    page.print_area(0, 0, max(last, first), len(sheet.widths) - 1)


def _footer(taken: Taken) -> str:
    sample = " (sample: every score is invented)" if taken.workshop.invented else ""
    return f"{_title(taken)}{sample}".replace("&", "&&")
