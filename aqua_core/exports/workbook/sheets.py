"""What stands on each sheet of the workbook: heads, lines, widths."""

from collections.abc import Sequence
from typing import NamedTuple

from aqua_core.charts.whole.words import level_takeaway
from aqua_core.charts.words import gap_takeaway
from aqua_core.exports.conversations import Talk, talks_of
from aqua_core.exports.plan.columns import rows_of
from aqua_core.exports.results import Lines, gap_lines, groups_in, level_lines, names_of
from aqua_core.exports.taken import Taken
from aqua_core.vocabulary.figures import day_said

# Characters, as a spreadsheet counts widths.
_FIGURE, _NARROW, _MIDDLE, _WIDE, _WIDEST = 10, 9, 16, 26, 44


class Sheet(NamedTuple):
    """One sheet: sentences above, then blocks of lines, the first line of each its head.

    Where `figures`, cells right of the first column that hold a figure of ours are numbers.
    """

    name: str
    remarks: tuple[str, ...]
    blocks: tuple[Lines, ...]
    widths: Sequence[int]
    figures: bool = False


def plan_sheet(taken: Taken) -> Sheet:
    """Lay out the plan, soonest review first, with what a review needs; all else is in the CSV."""
    rows = rows_of(taken.workshop, taken.actions, taken.cycles)
    days = [day_said(action.review_on) for action in taken.actions]
    head = ["What will be tried", "Lead", "Owned by", "How we will know", "What we expect"]
    lines = [
        [
            row["small_test"],
            row["lead"],
            "; ".join(filter(None, (row["lead_partner"], row["joint_partners"]))),
            _measure(row),
            row["prediction"],
            day,
            row["domain"],
            row["scale"],
            " ".join(filter(None, (row["cycles"], row["what_follows"]))),
        ]
        for row, day in zip(rows, days, strict=True)
    ]
    remarks = () if lines else ("No small test is captured yet.",)
    return Sheet(
        "Plan",
        remarks,
        ([[*head, "Review on", "Domain", "Scale", "Cycles"], *lines],),
        (_WIDEST, _MIDDLE, _WIDE, _WIDE, _WIDE, _MIDDLE, _MIDDLE, _NARROW, _NARROW),
    )


def results_sheet(taken: Taken) -> Sheet:
    """Lay out what the screens show: every domain over the room, then the partners."""
    if not taken.levels:
        nothing = "Nothing is revealed: results stand here after the reveal."
        return Sheet("Results", (nothing,), (), (_WIDE, *[_FIGURE] * 12))
    remarks = (
        level_takeaway(taken.levels),
        gap_takeaway(taken.gaps, "partners"),
        "Points run from 0 to 5; each number under them counts seats. Groups that are too small "
        "to be shown alone are left out, here as on the screens.",
    )
    wide = max(13, len(groups_in(taken.gaps)) + 3)
    widths = (_WIDEST, *[_FIGURE] * (wide - 1))
    blocks = (level_lines(taken.levels), gap_lines(taken.gaps))
    return Sheet("Results", remarks, blocks, widths, figures=True)


def conversations_sheet(taken: Taken) -> Sheet:
    """Lay out what was talked about, with who stays apart and why."""
    head = ["Domain", "What the scores showed", "What was heard", "What it came to"]
    lines = [_talk(talk) for talk in talks_of(taken)]
    remarks = () if lines else ("No conversation was written down yet.",)
    widths = (_MIDDLE, _WIDE, _WIDEST, _WIDEST, _WIDE)
    return Sheet("Conversations", remarks, ([[*head, "Who stays apart, and why"], *lines],), widths)


def support_sheet(taken: Taken) -> Sheet:
    """Lay out the support that the room asks for, and the statements that were unclear."""
    names = names_of(taken)
    asked = [["Support", "What for", "From whom"]]
    asked += [[each.kind.value, each.wanted, each.from_whom] for each in taken.support]
    unclear = [["Domain", "Statement that was unclear", "What it should say"]]
    unclear += [
        [names[each.domain], f"{each.points} points", each.suggestion] for each in taken.unclear
    ]
    remarks = () if taken.support or taken.unclear else ("Nothing is asked for yet.",)
    return Sheet("Support", remarks, (asked, unclear), (_WIDE, _WIDEST, _WIDEST))


def _measure(row: dict[str, str]) -> str:
    steps = " to ".join(filter(None, (row["baseline"], row["target"])))
    return "\n".join(filter(None, (row["measure"], steps)))


def _talk(talk: Talk) -> list[str]:
    came_to = "\n".join(f"{label}: {text}" for label, text in talk.said)
    return [talk.domain, talk.found, "\n".join(talk.heard), came_to, talk.apart]
