"""What is scored: an instrument of domains, each with a statement for every point from 0 to 5."""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Final, NamedTuple, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from aqua_core.errors import TextRefused
from aqua_core.vocabulary.keys import DomainKey, InstrumentKey, VersionNumber
from aqua_core.vocabulary.points import POINTS
from aqua_core.vocabulary.text import Word, a_line, clean_line, same_name

_MOST_WORDS = 24
LONGEST_SOURCE = 300

_MARKUP = re.compile(r"[<>\[\]`*_#|\\$]")
_ADDRESS = re.compile(r"http|www\.", re.IGNORECASE)


BESIDE: Final = "."
"""Stands in the key under which something is asked beside the framework, and in no domain's."""


WHERE_TO_BEGIN: Final = "where-to-begin"
"""The key of the question which two domains would help most if they moved."""


def as_one_answer(asked: str) -> str:
    """Give what is answered as one: the domains that a seat picks from are one answer together."""
    return WHERE_TO_BEGIN if asked.startswith(f"{WHERE_TO_BEGIN}{BESIDE}") else asked


def is_beside(asked: str) -> bool:
    """Tell whether a key is of what is asked beside the framework: it is no score of a domain."""
    return BESIDE in asked


class Kind(StrEnum):
    """The paper's two sides of a change: technical anatomy, cultural physiology."""

    PHYSIOLOGY = "physiology"
    ANATOMY = "anatomy"


class InstrumentKind(StrEnum):
    """What an instrument asks for: points by statements, a choice, know-how, or a check."""

    LEVELS = "levels"
    CHOICE = "choice"
    COVERAGE = "coverage"
    CHECK = "check"
    PICK = "pick"


class Answering(NamedTuple):
    """How the domains of a kind are answered, besides "cannot say".

    `answers` is how many there are; `worded` says that each domain words them itself, else they are
    the instrument's levels. `times` are the keys under which one domain is asked, () for once.
    `sealed` says that seats answer, each for itself, else the room answers together. Of a pick a
    seat chooses at most `most` domains.
    """

    answers: int
    worded: bool
    times: tuple[str, ...]
    sealed: bool
    most: int | None = None


ANSWERING: Final = {
    InstrumentKind.LEVELS: Answering(len(POINTS), worded=True, times=(), sealed=True),
    InstrumentKind.CHOICE: Answering(3, worded=True, times=("now", "wanted"), sealed=True),
    InstrumentKind.COVERAGE: Answering(3, worded=False, times=(), sealed=True),
    InstrumentKind.CHECK: Answering(3, worded=False, times=(), sealed=False),
    InstrumentKind.PICK: Answering(2, worded=False, times=(), sealed=True, most=2),
}


def plain_wording(text: str) -> str:
    """Give the text back if it is plain: nothing in it that a page would draw or follow.

    Raises:
        TextRefused: it holds a mark of HTML or Markdown, or a web address.
    """
    if marks := sorted(set(_MARKUP.findall(text))):
        raise TextRefused(f"Wording is plain text: take out {' '.join(marks)} and write words.")
    if _ADDRESS.search(text):
        raise TextRefused("Wording is plain text: take out the web address.")
    return text


def _wording(what: str, longest: int, missing: str) -> BeforeValidator:
    return in_place(partial(_plain_line, what, longest, missing))


def in_place(read: Callable[[Any], str]) -> BeforeValidator:
    """Let pydantic say where a refusal arose: alone it would not tell which of 48 statements."""

    def placed(typed: Any) -> str:
        try:
            return read(typed)
        except TextRefused as refusal:
            raise PydanticCustomError("wording", "{why}", {"why": str(refusal)}) from None

    return BeforeValidator(placed)


def _plain_line(what: str, longest: int, missing: str, typed: Any) -> str:
    line = plain_wording(clean_line(what, longest, typed))
    if not line:
        raise TextRefused(missing)
    return line


def may_say(what: str, longest: int = 300) -> BeforeValidator:
    """Give a validator of plain wording that may be left out: "" for nothing."""
    return in_place(lambda typed: plain_wording(clean_line(what, longest, typed)))


def _readable_aloud(typed: Any) -> str:
    missing = "Write a statement for each of the points 0 to 5."
    sentence = _plain_line("the statement", 200, missing, typed)
    words = len(sentence.split())
    if words > _MOST_WORDS:
        raise TextRefused(f"Keep a statement to {_MOST_WORDS} words (this has {words}).")
    return sentence


_Statement = Annotated[str, in_place(_readable_aloud)]
_LevelName = Annotated[str, _wording("the level", 20, "Name each of the points 0 to 5.")]


_Small = Annotated[str, _wording("the small words", 80, "Write small words or take them out.")]
_MOST_ANSWERS: Final = max(answering.answers for answering in ANSWERING.values())


def _says_nothing(value: object) -> bool:
    return not value


def _is_of_levels(kind: InstrumentKind) -> bool:
    return kind is InstrumentKind.LEVELS


_EACH: Final = dict.fromkeys(InstrumentKind, "one for each answer") | {
    InstrumentKind.LEVELS: f"one for each of the points {POINTS[0]} to {POINTS[-1]}"
}


