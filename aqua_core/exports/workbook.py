"""The workbook: its sheets and how cells fit."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple, TypeAlias

import xlsxwriter

from aqua_core.charts.sentences import forums as forum_words
from aqua_core.charts.sentences import impact as impact_words
from aqua_core.charts.sentences.own_words import scored_against
from aqua_core.charts.sentences.planning import NO_PLAN
from aqua_core.charts.sentences.seat import typed_said
from aqua_core.charts.sentences.whole import AGREED_MEANS, level_takeaway
from aqua_core.charts.sentences.wording import counted
from aqua_core.charts.words import gap_takeaway
from aqua_core.exports import beside_taken, itself_taken, over_time_taken, results
from aqua_core.exports.cell_heights import Cell, height_of, rows_for, shortened
from aqua_core.exports.plan_table import at_a_glance, headed, rows_of
from aqua_core.vocabulary.points import day_said

_FONT: Final = {"font_name": "Arial", "font_size": 10, "font_scheme": "none"}
"""Without a scheme: bound to its theme, Excel would draw the theme's font in its place."""

# Characters, as a spreadsheet counts widths. Some 150 across are A4 at 9 points.
_FIGURE_COLUMN, _MIDDLE, _WIDE, _WIDER, _WIDEST = 11, 14, 24, 34, 44
_COLUMNS: Final = at_a_glance()
_PLAN: Final = "Plan"
LONGEST: Final = 500
"""Characters of a text on the plan's sheet, or fewer where the tallest row would not show them."""
_ELSEWHERE: Final = "… (the report and the CSV have all of it)"

_Block: TypeAlias = Sequence[Sequence[Cell]]


class _Sheet(NamedTuple):
    """One sheet: sentences above, then blocks of lines, the first line of each its head.

    Where `figures`, cells right of the first column that hold a figure of ours are numbers.
    """

    name: str
    remarks: tuple[str, ...]
    blocks: tuple[_Block, ...]
    widths: Sequence[int]
    figures: bool = False


def _plan_sheet(taken: results.TakenAway) -> _Sheet:
    """Lay out the plan in the words of the CSV, tests of earlier workshops last."""
    widths = tuple(_COLUMNS.values())
    every = (*taken.actions, *taken.going_on.here)
    if not every:
        return _Sheet(_PLAN, (NO_PLAN,), (), widths)
    rows = rows_of(taken.workshop, taken.actions, taken.cycles, taken.going_on)
    head = [headed(column) for column in _COLUMNS]
    lines = [
        [_cell(column, row, action.review_on) for column in _COLUMNS]
        for row, action in zip(rows, every, strict=True)
    ]
    return _Sheet(_PLAN, (), ([head, *lines],), widths)


def _results_sheet(taken: results.TakenAway) -> _Sheet:
    """Lay out what the screens show: every domain over the room, then the partners."""
    against = scored_against(taken.workshop.instrument)
    if not taken.shown.levels:
        nothing = "Nothing is revealed: results stand here after the reveal."
        return _Sheet("Results", (nothing, against), (), (_WIDE, *[_FIGURE_COLUMN] * 12))
    remarks = (
        *([f"{typed}."] if (typed := typed_said(taken.shown.on_paper)) else []),
        level_takeaway(taken.shown.levels),
        gap_takeaway(taken.gaps, "partners"),
        "Apart by is how far scores lie from the middle score on average, in points. Points run "
        f"from 0 to 5; each number under them counts seats. {AGREED_MEANS[taken.workshop.holder]}",
        *([left_out] if (left_out := results.left_out_said(taken)) else []),
        against,
    )
    blocks = (
        results.level_lines(taken.shown.levels, taken.blanks),
        results.gap_lines(taken.gaps, taken.blanks),
    )
    widths = (_WIDER, *[_FIGURE_COLUMN] * (len(blocks[0][0]) - 1))
    return _Sheet("Results", remarks, blocks, widths, figures=True)


def _over_time_sheet(taken: results.TakenAway) -> _Sheet:
    """Lay out the waves of the place up to this one: a row a domain."""
    place = taken.over_time
    lines = over_time_taken.over_time_lines(place) if place else [[]]
    widths = (_WIDE, *[_MIDDLE] * (len(lines[0]) - 3), _WIDE, _FIGURE_COLUMN)
    return _Sheet("Over time", tuple(over_time_taken.over_time_said(taken)), (lines,), widths)


