"""Waves of a place: enter published ones, correct them, take them out; sit together in one."""

import secrets
from collections.abc import Sequence
from datetime import date

from aqua_core import errors
from aqua_core.live import Channel, changed
from aqua_core.rules.places import check_may_sit_with
from aqua_core.store import places as place_rows
from aqua_core.store.closings import is_open
from aqua_core.store.connecting import Cursor
from aqua_core.store.given import sweep_given
from aqua_core.store.rounds import rounds_of
from aqua_core.store.sittings import invited_in, seen_with, sits_for, sittings_of
from aqua_core.vocabulary import PublishedWaves, Wave, WaveDraft, WaveKind, Workshop
from aqua_core.vocabulary.plan import FIRST_VERSION
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop.admitting import Caller, facilitating, find_workshop, managing
from aqua_core.workshop.placing import check_not_too_early, find_place
from aqua_core.workshop.sitting_apart import waiting_in


def enter_waves(
    caller: Caller, place_id: str, drafts: Sequence[WaveDraft], today: date
) -> tuple[Wave, ...]:
    """Keep published waves of a place; their days may have passed long ago. All, or none.

    Raises:
        NoSuchPlace: the file holds no such place.
        DateRefused: a day lies ahead, or before 1900.
        AlreadyThere: the place has a published wave on that day.
        ChoiceRefused: a domain stands twice in one wave.
    """
    entered: list[Wave] = []
    with managing(caller) as cursor:
        place = find_place(cursor, place_id)
        for draft in drafts:
            wave = _wave(f"v{secrets.token_hex(6)}", FIRST_VERSION, draft)
            _check_wave(_published_at(cursor, place.id), wave, today)
            place_rows.add_published(cursor, place.id, wave)
            entered.append(wave)
    changed(place.id, Channel.ROOM)
    return tuple(entered)


def correct_wave(caller: Caller, place_id: str, shown: Wave, draft: WaveDraft, today: date) -> Wave:
    """Keep a published wave as it should have been entered; `shown` is the version on the screen.

    Raises:
        ChangedMeanwhile: a newer version was saved since.
        NotSignedIn, NoSuchPlace, DateRefused, AlreadyThere, ChoiceRefused: as for `enter_waves`.
    """
    with managing(caller) as cursor:
        place = find_place(cursor, place_id)
        known = _found(_published_at(cursor, place.id), shown.id)
        if known.version != shown.version:
            raise errors.ChangedMeanwhile("Somebody else corrected this wave. Look at it again.")
        wave = _wave(known.id, known.version + 1, draft)
        _check_wave(_published_at(cursor, place.id), wave, today)
        place_rows.add_published(cursor, place.id, wave)
    changed(place.id, Channel.ROOM)
    return wave


def take_wave_out(caller: Caller, place_id: str, wave_id: str) -> None:
    """Take a published wave out of sight; it stays, and can be put back.

    Raises:
        NoSuchPlace: the file holds no such place, or no such wave in sight.
    """
    _move(caller, place_id, wave_id, out=True)


def put_wave_back(caller: Caller, place_id: str, wave_id: str) -> None:
    """Put a wave back that was taken out.

    Raises:
        NoSuchPlace: the file holds no such place, or no such wave that was taken out.
        AlreadyThere: the place has another published wave on that day by now.
    """
    _move(caller, place_id, wave_id, out=False)


def sit_together(caller: Caller, code: str, wave_id: str) -> None:
    """Make a workshop one more sitting of a measured wave of its place.

    Raises:
        NoSuchWorkshop: the file holds no workshop with this code.
        NoSuchPlace: its place has no such measured wave.
        SittingRefused: it is a wave's day itself, another laptop invited it, somebody has scored in
            it and was told where that is seen, the wave's day is closed, or it could not be one
            room with the workshop of that day.
    """
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        waves = place_rows.waves_of(
            cursor, place_rows.ids_at(cursor, place_rows.place_id_of(cursor, workshop.id))
        )
        if not any(wave.id == wave_id and wave.codes for wave in waves):
            raise errors.NoSuchPlace("This place has no such wave.")
        _check_may_join(cursor, workshop, wave_id, waves)
        place_rows.sit_in(cursor, workshop.id, wave_id)
        sweep_given(cursor)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def sit_alone(caller: Caller, code: str) -> None:
    """Make a workshop a wave of its own again.

    Raises:
        NoSuchWorkshop: the file holds no workshop with this code.
        SittingRefused: somebody has scored, and was told when it is seen.
    """
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        if seen_with(cursor, workshop.id) and _is_scored_sealed(cursor, workshop):
            raise errors.SittingRefused(
                "Somebody has scored here, and was told that it is seen with the others: it stays."
            )
        place_rows.sit_in(cursor, workshop.id, place_rows.own_wave(cursor, workshop.id))
        sweep_given(cursor)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def waves_as_published(published: PublishedWaves) -> tuple[Wave, ...]:
    """Give the waves of a published table by their true days; () where it names them otherwise."""
    return tuple(
        Wave(
            id=printed,
            version=FIRST_VERSION,
            kind=WaveKind.PUBLISHED,
            dated=dated,
            source=published.source,
        )
        for printed, dated in zip(published.waves, published.dated, strict=False)
    )


