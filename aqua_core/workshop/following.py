"""Follow: the newest act that a screen nobody touches is brought to, a card or a small test."""

from typing import NamedTuple

from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.planning import plan_now
from aqua_core.workshop.talking.choosing import cards_now


class Newest(NamedTuple):
    """How far the room is: one that grew says where the room went.

    `card` is the sequence of the card that is talked about, 0 without one; `plan` counts the
    versions of what is in the plan, so an act there raises it unless something is taken out.
    """

    card: int
    plan: int


def newest_now(caller: Caller, code: str) -> Newest:
    """Give how far the room is with its cards and its plan.

    Raises:
        NotSignedIn: the caller may not watch it.
        NoSuchWorkshop: no open workshop has this code.
    """
    cards = cards_now(caller, code)
    card = cards.acts[cards.taken].sequence if cards.taken is not None else 0
    return Newest(card, sum(action.version for action in plan_now(caller, code)))
