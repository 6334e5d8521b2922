"""What is scored: an instrument of domains, each with a statement for every point from 0 to 5."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from aqua_core.errors import TextRefused
from aqua_core.vocabulary.points import POINTS
from aqua_core.vocabulary.text import a_line, needed
from aqua_core.vocabulary.word import Word

MOST_WORDS = 24


class Kind(StrEnum):
    """The paper's two sides of a change: technical anatomy, cultural physiology."""

    PHYSIOLOGY = "physiology"
    ANATOMY = "anatomy"


def _readable_aloud(sentence: str) -> str:
    words = len(sentence.split())
    if words > MOST_WORDS:
        raise TextRefused(f"Keep a statement to {MOST_WORDS} words (this has {words}).")
    return sentence


Statement = Annotated[
    str,
    a_line("the statement", 200),
    needed("Write a statement for each of the points 0 to 5."),
    AfterValidator(_readable_aloud),
]
LevelName = Annotated[str, a_line("the level", 20), needed("Name each of the points 0 to 5.")]


class Domain(Word):
    """One thing that is scored. `statements[n]` defines n points and presumes n - 1."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")]
    name: Annotated[str, a_line("the domain", 60), needed("Give the domain a name.")]
    short: Annotated[str, a_line("the short name", 24), needed("Give the domain a short name.")]
    kind: Kind
    question: Annotated[str, a_line("the question", 160), needed("Ask a guiding question.")]
    statements: Annotated[
        tuple[Statement, ...], Field(min_length=len(POINTS), max_length=len(POINTS))
    ]


class Instrument(Word):
    """A versioned set of domains. `levels[n]` is the name of n points, the same in each domain."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{1,39}$")]
    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    name: Annotated[str, a_line("the instrument", 80), needed("Give the instrument a name.")]
    source: Annotated[str, a_line("the source", 300), needed("Say where the wording comes from.")]
    levels: Annotated[tuple[LevelName, ...], Field(min_length=len(POINTS), max_length=len(POINTS))]
    domains: Annotated[tuple[Domain, ...], Field(min_length=1, max_length=12)]

    def domain(self, key: str) -> Domain | None:
        """Give the domain with this key, or None."""
        return next((domain for domain in self.domains if domain.key == key), None)
