"""Measure: readings typed, pasted or brought, put right, taken out, and undone."""

import secrets
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from aqua_core import errors
from aqua_core.exports.readings_table import (
    Brought,
    Known,
    Table,
    readings_in,
    written_month_first,
)
from aqua_core.live import Channel, changed
from aqua_core.rules.typed import check_nobody_in_word
from aqua_core.store import measures as measure_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.measures import Version
from aqua_core.vocabulary import KeptPlace
from aqua_core.vocabulary.measure import MOST_READINGS, Reading, ReadingDraft, figure_said
from aqua_core.vocabulary.plan import FIRST_VERSION
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop.admitting import Caller, managing
from aqua_core.workshop.following import (
    MEANWHILE,
    followed_ids,
    kept_at,
    measure_found,
    measures_at,
    next_deed,
)
from aqua_core.workshop.holding_back import place_scores
from aqua_core.workshop.placing import check_not_too_early, find_place


def keep_reading(
    caller: Caller, place_id: str, draft: ReadingDraft, today: date, *, sure: bool = False
) -> Reading:
    """Keep a reading of a measure.

    Raises:
        NoSuchPlace, NoSuchMeasure: the file holds no such place, or it follows no such measure.
        DateRefused: its day lies ahead, or before 1900.
        AlreadyThere: there is a reading of that day, or as many as a measure can have.
        LooksPersonal: its source holds what looks like somebody's details, and nobody was sure.
    """
    kept = Reading(id=_new_id(), version=FIRST_VERSION, **dict(draft))
    _check_reading(kept, today, sure)

    def check(held: _Held) -> None:
        _check_day_is_free(held, kept)
        _check_room(held.readings, [kept])

    _add(caller, place_id, Version(kept, False), check)
    return kept


def correct_reading(
    caller: Caller, place_id: str, corrected: Reading, today: date, *, sure: bool = False
) -> Reading:
    """Put a reading right; `corrected.version` is the version that was shown, which stays.

    Raises:
        ChangedMeanwhile: a newer version was saved since.
        NoSuchPlace, NoSuchMeasure, DateRefused, AlreadyThere, LooksPersonal: as for a new one.
    """
    _check_reading(corrected, today, sure)

    def check(held: _Held) -> None:
        _check_newest(held.readings, corrected)
        _check_day_is_free(held, corrected)

    saved = corrected.model_copy(update={"version": corrected.version + 1})
    _add(caller, place_id, Version(saved, False), check)
    return saved


def take_reading_out(caller: Caller, place_id: str, shown: Reading) -> None:
    """Take a reading out of sight; it stays, and can be put back.

    Raises:
        NoSuchPlace, NoSuchMeasure: there is no such place, or no such reading in sight.
    """
    _move_reading(caller, place_id, shown, out=True)


def put_reading_back(caller: Caller, place_id: str, shown: Reading) -> None:
    """Put a reading back that was taken out.

    Raises:
        NoSuchPlace, NoSuchMeasure: there is no such place, or no such reading that was taken out.
        AlreadyThere: there is another reading of that day by now, or as many as there can be.
    """
    _move_reading(caller, place_id, shown, out=False)


def days_month_first(
    caller: Caller, place_id: str, brought: bytes | str, measure_id: str = ""
) -> bool | None:
    """Tell whether a table's days are written month first; None where somebody has to say it.

    Raises:
        NoSuchPlace, NoSuchMeasure, BadReadings: as for the differences.
    """
    with managing(caller, reading) as cursor:
        place = find_place(cursor, place_id)
        return written_month_first(brought, _known(cursor, place, measure_id))


def readings_brought(
    caller: Caller, place_id: str, brought: Table, today: date, measure_id: str = ""
) -> tuple[Brought, ...]:
    """Give what a file or a pasted table would add or change; nothing is saved.

    Args:
        caller: the facilitator.
        place_id: of the place.
        brought: the bytes of a file, or a text that was pasted; `Ordered` where somebody said how
            its days are written.
        today: no reading lies after it.
        measure_id: the measure that it was pasted into; "" where a column names it.

    Raises:
        NoSuchPlace, NoSuchMeasure: the file holds no such place, or it follows no such measure.
        BadReadings: a row cannot be taken; the sentences name each.
    """
    with managing(caller, reading) as cursor:
        place = find_place(cursor, place_id)
        return readings_in(brought, _known(cursor, place, measure_id), today)