def _check_many(asked: str, written: Sequence[str], many: int, *at: str | int) -> None:
    """Refuse a list of another length, at its place in the file."""
    if len(written) != many:
        why = f"{asked} (this has {len(written)})."
        raise PydanticCustomError("wording", "{why}", {"why": why, "at": at})


class Domain(Word):
    """One thing that is scored or asked. `statements[n]` defines n points and presumes n - 1.

    Beside a framework a domain is one row of a printed table: its statements are what may be
    chosen, in no order, `small` says each of them in our words, `under` is the heading of several
    rows, and `helps` the address of the page that helps.
    """

    key: DomainKey
    name: Annotated[str, _wording("the domain", 60, "Give the domain a name.")]
    short: Annotated[str, _wording("the short name", 24, "Give the domain a short name.")]
    kind: Kind
    question: Annotated[str, _wording("the question", 160, "Ask a guiding question.")]
    statements: Annotated[tuple[_Statement, ...], Field(max_length=_MOST_ANSWERS)]
    # Left out where they say nothing: a pack of a framework is the same to the byte.
    small: Annotated[
        tuple[_Small, ...], Field(max_length=_MOST_ANSWERS, exclude_if=_says_nothing)
    ] = ()
    under: Annotated[str, may_say("the heading", 60), Field(exclude_if=_says_nothing)] = ""
    helps: Annotated[str, may_say("the page", 40), Field(exclude_if=_says_nothing)] = ""


class Instrument(Word):
    """A versioned set of domains. `levels[n]` is the name of n points, the same in each domain.

    `kind` says how it is answered; a file that does not is of levels. `source` says whose the
    wording is, `printed` where what is quoted in it was printed.
    """

    key: InstrumentKey
    version: VersionNumber
    name: Annotated[str, _wording("the instrument", 80, "Give the instrument a name.")]
    source: Annotated[
        str, _wording("the source", LONGEST_SOURCE, "Say where the wording comes from.")
    ]
    levels: Annotated[tuple[_LevelName, ...], Field(min_length=1, max_length=_MOST_ANSWERS)]
    domains: Annotated[tuple[Domain, ...], Field(min_length=1, max_length=12)]
    kind: Annotated[InstrumentKind, Field(exclude_if=_is_of_levels)] = InstrumentKind.LEVELS
    printed: Annotated[str, may_say("where it was printed"), Field(exclude_if=_says_nothing)] = ""

    @model_validator(mode="after")
    def _has_the_answers_of_its_kind(self) -> Self:
        answers, each = self.answering.answers, _EACH[self.kind]
        _check_many(f"Name {answers} levels, {each}", self.levels, answers, "levels")
        for at, domain in enumerate(self.domains):
            worded = answers if self.answering.worded else 0
            asked = f"Write {worded} statements, {each}" if worded else "Take the statements out"
            place = ("domains", at, "statements")
            _check_many(asked, domain.statements, worded, *place)
            if domain.small:
                asked = f"Write {answers} small words, {each}"
                _check_many(asked, domain.small, answers, "domains", at, "small")
        return self

    @property
    def answering(self) -> Answering:
        """How its domains are answered."""
        return ANSWERING[self.kind]

    def domain(self, key: str) -> Domain | None:
        """Give the domain with this key, or None."""
        return next((domain for domain in self.domains if domain.key == key), None)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys under which its domains are answered beside a framework, in its order."""
        return tuple(key for domain in self.domains for key in self.keys_of(domain))

    def keys_of(self, domain: Domain) -> tuple[str, ...]:
        """Give the keys under which one domain is answered beside a framework: one a time."""
        one = BESIDE.join((self.key, domain.key))
        return tuple(BESIDE.join((one, time)) for time in self.answering.times) or (one,)

    @property
    def names(self) -> dict[str, str]:
        """The one name of a domain on screens and in files, by key; its long one heads a ballot."""
        return {domain.key: domain.short for domain in self.domains}

    def called(self, name: str) -> Domain | None:
        """Give the domain that somebody wrote by its short name, long name or key, or None."""
        wanted = same_name(name.strip())
        for domain in self.domains:
            if wanted in (same_name(domain.short), same_name(domain.name), domain.key):
                return domain
        return None


class Terms(Word):
    """How a room reads what the statements leave open; "" for what nobody settled.

    Two teams who count other partners, or another year, would differ without disagreeing.
    """

    partner: Annotated[str, a_line("who counts as a partner")] = ""
    most: Annotated[str, a_line("how many are most")] = ""
    area: Annotated[str, a_line("the area")] = ""
    ages: Annotated[str, a_line("ages and conditions")] = ""
    since: Annotated[str, a_line("the time that counts")] = ""


USUAL_TERMS = Terms(
    partner="Whoever plans, pays for, gives or speaks for care here, residents and carers too",
    most="More than half of those needed",
    area="The whole place",
    ages="All ages, all conditions",
    since="Today; a year is the last twelve months",
)
"""What Set up is filled in with where a place has settled nothing yet."""
