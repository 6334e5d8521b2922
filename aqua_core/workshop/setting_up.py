"""Set up a workshop: a place, its partners and teams, an instrument, a date, a join code."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from aqua_core.errors import AlreadyThere, ChoiceRefused, DateRefused
from aqua_core.live import Channel, changed
from aqua_core.rules.places import same_place
from aqua_core.rules.typed import twin_of
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.facts import name_brought_anew
from aqua_core.store.places import change_place, hang, places_in
from aqua_core.store.rounds import rounds_of
from aqua_core.store.seats import add_expected, add_seat_key
from aqua_core.store.sittings import seen_with, sittings_of
from aqua_core.store.talk import add_outcome, outcomes_of
from aqua_core.store.workshops import (
    Cell,
    Listed,
    add_late_team,
    add_workshop,
    change_cells,
    read_anew,
    workshop_by_code,
    workshops_listed,
)
from aqua_core.vocabulary import (
    CODE_LENGTH,
    CODE_LETTERS,
    GUARDS,
    MOST_TEAMS,
    Holder,
    Instrument,
    KeptPlace,
    Partner,
    Place,
    Sector,
    Team,
    Terms,
    Tier,
    Workshop,
    clean_guard,
    clean_name,
    same_name,
)
from aqua_core.vocabulary.event import HowUndone
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.text import clean_day
from aqua_core.workshop.admitting import Caller, facilitating, find_workshop, hosting, remember
from aqua_core.workshop.placing import check_fictional, check_free, place_of, placed
from aqua_core.workshop.reading import newest_of_each_place


class PartnerDraft(NamedTuple):
    """A partner as it is typed, and the tiers that send a team; `named` have names of their own."""

    name: str
    sector: Sector
    tiers: tuple[Tier, ...]
    named: tuple[tuple[Tier, str], ...] = ()

    @property
    def tier_a_team(self) -> tuple[Tier, ...]:
        """The tier of each of its teams."""
        return (*self.tiers, *(tier for tier, _ in self.named))


class WorkshopDraft(NamedTuple):
    """A workshop as it is typed; `invented`, `guard` and `terms` are as in a workshop.

    `people` are expected to come; None where nobody said.
    """

    place: Place
    partners: Sequence[PartnerDraft]
    instrument: Instrument
    held_on: date
    holder: Holder
    invented: bool = False
    guard: int = GUARDS[0]
    terms: Terms = Terms()
    people: int | None = None


def set_up(caller: Caller, draft: WorkshopDraft, today: date, *, sure: bool = False) -> Workshop:
    """Make a workshop. A team is a partner at a tier; its name says both.

    Returns:
        The workshop, with its join code, at the place of this name or at a new one.

    Raises:
        DateRefused: the date is none, or has passed.
        ChoiceRefused: no partner, no tier, too many teams, or no such guard.
        AlreadyThere: two partners or two teams have the same name, or look as if they had.
        TextRefused: a name is not one.
        SamePlace: nobody was sure that the place is new, and its name is nearly one that is here.
    """
    with hosting(caller) as cursor:
        return make_workshop(cursor, draft, today, sure=sure)


def make_workshop(
    cursor: Cursor, draft: WorkshopDraft, today: date, *, sure: bool = False
) -> Workshop:
    """Make a workshop inside a transaction that is open already (see set_up)."""
    if clean_day("Choose the day of the workshop.", draft.held_on) < today:
        raise DateRefused(
            f"The date has passed ({day_said(draft.held_on)}). Choose today or later."
        )
    check_fictional(draft.place.persona)
    teams = _teams(draft.partners)
    place = placed(cursor, draft.place, draft.held_on, invented=draft.invented, sure=sure)
    workshop = Workshop(
        id=secrets.token_hex(8),
        code=free_code(cursor),
        place=Place(name=place.name, persona=draft.place.persona),
        held_on=draft.held_on,
        holder=draft.holder,
        guard=clean_guard(draft.guard, draft.holder),
        instrument=draft.instrument,
        teams=teams,
        invented=draft.invented,
        terms=draft.terms,
    )
    add_workshop(cursor, workshop)
    hang(cursor, workshop.id, place.id)
    if workshop.place.persona not in ("", place.persona):
        change_place(cursor, place.model_copy(update={"persona": workshop.place.persona}))
    add_seat_key(cursor, workshop.id, secrets.token_bytes(32))
    if draft.people is not None:
        add_expected(cursor, workshop.id, draft.people)
    return workshop


def workshops_here(caller: Caller) -> tuple[Listed, ...]:
    """Give every workshop in this room's file, newest first."""
    with hosting(caller, reading) as cursor:
        return workshops_listed(cursor)


