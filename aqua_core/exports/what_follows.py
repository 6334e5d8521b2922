"""The column of a plan that no file may change: what was decided, and what was answered last."""

from collections.abc import Collection
from typing import Final

from aqua_core.charts.sentences.planning import dated_answer_said
from aqua_core.vocabulary import Answer, Cycle

COLUMN: Final = "what_follows"


def follows_said(cycle: Cycle | None, answer: Answer | None) -> str:
    """Say "adapt. On 1 June 2027: It is stuck: nobody came"; what was not said is left out."""
    decided = cycle.decision.value if cycle else ""
    return ". ".join(filter(None, (decided, dated_answer_said(answer).removesuffix("."))))


def may_stand(column: str, cell: str, told: Collection[str]) -> bool:
    """Tell whether a cell that is not to be changed says what is told; an answer may be older."""
    said = _decided if column == COLUMN else str
    return said(cell) in map(said, told)


def _decided(cell: str) -> str:
    return "" if cell.startswith(("On ", "Before: ")) else cell.partition(". ")[0]
