"""Follow: measures of a place, where a measure's usual begins anew, and what its charts tell."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from aqua_core import errors
from aqua_core.exports.pack_measures import PackedMeasure
from aqua_core.exports.readings_table import readings_as_csv
from aqua_core.live import Channel, changed
from aqua_core.rules.impact import Kept, impact_of, in_order, measure_called
from aqua_core.rules.typed import check_nobody_in_word
from aqua_core.store import measures as measure_rows
from aqua_core.store.connecting import Cursor, ids_held
from aqua_core.store.database import reading
from aqua_core.store.measures import Version
from aqua_core.store.places import ids_at, place_id_of
from aqua_core.vocabulary import KeptPlace
from aqua_core.vocabulary.measure import (
    MOST_MEASURES,
    Measure,
    MeasureDraft,
    Phase,
    PlaceImpact,
    Reading,
)
from aqua_core.vocabulary.plan import FIRST_VERSION
from aqua_core.workshop.admitting import Caller, managing, watching
from aqua_core.workshop.holding_back import place_scores
from aqua_core.workshop.placing import check_not_too_early, find_place
from aqua_core.workshop.reading import plans_in, workshops_at

MEANWHILE: Final = "Somebody else changed this meanwhile. Look at it again."


class ImpactSeen(NamedTuple):
    """What a place follows, with all that can be put right of it.

    `taken_out` and `readings_out` are measures and readings that were taken out; `versions` are
    those of each reading that was put right, by its id. `last` is how many readings the last deed
    on readings touched; 0 for none. While a workshop of the place scores, `scoring` says so and
    nothing is told: nobody looks at last time before having scored.
    """

    place: KeptPlace
    impact: PlaceImpact
    phases: tuple[Phase, ...]
    taken_out: tuple[Measure, ...]
    readings_out: tuple[Reading, ...]
    versions: Mapping[str, tuple[Version, ...]]
    last: int
    scoring: bool

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What is followed, by level and name."""
        return tuple(followed.measure for followed in self.impact.followed)


def impact_now(caller: Caller, place_id: str, today: date) -> ImpactSeen:
    """Give what a place follows.

    Raises:
        NoSuchPlace: the file holds no such place, or it counts as another.
    """
    with managing(caller, reading) as cursor:
        place = find_place(cursor, place_id)
        scoring = place_scores(cursor, place.id)
        kept = kept_at(cursor, place.id)
        taken_out = measures_at(cursor, place.id, taken_out=True)
        ids = [measure.id for measure in (*kept.measures, *taken_out)]
        told = kept._replace(readings=()) if scoring else kept
        plans = plans_in(cursor, () if scoring else workshops_at(cursor, place.id))
        last = measure_rows.deeds_done(cursor, ids)
        return ImpactSeen(
            place=place,
            impact=impact_of(place, told, plans, today),
            phases=kept.phases,
            taken_out=taken_out,
            readings_out=() if scoring else measure_rows.readings_of(cursor, ids, taken_out=True),
            versions={} if scoring else measure_rows.earlier_versions(cursor, ids),
            last=len(measure_rows.changed_by(cursor, ids, last)) if last else 0,
            scoring=scoring,
        )


def follow_measure(
    caller: Caller, place_id: str, draft: MeasureDraft, *, sure: bool = False
) -> Measure:
    """Follow one more measure.

    Raises:
        NoSuchPlace: the file holds no such place.
        AlreadyThere: the place follows one of that name, or as many as it can.
        LooksPersonal: it holds what looks like somebody's details, and nobody was sure.
    """
    with managing(caller) as cursor:
        place = find_place(cursor, place_id)
        known = measures_at(cursor, place.id)
        _check_room(known)
        measure = Measure(id=f"m{secrets.token_hex(6)}", version=FIRST_VERSION, **dict(draft))
        _check_measure(known, measure, sure)
        measure_rows.add_measure(cursor, place.id, measure)
    changed(place.id, Channel.ROOM)
    return measure


