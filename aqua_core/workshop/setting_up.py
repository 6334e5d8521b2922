"""Set up a workshop: a place, its partners and teams, an instrument, a date, a join code."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from aqua_core.errors import ChoiceRefused, DateRefused, Refusal
from aqua_core.rules.own_words import words_to_choose
from aqua_core.rules.places import a_slip_apart, is_in_full, same_place
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.facts import is_shared
from aqua_core.store.gatherings import gathering_by_code
from aqua_core.store.places import change_place, hang, places_in
from aqua_core.store.seats import add_expected, add_seat_key
from aqua_core.store.shared import owners
from aqua_core.store.workshops import (
    Listed,
    add_workshop,
    workshop_by_code,
    workshops_listed,
)
from aqua_core.vocabulary import (
    CODE_LENGTH,
    CODE_LETTERS,
    GUARDS,
    HOSTED_CODE_LENGTH,
    MOST_TEAMS,
    Holder,
    Instrument,
    Partner,
    Place,
    Sector,
    Team,
    Terms,
    Tier,
    Workshop,
    clean_guard,
    clean_name,
)
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.text import clean_day
from aqua_core.workshop.admitting import Caller, find_workshop, managing
from aqua_core.workshop.naming import called_by, check_names_differ, check_new_name, is_called_by
from aqua_core.workshop.placing import check_fictional, placed
from aqua_core.workshop.reading import newest_of_each_place, scored_last_at


class PartnerDraft(NamedTuple):
    """A partner as it is typed, and the tiers that send a team; `named` have names of their own.

    `sector` is None until somebody chooses it.
    """

    name: str
    sector: Sector | None
    tiers: tuple[Tier, ...]
    named: tuple[tuple[Tier, str], ...] = ()

    @property
    def tier_a_team(self) -> tuple[Tier, ...]:
        """The tier of each of its teams."""
        return (*self.tiers, *(tier for tier, _ in self.named))


class WorkshopDraft(NamedTuple):
    """A workshop as it is typed; `invented`, `guard` and `terms` are as in a workshop.

    `people` are expected to come; None where nobody said. `beside` is asked besides the framework.
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
    beside: tuple[Instrument, ...] = ()


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
    with managing(caller) as cursor:
        return make_workshop(cursor, draft, today, sure=sure)


def make_workshop(
    cursor: Cursor, draft: WorkshopDraft, today: date, *, sure: bool = False
) -> Workshop:
    """Make a workshop inside a transaction that is open already (see set_up)."""
    check_to_come(draft.held_on, today)
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
        beside=draft.beside,
    )
    add_workshop(cursor, workshop)
    hang(cursor, workshop.id, place.id)
    if workshop.place.persona not in ("", place.persona):
        change_place(cursor, place.model_copy(update={"persona": workshop.place.persona}))
    add_seat_key(cursor, workshop.id, secrets.token_bytes(32))
    if draft.people is not None:
        add_expected(cursor, workshop.id, draft.people)
    return workshop


def check_to_come(held_on: object, today: date) -> None:
    """Refuse a day of a workshop that is none, or has passed.

    Raises:
        DateRefused: it says where a wave that was held already is entered.
    """
    day = clean_day("Choose the day of the workshop.", held_on)
    if day < today:
        raise DateRefused(
            f"The date has passed ({day_said(day)}). Choose today or later. A wave that was held "
            "before is entered on the page of its place, under “Enter an earlier wave”."
        )


def workshops_here(caller: Caller) -> tuple[Listed, ...]:
    """Give every workshop in this room's file, newest first."""
    with managing(caller, reading) as cursor:
        return workshops_listed(cursor)


def _teams(partners: Sequence[PartnerDraft]) -> tuple[Team, ...]:
    _check_partners(partners)
    teams = tuple(team for partner in partners for team in _teams_of(partner))
    if len(teams) > MOST_TEAMS:
        raise ChoiceRefused(f"A room can have {MOST_TEAMS} teams (this has {len(teams)}).")
    check_names_differ([team.name for team in teams])
    return teams


def _teams_of(draft: PartnerDraft) -> Iterable[Team]:
    partner = Partner(
        id=secrets.token_hex(6), name=draft.name, sector=chosen_sector(draft.name, draft.sector)
    )
    for tier in draft.tiers:
        yield Team(
            id=secrets.token_hex(6),
            name=called_by(partner.name, tier, alone=len(draft.tier_a_team) == 1),
            partner=partner,
            tier=tier,
        )
    for tier, name in draft.named:
        yield Team(id=secrets.token_hex(6), name=name, partner=partner, tier=tier)


def chosen_sector(partner: str, sector: Sector | None) -> Sector:
    """Give the sector of a partner of this name.

    Raises:
        ChoiceRefused: nobody chose it.
    """
    if sector is None:
        raise ChoiceRefused(choose_sector(partner))
    return sector


def choose_sector(partner: str) -> str:
    """Say that the sector of a partner of this name is to be chosen."""
    return f"Choose the sector of {partner.strip()}."


