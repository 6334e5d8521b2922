"""Set up from last time: what a place's newest workshop says of who meets, and never a score."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from aqua_core.rules.places import same_place
from aqua_core.store.database import reading
from aqua_core.store.places import places_in
from aqua_core.vocabulary import Holder, Instrument, Terms, Workshop
from aqua_core.workshop.admitting import Caller, find_workshop, hosting
from aqua_core.workshop.looking_back import newest_of_each_place
from aqua_core.workshop.setting_up import PartnerDraft


class LastTime(NamedTuple):
    """How a place was set up last, each part as it would be typed again.

    `instrument` is one that is installed: last time's wording where it is still there, because
    waves scored by different words cannot be compared. `instead` says why where it is another, and
    that there is a newer version; "" for neither.
    """

    place: str
    persona: str
    held_on: date
    partners: tuple[PartnerDraft, ...]
    holder: Holder
    guard: int
    terms: Terms
    instrument: Instrument
    instead: str


def places_before(caller: Caller) -> tuple[str, ...]:
    """Give the places of this file: who met last first, then those that never met; no samples."""
    with hosting(caller, reading) as cursor:
        names = {kept.id: kept.name for kept in places_in(cursor) if not kept.invented}
        joined = {kept.id for kept in places_in(cursor) if kept.joined_to}
        met = newest_of_each_place(cursor)
        return tuple(names[place_id] for place_id in (*met, *(names.keys() - joined - met.keys())))


def last_time_at(caller: Caller, place: str, installed: Sequence[Instrument]) -> LastTime | None:
    """Give how a place was set up last, or None where it was not here before.

    `place` is as it is typed; of `installed`, what a workshop can use, there is at least one.
    """
    with hosting(caller, reading) as cursor:
        here = [kept for kept in places_in(cursor) if not kept.invented]
        found = same_place(place, here)
        newest = newest_of_each_place(cursor)
        place_id = (found.joined_to or found.id) if found else ""
        if place_id not in newest:
            return None
        persona = next(kept.persona for kept in here if kept.id == place_id)
        return _last_time(find_workshop(cursor, newest[place_id]), persona, installed)


def _last_time(workshop: Workshop, persona: str, installed: Sequence[Instrument]) -> LastTime:
    instrument, instead = _instrument(workshop.instrument, installed)
    return LastTime(
        place=workshop.place.name,
        persona=persona,
        held_on=workshop.held_on,
        partners=_partners(workshop),
        holder=workshop.holder,
        guard=workshop.guard,
        terms=workshop.terms,
        instrument=instrument,
        instead=instead,
    )


def _partners(workshop: Workshop) -> tuple[PartnerDraft, ...]:
    return tuple(
        PartnerDraft(
            partner.name,
            partner.sector,
            tuple(team.tier for team in workshop.teams if team.partner.id == partner.id),
        )
        for partner in workshop.partners
    )


def _instrument(scored: Instrument, installed: Sequence[Instrument]) -> tuple[Instrument, str]:
    versions = [each for each in installed if each.key == scored.key]
    newest = max(versions, key=_age, default=scored)
    for each in versions:
        if each.version == scored.version:
            return each, _newer_said(each, newest)
    if versions:
        return newest, (
            f"Version {scored.version} of {scored.name}, used last time, is not installed any "
            f"more: version {newest.version} is chosen."
        )
    return installed[0], (
        f"{scored.name}, used last time, is not installed any more: {installed[0].name} is chosen."
    )


def _newer_said(chosen: Instrument, newest: Instrument) -> str:
    if newest.version == chosen.version:
        return ""
    return (
        f"Version {newest.version} of {newest.name} is newer. Version {chosen.version} stays "
        "chosen, so that both times can be compared."
    )


def _age(instrument: Instrument) -> tuple[int, ...]:
    return tuple(int(part) for part in instrument.version.split("."))