def change_measure(
    caller: Caller, place_id: str, measure: Measure, *, sure: bool = False
) -> Measure:
    """Save a new version of a measure; `measure.version` is the version that was shown.

    Raises:
        NoSuchMeasure: the place follows it no more.
        ChangedMeanwhile: a newer version was saved since.
        NoSuchPlace, AlreadyThere, LooksPersonal: as for a new one.
    """
    with managing(caller) as cursor:
        place = find_place(cursor, place_id)
        known = measures_at(cursor, place.id)
        if measure_found(known, measure.id).version != measure.version:
            raise errors.ChangedMeanwhile(MEANWHILE)
        _check_measure(known, measure, sure)
        saved = measure.model_copy(update={"version": measure.version + 1})
        measure_rows.add_measure(cursor, place.id, saved)
    changed(place.id, Channel.ROOM)
    return saved


def take_measure_out(caller: Caller, place_id: str, measure_id: str) -> None:
    """Follow a measure no more; it stays with its readings, and can be put back.

    Raises:
        NoSuchPlace, NoSuchMeasure: the file holds no such place, or it follows no such measure.
    """
    _move_measure(caller, place_id, measure_id, out=True)


def put_measure_back(caller: Caller, place_id: str, measure_id: str) -> None:
    """Follow a measure again that was taken out.

    Raises:
        NoSuchPlace, NoSuchMeasure: there is no such place, or none that was taken out.
        AlreadyThere: the place follows another one of that name by now, or as many as it can.
    """
    _move_measure(caller, place_id, measure_id, out=False)


def begin_phase(caller: Caller, place_id: str, phase: Phase) -> None:
    """Let a measure have another usual from a day on, or freeze the usual of a phase.

    Raises:
        NoSuchPlace, NoSuchMeasure: the file holds no such place, or it follows no such measure.
        DateRefused: its usual would be frozen before it begins.
    """
    if phase.usual_until and phase.usual_until < phase.begins_on:
        raise errors.DateRefused("The usual is frozen on a day of its phase. Choose a later day.")
    _set_phase(caller, place_id, phase, out=False)


def end_phase(caller: Caller, place_id: str, phase: Phase) -> None:
    """Take a phase out: its readings belong to the one before it again.

    Raises:
        NoSuchPlace, NoSuchMeasure: the file holds no such place, or it follows no such measure.
    """
    _set_phase(caller, place_id, phase, out=True)


def followed_names(caller: Caller, code: str) -> tuple[str, ...]:
    """Give the names of what a workshop's place follows, by level; no figure stands with them."""
    with watching(caller, code) as (cursor, workshop):
        followed = measures_at(cursor, place_id_of(cursor, workshop.id))
        return tuple(measure.name for measure in in_order(followed))


def readings_csv(caller: Caller, place_id: str, today: date) -> bytes:
    """Give every reading of a place as CSV that comes back; none while it scores."""
    return readings_as_csv(impact_now(caller, place_id, today).impact.followed)


def kept_at(cursor: Cursor, place_id: str) -> Kept:
    """Give what the file keeps of a place's impact, in sight."""
    measures = measures_at(cursor, place_id)
    ids = [measure.id for measure in measures]
    return Kept(
        measures, measure_rows.readings_of(cursor, ids), measure_rows.phases_of(cursor, ids)
    )


def impact_in(cursor: Cursor, place: KeptPlace, today: date) -> PlaceImpact | None:
    """Give what a place follows, to take away; None where it follows nothing or scores."""
    kept = kept_at(cursor, place.id)
    if not kept.measures or place_scores(cursor, place.id):
        return None
    return impact_of(place, kept, plans_in(cursor, workshops_at(cursor, place.id)), today)


def packed_measures(cursor: Cursor, place_id: str) -> tuple[PackedMeasure, ...]:
    """Give what a pack holds of a place's measures, by id."""
    kept = kept_at(cursor, place_id)
    return tuple(
        PackedMeasure(
            measure=measure,
            readings=tuple(one for one in kept.readings if one.measure_id == measure.id),
            phases=tuple(phase for phase in kept.phases if phase.measure_id == measure.id),
        )
        for measure in sorted(kept.measures, key=lambda measure: measure.id)
    )


