"""A workshop as an Excel workbook whose sheets print as they are."""

import io
import re
from datetime import datetime, time
from typing import Any, Final, NamedTuple

import xlsxwriter

from aqua_core.exports.taken import Taken
from aqua_core.exports.workbook.fitting import FONT, Cell, height_of, rows_for
from aqua_core.exports.workbook.sheets import (
    PLAN,
    Block,
    Sheet,
    conversations_sheet,
    plan_sheet,
    results_sheet,
    support_sheet,
)
from aqua_core.vocabulary.figures import day_said

# No cell becomes a formula, a link or a number because of what somebody typed.
_AS_TYPED: Final[dict[str, Any]] = {
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
_FIRST_YEAR: Final = 1900  # of which a spreadsheet knows the days
_FIGURE: Final = re.compile("[0-9]+([.][0-9])?")
_MARGIN: Final = 0.5  # inches, and 0.7 at the foot for the page's number


# In the order of what they are for, below.
_FORMATS: Final = (
    _CELL,
    _HEAD,
    _CELL | {"align": "right"},
    _CELL | {"align": "right", "num_format": "0.0"},
    _CELL | {"align": "left", "num_format": "d mmm yyyy"},
)


class _Formats(NamedTuple):
    """How a cell of each kind looks, in one workbook."""

    cell: Any
    head: Any
    unsaid: Any
    tenths: Any
    day: Any


def workbook_of(taken: Taken) -> bytes:
    """Give the workbook: sheets Plan, Results, Conversations, Support. Strings stay strings."""
    out = io.BytesIO()
    # A font of its own: the library writes into the one that it is given.
    with xlsxwriter.Workbook(out, _AS_TYPED | {"default_format_properties": dict(FONT)}) as book:
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
    return f"{taken.workshop.place.name}, {day_said(taken.workshop.held_on)}"


def _draw(book: Any, sheet: Sheet, taken: Taken) -> None:
    page = book.add_worksheet(sheet.name)
    _set_up(page, sheet, taken)
    formats = _Formats(*(book.add_format(each) for each in _FORMATS))
    page.write_string(0, 0, f"{sheet.name}: {_title(taken)}", book.add_format({"bold": True}))
    row = _remark(book, page, sheet)
    for block in sheet.blocks:
        row = 1 + _fill(page, sheet, block, row, formats)
    last = row - 2 if sheet.blocks else row - 1  # under a block there is a row of air
    page.print_area(0, 0, last, len(sheet.widths) - 1)
    if len(sheet.blocks) == 1:
        _repeat_head(page, sheet)


def _fill(page: Any, sheet: Sheet, block: Block, row: int, formats: _Formats) -> int:
    """Write a block of lines under its head, and give the row that follows."""
    for line, cells in enumerate(block):
        for shown in rows_for(cells, sheet.widths):
            page.set_row(row, height_of(shown, sheet.widths, bold=not line))
            for column, cell in enumerate(shown):
                if not line:
                    page.write_string(row, column, cell, formats.head)
                elif sheet.figures and column:
                    _write_figure(page, (row, column), str(cell), formats)
                else:
                    _write(page, (row, column), cell, formats)
            row += 1
    return row


def _write_figure(page: Any, at: tuple[int, int], cell: str, formats: _Formats) -> None:
    if _FIGURE.fullmatch(cell):
        page.write_number(*at, float(cell), formats.tenths if "." in cell else formats.cell)
    else:
        page.write_string(*at, cell, formats.unsaid)


def _write(page: Any, at: tuple[int, int], cell: Cell, formats: _Formats) -> None:
    if isinstance(cell, str):
        page.write_string(*at, cell, formats.cell)
    elif cell.year < _FIRST_YEAR:
        page.write_string(*at, day_said(cell), formats.cell)
    else:
        page.write_datetime(*at, datetime.combine(cell, time()), formats.day)


def _remark(book: Any, page: Any, sheet: Sheet) -> int:
    """Write the sentences above the blocks, and give the row that follows."""
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for row, remark in enumerate(sheet.remarks, start=1):
        page.merge_range(row, 0, row, len(sheet.widths) - 1, "")
        page.write_string(row, 0, remark, wrapped)
        page.set_row(row, height_of([remark], [sum(sheet.widths)]))
    return 1 + len(sheet.remarks)


def _set_up(page: Any, sheet: Sheet, taken: Taken) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(_MARGIN, _MARGIN, _MARGIN, 0.7)
    page.fit_to_pages(1, 0)  # as wide as a page, as long as it takes
    page.set_footer(f"&L{_footer(taken)}&RPage &P of &N")
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)


def _repeat_head(page: Any, sheet: Sheet) -> None:
    """Keep the head of the one block in sight, on screen and paper; filter the plan by it."""
    head, block = 1 + len(sheet.remarks), sheet.blocks[0]
    page.repeat_rows(head)
    page.freeze_panes(head + 1, 0)
    if sheet.name == PLAN:
        page.autofilter(head, 0, head + len(block) - 1, len(sheet.widths) - 1)


def _footer(taken: Taken) -> str:
    sample = " (sample: every score is invented)" if taken.workshop.invented else ""
    return f"{_title(taken)}{sample}".replace("&", "&&")
