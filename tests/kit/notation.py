"""Rooms as a test writes them: a row a seat, a column a domain, `-` for cannot say."""

from datetime import date
from pathlib import Path

from aqua_core.vocabulary import (
    CANNOT_SAY,
    MOST_SEATS,
    Cast,
    Holder,
    Instrument,
    Partner,
    Place,
    Score,
    Sector,
    Team,
    Tier,
    Workshop,
    clean_guard,
)
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.joining import take_seat
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up

INSTRUMENT = Instrument.model_validate_json(
    (Path(__file__).parents[2] / "data/instruments/eight-domains.json").read_text("utf-8")
)
DAY = date(2026, 11, 22)
ALL = [domain.key for domain in INSTRUMENT.domains]
TIERS = {"board": Tier.BOARD, "middle": Tier.MIDDLE, "front": Tier.FRONT_LINE}


def instrument_text(instrument: Instrument) -> str:
    """Give the instrument as JSON: the same text for the same wording, one statement a line."""
    return instrument.model_dump_json(indent=2) + "\n"


def workshop_of(
    names: list[tuple[str, Tier]], holder: Holder = Holder.LAPTOP, guard: int = 3
) -> Workshop:
    partners = {name: Partner(id=name, name=name, sector=Sector.COUNCIL) for name, _ in names}
    teams = tuple(
        Team(id=f"{name} {tier}", name=f"{name} {tier}", partner=partners[name], tier=tier)
        for name, tier in dict.fromkeys(names)
    )
    return Workshop(
        id="w",
        code="2345",
        place=Place(name="Salford", persona="Sally Ford"),
        held_on=DAY,
        holder=holder,
        guard=clean_guard(guard, holder),
        instrument=INSTRUMENT,
        teams=teams,
    )


def room(
    table: str, holder: Holder = Holder.LAPTOP, guard: int = 3
) -> tuple[Workshop, tuple[Cast, ...]]:
    """Read a table: the first line names domains, each further line is a seat of a partner.

    A partner may be followed by a tier: `Council/front  2  0  -`. The tier is board by default.
    """
    header, *lines = [line.split() for line in table.strip().splitlines()]
    seats = [(*_side(line[0]), line[1:]) for line in lines]
    workshop = workshop_of([(name, tier) for name, tier, _ in seats], holder, guard)
    return workshop, tuple(
        Cast(
            domain=domain,
            round=1,
            seat_id=str(number),
            team_id=f"{name} {tier}",
            score=_score(cell),
        )
        for number, (name, tier, cells) in enumerate(seats)
        for domain, cell in zip(header, cells, strict=True)
    )


def _side(word: str) -> tuple[str, Tier]:
    name, _, tier = word.partition("/")
    return name, TIERS[tier or "board"]


def _score(cell: str) -> Score:
    return CANNOT_SAY if cell == "-" else int(cell)


def made(
    facilitator: Caller,
    *names: str,
    holder: Holder = Holder.PERSON,
    tiers: tuple[Tier, ...] = (Tier.BOARD,),
    place: str = "Salford",
    guard: int = 3,
) -> Workshop:
    """Set up a real workshop with these partners, for which as many may come as it holds."""
    draft = WorkshopDraft(
        place=Place(name=place, persona="Sally Ford"),
        partners=[PartnerDraft(name, Sector.COUNCIL, tiers) for name in names],
        instrument=INSTRUMENT,
        held_on=DAY,
        holder=holder,
        guard=guard,
        people=MOST_SEATS,
    )
    return set_up(facilitator, draft, DAY)


def seated(workshop: Workshop, name: str) -> Caller:
    """Give a new device a seat in the team with this name, beside any that sits there."""
    team = next(team for team in workshop.teams if team.name == name)
    return Caller(seat=take_seat(Caller(), workshop.code, team.id, sure=True))
