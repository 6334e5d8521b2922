"""A place's result on a date: measured by its workshops, or published as means without votes."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from aqua_core.vocabulary.framework import Kind
from aqua_core.vocabulary.points import HIGHEST, LOWEST
from aqua_core.vocabulary.text import a_line, needed
from aqua_core.vocabulary.word import Word

MOST_PEOPLE = 5_000
People = Annotated[int, Field(ge=1, le=MOST_PEOPLE)] | None
"""How many scored; None where it is not known."""


class WaveKind(StrEnum):
    """Where a wave's figures come from."""

    MEASURED = "measured"
    PUBLISHED = "published"


class PublishedMean(Word):
    """The mean of one domain (0-5, two decimals), and of how many it is."""

    domain: str
    mean: Annotated[float, Field(ge=LOWEST, le=HIGHEST)]
    people: People = None


class WaveDraft(Word):
    """A published wave as it is typed: its day, where it is printed, its means by domain key."""

    dated: date
    source: Annotated[str, a_line("the source"), needed("Say where these means were published.")]
    people: People = None
    means: Annotated[tuple[PublishedMean, ...], Field(min_length=1)]


class Wave(Word):
    """A place's result on a date.

    `codes` are the workshops behind a measured one, the first one first, `shown` whether anything
    of it was revealed; `source` and `means` are
    those of a published one, `people` too: None where it is not known how many scored.
    """

    id: str
    version: int
    kind: WaveKind
    dated: date
    source: str = ""
    people: People = None
    means: tuple[PublishedMean, ...] = ()
    codes: tuple[str, ...] = ()
    shown: bool = True


class PublishedDomain(Word):
    """One row of a published table: a mean (0-5, two decimals) for each wave.

    `people` says of how many each is; () where the table says it of none.
    """

    name: str
    kind: Kind
    means: tuple[float, ...]
    people: tuple[People, ...] = ()


class PublishedWaves(Word):
    """A published table: `waves` are the dates as printed, `source` stands beside every figure.

    `dated` are the same as days, the first of a month where no day is printed; () where a wave is
    named otherwise.
    """

    place: str
    source: str
    waves: tuple[str, ...]
    domains: tuple[PublishedDomain, ...]
    dated: tuple[date, ...] = ()