def _teams(partners: Sequence[PartnerDraft]) -> tuple[Team, ...]:
    _check_partners(partners)
    teams = tuple(team for partner in partners for team in _teams_of(partner))
    if len(teams) > MOST_TEAMS:
        raise ChoiceRefused(f"A room can have {MOST_TEAMS} teams (this has {len(teams)}).")
    _check_names_differ([team.name for team in teams])
    return teams


def _teams_of(draft: PartnerDraft) -> Iterable[Team]:
    partner = Partner(id=secrets.token_hex(6), name=draft.name, sector=draft.sector)
    for tier in draft.tiers:
        yield Team(
            id=secrets.token_hex(6),
            name=_called(partner.name, tier, alone=len(draft.tier_a_team) == 1),
            partner=partner,
            tier=tier,
        )
    for tier, name in draft.named:
        yield Team(id=secrets.token_hex(6), name=name, partner=partner, tier=tier)


def _called(partner: str, tier: Tier, *, alone: bool) -> str:
    return partner if alone else f"{partner}, {tier.value}"


def _check_partners(partners: Sequence[PartnerDraft]) -> None:
    names: list[str] = []
    for partner in partners:
        name = clean_name("the partner", partner.name)
        if not partner.tier_a_team:
            raise ChoiceRefused(f"Choose at least one tier for {name}.")
        _check_new_name(name, names)
        names.append(name)
    if len(partners) < 2:
        raise ChoiceRefused("Name at least two partners: this is a conversation between them.")


def _check_new_name(name: str, names: Sequence[str]) -> None:
    twin = twin_of(name, names)
    if twin and same_name(twin) == same_name(name):
        raise AlreadyThere(f"There is already a partner called {twin}.")
    if twin:
        raise AlreadyThere(
            f"{name} would look like {twin}, which is already a partner: "
            "a letter in one of them is from another alphabet. Type it again."
        )


def _check_names_differ(teams: Sequence[str]) -> None:
    for number, name in enumerate(teams):
        if twin_of(name, teams[:number]):
            raise AlreadyThere(f"Two teams would be called {name}. Change a partner's name.")


def free_code(cursor: Cursor) -> str:
    """Give a join code that no workshop in the file has."""
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if workshop_by_code(cursor, code) is None:
            return code


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
        PartnerDraft(partner.name, partner.sector, *_tiers_and_named(partner.name, teams))
        for partner in workshop.partners
        for teams in [[team for team in workshop.teams if team.partner.id == partner.id]]
    )


def _tiers_and_named(
    partner: str, teams: Sequence[Team]
) -> tuple[tuple[Tier, ...], tuple[tuple[Tier, str], ...]]:
    """Give the tiers of the teams that are called by their partner, and all others by name."""
    by_partner = [team for team in teams if _is_called_by(partner, team)]
    return (
        tuple(team.tier for team in by_partner),
        tuple((team.tier, team.name) for team in teams if team not in by_partner),
    )


def _is_called_by(partner: str, team: Team) -> bool:
    return team.name in {_called(partner, team.tier, alone=alone) for alone in (True, False)}