def _beside_sheet(taken: results.TakenAway) -> _Sheet:
    """Lay out what was asked beside the domains, one block an instrument."""
    every = taken.shown.beside
    remarks = [
        line
        for held in every
        for line in (
            f"{held.name}. {' '.join(beside_taken.beside_said(taken, held))}",
            f"{held.name}, where the words come from: {beside_taken.source_said(held)}",
        )
    ]
    blocks = [beside_taken.beside_lines(held) for held in every]
    return _Sheet("Beside", tuple(remarks), tuple(blocks), (_WIDEST, *[_WIDE] * 4), figures=True)


def _conversations_sheet(taken: results.TakenAway) -> _Sheet:
    """Lay out what was talked about; dissent stands beside what was agreed."""
    head = ["Domain", "What the scores showed", "What was heard", "What we see differently"]
    head += ["Result", "Who does not agree, and why"]
    talks = results.talks_of(taken)
    lines = [head, *(_talk(talk) for talk in talks if talk.written)]
    raised = [[results.RAISED, results.NOTHING_WRITTEN]]
    raised += [_talk(talk)[:2] for talk in talks if not talk.written]
    remarks = () if len(lines) > 1 else (results.NO_TALK,)
    blocks = tuple(block for block in (lines, raised) if len(block) > 1)
    widths = (_MIDDLE, _WIDE, _WIDER, _WIDER, _WIDE, _WIDE)
    return _Sheet("Conversations", remarks, blocks, widths)


def _support_sheet(taken: results.TakenAway) -> _Sheet:
    """Lay out the support that the room asks for, and the statements that were unclear."""
    names = taken.workshop.instrument.names
    beside = ["Who answers", "By"] if taken.request_answers else []
    asked = [["Support", "What for", "From whom", *beside]]
    asked += [
        [wish.kind.value.capitalize(), wish.wanted, wish.from_whom, *answered[: len(beside)]]
        for wish in taken.support
        for answered in [itself_taken.answered_by(taken, wish.id)]
    ]
    unclear = [["Domain", "Statement that was unclear", "What it should say"]]
    unclear += [
        [names[statement.domain], counted(statement.points, "point"), statement.suggestion]
        for statement in taken.unclear
    ]
    said = (
        "" if taken.support else "No support was asked for.",
        "" if taken.unclear else "No statement was called unclear.",
    )
    blocks = tuple(block for block in (asked, unclear) if len(block) > 1)
    widths = (_WIDE, _WIDEST, _WIDEST, *(_WIDE for _ in beside))
    return _Sheet("Support", tuple(filter(None, said)), blocks, widths)


def _itself_sheet(taken: results.TakenAway) -> _Sheet:
    """Lay out what the room said of itself."""
    return _Sheet("Of itself", (), (itself_taken.itself_lines(taken),), (_WIDER, _WIDEST))


def _share_out_sheet(taken: results.TakenAway) -> _Sheet:
    """Lay out what this table shares with other places."""
    return _Sheet("Share-out", (), (results.share_out_lines(taken),), (_WIDE, _WIDE, _WIDEST))


def _impact_sheet(taken: results.TakenAway) -> _Sheet:
    """Lay out what the place follows: a row a measure, then every reading."""
    impact = taken.impact
    blocks = (impact_words.lines_of(impact), impact_words.reading_lines(impact)) if impact else ()
    remarks = impact_words.in_words(impact) if impact else ()
    widths = (_WIDE, _WIDER, *[_MIDDLE] * 3, _WIDE, _WIDER, *[_MIDDLE] * 3)
    return _Sheet("Impact", tuple(remarks), blocks, widths)


def _forums_sheet(taken: results.TakenAway) -> _Sheet:
    """Lay out what waits for each forum, and how much each partner and lead carries."""
    with_whom = [[test.coalition, test.test] for test in taken.actions if test.coalition]
    blocks = [
        forum_words.forum_lines(taken.forums),
        [["Needs a coalition with", "Small test"], *with_whom] if with_whom else [],
        forum_words.load_lines(taken.load),
    ]
    remarks = [said for said in (forum_words.most_said(taken.load),) if said]
    widths = (_WIDER, _WIDE, _WIDE, _WIDEST, _WIDEST, _WIDE)
    return _Sheet("Forums", tuple(remarks), tuple(filter(None, blocks)), widths)


