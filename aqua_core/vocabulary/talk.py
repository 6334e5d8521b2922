"""What a room does with a question: hears reasons, comes to something, and asks for support."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from aqua_core.errors import ScoreRefused
from aqua_core.vocabulary.framework import Domain, is_beside
from aqua_core.vocabulary.place import Partner
from aqua_core.vocabulary.points import HIGHEST, LOWEST, POINTS, Score
from aqua_core.vocabulary.text import (
    LONGEST_PROSE,
    Said,
    Word,
    a_choice,
    a_day,
    a_line,
    a_text,
    needed,
)

LONGEST_NOTE = 500
LONGEST_REASON = 140
LONGEST_WHY = 200  # of an act on a card


class Conversation(Word):
    """What was heard on one domain: the notes, oldest first, and the number of each.

    `out` are notes that were taken out, by their number.
    """

    domain: str
    heard: tuple[str, ...]
    numbers: tuple[int, ...] = ()
    out: tuple[tuple[int, str], ...] = ()


class Act(StrEnum):
    """What the facilitator does with a card. `REAL`: the room says that its agreement is real."""

    TAKE = "taken"
    SKIP = "skipped"
    SET_ASIDE = "set aside"
    REAL = "the agreement is real"
    UNDO = "undone"


class CardAct(Word):
    """One act on the card of a domain as scored in one round, in the order of `sequence`.

    `domain` is "" and `number` 0 where it is the whole room's. `reason` may be "".
    `undoes` is the sequence of the act that an undo takes back, else None.
    """

    sequence: int
    domain: str
    number: int
    act: Annotated[Act, a_choice("the act", Act)]
    reason: Annotated[str, a_line("the reason", LONGEST_WHY)] = ""
    undoes: int | None = None


class Conflict(StrEnum):
    """The paper's three kinds (page 34), and localities (page 27); "" while nobody has said."""

    UNSAID = ""
    INDIVIDUAL = "individual"
    PROFESSIONAL = "professional"
    INTER_ORGANISATIONAL = "inter-organisational"
    BETWEEN_LOCALITIES = "between localities"


class Agreement(StrEnum):
    """Where a conversation stands."""

    OPEN = "open"
    AGREED = "agreed"
    DIFFER = "agreed to differ"


WHAT_DIFFERS, WHERE_IT_STANDS, APART = "what differs", "where it stands", "who stays apart"
"""The three parts of what a conversation came to; in the form side by side."""


class Outcome(Word):
    """What a conversation on a domain came to. Every save is a new version.

    `agreed_points` is None without an agreed score; what was agreed stands in words then.
    `stays_apart` holds ids of teams; `parked_until` is None unless it is parked with a forum. What
    is not said is "".
    """

    domain: str
    version: int = 0
    differs: Annotated[
        str, a_text("what differs", 300), Said("What we see differently", under=WHAT_DIFFERS)
    ] = ""
    kind: Annotated[
        Conflict,
        a_choice("the kind", Conflict),
        Said("What kind of difference", under=WHAT_DIFFERS),
    ] = Conflict.UNSAID
    surprised: Annotated[
        str, a_text("what surprised you", 200), Said("What surprised us", under=WHAT_DIFFERS)
    ] = ""
    one_side: Annotated[str, a_line("the one side", 60), Said("The one side")] = ""
    one_needs: Annotated[
        str, a_text("what it needs", 300), Said("{who} needs", who="One side", under=WHAT_DIFFERS)
    ] = ""
    other_side: Annotated[str, a_line("the other side", 60), Said("The other side")] = ""
    other_needs: Annotated[
        str,
        a_text("what it needs", 300),
        Said("{who} needs", who="The other side", under=WHAT_DIFFERS),
    ] = ""
    both_could: Annotated[
        str,
        a_text("what both could live with", 300),
        Said("Both could live with", asks="What both could live with", under=WHERE_IT_STANDS),
    ] = ""
    agreement: Annotated[
        Agreement,
        a_choice("where it stands", Agreement),
        Said("Result", under=WHERE_IT_STANDS),
    ] = Agreement.OPEN
    agreed_points: Annotated[
        Annotated[int, Field(ge=LOWEST, le=HIGHEST)] | None,
        Said("The agreed score", under=WHERE_IT_STANDS),
    ] = None
    stays_apart: Annotated[tuple[str, ...], Said("Who does not agree", under=WHERE_IT_STANDS)] = ()
    why_apart: Annotated[str, a_text("why", 300), Said("Why, in their words", under=APART)] = ""
    would_change: Annotated[
        str, a_text("what would change it", 300), Said("What would change it", under=APART)
    ] = ""
    parked_with: Annotated[
        str, a_line("the forum", 120), Said("Parked with (a forum)", under=APART)
    ] = ""
    parked_until: Annotated[
        Annotated[date, a_day("Choose a day for the forum, such as 2026-12-22.")] | None,
        Said("Take it up again on", under=APART),
    ] = None

    @property
    def has_no_points(self) -> bool:
        """Whether it is about a row beside the domains, on which no score can be agreed."""
        return is_beside(self.domain)

    @property
    def has_dissent(self) -> bool:
        """Whether somebody stays apart."""
        return bool(self.stays_apart or self.why_apart)


