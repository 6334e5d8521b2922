"""Follow: the newest act that a screen nobody touches is brought to, a card or a small test."""

from typing import NamedTuple

from aqua_core.live import once_a_revision
from aqua_core.store.database import reading
from aqua_core.store.plan.actions import saves_of
from aqua_core.workshop.admitting import Caller, workshop_now
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
    workshop = workshop_now(caller, code)
    cards = cards_now(caller, code)
    card = cards.acts[cards.taken].sequence if cards.taken is not None else 0
    return Newest(card, once_a_revision(workshop.code, "plan saves", lambda: _saves(workshop.id)))


def _saves(workshop_id: str) -> int:
    with reading() as cursor:
        return saves_of(cursor, workshop_id)
