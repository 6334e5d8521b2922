"""Call a workshop and all in it otherwise, at any time; add a team that comes late."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from aqua_core.errors import AlreadyThere, ChoiceRefused, DateRefused
from aqua_core.live import Channel, changed
from aqua_core.rules.typed import twin_of
from aqua_core.store.connecting import Cursor
from aqua_core.store.facts import name_brought_anew
from aqua_core.store.places import own_wave_id
from aqua_core.store.rounds import rounds_of
from aqua_core.store.seats import add_expected, expected_in
from aqua_core.store.sittings import seen_with, sittings_of
from aqua_core.store.talk import add_outcome, outcomes_of, outcomes_taken_out
from aqua_core.store.workshops import (
    Cell,
    add_late_team,
    cells_now,
    change_cells,
    read_anew,
    workshops_listed,
)
from aqua_core.vocabulary import (
    MOST_SEATS,
    MOST_TEAMS,
    KeptPlace,
    Partner,
    Place,
    Sector,
    Team,
    Tier,
    Workshop,
    clean_name,
    same_name,
)
from aqua_core.vocabulary.event import A_TEAM, HowUndone
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.text import clean_day
from aqua_core.workshop.admitting import Caller, facilitating, find_workshop, remember
from aqua_core.workshop.placing import (
    check_fictional,
    check_free,
    check_not_too_early,
    kept_place_of,
)


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
    called by its partner. As many more people are expected as set-up begins a team with.

    Raises:
        TextRefused: a name is not one.
        AlreadyThere: a partner or a team is called so, or looks as if it were.
        ChoiceRefused: too many teams, or a sitting, which has its day's teams.
    """
    with facilitating(caller, code) as (cursor, workshop):
        if seen_with(cursor, workshop.id):
            raise ChoiceRefused(
                "A sitting has the teams that its wave's day had when it was set up. Add it there: "
                "a sitting that is set up after that has it too."
            )
        team = _late(workshop, draft, late=bool(rounds_of(cursor, workshop.id)))
        more = workshop.model_copy(update={"teams": (*workshop.teams, team)})
        if len(more.teams) > MOST_TEAMS:
            raise ChoiceRefused(f"A room can have {MOST_TEAMS} teams: this one has as many.")
        add_late_team(cursor, more)
        read_anew(cursor, [workshop.code])
        people = expected_in(cursor, workshop.id)
        if people is not None:
            add_expected(cursor, workshop.id, min(people + A_TEAM, MOST_SEATS))
        about = {"team": team.id, "people": people}
        remember(cursor, workshop, f"{team.name} was added.", HowUndone.TEAM, **about)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)
    return team


def _late(workshop: Workshop, draft: TeamDraft, *, late: bool) -> Team:
    typed = clean_name("the partner", draft.partner)
    partner = next((held for held in workshop.partners if held.name == typed), None)
    if partner is None:
        check_new_name(typed, [held.name for held in workshop.partners])
        partner = Partner(id=secrets.token_hex(6), name=typed, sector=draft.sector, late=late)
    others = [team.name for team in workshop.teams]
    alone = partner.name not in others and partner not in workshop.partners
    name = draft.name.strip() or called_by(partner.name, draft.tier, alone=alone)
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
    check_not_too_early(clean_day("Choose the day of the workshop.", names.held_on))
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        place = kept_place_of(cursor, workshop)
        _check_day(cursor, workshop, names.held_on)
        codes = [held.code for held in workshops_listed(cursor) if held.place_id == place.id]
        rooms = [find_workshop(cursor, held) for held in codes]
        cells = [*_of_workshop(workshop, rooms, place, names)]
        cells += [cell for room in rooms for cell in _of_partners(workshop, room, names)]
        before = change_cells(cursor, cells)
        name_anew(cursor, workshop)
        for room in rooms:
            _name_sides(cursor, room, find_workshop(cursor, room.code))
        made = cells_now(cursor, cells)  # of a wave that is counted into another there is none
        if before != made:
            changes = {"cells": before, "made": made, "codes": codes}
            remember(cursor, workshop, _changed_said(before, made), HowUndone.CHANGED, **changes)
        renamed = find_workshop(cursor, workshop.code)
    for held in codes:
        changed(held, Channel.ROOM, Channel.STAGE)
    return renamed