class TeamDraft(NamedTuple):
    """A team that comes late, as it is typed; `partner` is one of the workshop's, or a new one."""

    partner: str
    sector: Sector
    tier: Tier
    name: str = ""
    locality: str = ""


def add_team(caller: Caller, code: str, draft: TeamDraft) -> Team:
    """Add a team to a workshop, also while people score; what was scored stays as it was.

    A partner may have several at a tier, each by its name or locality. Without a name a team is
    called by its partner.

    Raises:
        TextRefused: a name is not one.
        AlreadyThere: a partner or a team is called so, or looks as if it were.
        ChoiceRefused: too many teams, or a sitting, which has its day's teams.
    """
    with facilitating(caller, code) as (cursor, workshop):
        if seen_with(cursor, workshop.id):
            raise ChoiceRefused("A sitting has the teams of its wave's day. Add it there.")
        team = _late(workshop, draft, late=bool(rounds_of(cursor, workshop.id)))
        more = workshop.model_copy(update={"teams": (*workshop.teams, team)})
        if len(more.teams) > MOST_TEAMS:
            raise ChoiceRefused(f"A room can have {MOST_TEAMS} teams: this one has as many.")
        add_late_team(cursor, more)
        read_anew(cursor, [workshop.code])
        remember(cursor, workshop, f"{team.name} was added.", HowUndone.TEAM, team=team.id)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)
    return team


def _late(workshop: Workshop, draft: TeamDraft, *, late: bool) -> Team:
    typed = clean_name("the partner", draft.partner)
    partner = next((held for held in workshop.partners if held.name == typed), None)
    if partner is None:
        _check_new_name(typed, [held.name for held in workshop.partners])
        partner = Partner(id=secrets.token_hex(6), name=typed, sector=draft.sector, late=late)
    others = [team.name for team in workshop.teams]
    alone = partner.name not in others and partner not in workshop.partners
    name = draft.name.strip() or _called(partner.name, draft.tier, alone=alone)
    if locality := draft.locality.strip():
        name = f"{name}, {locality}"
    team = Team(id=secrets.token_hex(6), name=name, partner=partner, tier=draft.tier)
    if twin := twin_of(team.name, others):
        raise AlreadyThere(
            f"There is already a team called {twin}. Give this one a name of its own, or say "
            "where it works."
        )
    return team


class Names(NamedTuple):
    """What a workshop and all in it is called: partners (with their sector) and teams by id."""

    place: Place
    held_on: date
    partners: Mapping[str, tuple[str, Sector]]
    teams: Mapping[str, str]


def names_of(workshop: Workshop) -> Names:
    """Give what a workshop and all in it is called now."""
    return Names(
        workshop.place,
        workshop.held_on,
        {partner.id: (partner.name, partner.sector) for partner in workshop.partners},
        {team.id: team.name for team in workshop.teams},
    )


def _instrument(scored: Instrument, installed: Sequence[Instrument]) -> tuple[Instrument, str]:
    versions = [instrument for instrument in installed if instrument.key == scored.key]
    newest = max(versions, key=_age, default=scored)
    for version in versions:
        if version.version == scored.version:
            return version, _newer_said(version, newest)
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


