"""Follow: the newest act that a screen nobody touches is brought to, a card or a small test."""

from typing import NamedTuple

from aqua_core.store.cursor import Cursor
from aqua_core.store.plan.actions import saves_of
from aqua_core.vocabulary import Workshop
from aqua_core.workshop.admitting import Caller, watched
from aqua_core.workshop.talking.choosing import cards_now


class Newest(NamedTuple):
    """How far the room is: one that grew says where the room went.

    `card` is the sequence of the card that is talked about, 0 without one; `plan` counts what was
    ever saved in the plan, and only grows.
    """

    card: int
    plan: int


def newest_now(caller: Caller, code: str) -> Newest:
    """Give how far the room is with its cards and its plan."""
    cards = cards_now(caller, code)
    card = cards.acts[cards.taken].sequence if cards.taken is not None else 0
    return Newest(card, watched(caller, code, "plan saves", _saves))


def _saves(cursor: Cursor, workshop: Workshop) -> int:
    return saves_of(cursor, workshop.id)