def _cell(column: str, row: Mapping[str, str], review_on: date) -> Cell:
    if column == "review_date":
        return review_on
    text = row[column]
    if column == "measure":
        steps = " to ".join(filter(None, (row["baseline"], row["target"])))
        text = "\n".join(filter(None, (text, steps)))
    # Sorting and filters need one row an action, and no row is taller than 27 lines.
    return shortened(text, _COLUMNS[column], LONGEST, _ELSEWHERE)


def _talk(talk: results.Talk) -> list[str]:
    cells = (talk.found, talk.heard, talk.sides, talk.stands, talk.apart)
    return [talk.domain, *("\n".join(lines) for lines in cells)]


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


def workbook_of(taken: results.TakenAway) -> bytes:
    """Give the workbook: sheets Plan, Results, Conversations, Support. Strings stay strings.

    Beside follows Results where something was asked beside the domains, Over time from a place's
    second wave on, and Impact where the place follows a measure; Forums follows Support where a
    forum is named or a test goes on; Share-out comes last, of a table that shared something.
    """
    out = io.BytesIO()
    # A font of its own: the library writes into the one that it is given.
    with xlsxwriter.Workbook(out, _AS_TYPED | {"default_format_properties": dict(_FONT)}) as book:
        day = datetime.combine(taken.workshop.held_on, time())
        # Without a day of its own the file would hold the clock of this laptop.
        book.set_properties({"title": _title(taken), "created": day})
        for sheet in (
            _plan_sheet(taken),
            _results_sheet(taken),
            *([_beside_sheet(taken)] if taken.shown.beside else []),
            *([_over_time_sheet(taken)] if taken.over_time else []),
            *([_impact_sheet(taken)] if taken.impact else []),
            _conversations_sheet(taken),
            _support_sheet(taken),
            *([_forums_sheet(taken)] if taken.forums or taken.load else []),
            *([_share_out_sheet(taken)] if taken.share_outs else []),
            *([_itself_sheet(taken)] if taken.last_said or taken.shown.safe else []),
        ):
            _draw(book, sheet, taken)
    return out.getvalue()


def _title(taken: results.TakenAway) -> str:
    return f"{taken.workshop.place.name}, {day_said(taken.workshop.held_on)}"


def _draw(book: Any, sheet: _Sheet, taken: results.TakenAway) -> None:
    page = book.add_worksheet(sheet.name)
    _set_up(page, sheet, taken)
    formats = _Formats(*(book.add_format(style) for style in _FORMATS))
    page.write_string(0, 0, f"{sheet.name}: {_title(taken)}", book.add_format({"bold": True}))
    row = _remark(book, page, sheet)
    for block in sheet.blocks:
        row = 1 + _fill(page, sheet, block, row, formats)
    last = row - 2 if sheet.blocks else row - 1  # under a block there is a row of air
    page.print_area(0, 0, last, len(sheet.widths) - 1)
    if len(sheet.blocks) == 1:
        _repeat_head(page, sheet)


def _fill(page: Any, sheet: _Sheet, block: _Block, row: int, formats: _Formats) -> int:
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


def _remark(book: Any, page: Any, sheet: _Sheet) -> int:
    """Write the sentences above the blocks, and give the row that follows."""
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for row, remark in enumerate(sheet.remarks, start=1):
        page.merge_range(row, 0, row, len(sheet.widths) - 1, "")
        page.write_string(row, 0, remark, wrapped)
        page.set_row(row, height_of([remark], [sum(sheet.widths)]))
    return 1 + len(sheet.remarks)


def _set_up(page: Any, sheet: _Sheet, taken: results.TakenAway) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(_MARGIN, _MARGIN, _MARGIN, 0.7)
    page.fit_to_pages(1, 0)  # as wide as a page, as long as it takes
    page.set_footer(f"&L{_footer(taken)}&RPage &P of &N")
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)


def _repeat_head(page: Any, sheet: _Sheet) -> None:
    """Keep the head of the one block in sight, on screen and paper; filter the plan by it."""
    head, block = 1 + len(sheet.remarks), sheet.blocks[0]
    page.repeat_rows(head)
    page.freeze_panes(head + 1, 0)
    if sheet.name == _PLAN:
        page.autofilter(head, 0, head + len(block) - 1, len(sheet.widths) - 1)


def _footer(taken: results.TakenAway) -> str:
    sample = " (sample: every score is invented)" if taken.workshop.invented else ""
    return f"{_title(taken)}{sample}".replace("&", "&&")
