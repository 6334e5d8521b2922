"""Last time: what of it is kept back while its place scores, and who says that they were there."""

from datetime import date
from typing import NamedTuple

from aqua_core.errors import ChoiceRefused, KeptBack, RoundClosed
from aqua_core.live import Channel, kept_with, revision
from aqua_core.rules.places import kept_back
from aqua_core.rules.stages import open_rounds, standing
from aqua_core.store import sittings as sitting_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.places import begun_in, met_at, printed_in, running_in
from aqua_core.store.rounds import rounds_of
from aqua_core.vocabulary import Holder, Workshop
from aqua_core.vocabulary.place import Running
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop import admitting
from aqua_core.workshop.admitting import find_workshop


def check_may_look_back(cursor: Cursor, workshop: Workshop, shown: frozenset[str]) -> None:
    """Refuse to show what an earlier room scored while a later one of its place scores that.

    Args:
        cursor: of the transaction.
        workshop: the earlier one.
        shown: the domains that it shows.

    Raises:
        KeptBack: a later workshop of its place has begun, and has not revealed one of them yet.
    """
    now = revision("", Channel.ROOM)
    kept = kept_with(workshop.code, "kept back", now, lambda: _kept_back_after(cursor, workshop))
    for (later, wave_id), domains in kept.items():
        if domains & shown:
            raise _by(later, workshop.place.name, wave_id)


def check_place_may_look_back(cursor: Cursor, place_id: str) -> None:
    """Refuse to show a place's waves while it scores.

    Raises:
        KeptBack: a workshop of the place has begun, and has not revealed every domain yet.
    """
    if later := _that_scores(cursor, place_id):
        raise _by(later, "This place")


def place_scores(cursor: Cursor, place_id: str) -> bool:
    """Tell whether what earlier waves of a place said is kept back now."""
    return _that_scores(cursor, place_id) is not None


def check_benchmark_may_be_seen(caller: admitting.Caller) -> None:
    """Refuse published means of other places while any room of this file scores.

    Raises:
        KeptBack: a workshop has begun, and has not revealed every domain yet; or rooms are hosted
            here, and who asks may be about to score in one of them.
    """
    with admitting.looking_on(caller) as (cursor, known):
        if not known:
            raise KeptBack(
                "Salford's figures are for who is signed in: nobody measures themselves by others "
                "first, and rooms that may score now are hosted here.",
                "",
            )
        check_nobody_scores(cursor, "Salford's figures are")


def check_nobody_scores(cursor: Cursor, what: str) -> None:
    """Refuse what other places scored while any room of this file scores.

    Args:
        cursor: of the transaction.
        what: is refused, with its verb: "Salford's figures are".

    Raises:
        KeptBack: a workshop has begun, and has not revealed every domain yet.
    """
    if running := _that_scores(cursor):
        raise KeptBack(
            # Without its code: whoever is let in nowhere may read this.
            f"A room scores now. {what} kept back until all of it is revealed, or "
            "the workshop is closed: nobody measures themselves by others first.",
            running.code,
        )


def benchmark_is_kept_back(caller: admitting.Caller) -> bool:
    """Tell whether published means of other places are kept back now."""
    with admitting.looking_on(caller) as (cursor, known):
        return not known or somebody_scores(cursor)


def somebody_scores(cursor: Cursor) -> bool:
    """Tell whether any room of this file scores now."""
    return _that_scores(cursor) is not None


def _by(later: Running, place: str, wave_id: str = "") -> KeptBack:
    """Say which workshop keeps what was scored before back, and what to do if it should not."""
    return KeptBack(
        f"{place} scores now, in the workshop {later.code} of {day_said(later.held_on)}. What was "
        "scored before is kept back until all of it is revealed there. The facilitator can close "
        "or erase that workshop, or make it a sitting of the same wave.",
        *(later.code, later.place_id, wave_id),
    )


def _kept_back_after(
    cursor: Cursor, workshop: Workshop
) -> dict[tuple[Running, str], frozenset[str]]:
    """Give what each later workshop of the same place keeps back, beside this one's wave."""
    others = begun_in(cursor, date.today()) - {workshop.id}
    if not others:
        return {}
    running = running_in(cursor, [*others, workshop.id])
    at = next(n for n, held in enumerate(running) if held.code == workshop.code)
    return {
        (later, running[at].wave_id): _kept_back_in(cursor, later)
        for later in running[at + 1 :]
        if later.place_id == running[at].place_id and later.wave_id != running[at].wave_id
    }


def _that_scores(cursor: Cursor, place_id: str = "") -> Running | None:
    """Give a workshop that keeps something back, at one place or any; None for none."""
    begun = begun_in(cursor, date.today())
    for running in running_in(cursor, begun) if begun else ():
        if place_id in ("", running.place_id) and _kept_back_in(cursor, running):
            return running
    return None


def _kept_back_in(cursor: Cursor, running: Running) -> frozenset[str]:
    """Give the domains that a workshop which has begun, or its wave's day, has not revealed yet.

    It has begun with its first open round, or when somebody joins on its day. What was left half
    revealed on an earlier day keeps nothing back: nobody is in that room any more.
    """
    workshop = find_workshop(cursor, running.code)
    rounds, today = rounds_of(cursor, workshop.id), date.today()
    begun = open_rounds(rounds) or (running.held_on >= today and standing(rounds))
    if not begun and not (running.joined and running.held_on == today):
        return frozenset()
    seen = {domain for domain, _ in sitting_rows.collected_in(cursor, workshop.id)}
    return kept_back(rounds, (domain.key for domain in workshop.instrument.domains)) - seen


class LastTime(NamedTuple):
    """Whether a seat is asked if it was in the room last time, and what it said; None: nothing."""

    asked: bool
    said: bool | None


def last_time_asked(caller: admitting.Caller, code: str) -> LastTime:
    """Tell whether this seat is asked if it was here last time, and what it said.

    Asked of people, until the first reveal, where the place has an earlier wave.
    """
    with admitting.asking(caller, code) as (cursor, workshop, seat):
        # Asked for each seat that opens its page: neither a vote nor a joining changes it.
        now = revision("", Channel.DEEDS)
        asked = kept_with(workshop.code, "last time", now, lambda: _asks(cursor, workshop))
        said = sitting_rows.BEEN.said(cursor, workshop.id, seat.id) if asked else None
        return LastTime(asked, said)


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
        sitting_rows.BEEN.say(cursor, workshop.id, seat.id, here)
    return here


def _asks(cursor: Cursor, workshop: Workshop) -> bool:
    if workshop.holder is not Holder.PERSON:
        return False
    if any(held.revealed for held in rounds_of(cursor, workshop.id)):
        return False
    if away := sitting_rows.sits_for(cursor, workshop.id):
        return away.met_before
    return met_before(cursor, workshop)


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