class Wording(Word):
    """A seat's own reason, "" for none, and whether its team may be named beside it."""

    said: Annotated[str, a_line("the reason", LONGEST_REASON)] = ""
    with_team: bool = False


class Reason(Word):
    """What a seat would point at, or, from the second look on (`again`), what moved it.

    `team` is the name of its team only where the seat asked for that, else "". `times` counts
    the seats that wrote the same. `shown` is None until the facilitator decided.
    """

    id: str
    domain: str
    number: int
    said: str
    team: str
    times: int = 1
    shown: bool | None = None
    again: bool = False


class Misreading(Word):
    """What one partner thought another would score, beside what that other scored (means, 0-5).

    `own` is the mean of the guessing partner itself; None where it may not be shown.
    """

    domain: str
    who: Partner
    whom: Partner
    own: float | None
    guessed: float
    scored: float
    guesses: int

    @property
    def width(self) -> float:
        """How far the guess lies from the score, in points."""
        return abs(self.guessed - self.scored)


class OwnGuess(Word):
    """What a seat guessed of another partner, beside its own score and what that partner scored.

    `mine` is None where the seat gave no score. `scored` is a mean (0-5), None where it may not
    be shown.
    """

    domain: Domain
    whom: Partner
    mine: Score | None
    guessed: int
    scored: float | None


def _statement(given: Any) -> int:
    if type(given) is int and given in POINTS:
        return given
    raise ScoreRefused("Choose the statement that was unclear, 0 to 5.")


class Help(StrEnum):
    """What support a place can ask for (paper, pages 21 to 22 and 29)."""

    MASTERCLASS = "masterclass"
    WORKSHOP = "workshop"
    COACHING = "coaching"
    CRITICAL_FRIEND = "critical friend"


class SupportDraft(Word):
    """Support as it is asked for; `wanted` says what it should help with."""

    kind: Annotated[Help, a_choice("the support", Help)]
    wanted: Annotated[
        str,
        a_text("what it is for", LONGEST_PROSE),
        needed("Say what it should help with."),
        Said("What it should help with"),
    ]
    from_whom: Annotated[str, a_line("from whom", 120), Said("From whom")] = ""


class Support(SupportDraft):
    """Support that the room asks for. Versions are kept."""

    id: str
    version: int


class UnclearDraft(Word):
    """A statement that was unclear to the room, and what it should say instead ("" for no idea)."""

    domain: str
    points: Annotated[int, BeforeValidator(_statement)]
    suggestion: Annotated[
        str,
        a_text("the suggestion", LONGEST_PROSE),
        Said("What it should say", asks="What it should say (if you know)"),
    ] = ""


class Unclear(UnclearDraft):
    """A statement that was unclear, as it is kept. Versions are kept."""

    id: str
    version: int
