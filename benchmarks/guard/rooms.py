"""Random rooms of one-person seats: uneven teams, blanks, and more agreement than in life."""

import random
from datetime import date
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
)

INSTRUMENT = Instrument.model_validate_json(
    (Path(__file__).parents[2] / "data/instruments/eight-domains.json").read_text("utf-8")
)
KEYS = tuple(domain.key for domain in INSTRUMENT.domains)
DOMAINS = KEYS[:2]
"""Every third room scores both, so that ballots reach over domains; the others the first."""
SIZES = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20, 24, 30, 40, 50, 60)
NOISES = (0.0, 0.3, 0.5, 0.7, 1.0, 1.7)
"""sd of a score in points: 0.7 is a room as planted in benchmarks/rooms, 0 one that agrees."""
BLANKS = (0.0, 0.03, 0.2, 0.5)


def room_of(seed: int, guard: int = 3) -> tuple[Workshop, tuple[Cast, ...]]:
    """Give room number `seed`: its workshop, and one round of each domain it scores.

    The room's guard changes nothing else of it.
    """
    dice = random.Random(seed)
    size = dice.choice(SIZES)
    workshop = workshop_of(_names(size, dice), seed, guard)
    weights = [dice.choice((1, 1, 2, 4)) for _ in workshop.teams]
    seats = dice.choices(workshop.teams, weights, k=size)
    noise, blanks = dice.choice(NOISES), dice.choice(BLANKS)
    lean = {team.id: dice.choice((0, 0, 0, -1, 2)) for team in workshop.teams}
    middles = {domain: dice.randint(0, 5) for domain in DOMAINS}
    return workshop, tuple(
        Cast(
            domain=domain,
            round=1,
            seat_id=str(seat),
            team_id=team.id,
            score=_score(dice, middles[domain] + lean[team.id], noise, blanks),
        )
        for seat, team in enumerate(seats)
        for domain in DOMAINS[: 2 if seed % 3 == 0 else 1]
    )


def workshop_of(names: list[tuple[int, Tier]], seed: int = 0, guard: int = 3) -> Workshop:
    """Give a workshop with these teams: a partner's number and a tier each."""
    teams = tuple(
        # Ids in another order than partners', as random ids are.
        Team(id=f"{9 - at}{tier.name}", name=f"P{at} {tier}", partner=_partner(at), tier=tier)
        for at, tier in names
    )
    return Workshop(
        id=f"w{seed}",
        code="2345",
        place=Place(name="Invented"),
        held_on=date(2026, 11, 22),
        holder=Holder.PERSON,
        guard=guard,
        instrument=INSTRUMENT,
        teams=teams,
        invented=True,
    )


def _names(size: int, dice: random.Random) -> list[tuple[int, Tier]]:
    tiers = list(Tier)[: dice.randint(1, 3)]
    partners = dice.randint(1, 2 + min(5, size // 4))
    every = [(at, tier) for at in range(partners) for tier in tiers]
    return sorted(dice.sample(every, dice.randint(max(1, len(every) // 2), len(every))))


def _partner(at: int) -> Partner:
    return Partner(id=f"p{at}", name=f"P{at}", sector=Sector.COUNCIL)


def _score(dice: random.Random, centre: float, noise: float, blanks: float) -> Score:
    given = min(5, max(0, round(dice.gauss(centre, noise))))
    return CANNOT_SAY if dice.random() < blanks else given
