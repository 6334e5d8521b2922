"""Places: find the one that is meant or make it, say what each needs, rename, join, erase."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from aqua_core import errors
from aqua_core.live import Channel, changed, forget_all
from aqua_core.rules import open_tests
from aqua_core.rules.places import (
    close_place,
    half_a_year_on,
    last_seen,
    rows_of,
    same_place,
    working_day_from,
)
from aqua_core.rules.typed import personal_details
from aqua_core.store import places as place_rows
from aqua_core.store import sittings as sitting_rows
from aqua_core.store.closings import erase
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import alone_in, reading, writing_anew
from aqua_core.store.facts import plans_missing
from aqua_core.store.workshops import Listed, read_anew, workshops_listed
from aqua_core.vocabulary import KeptPlace, Place, PlaceRow, Wave, Workshop, same_name
from aqua_core.vocabulary.event import HowUndone
from aqua_core.vocabulary.place import EARLIEST, AtPlaces
from aqua_core.vocabulary.plan import OpenAction
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.text import clean_day
from aqua_core.workshop.admitting import Caller, facilitating, find_workshop, managing, remember
from aqua_core.workshop.holding_back import place_scores
from aqua_core.workshop.passing import forget_all_in_passing
from aqua_core.workshop.reading import plans_in, workshops_at


class PlaceSeen(NamedTuple):
    """A place with all that hangs on it.

    `workshops` newest first, `waves` the first one first, `taken_out` those that were; `tests` are
    those that go on, soonest review first, `first_results` how soon any showed something; `joined`
    the places that count as this one, `others` those that it could be joined to. `compared` says
    that two waves show something, `collects` is the code of the newest wave's workshop, into which
    sittings are brought; "" for none. While one of its workshops scores, `scoring` says so, no wave
    tells its means and no test what its cycles showed: nobody looks at last time before having
    scored.
    """

    place: KeptPlace
    workshops: tuple[Listed, ...]
    waves: tuple[Wave, ...]
    taken_out: tuple[Wave, ...]
    tests: tuple[OpenAction, ...]
    first_results: open_tests.FirstResults
    joined: tuple[KeptPlace, ...]
    others: tuple[KeptPlace, ...]
    compared: bool
    collects: str
    scoring: bool


def places_now(caller: Caller, today: date) -> tuple[PlaceRow, ...]:
    """Give a row a place: who meets today first, then by review day, samples last."""
    with managing(caller, reading) as cursor:
        places, met = place_rows.places_in(cursor), place_rows.met_at(cursor)
        came = place_rows.came_to(cursor, [workshop.code for workshop in last_seen(met)])
        tried, printed = place_rows.tried_in(cursor), place_rows.printed_in(cursor)
        missing = plans_missing(cursor)
    return rows_of(places, AtPlaces(met, came, tried, printed, missing), today)


def close_to(caller: Caller, typed: str) -> KeptPlace | None:
    """Give the place that a name may mean with a slip of the pen; None where it is one, or new."""
    with managing(caller, reading) as cursor:
        here = _that_met(cursor)
        return None if same_place(typed, here) else close_place(typed, here)


def place_seen(caller: Caller, place_id: str) -> PlaceSeen:
    """Give a place with its workshops, waves and open tests.

    Raises:
        NoSuchPlace: the file holds no such place, or it counts as another.
    """
    with managing(caller, reading) as cursor:
        place = find_place(cursor, place_id)
        every = place_rows.places_in(cursor)
        ids = place_rows.ids_at(cursor, place.id)
        workshops = [listed for listed in workshops_listed(cursor) if listed.place_id == place.id]
        workshops.sort(key=lambda listed: listed.held_on, reverse=True)
        waves = place_rows.waves_of(cursor, ids)
        scoring = place_scores(cursor, place.id)
        plans = plans_in(cursor, workshops_at(cursor, place.id))
        tests = open_tests.going_on_at(plans)
        return PlaceSeen(
            place=place,
            workshops=tuple(workshops),
            waves=_told(waves, scoring),
            taken_out=_told(place_rows.waves_of(cursor, ids, taken_out=True), scoring),
            tests=open_tests.kept_back(tests) if scoring else tests,
            first_results=open_tests.first_results(plans),
            joined=tuple(kept for kept in every if kept.joined_to == place.id),
            others=tuple(kept for kept in _that_met(cursor) if kept.id != place.id),
            compared=sum(wave.shown for wave in waves) > 1 and not scoring,
            collects=_collects(cursor, waves),
            scoring=scoring,
        )


def change_what_is_kept(
    caller: Caller, place_id: str, named: Place, began_on: date, next_wave_on: date | None
) -> KeptPlace:
    """Call a place otherwise, and say when it began and meets again.

    Raises:
        NoSuchPlace: the file holds no such place.
        AlreadyThere: another place has this name.
        DateRefused: a day is none or lies before 1900, or it meets again before it began.
        TextRefused: the persona holds what looks like somebody's details.
    """
    check_fictional(named.persona)
    began = clean_day("Choose the day on which the place began.", began_on)
    check_not_too_early(began)
    if next_wave_on and clean_day("Choose the day of the next wave.", next_wave_on) <= began:
        raise errors.DateRefused("The next wave lies before the place began. Choose a later day.")
    with managing(caller) as cursor:
        place = find_place(cursor, place_id)
        check_free(cursor, place, named.name)
        said = {"name": named.name, "persona": named.persona, "began_on": began}
        kept = place.model_copy(update=said | {"next_wave_on": next_wave_on})
        codes = _keep(cursor, kept)
    _tell(codes)
    return kept


def check_free(cursor: Cursor, place: KeptPlace, name: str) -> None:
    """Refuse a name for a place that another one has.

    Raises:
        AlreadyThere: the two can be joined.
    """
    others = [kept for kept in place_rows.places_in(cursor) if kept.id != place.id]
    if (other := same_place(name, others)) and other.invented == place.invented:
        raise errors.AlreadyThere(
            f"There is already a place called {other.name}. Join the two, on the place's page."
        )


def next_wave_proposed(caller: Caller, code: str) -> date:
    """Give the day of the next wave that the place keeps, if it lies after this workshop.

    Else a working day six months after it.
    """
    with facilitating(caller, code, reading) as (cursor, workshop):
        kept = kept_place_of(cursor, workshop).next_wave_on
    return (
        kept
        if kept and kept > workshop.held_on
        else working_day_from(half_a_year_on(workshop.held_on))
    )


def agree_next_wave(caller: Caller, code: str, next_wave_on: date | None) -> KeptPlace:
    """Keep with the place of a workshop when it meets again; None for not known yet.

    Raises:
        DateRefused: it is no day, or does not lie after the workshop.
    """
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        if next_wave_on is not None:
            day = clean_day("Choose the day of the next wave.", next_wave_on)
            if day <= workshop.held_on:
                raise errors.DateRefused("The next wave lies after this one. Choose a later day.")
        place = kept_place_of(cursor, workshop)
        kept = place.model_copy(update={"next_wave_on": next_wave_on})
        codes = _keep(cursor, kept)
        cells = [("place", place.id, "next_wave_on", place.next_wave_on)]
        made = [("place", place.id, "next_wave_on", next_wave_on)]
        said = "It was agreed when the place meets again."
        if kept != place:
            remember(cursor, workshop, said, HowUndone.CHANGED, cells=cells, made=made)
    _tell(codes)
    return kept


def join_places(caller: Caller, place_id: str, to: str) -> KeptPlace:
    """Let a place count as another: its workshops and waves stand there, until it is undone.

    Raises:
        NoSuchPlace: the file holds no such place.
        PlaceRefused: it is the same place, a sample, or others are joined to it already.
    """
    with managing(caller) as cursor:
        place, other = find_place(cursor, place_id), find_place(cursor, to)
        _check_may_join(place, other, place_rows.places_in(cursor))
        codes = _keep(cursor, place.model_copy(update={"joined_to": other.id}))
    _tell(codes)
    return other


def part_places(caller: Caller, place_id: str) -> KeptPlace:
    """Undo a join: the place stands for itself again, with what it brought.

    Raises:
        NoSuchPlace: no place with this id counts as another.
        PlaceRefused: workshops of both sit in one wave.
    """
    with managing(caller) as cursor:
        joined = {kept.id: kept for kept in place_rows.places_in(cursor) if kept.joined_to}
        if place_id not in joined:
            raise errors.NoSuchPlace("This place is not joined to another.")
        for code, other in place_rows.sitting_across(cursor, place_id):
            raise errors.PlaceRefused(
                f"{code} sits in a wave of {other}. Make it a wave of its own first."
            )
        kept = joined[place_id].model_copy(update={"joined_to": ""})
        codes = _keep(cursor, kept)
    _tell(codes)
    return kept


def erase_place(caller: Caller, place_id: str, typed: str) -> None:
    """Take a place and all that hangs on it out of the file, and of every copy beside it.

    Args:
        caller: who asks.
        place_id: of the place; what is joined to it goes too.
        typed: its name, typed by hand.

    Raises:
        NoSuchPlace: the file holds no such place.
        ChoiceRefused: what was typed is another name.
        FileUnusable: the disk refused; the sentence says what is left to do.
    """
    with managing(caller, reading) as cursor:
        _check_typed(find_place(cursor, place_id), typed)
    with managing(caller, writing_anew) as cursor:
        place = find_place(cursor, place_id)
        _check_typed(place, typed)
        codes = erase_in(cursor, place)
    for code in codes:
        forget_all(code)
        forget_all_in_passing(code)
    _tell(codes)


def erase_in(cursor: Cursor, place: KeptPlace) -> tuple[str, ...]:
    """Take a place and all that hangs on it out, inside a transaction that writes the file anew.

    Returns:
        The codes of its workshops.
    """
    codes = _codes_at(cursor, place)
    alone_in(cursor, codes)  # else a vote could be saved into a workshop that is gone
    for kept_id in place_rows.ids_at(cursor, place.id):
        place_rows.drop_published(cursor, kept_id)
    for code in codes:
        erase(cursor, find_workshop(cursor, code).id)
    place_rows.drop_what_hangs_on_nothing(cursor)
    return codes


def placed(
    cursor: Cursor, typed: Place, held_on: date, *, invented: bool = False, sure: bool = False
) -> KeptPlace:
    """Give the place that a name means, or a new one, inside a transaction.

    Args:
        cursor: of the open transaction.
        typed: as it was typed; its persona is a new place's.
        held_on: the day on which a new place begins.
        invented: a sample; each time that it is tried it is a place of its own, so it never mixes
            with a place, and trying it twice makes no second wave in which nothing moved.
        sure: a new place, however near its name is to one that is here.

    Raises:
        SamePlace: nobody was sure, and the name may be one that is here with a slip of the pen.
    """
    here = [] if invented else [k for k in place_rows.places_in(cursor) if not k.invented]
    if found := same_place(typed.name, here):
        return _standing_for(found, here)
    near = close_place(typed.name, [kept for kept in here if not kept.joined_to])
    if near and not sure:
        raise errors.SamePlace(
            f"{typed.name} is nearly {near.name}, which is here already. Is this the same place?",
            near.name,
        )
    kept = KeptPlace(
        id=f"p{secrets.token_hex(6)}",
        name=typed.name,
        persona=typed.persona,
        began_on=held_on,
        invented=invented,
    )
    place_rows.add_place(cursor, kept)
    return kept


def find_place(cursor: Cursor, place_id: str) -> KeptPlace:
    """Give a place that stands for itself.

    Raises:
        NoSuchPlace: the file holds no such place, or it counts as another.
    """
    found = place_rows.place_found(cursor, place_id)
    if found and not found.joined_to:
        return found
    raise errors.NoSuchPlace("This place is not here. Open it from the first page.")


def check_fictional(persona: str) -> None:
    """Refuse a persona that may be somebody.

    Raises:
        TextRefused: it holds what looks like somebody's details.
    """
    if details := personal_details(persona):
        raise errors.TextRefused(
            f"This looks like {details}. The persona is fictional: take it out."
        )


def check_not_too_early(day: date) -> None:
    """Refuse a day that is a slip.

    Raises:
        DateRefused: it lies before 1900.
    """
    if day < EARLIEST:
        raise errors.DateRefused(f"{day_said(day)}? Choose a day from {day_said(EARLIEST)} on.")


def kept_place_of(cursor: Cursor, workshop: Workshop) -> KeptPlace:
    """Give the place that a workshop counts to."""
    return find_place(cursor, place_rows.place_id_of(cursor, workshop.id))


def _told(waves: Sequence[Wave], scoring: bool) -> tuple[Wave, ...]:
    return tuple(wave.model_copy(update={"means": ()}) if scoring else wave for wave in waves)


def _collects(cursor: Cursor, waves: Sequence[Wave]) -> str:
    newest = next((wave.codes for wave in reversed(waves) if wave.codes), ())
    held = (find_workshop(cursor, code) for code in newest)
    return next((one.code for one in held if not sitting_rows.seen_with(cursor, one.id)), "")


def _that_met(cursor: Cursor) -> tuple[KeptPlace, ...]:
    every = place_rows.places_in(cursor)
    return tuple(kept for kept in every if not kept.joined_to and not kept.invented)


def _standing_for(place: KeptPlace, here: Sequence[KeptPlace]) -> KeptPlace:
    return next((kept for kept in here if kept.id == place.joined_to), place)


def _keep(cursor: Cursor, place: KeptPlace) -> tuple[str, ...]:
    """Keep a place; give the codes of the workshops that say its name or that it brought."""
    before = _codes_at(cursor, place)
    place_rows.change_place(cursor, place)
    codes = tuple({*before, *_codes_at(cursor, place)})
    read_anew(cursor, codes)
    return codes


def _codes_at(cursor: Cursor, place: KeptPlace) -> tuple[str, ...]:
    return tuple(
        listed.code
        for listed in workshops_listed(cursor)
        if listed.place_id in (place.id, place.joined_to)
    )


def _check_may_join(place: KeptPlace, other: KeptPlace, every: Sequence[KeptPlace]) -> None:
    if place.id == other.id:
        raise errors.PlaceRefused("This is the same place. Choose another one.")
    if place.invented or other.invented:
        raise errors.PlaceRefused("A sample never mixes with a place.")
    if joined := [kept.name for kept in every if kept.joined_to == place.id]:
        raise errors.PlaceRefused(
            f"{' and '.join(joined)} count as {place.name}. Undo that first, then join each."
        )


def _check_typed(place: KeptPlace, typed: str) -> None:
    if same_name(" ".join(typed.split())) != same_name(place.name):
        raise errors.ChoiceRefused("That is another name. Type the name of the place to erase.")


def _tell(codes: Sequence[str]) -> None:
    for code in codes:
        changed(code, Channel.ROOM)
