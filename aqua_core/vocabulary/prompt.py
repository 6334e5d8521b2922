"""What a room is asked: one open question, two steps to talk about it, and what to listen for.

A prompt is said aloud to people of many organisations, so its words judge nothing, name nobody and
leave every number to the card. Each rule that can be checked is checked here.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field

from aqua_core.errors import TextRefused
from aqua_core.vocabulary.framework import InstrumentKind, in_place, plain_wording
from aqua_core.vocabulary.keys import DomainKey, FileKey, VersionNumber
from aqua_core.vocabulary.reading import Pattern
from aqua_core.vocabulary.text import Word, clean_line

PERSONA: Final = "{persona}"
"""Where the persona line names the place's fictional resident."""
_LONGEST_LINE: Final = 90
"""Characters of a question: two lines of the projector's largest type."""
_MOST_WORDS: Final = 24
_MOST_PERSONA_WORDS: Final = 12
"""With the question's 24 that is 14.4 s aloud, at 2.5 words a second: 15 s lose a room."""
_LONGEST_STEP: Final = 80
_LONGEST_LISTEN_FOR: Final = 160
_STEPS: Final = 2
MOST_MINUTES: Final = 20
MOST_PROMPTS: Final = 300

_VERDICTS: Final = re.compile(
    r"\b(wrong\w*|right|fail\w*|poor\w*|bad|badly|worse|worst|good|better|best|blame\w*|fault\w*"
    r"|weak\w*|strong\w*|should|must|ought|problem\w*|mistake\w*|behind|lag\w*|disappoint\w*"
    r"|unfair\w*|naive|resist\w*|stubborn|obstruct\w*|correct|incorrect|excellent|inadequate"
    r"|unacceptable|underperform\w*)\b",
    re.IGNORECASE,
)
_WHY: Final = re.compile(r"\bwhy\b", re.IGNORECASE)
_SEAT: Final = re.compile(r"\b(seats?|ballots?)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|half|per cent|points?)\b|\d", re.IGNORECASE
)
_DIGIT: Final = re.compile(r"\d")
_ASKS: Final = re.compile(r"\b(what|which|how|where|when|who|whom|whose)\b", re.IGNORECASE)
_BEGINS: Final = re.compile(
    r"(what|which|how|where|when|who|whom|whose|and|if|on|in|at|since|before|after)\b",
    re.IGNORECASE,
)
_CAPITAL: Final = re.compile(r"(?<![.?:] )(?<!^)\b[A-Z]\w*")
_NO_NAMES: Final = frozenset(
    ("I", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
)
_PLACE: Final = re.compile(r"\{[^}]*\}?|\}")

_Check = Callable[[str], None]


def _check_words(text: str) -> None:
    """Refuse what no part of a prompt may hold: a verdict, a "why", a seat, or a name."""
    if found := _VERDICTS.search(text):
        raise TextRefused(f'"{found[0]}" judges: say what could be seen or heard instead.')
    if _WHY.search(text):
        raise TextRefused('"Why" asks people to defend themselves: ask what, how or which.')
    if found := _SEAT.search(text):
        raise TextRefused(f'"{found[0]}" points at who scored: speak to the whole room.')
    if names := [word for word in _CAPITAL.findall(text) if word not in _NO_NAMES]:
        raise TextRefused(f'"{names[0]}" looks like a name: say it without names.')


def _check_open(question: str) -> None:
    if question.count("?") != 1 or not question.endswith("?"):
        raise TextRefused("Ask one question, and end it with its question mark.")
    if not (_BEGINS.match(question) and _ASKS.search(question)):
        raise TextRefused(
            "Ask what cannot be answered by yes or no: begin with What, Which, How, Where, When, "
            "Who or Whose."
        )
    if found := _NUMBER.search(question):
        raise TextRefused(f'The card says the numbers: take out "{found[0]}".')


def _check_no_digits(text: str) -> None:
    if found := _DIGIT.search(text):
        raise TextRefused(f'Write "{found[0]}" as a word.')


def _check_short(what: str, most: int, text: str) -> None:
    words = len(text.split())
    if words > most:
        raise TextRefused(f"Keep {what} to {most} words (this has {words}).")


def _check_no_place(text: str) -> None:
    if found := _PLACE.search(text):
        raise TextRefused(f"Take out {found[0]}: {PERSONA} stands in the persona line only.")


def _check_one_place(text: str) -> None:
    if _PLACE.findall(text) != [PERSONA]:
        raise TextRefused(f"Write {PERSONA} once in the persona line, and no other place to fill.")


def _wording(what: str, longest: int, *checks: _Check) -> BeforeValidator:
    return in_place(partial(_checked, what, longest, checks))


def _checked(what: str, longest: int, checks: tuple[_Check, ...], typed: Any) -> str:
    line = plain_wording(clean_line(what, longest, typed))
    if not line:
        raise TextRefused(f"Write {what}.")
    for check in checks:
        check(line)
    return line


_QUESTION: Final = _wording(
    "the question",
    _LONGEST_LINE,
    partial(_check_short, "the question", _MOST_WORDS),
    _check_no_place,
    _check_words,
    _check_open,
)
_PERSONA_LINE: Final = _wording(
    "the persona line",
    _LONGEST_LINE,
    partial(_check_short, "the persona line", _MOST_PERSONA_WORDS),
    _check_one_place,
    _check_words,
    _check_open,
)
_STEP: Final = _wording("the step", _LONGEST_STEP, _check_no_place, _check_words, _check_no_digits)
_LISTEN_FOR: Final = _wording(
    "what to listen for", _LONGEST_LISTEN_FOR, _check_no_place, _check_words, _check_no_digits
)


class Step(Word):
    """One thing that the room does with a question, and for how many minutes."""

    text: Annotated[str, _STEP]
    minutes: Annotated[int, Field(ge=1, le=MOST_MINUTES)]


class Question(Word):
    """One question with what belongs to it.

    `listen_for` is the facilitator's alone. `persona` asks after the place's fictional resident;
    None where that would not help.
    """

    key: FileKey
    question: Annotated[str, _QUESTION]
    persona: Annotated[str, _PERSONA_LINE] | None
    steps: Annotated[tuple[Step, ...], Field(min_length=_STEPS, max_length=_STEPS)]
    listen_for: Annotated[str, _LISTEN_FOR]


class Prompt(Question):
    """A question that a pattern in the scores raises. `domain` is the key of one, None for any."""

    pattern: Pattern
    domain: DomainKey | None


class BesidePrompt(Question):
    """A question that is raised beside the domains. `row` is the key of one row, None for any."""

    kind: InstrumentKind
    row: DomainKey | None


class BesidePrompts(Word):
    """Every question of a file that is raised beside the domains, in its order."""

    version: VersionNumber
    name: Annotated[str, _wording("the name", 80)]
    source: Annotated[str, _wording("the source", 300)]
    prompts: Annotated[tuple[BesidePrompt, ...], Field(min_length=1, max_length=MOST_PROMPTS)]

    def fitting(self, kind: InstrumentKind, row: str) -> BesidePrompt | None:
        """Give what is asked of a row: its own question, else a general one of its kind."""
        own, general = (
            [one for one in self.prompts if one.kind is kind and one.row == key]
            for key in (row, None)
        )
        return next(iter((*own, *general)), None)


class Prompts(Word):
    """Every prompt of a file, in its order: of several that fit, the first is asked first."""

    version: VersionNumber
    name: Annotated[str, _wording("the name", 80)]
    source: Annotated[str, _wording("the source", 300)]
    prompts: Annotated[tuple[Prompt, ...], Field(min_length=1, max_length=MOST_PROMPTS)]

    def fitting(self, pattern: Pattern, domain: str | None) -> tuple[Prompt, ...]:
        """Give what fits a pattern on a domain: the domain's own first, then the general ones."""
        own, general = (
            [
                prompt
                for prompt in self.prompts
                if prompt.pattern is pattern and prompt.domain == key
            ]
            for key in (domain, None)
        )
        return (*own, *general) if domain else tuple(general)
