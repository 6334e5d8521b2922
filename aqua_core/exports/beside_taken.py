"""What was asked beside the framework, as it leaves: the counts of the screen, as tables."""

from aqua_core.charts.sentences import beside as words
from aqua_core.exports.results import Lines, TakenAway
from aqua_core.vocabulary.beside import Counted, Row, ShownBeside
from aqua_core.vocabulary.framework import ANSWERING, InstrumentKind

_TIMES = ANSWERING[InstrumentKind.CHOICE].times


def beside_said(taken: TakenAway, shown: ShownBeside) -> list[str]:
    """Say what a screen says of one instrument, in sentences."""
    lines = [words.heading(shown), words.under(shown), *words.lines_under(shown)]
    if shown.kind is InstrumentKind.COVERAGE:
        lines.append(words.moves_said([action.move for action in taken.actions]))
    return [line if line.endswith(".") else f"{line}." for line in lines]


def source_said(shown: ShownBeside) -> str:
    """Say where the words of one instrument come from: what is printed, and what is ours."""
    return f"{shown.printed} {shown.source}".strip()


def beside_lines(shown: ShownBeside) -> Lines:
    """Give a line a row and answer under a head, with how many gave it; never an average."""
    match shown.kind:
        case InstrumentKind.CHOICE:
            head = ["Feature", "Answer", *_TIMES]
            return [head, *(line for row in shown.rows for line in _chosen(row))]
        case InstrumentKind.COVERAGE:
            head = ["Kind of know-how", *shown.levels, "Cannot say"]
            return [head, *([row.name, *_counted(row.times[0])] for row in shown.rows)]
        case InstrumentKind.CHECK:
            answers = [
                "" if row.checked is None else shown.levels[row.checked] for row in shown.rows
            ]
            asked = [row.question for row in shown.rows]
            return [["Lesson", "Answer"], *map(list, zip(asked, answers, strict=True))]
    picked = [[row.name, str(row.times[0].counts[1])] for row in words.most_picked(shown)]
    return [["Domain", "Would help most"], *picked]


def groups_lines(shown: ShownBeside) -> Lines:
    """Give a line a row, group and time under a head, where groups are shown apart; else []."""
    if shown.kind not in (InstrumentKind.CHOICE, InstrumentKind.COVERAGE):
        return []
    lines = [
        [row.name, when, group.group.name, *map(str, group.counts), str(group.cannot_say)]
        for row in shown.rows
        for when, time in zip(_TIMES, row.times, strict=False)
        for group in (*time.partners, *time.tiers)
    ]
    return [["Row", "When", "Group", *shown.levels, "Cannot say"], *lines] if lines else []


def _chosen(row: Row) -> Lines:
    answers = [*row.answers, "Cannot say"]
    columns = [_counted(time) for time in row.times]
    return [
        [row.name, answer, *(column[at] for column in columns)] for at, answer in enumerate(answers)
    ]


def _counted(time: Counted) -> list[str]:
    if not time.told:
        return ["not shown"] * 4
    return [str(count) for count in (*time.counts, time.cannot_say)]