def take_readings(
    caller: Caller, place_id: str, brought: Table, today: date, measure_id: str = ""
) -> int:
    """Keep every reading of a file or a pasted table, or none; give how many are new or changed.

    Raises:
        NoSuchPlace, NoSuchMeasure, BadReadings: as for the differences.
        AlreadyThere: a measure would have more readings than it can.
    """
    with managing(caller) as cursor:
        place = find_place(cursor, place_id)
        known = _known(cursor, place, measure_id)
        taken = readings_in(brought, known, today)
        versions = [Version(_as_kept(one), False) for one in taken]
        new = [version.reading for version in versions if version.reading.version == FIRST_VERSION]
        _check_room(known.readings, new)
        measure_rows.add_readings(cursor, versions, next_deed(cursor, place.id))
    changed(place.id, Channel.ROOM)
    return len(taken)


def undo_readings(caller: Caller, place_id: str) -> int:
    """Undo what was done last with readings, all of a file at once; undone again, it is back.

    Returns:
        How many readings it was.

    Raises:
        NoSuchPlace: the file holds no such place.
        NoSuchMeasure: nothing was done with readings yet.
    """
    with managing(caller) as cursor:
        place = find_place(cursor, place_id)
        ids = followed_ids(cursor, place.id)
        last = measure_rows.deeds_done(cursor, ids)
        touched = measure_rows.changed_by(cursor, ids, last)
        if not touched:
            raise errors.NoSuchMeasure("Nothing was done with readings here yet.")
        back = [
            Version(
                (before or after).reading.model_copy(update={"version": after.reading.version + 1}),
                before.taken_out if before else True,
            )
            for after, before in touched
        ]
        measure_rows.add_readings(cursor, back, last + 1)
    changed(place.id, Channel.ROOM)
    return len(back)


def _known(cursor: Cursor, place: KeptPlace, measure_id: str) -> Known:
    kept = kept_at(cursor, place.id)
    only = measure_found(kept.measures, measure_id) if measure_id else None
    return Known(kept.measures, kept.readings, only)


def _check_reading(kept: Reading, today: date, sure: bool) -> None:
    check_not_too_early(kept.dated)
    if kept.dated > today:
        raise errors.DateRefused(f"{day_said(kept.dated)} lies ahead. A reading has been taken.")
    if not sure:
        check_nobody_in_word(kept)


def _move_reading(caller: Caller, place_id: str, shown: Reading, *, out: bool) -> None:
    def check(held: _Held) -> None:
        _check_newest(held.readings if out else held.gone, shown)
        if not out:
            _check_day_is_free(held, shown)
            _check_room(held.readings, [shown])

    moved = shown.model_copy(update={"version": shown.version + 1})
    _add(caller, place_id, Version(moved, out), check)


class _Held(NamedTuple):
    """The readings of a measure, in sight and taken out, and whether its place scores now."""

    readings: Sequence[Reading]
    gone: Sequence[Reading]
    scoring: bool


def _add(caller: Caller, place_id: str, saved: Version, check: Callable[[_Held], None]) -> None:
    """Append a version of one reading, once it was checked beside its measure's."""
    with managing(caller) as cursor:
        place = find_place(cursor, place_id)
        measure = measure_found(measures_at(cursor, place.id), saved.reading.measure_id)
        here, gone = (
            measure_rows.readings_of(cursor, [measure.id], taken_out=out) for out in (False, True)
        )
        check(_Held(here, gone, place_scores(cursor, place.id)))
        measure_rows.add_readings(cursor, [saved], next_deed(cursor, place.id))
    changed(place.id, Channel.ROOM)


def _check_newest(readings: Sequence[Reading], shown: Reading) -> None:
    known = next((kept for kept in readings if kept.id == shown.id), None)
    if known is None:
        raise errors.NoSuchMeasure("This reading was moved meanwhile. Look at it again.")
    if known.version != shown.version:
        raise errors.ChangedMeanwhile(MEANWHILE)


def _check_day_is_free(held: _Held, shown: Reading) -> None:
    for other in held.readings:
        if other.dated == shown.dated and other.id != shown.id:
            # While the place scores nobody reads a figure of last time.
            kept = "" if held.scoring else f": {figure_said(other.value)}"
            raise errors.AlreadyThere(
                f"There is a reading of {day_said(other.dated)} already{kept}. Put that one right."
            )


def _check_room(known: Sequence[Reading], new: Sequence[Reading]) -> None:
    counted: dict[str, int] = {}
    for kept in (*known, *new):
        counted[kept.measure_id] = counted.get(kept.measure_id, 0) + 1
    if new and max(counted.values()) > MOST_READINGS:
        raise errors.AlreadyThere(
            f"A measure can have {MOST_READINGS:,} readings. Follow a new one from here on."
        )


def _as_kept(brought: Brought) -> Reading:
    before = brought.before
    return Reading(
        id=before.id if before else _new_id(),
        version=before.version + 1 if before else FIRST_VERSION,
        **dict(brought.draft),
    )


def _new_id() -> str:
    return f"r{secrets.token_hex(8)}"
