"""Recall: whether who sits here was in the room last time. Only counts of it are ever shown."""

from typing import NamedTuple

from aqua_core.errors import ChoiceRefused, RoundClosed
from aqua_core.live import once_a_revision
from aqua_core.store import sittings as sitting_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.places import met_at, printed_in
from aqua_core.store.rounds import rounds_of
from aqua_core.vocabulary import Holder, Workshop
from aqua_core.workshop import admitting


class LastTime(NamedTuple):
    """Whether a seat is asked if it was in the room last time, and what it said; None: nothing."""

    asked: bool
    said: bool | None


def last_time_asked(caller: admitting.Caller, code: str) -> LastTime:
    """Tell whether this seat is asked if it was here last time, and what it said.

    Asked of people, until the first reveal, where the place has an earlier wave.
    """
    with admitting.asking(caller, code) as (cursor, workshop, seat):
        asked = _asks(cursor, workshop)
        return LastTime(asked, sitting_rows.said_been(cursor, workshop.id, seat.id))


def say_last_time(caller: admitting.Caller, code: str, here: object) -> bool | None:
    """Keep whether this seat was in the room last time; None takes it back. Only counts are shown.

    Raises:
        ChoiceRefused: it is neither yes, no nor nothing.
        RoundClosed: nobody is asked here, or not any more.
    """
    if here is not None and not isinstance(here, bool):
        raise ChoiceRefused("Say yes, no, or nothing.")
    with admitting.sitting(caller, code) as (cursor, workshop, seat):
        admitting.check_counts(cursor, workshop, seat.id)
        if not _asks(cursor, workshop):
            raise RoundClosed("This is not asked any more. What was saved before stands.")
        sitting_rows.say_been(cursor, workshop.id, seat.id, here)
    return here


def _asks(cursor: Cursor, workshop: Workshop) -> bool:
    if workshop.holder is not Holder.PERSON:
        return False
    if any(held.revealed for held in rounds_of(cursor, workshop.id)):
        return False
    if away := sitting_rows.sits_for(cursor, workshop.id):
        return away.met_before
    return once_a_revision(workshop.code, "met before", lambda: met_before(cursor, workshop))


def met_before(cursor: Cursor, workshop: Workshop) -> bool:
    """Tell whether the place has a wave before this one of which something is known."""
    met = met_at(cursor)
    this = next(held for held in met if held.code == workshop.code)
    printed = (wave.dated for wave in printed_in(cursor) if wave.place_id == this.place_id)
    scored = (
        held.held_on
        for held in met
        if held.place_id == this.place_id and held.wave_id != this.wave_id and held.revealed
    )
    return any(dated < this.held_on for dated in (*printed, *scored))
