"""What part a seat had in the scores that are shown: whole, some of it, or none."""

from typing import NamedTuple

from aqua_core.store.rounds import left_out_in, missed_in
from aqua_core.workshop.admitting import Caller, asking
from aqua_core.workshop.showing import shown_to_seat


class Part(NamedTuple):
    """How many of the `asked` domains a seat had answered when they were revealed.

    `later` says that it joined after every one of those reveals, `aside` that it was set aside at
    one of them.
    """

    answered: int
    asked: int
    later: bool
    aside: bool = False


def my_part(caller: Caller, code: str) -> Part:
    """Give a seat how much it had answered of what is shown; nothing is asked before a reveal."""
    with asking(caller, code) as (cursor, workshop, seat):
        shown, own = shown_to_seat(workshop, seat.id)
        if own.scores:
            return Part(len(own.scores), len(shown.rounds), later=False)
        out = {
            seat_id
            for domain, number, seat_id in left_out_in(cursor, workshop.id)
            if shown.rounds.get(domain) == number
        }
        if seat.id in out:
            return Part(0, len(shown.rounds), later=False, aside=True)
        there = {
            seat_id
            for domain, number, seat_id in missed_in(cursor, workshop.id)
            if shown.rounds.get(domain) == number
        }
    return Part(0, len(shown.rounds), later=seat.id not in there)
