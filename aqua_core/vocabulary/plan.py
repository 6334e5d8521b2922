"""What a room leaves with: what it heard, and the small tests that it owns together."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from aqua_core.vocabulary.choice import a_choice, a_day
from aqua_core.vocabulary.text import a_line, a_text, needed
from aqua_core.vocabulary.word import Word


class Scale(StrEnum):
    """Where an action bites."""

    MICRO = "micro"
    MESO = "meso"
    MACRO = "macro"


SCALE_MEANS = {
    Scale.MICRO: "team and locality",
    Scale.MESO: "service and pathway",
    Scale.MACRO: "whole system",
}


class Conversation(Word):
    """What the room did with a prompt on one domain: the notes of what was heard, oldest first."""

    domain: str
    heard: tuple[str, ...]


class ActionDraft(Word):
    """A small test as it is written down; the store adds its id and version.

    `lead` is a role, never a person's name by rule; `partners` are ids of partners who own the
    test together, the lead partner first.
    """

    test: Annotated[str, a_text("the test", 300), needed("Say what will be tried.")]
    domain: str
    lead: Annotated[str, a_line("the lead", 60), needed("Who will lead it? A role is enough.")]
    partners: tuple[str, ...]
    measure: Annotated[str, a_line("the measure", 200)] = ""
    review_on: Annotated[date, a_day("Choose a day to review the test, such as 2026-12-22.")]
    scale: Annotated[Scale, a_choice("the scale", Scale)]


class Action(ActionDraft):
    """An action in the plan. Every edit is a new version; none is overwritten."""

    id: str
    version: int
