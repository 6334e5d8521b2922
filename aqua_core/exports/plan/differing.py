"""What a plan's file says else than the plan: cell by cell, and in one sentence."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from aqua_core.exports.plan.columns import headed
from aqua_core.vocabulary import Action
from aqua_core.vocabulary.plan import FIRST_VERSION

_SHOWN: Final = 120  # characters of a cell: two such columns stand beside each other at 1366 px
_BEFORE_IT: Final = 20  # characters that stay before the first that differs


class Difference(NamedTuple):
    """One cell that was changed: as the plan says it, and as the file does.

    `action_id` is "" in the row of a new action; the plan says nothing of it.
    """

    row: int
    action_id: str
    test: str
    column: str
    before: str
    after: str

    @property
    def field(self) -> str:
        """The column as the workbook heads it."""
        return headed(self.column)

    @property
    def beside(self) -> tuple[str, str]:
        """Both texts as a table shows them: of long ones, from where they begin to differ."""
        if max(len(self.before), len(self.after)) <= _SHOWN:
            return self.before, self.after
        same = takewhile(
            lambda pair: pair[0] == pair[1], zip(self.before, self.after, strict=False)
        )
        start = max(len([*same]) - _BEFORE_IT, 0)
        return _cut(self.before, start), _cut(self.after, start)


class Changed(NamedTuple):
    """One action as a file would have it, with the version that the plan holds now.

    A new one has no id yet, and version 0.
    """

    row: int
    action: Action
    differences: tuple[Difference, ...]

    @property
    def is_new(self) -> bool:
        """Tell whether the plan does not hold it yet."""
        return not self.action.id


def said_of(differences: Sequence[Difference]) -> str:
    """Say what would be taken, such as 2 actions change (5 cells), 1 is new."""
    cells = [each.action_id for each in differences if each.action_id]
    new = len({each.row for each in differences if not each.action_id})
    some = len(set(cells))
    changing = f"{_actions(some)} {'changes' if some == 1 else 'change'} ({_cells(len(cells))})"
    return _sentence(changing if some else "", new)


def said_taken(taken: Sequence[Action]) -> str:
    """Say what was taken, of the actions as they are kept now.

    None where the same file was taken meanwhile, as by a second tap.
    """
    if not taken:
        return "Nothing was left to take: the plan already says all of it."
    new = sum(each.version == FIRST_VERSION for each in taken)
    changed = len(taken) - new
    changing = f"{changed} of the plan's actions changed" if changed else ""
    return f"Taken: {_sentence(changing, new)}"


def _sentence(changing: str, new: int) -> str:
    are = "is" if new == 1 else "are"
    if not changing:
        return f"{_actions(new)} {are} new."
    return f"{changing}, {new} {are} new." if new else f"{changing}."


def _actions(number: int) -> str:
    return f"{number} action{'' if number == 1 else 's'}"


def _cells(number: int) -> str:
    return f"{number} cell{'' if number == 1 else 's'}"


def _cut(text: str, start: int) -> str:
    end = start + _SHOWN
    return f"{'…' if start else ''}{text[start:end]}{'…' if len(text) > end else ''}"
