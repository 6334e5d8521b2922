"""Invents rooms: who sits in them, what is planted on one of eight domains, and every score."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import NamedTuple

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
SALFORD = (2.13, 2.00, 2.33, 1.25, 2.08, 2.08, 1.88, 1.54)
LENIENCY, NOISE, WIDE_NOISE = 0.3, 0.65, 1.7
BLANKS = 0.05, 0.15
"""The share of answers of a room that are blank lies between these two."""
UNANSWERED = 0.5
"""Of the blanks, how many are no answer at all; the others say that they cannot say."""
STRAIGHT = 0.1
PARTNER_OFF, BOARD_TO_FRONT, LOW_CAMP, HIGH_CAMP = 1.6, 1.8, 1, 4
FEWEST_PARTNERS, MOST_PARTNERS = 3, 8
WEIGHTS = 0.5, 2.0
"""How many a partner sends, and come of a tier, beside the others: up to four times as many."""


class Plant(StrEnum):
    """What one domain of a room holds; the other seven hold nothing."""

    PARTNER = "one partner 1.6 off"
    TIER = "board to front line 1.8"
    CAMPS = "camps at 1 and 4 in every team"
    SPREAD = "plain spread, noise 1.7"
    NOTHING = "nothing planted"


class Showing(StrEnum):
    """What the room chose to be shown, and how its teams are seated."""

    OPEN = "open: every team is shown"
    EVEN = "guard 3, every team of three or more"
    UNEVEN = "guard 3, some teams of one or two"
    FIVE = "guard 5, some teams of one or two"
    LAPTOPS = "teams on laptops: one score a team"


GUARD = {
    Showing.OPEN: 1,
    Showing.EVEN: 3,
    Showing.UNEVEN: 3,
    Showing.FIVE: 5,
    Showing.LAPTOPS: 1,
}


class Case(NamedTuple):
    """Which room to invent. Showings but EVEN share their rooms: a seed gives the same scores."""

    plant: Plant
    showing: Showing
    size: int
    seed: int


@dataclass(frozen=True)
class Invented:
    """A room; `domain` is the key of the planted one, `off` the id of the partner planted off.

    Both are "" where nothing of the kind was planted.
    """

    case: Case
    workshop: Workshop
    casts: tuple[Cast, ...]
    domain: str
    off: str


def invented(case: Case) -> Invented:
    """Invent a room of `case.size` people with one difference on one domain, or none."""
    even = case.showing is Showing.EVEN
    dice = random.Random(f"{case.size}/{case.seed}/{case.plant}/{even}")
    seats = _seats(case, dice)
    domain = dice.choice([domain.key for domain in INSTRUMENT.domains])
    shift = _shift(case.plant, list(seats), seats, dice)
    casts = _casts(case.plant, seats, domain, shift.by_team, dice)
    if case.showing is Showing.LAPTOPS:
        casts = on_laptops(casts)
    return Invented(
        case=case,
        workshop=_workshop(case, tuple(seats)),
        casts=tuple(casts),
        domain="" if case.plant is Plant.NOTHING else domain,
        off=shift.off,
    )


def on_laptops(casts: Sequence[Cast]) -> list[Cast]:
    """Let each team agree one score a domain: the mean of its own, rounded half up."""
    given: dict[tuple[str, str], list[int]] = {}
    for cast in casts:
        mine = given.setdefault((cast.team_id, cast.domain), [])
        if isinstance(cast.score, int):
            mine.append(cast.score)
    return [
        Cast(domain=domain, round=1, seat_id=team, team_id=team, score=_agreed(points))
        for (team, domain), points in given.items()
    ]


def four_apart(seed: int) -> Invented:
    """Invent six teams on laptops: on one domain 4 between two of them, on seven within 1.

    Two or more teams of the six stand at each end, or one alone; the others lie anywhere between.
    """
    dice = random.Random(f"four apart/{seed}")
    teams = [_team(f"p{at // 2}", tier) for at, tier in enumerate([Tier.BOARD, Tier.MIDDLE] * 3)]
    if seed % 2:
        teams = [_team(f"p{at}", Tier.BOARD) for at in range(6)]
    keys = [domain.key for domain in INSTRUMENT.domains]
    far = dice.choice(keys)
    casts: list[Cast] = []
    for key in keys:
        low = dice.randint(0, 1) if key == far else dice.randint(0, 4)
        reach = 4 if key == far else 1
        scores = [low, low + reach, *(low + dice.randint(0, reach) for _ in teams[2:])]
        dice.shuffle(scores)
        casts += [
            Cast(domain=key, round=1, seat_id=team.id, team_id=team.id, score=score)
            for team, score in zip(teams, scores, strict=True)
        ]
    case = Case(Plant.NOTHING, Showing.LAPTOPS, len(teams), seed)
    return Invented(case, _workshop(case, tuple(teams)), tuple(casts), far, "")


class _Shift(NamedTuple):
    """How far each team lies from the level of the planted domain, and the partner that is off."""

    by_team: Mapping[str, float]
    off: str


def _workshop(case: Case, teams: tuple[Team, ...]) -> Workshop:
    return Workshop(
        id=f"w{case.seed}",
        code="2345",
        place=Place(name="Invented"),
        held_on=date(2026, 11, 22),
        holder=Holder.LAPTOP if case.showing is Showing.LAPTOPS else Holder.PERSON,
        guard=GUARD[case.showing],
        instrument=INSTRUMENT,
        teams=teams,
        invented=True,
    )


def _seats(case: Case, dice: random.Random) -> dict[Team, int]:
    """Give how many sit in each team: weighed by partner and team, so that they are uneven."""
    fewest = 3 if case.showing is Showing.EVEN else 1
    teams = _teams(case, case.size // max(fewest, 2), dice)
    sent = {name: dice.uniform(*WEIGHTS) for name in dict.fromkeys(map(_partner_of, teams))}
    came = {tier: dice.uniform(*WEIGHTS) for tier in list(Tier)[:3]}
    weights = [sent[_partner_of(team)] * came[team.tier] for team in teams]
    seats = dict.fromkeys(teams, fewest)
    for team in dice.choices(teams, weights, k=case.size - fewest * len(teams)):
        seats[team] += 1
    return seats if case.showing is Showing.EVEN else _with_a_small_team(seats, dice)


def _teams(case: Case, most: int, dice: random.Random) -> list[Team]:
    """Cross 3 to 8 partners with one to three tiers; where seats are few, not each sends all."""
    number = dice.randint(1 if case.plant is not Plant.TIER else 2, 3)
    tiers = {1: [Tier.BOARD], 2: [Tier.BOARD, Tier.FRONT_LINE], 3: list(Tier)[:3]}[number]
    partners = dice.randint(
        FEWEST_PARTNERS, max(FEWEST_PARTNERS, min(MOST_PARTNERS, most // len(tiers)))
    )
    teams = [_team(f"p{at}", tier) for at, tier in product(range(partners), tiers)]
    while len(teams) > most:
        teams.remove(_least_missed(teams, dice))
    return teams


def _least_missed(teams: Sequence[Team], dice: random.Random) -> Team:
    """Give a team of a partner that sends several, from the tier that most teams are of."""
    own = [team.partner.id for team in teams]
    several = [team for team in teams if own.count(team.partner.id) > 1]
    tiers = [team.tier for team in teams]
    dice.shuffle(several)
    return max(several, key=lambda team: tiers.count(team.tier))


def _partner_of(team: Team) -> str:
    return team.partner.id


def _team(partner: str, tier: Tier) -> Team:
    named = Partner(id=partner, name=f"Partner {partner[1:]}", sector=Sector.COUNCIL)
    return Team(id=f"{partner} {tier}", name=f"{named.name}, {tier}", partner=named, tier=tier)


def _with_a_small_team(seats: dict[Team, int], dice: random.Random) -> dict[Team, int]:
    """Leave one or two in the smallest team where none is as small; the largest takes them."""
    smallest, largest = min(seats, key=seats.__getitem__), max(seats, key=seats.__getitem__)
    left = min(dice.randint(1, 2), seats[smallest])
    if seats[smallest] <= 2 or smallest is largest:
        return seats
    moved = seats[smallest] - left
    return seats | {smallest: left, largest: seats[largest] + moved}


def _shift(
    plant: Plant, teams: Sequence[Team], seats: Mapping[Team, int], dice: random.Random
) -> _Shift:
    if plant is Plant.TIER:
        above = {Tier.BOARD: 0.5, Tier.MIDDLE: 0.0, Tier.FRONT_LINE: -0.5}
        return _Shift({team.id: BOARD_TO_FRONT * above[team.tier] for team in teams}, "")
    if plant is not Plant.PARTNER:
        return _Shift(dict.fromkeys((team.id for team in teams), 0.0), "")
    sent: dict[str, int] = {}
    for team in teams:
        sent[team.partner.id] = sent.get(team.partner.id, 0) + seats[team]
    # One person is a voice, not a partner that stands off.
    off = dice.choice([partner for partner, heads in sent.items() if heads > 1])
    by = dice.choice((-1, 1)) * PARTNER_OFF
    return _Shift({team.id: by * (team.partner.id == off) for team in teams}, off)


def _casts(
    plant: Plant,
    seats: Mapping[Team, int],
    planted: str,
    shift: Mapping[str, float],
    dice: random.Random,
) -> list[Cast]:
    blanks = dice.uniform(*BLANKS)
    casts: list[Cast] = []
    sitting = [team for team, heads in seats.items() for _ in range(heads)]
    for seat, team in enumerate(sitting):
        centres = dict(zip((domain.key for domain in INSTRUMENT.domains), SALFORD, strict=True))
        noises = dict.fromkeys(centres, NOISE)
        if plant is Plant.CAMPS:
            centres[planted] = LOW_CAMP if seat % 2 else HIGH_CAMP
        elif plant is Plant.SPREAD:
            noises[planted] = WIDE_NOISE
        centres[planted] += shift[team.id]
        given = _ballot(centres, noises, dice)
        for domain, score in given.items():
            if (cast := _with_blanks(score, blanks, dice)) is not None:
                casts.append(
                    Cast(domain=domain, round=1, seat_id=str(seat), team_id=team.id, score=cast)
                )
    return casts


def _ballot(
    centres: Mapping[str, float], noises: Mapping[str, float], dice: random.Random
) -> dict[str, int]:
    leniency = dice.gauss(0, LENIENCY)
    scores = {
        domain: _points(centre + leniency + dice.gauss(0, noises[domain]))
        for domain, centre in centres.items()
    }
    if dice.random() < STRAIGHT:
        return dict.fromkeys(scores, dice.choice(list(scores.values())))
    return scores


def _with_blanks(score: int, blanks: float, dice: random.Random) -> Score | None:
    if dice.random() >= blanks:
        return score
    return None if dice.random() < UNANSWERED else CANNOT_SAY


def _agreed(points: Sequence[int]) -> Score:
    return _points(sum(points) / len(points) + 1e-9) if points else CANNOT_SAY


def _points(given: float) -> int:
    return min(5, max(0, round(given)))