def _check_may_join(
    cursor: Cursor, workshop: Workshop, wave_id: str, waves: Sequence[Wave]
) -> None:
    if sits_for(cursor, workshop.id):
        raise errors.SittingRefused("It is seen on the laptop that invited it: it stays there.")
    if sittings_of(cursor, workshop.id) or invited_in(cursor, workshop.id):
        raise errors.SittingRefused("Others sit in its wave: it is the workshop of their day.")
    if _is_scored_sealed(cursor, workshop):
        where = "with others" if seen_with(cursor, workshop.id) else "here. Reveal it first"
        raise errors.SittingRefused(
            f"Somebody has scored here, and was told that it is seen {where}."
        )
    codes = next(wave.codes for wave in waves if wave.id == wave_id)
    rooms = [find_workshop(cursor, code) for code in codes]
    day = next((room for room in rooms if place_rows.own_wave_id(room.id) == wave_id), None)
    if day is None or day.id == workshop.id:
        return
    may_score = is_open(cursor, workshop.id)
    if may_score and not is_open(cursor, day.id):
        raise errors.SittingRefused(
            f"The workshop of {day_said(day.held_on)} is closed: nothing more is revealed there. "
            "This one stays a wave of its own."
        )
    if may_score or not any(held.revealed for held in rounds_of(cursor, workshop.id)):
        check_may_sit_with(workshop, day)


def _is_scored_sealed(cursor: Cursor, workshop: Workshop) -> bool:
    return any(waiting_in(cursor, workshop.id).values())


def _published_at(cursor: Cursor, place_id: str, *, taken_out: bool = False) -> tuple[Wave, ...]:
    waves = place_rows.waves_of(cursor, place_rows.ids_at(cursor, place_id), taken_out=taken_out)
    return tuple(wave for wave in waves if wave.kind is WaveKind.PUBLISHED)


def _found(waves: Sequence[Wave], wave_id: str) -> Wave:
    for wave in waves:
        if wave.id == wave_id:
            return wave
    raise errors.NoSuchPlace("This place has no such wave any more. Look at it again.")


def _wave(wave_id: str, version: int, draft: WaveDraft) -> Wave:
    said = {field: getattr(draft, field) for field in WaveDraft.model_fields}
    return Wave(id=wave_id, version=version, kind=WaveKind.PUBLISHED, **said)


def _move(caller: Caller, place_id: str, wave_id: str, *, out: bool) -> None:
    with managing(caller) as cursor:
        place = find_place(cursor, place_id)
        known = _found(_published_at(cursor, place.id, taken_out=not out), wave_id)
        moved = known.model_copy(update={"version": known.version + 1})
        if not out:
            _check_day_is_free(_published_at(cursor, place.id), moved)
        place_rows.add_published(cursor, place.id, moved, taken_out=out)
    changed(place.id, Channel.ROOM)


def _check_wave(known: Sequence[Wave], wave: Wave, today: date) -> None:
    check_not_too_early(wave.dated)
    if wave.dated > today:
        raise errors.DateRefused(
            f"{day_said(wave.dated)} lies ahead. A wave that is entered has passed."
        )
    _check_day_is_free(known, wave)
    domains = [mean.domain for mean in wave.means]
    if len(set(domains)) < len(domains):
        raise errors.ChoiceRefused("A domain stands twice in this wave. Keep one.")


def _check_day_is_free(known: Sequence[Wave], wave: Wave) -> None:
    if any(other.dated == wave.dated and other.id != wave.id for other in known):
        raise errors.AlreadyThere(
            f"This place has a published wave of {day_said(wave.dated)} already. Correct that one."
        )
