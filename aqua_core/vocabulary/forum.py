"""Where a place decides: its forums, what each must hear, and who carries how much."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from aqua_core.vocabulary.plan import OpenAction
from aqua_core.vocabulary.talk import Outcome
from aqua_core.vocabulary.text import Said, Word, a_choice, a_name, a_text

MOST_FORUMS: Final = 40
"""Of one place: a board, an executive and an engine room, and some for each of ten localities."""
LONGEST_FORUM: Final = 120  # as a test names it
_LONGEST_HEARD: Final = 300


class ForumKind(StrEnum):
    """What a forum is; the paper's four of Manchester, from the top (pages 27 to 28)."""

    BOARD = "board"
    EXECUTIVE = "executive"
    ENGINE_ROOM = "engine room"
    LOCALITY = "locality"


class ForumDraft(Word):
    """A forum of a place as it is written down; `hears` says what it must hear, whatever is tried.

    What is not said is "".
    """

    name: Annotated[str, a_name("the forum", LONGEST_FORUM), Said("Forum")]
    kind: Annotated[ForumKind, a_choice("what it is", ForumKind)]
    hears: Annotated[
        str,
        a_text("what it must hear", _LONGEST_HEARD),
        Said("Must hear", asks="What it must hear"),
    ] = ""


class Forum(ForumDraft):
    """A forum, as it is kept. Versions are kept."""

    id: str
    version: int


class Parked(Word):
    """What a conversation on a domain, by its name, parked; in the workshop of a day."""

    domain: str
    held_on: date
    outcome: Outcome


class AtForum(Word):
    """What waits for one forum: tests to decide on and to hear of, and what was parked with it.

    `forum` is None where plans name one that is not on the place's list; then `name` is as they
    spell it.
    """

    name: str
    forum: Forum | None = None
    decides: tuple[OpenAction, ...] = ()
    hears_of: tuple[OpenAction, ...] = ()
    parked: tuple[Parked, ...] = ()


class Load(Word):
    """How many open tests a partner owns; where `lead` is said, how many that role of it leads.

    `earlier` of them were planned before the newest workshop, `late` are past their review day.
    """

    partner: str
    lead: str = ""
    tests: int
    earlier: int
    late: int
    next_on: date | None = None
