"""A workshop as it is packed: what its screens show of scores, and its words as written."""

from typing import Annotated, Final

from aqua_core.vocabulary import (
    LONGEST_NOTE,
    LONGEST_REASON,
    Action,
    Answer,
    Cycle,
    Outcome,
    Round,
    Support,
    TeamProgress,
    TopicMove,
    Unclear,
    Workshop,
)
from aqua_core.vocabulary.shown import Shown
from aqua_core.vocabulary.text import a_line, a_text, needed
from aqua_core.vocabulary.word import Word

NO_CODE: Final = ""
"""The join code of a packed workshop: nobody joins it, and where it opens another may have it."""


class Note(Word):
    """What was heard once on a domain."""

    domain: str
    heard: Annotated[str, a_text("the note", LONGEST_NOTE), needed("A note says something.")]


class ShownReason(Word):
    """A reason that the room was shown; `team_id` is "" where no team is named beside it.

    `alike` counts the seats that wrote it.
    """

    id: str
    domain: str
    number: int
    said: Annotated[str, a_line("the reason", LONGEST_REASON), needed("A reason says something.")]
    team_id: str
    alike: int


class Packed(Word):
    """What a pack holds: no seat, no vote, no clock, no join code.

    `rounds` are those that were revealed, `progress` how many seats of each team joined and
    answered. Notes stand by domain key, oldest first; `card_acts` in their order, without what was
    taken back; of all other texts the newest version.
    """

    workshop: Workshop
    rounds: tuple[Round, ...]
    shown: Shown
    progress: tuple[TeamProgress, ...]
    notes: tuple[Note, ...]
    card_acts: tuple[TopicMove, ...]
    reasons: tuple[ShownReason, ...]
    outcomes: tuple[Outcome, ...]
    actions: tuple[Action, ...]
    cycles: tuple[Cycle, ...]
    look_backs: tuple[Answer, ...]
    support: tuple[Support, ...]
    unclear: tuple[Unclear, ...]
