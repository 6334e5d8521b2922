"""Invents rooms: who sits in them, what is planted on which domain, and every score."""

import random
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from aqua_core.vocabulary import (
    CANNOT_SAY,
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

INSTRUMENT = Instrument.model_validate_json(
    (Path(__file__).parents[2] / "data/instruments/eight-domains.json").read_text("utf-8")
)
SALFORD = (2.13, 2.00, 2.33, 1.25, 2.08, 2.08, 1.88, 1.54)
LENIENCY, NOISE, WIDE_NOISE, BLANKS = 0.3, 0.65, 1.7, 0.03
PARTNER_OFF, BOARD_TO_FRONT, LOW_CAMP, HIGH_CAMP = 1.6, 1.8, 1, 4


class Plant(StrEnum):
    """What a domain of an invented room holds."""

    PARTNER = "one partner 1.6 off"
    TIER = "board to front line 1.8"
    CAMPS_ACROSS = "camps at 1 and 4 across teams"
    CAMPS_ALONG = "camps at 1 and 4 along partners"
    SPREAD = "plain spread, noise 1.7"
    NOTHING = "agreement"


PLANTED = (*(each for each in Plant if each is not Plant.NOTHING), *[Plant.NOTHING] * 3)


@dataclass(frozen=True)
class Invented:
    """A room, what was planted by domain key, and which partner stands off."""

    workshop: Workshop
    casts: tuple[Cast, ...]
    plants: dict[str, Plant]
    off: str


def invented(size: int, seed: int, planted: bool, holder: Holder = Holder.PERSON) -> Invented:
    """Invent a room of `size` seats; `planted` puts the five differences on domains at random."""
    dice = random.Random(f"{size}/{seed}/{planted}")
    workshop = _workshop(size, seed, holder, dice)
    keys = [domain.key for domain in INSTRUMENT.domains]
    plants = dict.fromkeys(keys, Plant.NOTHING)
    if planted:
        plants = dict(zip(keys, dice.sample(PLANTED, len(PLANTED)), strict=True))
    partners = list(dict.fromkeys(team.partner.id for team in workshop.teams))
    off, sign, low = dice.choice(partners), dice.choice((-1, 1)), _low_camp(partners, dice)
    casts: list[Cast] = []
    for seat in range(size):
        team = workshop.teams[seat % len(workshop.teams)]
        # Every second seat of a team, and the odd one out by turns, stands in the low camp.
        half = (seat // len(workshop.teams) + seat % len(workshop.teams)) % 2 == 0
        side = sign * (team.partner.id == off)
        leniency = dice.gauss(0, LENIENCY)
        for level, key in zip(SALFORD, keys, strict=True):
            low_camp = team.partner.id in low if plants[key] is Plant.CAMPS_ALONG else half
            centre = _centre(level, plants[key], team.tier, side, low_camp)
            score = _score(dice, centre + leniency, plants[key])
            casts.append(Cast(domain=key, round=1, seat_id=str(seat), team_id=team.id, score=score))
    return Invented(workshop, tuple(casts), plants, off)


def _workshop(size: int, seed: int, holder: Holder, dice: random.Random) -> Workshop:
    partners = [
        Partner(id=f"p{at}", name=f"Partner {at}", sector=Sector.COUNCIL)
        for at in range(dice.randint(3, max(3, min(5, size // 8))))
    ]
    tiers = list(Tier) if size > 12 and dice.random() < 0.5 else [Tier.BOARD, Tier.FRONT_LINE]
    teams = tuple(
        Team(id=f"{each.id} {tier}", name=f"{each.name}, {tier}", partner=each, tier=tier)
        for each in partners
        for tier in tiers
    )
    return Workshop(
        id=f"w{seed}",
        code="2345",
        place=Place(name="Invented"),
        held_on=date(2026, 11, 22),
        holder=holder,
        guard=clean_guard(3, holder),
        instrument=INSTRUMENT,
        teams=teams,
        invented=True,
    )


def _low_camp(partners: list[str], dice: random.Random) -> set[str]:
    return set(dice.sample(partners, len(partners) // 2))


def _centre(level: float, plant: Plant, tier: Tier, side: int, low_camp: bool) -> float:
    match plant:
        case Plant.PARTNER:
            return level + PARTNER_OFF * side
        case Plant.TIER:
            above = {Tier.BOARD: 0.5, Tier.MIDDLE: 0.0, Tier.FRONT_LINE: -0.5}[tier]
            return level + BOARD_TO_FRONT * above
        case Plant.CAMPS_ACROSS | Plant.CAMPS_ALONG:
            return LOW_CAMP if low_camp else HIGH_CAMP
        case _:
            return level


def _score(dice: random.Random, centre: float, plant: Plant) -> Score:
    noise = dice.gauss(0, WIDE_NOISE if plant is Plant.SPREAD else NOISE)
    if dice.random() < BLANKS:
        return CANNOT_SAY
    return min(5, max(0, round(centre + noise)))