def add_packed_measures(cursor: Cursor, place_id: str, packed: Sequence[PackedMeasure]) -> None:
    """Add what a pack brings and is not here: measures, and readings of days that have none.

    One that the place follows under the same name is the same; what is here stays as it is, also
    where it was taken out.
    """
    deed = next_deed(cursor, place_id)
    for brought in packed:
        held = ids_held(cursor, "measure", [brought.measure.id])
        same = measure_called(measures_at(cursor, place_id), brought.measure.name)
        if held and (same is None or same.id != brought.measure.id):
            continue  # taken out here, called otherwise, or of a place of another name
        if same is None:
            measure_rows.add_measure(cursor, place_id, brought.measure)
            for phase in brought.phases:
                measure_rows.add_phase(cursor, phase)
        measure_id = same.id if same else brought.measure.id
        days = {one.dated for one in measure_rows.readings_of(cursor, [measure_id])}
        known = {*ids_held(cursor, "measured", [one.id for one in brought.readings])}
        new = [
            Version(one.model_copy(update={"measure_id": measure_id}), False)
            for one in brought.readings
            if one.dated not in days and one.id not in known
        ]
        measure_rows.add_readings(cursor, new, deed)


def measures_at(cursor: Cursor, place_id: str, *, taken_out: bool = False) -> tuple[Measure, ...]:
    """Give what a place follows, or what was taken out of that, by name."""
    return measure_rows.measures_of(cursor, ids_at(cursor, place_id), taken_out=taken_out)


def followed_ids(cursor: Cursor, place_id: str) -> list[str]:
    """Give the ids of all that a place follows, and of what was taken out: its deeds count too."""
    return [
        measure.id
        for out in (False, True)
        for measure in measures_at(cursor, place_id, taken_out=out)
    ]


def next_deed(cursor: Cursor, place_id: str) -> int:
    """Give the number of the next deed on readings of a place."""
    return measure_rows.deeds_done(cursor, followed_ids(cursor, place_id)) + 1


def measure_found(measures: Sequence[Measure], measure_id: str) -> Measure:
    """Give the measure with this id.

    Raises:
        NoSuchMeasure: it is none of them.
    """
    for measure in measures:
        if measure.id == measure_id:
            return measure
    raise errors.NoSuchMeasure("This place follows no such measure any more. Look at it again.")


def _check_room(known: Sequence[Measure]) -> None:
    if len(known) >= MOST_MEASURES:
        raise errors.AlreadyThere(
            f"A place can follow {MOST_MEASURES} measures. Take one out first."
        )


def _check_measure(known: Sequence[Measure], measure: Measure, sure: bool) -> None:
    others = [other for other in known if other.id != measure.id]
    if other := measure_called(others, measure.name):
        raise errors.AlreadyThere(f"This place follows {other.name} already. Change that one.")
    if not sure:
        check_nobody_in_word(measure)


def _move_measure(caller: Caller, place_id: str, measure_id: str, *, out: bool) -> None:
    with managing(caller) as cursor:
        place = find_place(cursor, place_id)
        measure = measure_found(measures_at(cursor, place.id, taken_out=not out), measure_id)
        if not out:
            known = measures_at(cursor, place.id)
            _check_room(known)
            _check_measure(known, measure, sure=True)
        moved = measure.model_copy(update={"version": measure.version + 1})
        measure_rows.add_measure(cursor, place.id, moved, taken_out=out)
    changed(place.id, Channel.ROOM)


def _set_phase(caller: Caller, place_id: str, phase: Phase, *, out: bool) -> None:
    check_not_too_early(phase.begins_on)
    with managing(caller) as cursor:
        place = find_place(cursor, place_id)
        measure_found(measures_at(cursor, place.id), phase.measure_id)
        measure_rows.add_phase(cursor, phase, taken_out=out)
    changed(place.id, Channel.ROOM)
