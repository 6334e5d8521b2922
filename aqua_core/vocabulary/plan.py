"""What a room leaves with: the small tests that it owns together, and what it asks for."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field

from aqua_core.errors import ScoreRefused
from aqua_core.vocabulary.choice import a_choice, a_day
from aqua_core.vocabulary.points import POINTS
from aqua_core.vocabulary.text import LONGEST_PROSE, a_line, a_text, needed
from aqua_core.vocabulary.word import Word

FIRST_VERSION: Final = 1
"""Of whatever a plan keeps in versions: what has it is new."""


def _statement(given: Any) -> int:
    if type(given) is int and given in POINTS:
        return given
    raise ScoreRefused("Choose the statement that was unclear, 0 to 5.")


class Scale(StrEnum):
    """Where an action bites."""

    UNSAID = ""
    MICRO = "micro"
    MESO = "meso"
    MACRO = "macro"


SCALE_MEANS: Final = {
    Scale.MICRO: "one team or neighbourhood",
    Scale.MESO: "one service across partners",
    Scale.MACRO: "the whole place",
}


class Impact(StrEnum):
    """At which of the paper's three levels an action should show (page 12)."""

    UNSAID = ""
    LEADERS = "leaders"
    TEAMS = "teams"
    OUTCOMES = "outcomes"


class Move(StrEnum):
    """What kind of move an action is."""

    UNSAID = ""
    TECHNICAL = "technical"
    IMPROVEMENT = "improvement"
    RELATIONAL = "relational"


class ActionDraft(Word):
    """A small test as it is written down; the store adds its id and version.

    `lead` is a role, never a person's name by rule; `partners` are ids of partners who own the
    test together, the lead partner first. `test` is the change to try ("if ..., then ...").
    What is not said yet is "".
    """

    test: Annotated[str, a_text("the test", 300), needed("Say what will be tried.")]
    domain: str
    lead: Annotated[str, a_line("the lead", 60), needed("Who will lead it? A role is enough.")]
    partners: tuple[str, ...]
    measure: Annotated[str, a_line("the measure", 200)] = ""
    review_on: Annotated[date, a_day("Choose a day to review the test, such as 2026-12-22.")]
    scale: Annotated[Scale, a_choice("the scale", Scale)] = Scale.UNSAID
    aim: Annotated[str, a_line("the aim", 200)] = ""
    prediction: Annotated[str, a_text("the prediction", LONGEST_PROSE)] = ""
    with_whom: Annotated[str, a_line("where and with whom", 200)] = ""
    baseline: Annotated[str, a_line("the baseline", 60)] = ""
    target: Annotated[str, a_line("the target", 60)] = ""
    impact: Annotated[Impact, a_choice("where it should show", Impact)] = Impact.UNSAID
    move: Annotated[Move, a_choice("the kind of move", Move)] = Move.UNSAID
    pulls_against: Annotated[str, a_line("what will pull against it", 200)] = ""
    must_agree: Annotated[str, a_line("who must agree", 120)] = ""
    for_persona: Annotated[str, a_line("what changes for the persona", 200)] = ""
    forum: Annotated[str, a_line("the forum", 120)] = ""


class Action(ActionDraft):
    """An action in the plan. Every edit is a new version; none is overwritten."""

    id: str
    version: int


class Decision(StrEnum):
    """What is done after a cycle was studied; "" while it was not."""

    OPEN = ""
    ADOPT = "adopt"
    ADAPT = "adapt"
    ABANDON = "abandon"


class Cycle(Word):
    """One round of plan, do, study, act on an action, numbered from 1. Versions are kept.

    `seen` is what was seen against `predicted`; what is not written yet is "".
    """

    action_id: str
    number: Annotated[int, Field(ge=1)]
    version: int
    planned: Annotated[str, a_text("the plan", LONGEST_PROSE)] = ""
    predicted: Annotated[str, a_text("the prediction", LONGEST_PROSE)] = ""
    done: Annotated[str, a_text("what was done", LONGEST_PROSE)] = ""
    seen: Annotated[str, a_text("what was seen", LONGEST_PROSE)] = ""
    decision: Annotated[Decision, a_choice("what follows", Decision)] = Decision.OPEN


class Progress(StrEnum):
    """How an open action stands when the place meets again."""

    MOVED = "moved"
    STUCK = "stuck"
    DROPPED = "dropped"


class Answer(Word):
    """What a later workshop said of an open action, with a line; the newest counts."""

    action_id: str
    answer: Annotated[Progress, a_choice("how it stands", Progress)]
    said: Annotated[str, a_line("the line", 200)] = ""


class Help(StrEnum):
    """What support a place can ask for (paper, page 10)."""

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
    ]
    from_whom: Annotated[str, a_line("from whom", 120)] = ""


class Support(SupportDraft):
    """Support that the room asks for. Versions are kept."""

    id: str
    version: int


class UnclearDraft(Word):
    """A statement that was unclear to the room, and what it should say instead ("" for no idea)."""

    domain: str
    points: Annotated[int, BeforeValidator(_statement)]
    suggestion: Annotated[str, a_text("the suggestion", LONGEST_PROSE)] = ""


class Unclear(UnclearDraft):
    """A statement that was unclear, as it is kept. Versions are kept."""

    id: str
    version: int
