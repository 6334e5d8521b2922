"""What a room sees of what it was asked beside the framework: counts of answers, and no points."""

from typing import Annotated

from pydantic import Field

from aqua_core.vocabulary.framework import InstrumentKind
from aqua_core.vocabulary.reading import Heads
from aqua_core.vocabulary.result import Group
from aqua_core.vocabulary.text import Word

_Counts = Annotated[tuple[Heads, ...], Field(max_length=6)]


class OfGroup(Word):
    """How many of one group gave each answer; `counts` are in the answers' order."""

    group: Group
    counts: _Counts
    cannot_say: Heads

    @property
    def most(self) -> int | None:
        """Which answer most of it gave, by its place; None where none is ahead of all others.

        "Cannot say" comes after the answers.
        """
        return ahead((*self.counts, self.cannot_say))


def ahead(counts: tuple[int, ...]) -> int | None:
    """Give the place of the largest number; None where two are as large, or all are 0."""
    largest = max(counts, default=0)
    return counts.index(largest) if largest and counts.count(largest) == 1 else None


class Counted(Word):
    """The answers to one row at one time: of the whole room, and of the groups that may be shown.

    `told` is False where the answers may not be shown; then there are no counts. `partners` and
    `tiers` are () where groups may not be shown apart, and otherwise all who answered.
    """

    told: bool
    counts: _Counts
    cannot_say: Heads
    partners: tuple[OfGroup, ...]
    tiers: tuple[OfGroup, ...]

    @property
    def answered(self) -> int:
        """How many answered, "cannot say" among them."""
        return sum(self.counts) + self.cannot_say

    @property
    def most(self) -> int | None:
        """Which answer most of the room gave (see `OfGroup.most`)."""
        return ahead((*self.counts, self.cannot_say))


class Row(Word):
    """One row of what was asked; `answers` are what could be chosen, `times` one of each asking.

    `checked` is the place of the answer that the room gave together; None where it gave none.
    """

    key: str
    name: str
    short: str
    under: str
    question: str
    answers: tuple[str, ...]
    times: tuple[Counted, ...]
    checked: int | None = None
    helps: str = ""

    @property
    def told(self) -> bool:
        """Whether every asking of it may be shown."""
        return bool(self.times) and all(time.told for time in self.times)

    @property
    def rises(self) -> tuple[int, ...]:
        """How many more seats want each answer than see it now; () where it is not asked twice.

        Of the two counts alone: who of those that say one thing now wants another is never told.
        """
        if len(self.times) < 2 or not self.told:
            return ()
        now, wanted = self.times
        return tuple(
            after - before for before, after in zip(now.counts, wanted.counts, strict=True)
        )

    @property
    def step(self) -> int:
        """The largest of its rises; 0 where no answer is wanted by more than see it now."""
        return max((0, *self.rises))

    @property
    def towards(self) -> int | None:
        """The place of the answer with the largest rise, the first of equals; None without one."""
        return self.rises.index(self.step) if self.step else None


class ShownBeside(Word):
    """One instrument beside the framework, as it is shown: only rows that were revealed."""

    key: str
    version: str
    name: str
    kind: InstrumentKind
    source: str
    printed: str
    levels: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def widest(self) -> Row | None:
        """The row with the widest step from now to wanted, the first of equals; None for none."""
        row = max(self.rows, key=lambda row: row.step, default=None)
        return row if row and row.step else None

    @property
    def under(self) -> dict[str, tuple[Row, ...]]:
        """Its rows by their heading, in their order."""
        headed: dict[str, tuple[Row, ...]] = {}
        for row in self.rows:
            headed[row.under] = (*headed.get(row.under, ()), row)
        return headed
