"""A workshop as it is packed: its words, and rows of its tables."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from aqua_core.exports.pack.dealing.guesses import GuessRow
from aqua_core.vocabulary import (
    Action,
    Answer,
    Cycle,
    Outcome,
    Support,
    TopicMove,
    Unclear,
    Workshop,
)

Row = Mapping[str, Any]
"""Values by column: text, whole numbers, days, true or false, tuples of text; None for nothing."""
Rows = Mapping[str, Sequence[Row]]
"""Rows by table."""

NO_CODE: Final = ""
"""The join code of a packed workshop: nobody joins it, and where it opens another may have it."""


class ShownReason(NamedTuple):
    """A reason that the room was shown; `team_id` is "" where no team is named beside it."""

    id: str
    domain: str
    number: int
    said: str
    team_id: str
    alike: int


class Packed(NamedTuple):
    """What a pack holds. Every tuple is in the order of its table's key.

    The join code of `workshop` is no part of it: it is NO_CODE in what was read.
    `rounds` are (domain, number); `seats` are ids of teams, seat 1 first; `scores` are (seat,
    domain, number, answer), the answer being points, CANNOT_SAY or WITHHELD; `notes` are (domain,
    heard).
    """

    workshop: Workshop
    rounds: tuple[tuple[str, int], ...]
    seats: tuple[str, ...]
    scores: tuple[tuple[int, str, int, int | str], ...]
    guesses: tuple[GuessRow, ...]
    notes: tuple[tuple[str, str], ...]
    card_acts: tuple[TopicMove, ...]
    reasons: tuple[ShownReason, ...]
    outcomes: tuple[Outcome, ...]
    actions: tuple[Action, ...]
    cycles: tuple[Cycle, ...]
    look_backs: tuple[Answer, ...]
    support: tuple[Support, ...]
    unclear: tuple[Unclear, ...]
