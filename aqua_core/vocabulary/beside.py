"""What a room sees of what it was asked beside the framework: counts of answers, and no points."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from aqua_core.vocabulary.framework import ANSWERING, BESIDE, WHERE_TO_BEGIN, InstrumentKind
from aqua_core.vocabulary.keys import DomainKey, InstrumentKey, VersionNumber
from aqua_core.vocabulary.reading import Heads
from aqua_core.vocabulary.result import Group
from aqua_core.vocabulary.text import Word

_Said = Annotated[str, Field(max_length=300)]
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
        return _ahead((*self.counts, self.cannot_say))


def _ahead(counts: tuple[int, ...]) -> int | None:
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
        return _ahead((*self.counts, self.cannot_say))


class Row(Word):
    """One row of what was asked; `answers` are what could be chosen, `times` one of each asking.

    `checked` is the place of the answer that the room gave together; None where it gave none.
    """

    key: DomainKey
    name: _Said
    short: _Said
    under: _Said
    question: _Said
    answers: tuple[_Said, ...]
    times: tuple[Counted, ...]
    checked: Annotated[int, Field(ge=0)] | None = None
    helps: _Said = ""

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

    key: InstrumentKey
    version: VersionNumber
    name: _Said
    kind: InstrumentKind
    source: _Said
    printed: _Said
    levels: tuple[_Said, ...]
    rows: Annotated[tuple[Row, ...], Field(max_length=12)]

    @model_validator(mode="after")
    def _is_of_its_kind(self) -> Self:
        if self.kind is InstrumentKind.LEVELS:
            raise ValueError("points are scored in the framework, and never beside it")
        if (self.kind is InstrumentKind.PICK) != (self.key == WHERE_TO_BEGIN):
            raise ValueError("two domains are chosen by where to begin, and by nothing else")
        if len({row.key for row in self.rows}) != len(self.rows):
            raise ValueError("a row stands twice")
        return self

    @model_validator(mode="after")
    def _counts_every_answer(self) -> Self:
        """Refuse what no room of ours shows: a pack may hold anything."""
        answering = ANSWERING[self.kind]
        asked = max(1, len(answering.times)) if answering.sealed else 0
        for row in self.rows:
            if row.checked is not None and answering.sealed:
                raise ValueError("a row was answered together that seats answer")
            if (len(row.answers), len(row.times)) != (answering.answers, asked):
                raise ValueError("a row has other answers than its kind")
            if row.checked is not None and row.checked >= answering.answers:
                raise ValueError("a row was answered by what is no answer")
            for time in row.times:
                groups = (*time.partners, *time.tiers) if time.told else ()
                counts = [len(time.counts), *(len(group.counts) for group in groups)]
                if counts != [answering.answers if time.told else 0] * len(counts):
                    raise ValueError("a count has other answers than its row")
        if len(self.levels) != answering.answers:
            raise ValueError("levels are not those of its kind")
        return self

    @property
    def talked_under(self) -> dict[str, Row]:
        """Its rows by the keys under which they are talked about, in their order."""
        return {BESIDE.join((self.key, row.key)): row for row in self.rows}

    @property
    def widest(self) -> tuple[Row, ...]:
        """The rows with the widest step from now to wanted: all that are as wide; () for none."""
        step = max((row.step for row in self.rows), default=0)
        return tuple(row for row in self.rows if step and row.step == step)

    @property
    def under(self) -> dict[str, tuple[Row, ...]]:
        """Its rows by their heading, in their order."""
        headed: dict[str, tuple[Row, ...]] = {}
        for row in self.rows:
            headed[row.under] = (*headed.get(row.under, ()), row)
        return headed