def _changed_said(before: Sequence[Cell], made: Sequence[Cell]) -> str:
    """Name the one name that was changed, or the day; else say that several were."""
    changes = [(was, now) for was, now in zip(before, made, strict=True) if was != now]
    columns = {was[2] for was, _ in changes}
    # A team that is called by its partner goes with it.
    leading = [cells for cells in changes if cells[0][0] != "team"] or changes
    named = {(was[3], now[3]) for was, now in leading}
    if columns == {"name"} and len(named) == 1:
        ((was, now),) = named
        return f"“{was}” was renamed “{now}”."
    days = {"held_on", "dated", "began_on"}
    return "The day was changed." if columns <= days else "Names or the day were changed."


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
    yield "wave", own_wave_id(workshop.id), "dated", held_on
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
                if typed == team.name and is_called_by(partner.name, team):
                    typed = cleaned + team.name.removeprefix(partner.name)
                yield "team", team.id, "name", _as_named(team, typed)


def _as_named(team: Team, typed: str) -> str:
    return Team(id=team.id, name=typed, partner=team.partner, tier=team.tier).name


def name_anew(cursor: Cursor, workshop: Workshop) -> list[str]:
    """Let all know what is called how now in every workshop of a place; give their codes.

    Raises:
        AlreadyThere: two places, or two partners or teams of a workshop, are called the same.
    """
    place = kept_place_of(cursor, workshop)
    check_free(cursor, place, place.name)
    codes = [held.code for held in workshops_listed(cursor) if held.place_id == place.id]
    read_anew(cursor, codes)
    for room in (find_workshop(cursor, code) for code in codes):
        try:
            _check_called_apart(room)
        except AlreadyThere as twin:
            if room.id == workshop.id:
                raise
            raise AlreadyThere(
                f"In the workshop of {day_said(room.held_on)}, of the same place: {twin}"
            ) from twin
        name_brought_anew(cursor, room)
    return codes


def _check_called_apart(room: Workshop) -> None:
    partners = [partner.name for partner in room.partners]
    for number, name in enumerate(partners):
        check_new_name(name, partners[:number])
    check_names_differ([team.name for team in room.teams])


def _name_sides(cursor: Cursor, before: Workshop, after: Workshop) -> None:
    """Say in what conversations came to, also taken out, how its sides are called now."""
    now = {team.name: other.name for team, other in zip(before.teams, after.teams, strict=True)}
    now |= {
        partner.name: other.name
        for partner, other in zip(before.partners, after.partners, strict=True)
    }
    for outcomes, out in ((outcomes_of, False), (outcomes_taken_out, True)):
        for outcome in outcomes(cursor, before.id):
            sides = {side: getattr(outcome, side) for side in ("one_side", "other_side")}
            said = {side: now.get(name, name) for side, name in sides.items()}
            if said != sides:
                newer = outcome.model_copy(update=said | {"version": outcome.version + 1})
                add_outcome(cursor, before.id, newer, taken_out=out)


def called_by(partner: str, tier: Tier, *, alone: bool) -> str:
    """Give the name of a team without one of its own; `alone` where its partner has no other."""
    return partner if alone else f"{partner}, {tier.value}"


def is_called_by(partner: str, team: Team) -> bool:
    """Tell whether a team has no name of its own."""
    return team.name in {called_by(partner, team.tier, alone=alone) for alone in (True, False)}


def check_new_name(name: str, names: Sequence[str]) -> None:
    """Refuse a partner's name that another one has.

    Raises:
        AlreadyThere: it is the same, or looks the same.
    """
    twin = twin_of(name, names)
    if twin and same_name(twin) == same_name(name):
        raise AlreadyThere(f"There is already a partner called {twin}.")
    if twin:
        raise AlreadyThere(
            f"{name} would look like {twin}, which is already a partner: "
            "a letter in one of them is from another alphabet. Type it again."
        )


def check_names_differ(teams: Sequence[str]) -> None:
    """Refuse teams of which two are called the same.

    Raises:
        AlreadyThere: two names are the same, or look the same.
    """
    for number, name in enumerate(teams):
        if twin_of(name, teams[:number]):
            raise AlreadyThere(f"Two teams would be called {name}. Change a partner's name.")