def is_another(typed: str, before: str, place: str) -> bool:
    """Tell whether a name is another partner's than the one before it.

    Neither a slip mended nor the place's own name before it ("Wigan Council") makes it another.
    """
    if not (before.strip() and typed.strip()):
        return False
    return not (a_slip_apart(typed, before) or is_in_full(typed, before, place))


def _check_partners(partners: Sequence[PartnerDraft]) -> None:
    for fault in partners_at_fault(partners).values():
        raise fault
    if len(partners) < 2:
        raise ChoiceRefused("Name at least two partners: this is a conversation between them.")


def partners_at_fault(partners: Sequence[PartnerDraft]) -> dict[int, Refusal]:
    """Give what is wrong with each partner, by its place among them."""
    names: list[str] = []
    faults: dict[int, Refusal] = {}
    for at, partner in enumerate(partners):
        try:
            names.append(_checked(partner, names))
        except Refusal as refusal:
            faults[at] = refusal
    return faults


def _checked(partner: PartnerDraft, names: Sequence[str]) -> str:
    name = clean_name("the partner", partner.name)
    if not partner.tier_a_team:
        raise ChoiceRefused(f"Choose at least one tier for {name}.")
    check_new_name(name, names)
    return name


def free_code(cursor: Cursor) -> str:
    """Give a join code that no workshop and no gathering in the file has."""
    length = HOSTED_CODE_LENGTH if is_shared() else CODE_LENGTH
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(length))
        if is_shared():  # a workshop of another organisation is not seen, but has its code
            free = owners.is_free(cursor, code)
        else:
            free = not (workshop_by_code(cursor, code) or gathering_by_code(cursor, code))
        if free:
            return code


def with_its_teams(cursor: Cursor, like: Workshop, own_id: str, held_on: date) -> Workshop:
    """Give a workshop like another one, with partners and teams that have ids of their own."""
    partners = {
        partner.id: Partner(id=secrets.token_hex(6), name=partner.name, sector=partner.sector)
        for partner in like.partners
    }
    teams = tuple(
        Team(
            id=secrets.token_hex(6),
            name=team.name,
            partner=partners[team.partner.id],
            tier=team.tier,
        )
        for team in like.teams
    )
    own = {"id": own_id, "code": free_code(cursor), "held_on": held_on, "teams": teams}
    return like.model_copy(update=own)


class LastTime(NamedTuple):
    """How a place was set up last, each part as it would be typed again.

    `instrument` is the newest of the place's own where it saved any, else one that is installed:
    last time's wording where it is still there, because waves scored by different words cannot be
    compared. `instead` says why where it is another, and that there is a newer version; "" for
    neither. `beside` are the keys of what was asked besides; where to begin is asked afterwards.
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
    beside: tuple[str, ...]


def draft_from(last: LastTime, instrument: Instrument, held_on: date) -> WorkshopDraft:
    """Give a place as it would be set up once more, as last time, in this wording."""
    return WorkshopDraft(
        place=Place(name=last.place, persona=last.persona),
        partners=last.partners,
        instrument=instrument,
        held_on=held_on,
        holder=last.holder,
        guard=last.guard,
        terms=last.terms,
    )


def places_before(caller: Caller) -> tuple[str, ...]:
    """Give the places of this file: who met last first, then those that never met; no samples."""
    with managing(caller, reading) as cursor:
        names = {kept.id: kept.name for kept in places_in(cursor) if not kept.invented}
        joined = {kept.id for kept in places_in(cursor) if kept.joined_to}
        met = newest_of_each_place(cursor)
        return tuple(names[place_id] for place_id in (*met, *(names.keys() - joined - met.keys())))


def last_time_at(
    caller: Caller,
    place: str,
    installed: Sequence[Instrument],
    own: Sequence[Instrument] = (),
) -> LastTime | None:
    """Give how a place was set up last, or None where it was not here before.

    `place` is as it is typed; of `installed`, what a workshop can use, there is at least one; `own`
    are the versions that the place saved, the newest first.
    """
    with managing(caller, reading) as cursor:
        here = [kept for kept in places_in(cursor) if not kept.invented]
        found = same_place(place, here)
        newest = newest_of_each_place(cursor)
        place_id = (found.joined_to or found.id) if found else ""
        if place_id not in newest:
            return None
        persona = next(kept.persona for kept in here if kept.id == place_id)
        workshop, scored = find_workshop(cursor, newest[place_id]), scored_last_at(cursor, place_id)
        words = words_to_choose(workshop.instrument, scored, installed, own)
        return _last_time(workshop, persona, words)


def _last_time(workshop: Workshop, persona: str, words: tuple[Instrument, str]) -> LastTime:
    instrument, instead = words
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
        beside=tuple(held.key for held in workshop.beside if not held.answering.most),
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
    by_partner = [team for team in teams if is_called_by(partner, team)]
    return (
        tuple(team.tier for team in by_partner),
        tuple((team.tier, team.name) for team in teams if team not in by_partner),
    )
