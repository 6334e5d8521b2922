"""Set up a workshop: a place, its partners and teams, an instrument, a date, a join code."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from aqua_core.errors import AlreadyThere, ChoiceRefused, DateRefused
from aqua_core.rules.typed.alike import twin_of
from aqua_core.store.cursor import Cursor
from aqua_core.store.database import reading
from aqua_core.store.places import change_place, hang
from aqua_core.store.seats import add_expected, add_seat_key
from aqua_core.store.workshops import Listed, add_workshop, workshop_by_code, workshops_listed
from aqua_core.vocabulary import (
    CODE_LENGTH,
    CODE_LETTERS,
    GUARDS,
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
    same_name,
)
from aqua_core.vocabulary.choice import clean_day
from aqua_core.vocabulary.figures import day_said
from aqua_core.workshop.admitting import Caller, hosting
from aqua_core.workshop.placing import check_fictional, placed


class PartnerDraft(NamedTuple):
    """A partner as it is typed, and the tiers that send a team."""

    name: str
    sector: Sector
    tiers: tuple[Tier, ...]


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
            name=partner.name if len(draft.tiers) == 1 else f"{partner.name}, {tier.value}",
            partner=partner,
            tier=tier,
        )


def _check_partners(partners: Sequence[PartnerDraft]) -> None:
    names: list[str] = []
    for partner in partners:
        name = clean_name("the partner", partner.name)
        if not partner.tiers:
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