def change_names(caller: Caller, code: str, names: Names) -> Workshop:
    """Call a workshop's place, persona, partners and teams otherwise, and give it another day.

    At any time, also when it is closed. A place, and a partner by its name, is renamed in every
    workshop of the place; pages and files say the newest name, and no score changes.

    Raises:
        TextRefused: a name is not one, or the persona holds what looks like somebody's details.
        AlreadyThere: another place, partner or team is called so, or looks as if it were.
        DateRefused: the day is none, or a sitting of the wave would lie after its day.
    """
    check_fictional(names.place.persona)
    clean_day("Choose the day of the workshop.", names.held_on)
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        place = place_of(cursor, workshop.code)
        check_free(cursor, place, names.place.name)
        _check_day(cursor, workshop, names.held_on)
        codes = [held.code for held in workshops_listed(cursor) if held.place_id == place.id]
        rooms = [find_workshop(cursor, held) for held in codes]
        cells = [*_of_workshop(workshop, rooms, place, names)]
        cells += [cell for room in rooms for cell in _of_partners(workshop, room, names)]
        before = change_cells(cursor, cells)
        read_anew(cursor, codes)
        for room in rooms:
            _name_anew(cursor, room, find_workshop(cursor, room.code))
        if before != cells:
            said, changes = "Names or the day were changed.", {"cells": before, "codes": codes}
            remember(cursor, workshop, said, HowUndone.CHANGED, made=cells, **changes)
        renamed = find_workshop(cursor, workshop.code)
    for held in codes:
        changed(held, Channel.ROOM, Channel.STAGE)
    return renamed


def _check_day(cursor: Cursor, workshop: Workshop, held_on: date) -> None:
    together = seen_with(cursor, workshop.id)
    days = [day for _, _, day in sittings_of(cursor, workshop.id)]
    if (together and held_on > together.dated) or any(day > held_on for day in days):
        raise DateRefused("A sitting is held on the day of its wave, or before. Choose again.")


def _of_workshop(
    workshop: Workshop, rooms: Sequence[Workshop], place: KeptPlace, names: Names
) -> Iterable[Cell]:
    persona, held_on = names.place.persona, names.held_on
    yield "place", place.id, "name", names.place.name
    yield "workshop", workshop.id, "persona", persona
    if place.persona in ("", workshop.place.persona):
        yield "place", place.id, "persona", persona
    yield "workshop", workshop.id, "held_on", held_on
    yield "wave", f"w-{workshop.id}", "dated", held_on
    if place.began_on == workshop.held_on:
        others = (room.held_on for room in rooms if room.id != workshop.id)
        yield "place", place.id, "began_on", min([held_on, *others])


def _of_partners(workshop: Workshop, room: Workshop, names: Names) -> Iterable[Cell]:
    """Give what partners and teams of one of the place's workshops are called from now on."""
    renamed = {same_name(held.name): names.partners[held.id] for held in workshop.partners}
    called = {
        (same_name(team.partner.name), team.name): names.teams[team.id] for team in workshop.teams
    }
    for partner in room.partners:
        name, sector = renamed.get(same_name(partner.name), (partner.name, partner.sector))
        cleaned = clean_name("the partner", name)
        yield "partner", partner.id, "name", cleaned
        yield "partner", partner.id, "sector", sector.value
        for team in room.teams:
            if team.partner.id == partner.id:
                typed = called.get((same_name(partner.name), team.name), team.name)
                if typed == team.name and _is_called_by(partner.name, team):
                    typed = cleaned + team.name.removeprefix(partner.name)
                yield "team", team.id, "name", _as_named(team, typed)


def _as_named(team: Team, typed: str) -> str:
    return Team(id=team.id, name=typed, partner=team.partner, tier=team.tier).name


def _name_anew(cursor: Cursor, before: Workshop, after: Workshop) -> None:
    """Check what a workshop is called now, and say it where a name was written down as text."""
    _check_names_differ([team.name for team in after.teams])
    partners = [partner.name for partner in after.partners]
    for number, name in enumerate(partners):
        _check_new_name(name, partners[:number])
    name_brought_anew(cursor, after)
    now = {team.name: other.name for team, other in zip(before.teams, after.teams, strict=True)}
    now |= {
        partner.name: other.name
        for partner, other in zip(before.partners, after.partners, strict=True)
    }
    for outcome in outcomes_of(cursor, before.id):
        sides = {side: getattr(outcome, side) for side in ("one_side", "other_side")}
        said = {side: now.get(name, name) for side, name in sides.items()}
        if said != sides:
            newer = outcome.model_copy(update=said | {"version": outcome.version + 1})
            add_outcome(cursor, before.id, newer)
