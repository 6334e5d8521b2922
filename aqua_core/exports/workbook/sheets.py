"""What stands on each sheet of the workbook: heads, lines, widths."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple, TypeAlias

from aqua_core.charts.sentences.planning import NO_PLAN
from aqua_core.charts.sentences.wording import counted
from aqua_core.charts.whole.words import level_takeaway
from aqua_core.charts.words import gap_takeaway
from aqua_core.exports.conversations import NO_TALK, Talk, talks_of
from aqua_core.exports.plan.columns import at_a_glance, headed, rows_of
from aqua_core.exports.results import gap_lines, level_lines, names_of
from aqua_core.exports.taken import Taken
from aqua_core.exports.workbook.fitting import Cell, shortened

# Characters, as a spreadsheet counts widths. Some 150 across are A4 at 9 points.
_FIGURE, _MIDDLE, _WIDE, _WIDER, _WIDEST = 11, 14, 24, 34, 44
_COLUMNS: Final = at_a_glance()
PLAN: Final = "Plan"
LONGEST: Final = 500
"""Characters of a text on the plan's sheet, or fewer where the tallest row would not show them."""
_ELSEWHERE: Final = "… (the report and the CSV have all of it)"

Block: TypeAlias = Sequence[Sequence[Cell]]


class Sheet(NamedTuple):
    """One sheet: sentences above, then blocks of lines, the first line of each its head.

    Where `figures`, cells right of the first column that hold a figure of ours are numbers.
    """

    name: str
    remarks: tuple[str, ...]
    blocks: tuple[Block, ...]
    widths: Sequence[int]
    figures: bool = False


def plan_sheet(taken: Taken) -> Sheet:
    """Lay out the plan, soonest review first, in the words of the CSV."""
    widths = tuple(_COLUMNS.values())
    if not taken.actions:
        return Sheet(PLAN, (NO_PLAN,), (), widths)
    rows = rows_of(taken.workshop, taken.actions, taken.cycles)
    head = [headed(column) for column in _COLUMNS]
    lines = [
        [_cell(column, row, action.review_on) for column in _COLUMNS]
        for row, action in zip(rows, taken.actions, strict=True)
    ]
    return Sheet(PLAN, (), ([head, *lines],), widths)


def results_sheet(taken: Taken) -> Sheet:
    """Lay out what the screens show: every domain over the room, then the partners."""
    if not taken.shown.levels:
        nothing = "Nothing is revealed: results stand here after the reveal."
        return Sheet("Results", (nothing,), (), (_WIDE, *[_FIGURE] * 12))
    remarks = (
        level_takeaway(taken.shown.levels),
        gap_takeaway(taken.gaps, "partners"),
        "Apart by is how far scores lie from the middle score on average, in points. Points run "
        "from 0 to 5; each number under them counts seats. Groups that are too small to be shown "
        "alone are left out, here as on the screens.",
    )
    blocks = (level_lines(taken.shown.levels), gap_lines(taken.gaps))
    widths = (_WIDER, *[_FIGURE] * (len(blocks[0][0]) - 1))
    return Sheet("Results", remarks, blocks, widths, figures=True)


def conversations_sheet(taken: Taken) -> Sheet:
    """Lay out what was talked about; dissent stands beside what was agreed."""
    head = ["Domain", "What the scores showed", "What was heard", "What differs"]
    head += ["Where it stands", "Who stays apart, and why"]
    lines = [_talk(talk) for talk in talks_of(taken)]
    remarks, blocks = ((), ([head, *lines],)) if lines else ((NO_TALK,), ())
    widths = (_MIDDLE, _WIDE, _WIDER, _WIDER, _WIDE, _WIDE)
    return Sheet("Conversations", remarks, blocks, widths)


def support_sheet(taken: Taken) -> Sheet:
    """Lay out the support that the room asks for, and the statements that were unclear."""
    names = names_of(taken)
    asked = [["Support", "What for", "From whom"]]
    asked += [[each.kind.value.capitalize(), each.wanted, each.from_whom] for each in taken.support]
    unclear = [["Domain", "Statement that was unclear", "What it should say"]]
    unclear += [
        [names[each.domain], counted(each.points, "point"), each.suggestion]
        for each in taken.unclear
    ]
    said = (
        "" if taken.support else "No support was asked for.",
        "" if taken.unclear else "No statement was called unclear.",
    )
    blocks = tuple(block for block in (asked, unclear) if len(block) > 1)
    return Sheet("Support", tuple(filter(None, said)), blocks, (_WIDE, _WIDEST, _WIDEST))


def _cell(column: str, row: Mapping[str, str], review_on: date) -> Cell:
    if column == "review_date":
        return review_on
    text = row[column]
    if column == "measure":
        steps = " to ".join(filter(None, (row["baseline"], row["target"])))
        text = "\n".join(filter(None, (text, steps)))
    # Sorting and filters need one row an action, and no row is taller than 27 lines.
    return shortened(text, _COLUMNS[column], LONGEST, _ELSEWHERE)


def _talk(talk: Talk) -> list[str]:
    cells = (talk.found, talk.heard, talk.sides, talk.stands, talk.apart)
    return [talk.domain, *("\n".join(lines) for lines in cells)]
