"""Waves of invented places as they give them, and their files."""

import hashlib
import random
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from aqua_core.rules.band import wording_hash
from aqua_core.store.given import write_given
from aqua_core.vocabulary import Sector, Tier
from aqua_core.vocabulary.card import DomainOnCard, ScoredAbout, WaveCard
from aqua_core.vocabulary.given import GivenScores, GivenTest, GivenWave, HowItStands, Side
from aqua_core.vocabulary.plan import Impact, Move, Scale
from aqua_core.vocabulary.points import half_up
from aqua_core.vocabulary.reading import HowAgreed
from tests.kit.notation import INSTRUMENT
from tests.kit.waves import DAYS

KINDS = {domain.key: domain.kind for domain in INSTRUMENT.domains}
SECTORS = (Sector.COUNCIL, Sector.ACUTE, Sector.PRIMARY_CARE)


def given(place: int, dated: date = DAYS[0], step: float = 0.0, seats: int = 8) -> GivenWave:
    """Invent a wave of a place: three partners of so many seats, and some tests.

    `step` is how far the place stands from the middle of the scale, in points.
    """
    dice = random.Random(f"{place} {dated}")
    scores = [
        GivenScores(
            domain=key, look=1, side=Side.PARTNER, part=part, sector=sector, points=p, seats=n
        )
        for key in KINDS
        for part, sector in enumerate(SECTORS, 1)
        for p, n in _counts(dice, 2.5 + step, seats).items()
    ]
    everyone = [held for key in KINDS for held in _everyone(key, scores)]
    domains = tuple(
        DomainOnCard(key=key, average=_average(key, scores), agreed=dice.choice([*HowAgreed]))
        for key in KINDS
    )
    card = WaveCard(
        id=_id(f"{place} {dated}"),
        place=_id(f"{place}"),
        dated=dated,
        wording=wording_hash(INSTRUMENT.domains),
        scored=ScoredAbout.of(seats * len(SECTORS)),
        tiers=(Tier.BOARD, Tier.FRONT_LINE),
        domains=domains,
    )
    tests = tuple(_test(dice, dated) for _ in range(dice.randint(8, 14)))
    return GivenWave(card=card, kinds=KINDS, scores=(*everyone, *scores), tests=tests)


def _counts(dice: random.Random, middle: float, seats: int) -> dict[int, int]:
    points = [min(5, max(0, round(dice.gauss(middle, 0.9)))) for _ in range(seats)]
    return {p: points.count(p) for p in sorted({*points})}


def _everyone(key: str, scores: Iterable[GivenScores]) -> Iterable[GivenScores]:
    counts: dict[int, int] = {}
    for held in scores:
        if held.domain == key:
            counts[held.points] = counts.get(held.points, 0) + held.seats
    for points, seats in counts.items():
        yield GivenScores(domain=key, look=1, side=Side.EVERYONE, points=points, seats=seats)


def _average(key: str, scores: Iterable[GivenScores]) -> float:
    means = []
    for part in range(1, len(SECTORS) + 1):
        of_part = [held for held in scores if (held.domain, held.part) == (key, part)]
        points = sum(held.points * held.seats for held in of_part)
        means.append(points / sum(held.seats for held in of_part))
    return float(half_up(sum(means) / len(means), 1))


def _test(dice: random.Random, dated: date) -> GivenTest:
    return GivenTest(
        domain=dice.choice([*KINDS, None]),
        sector=dice.choice(SECTORS),
        scale=dice.choice([*Scale]),
        shows_at=dice.choice([*Impact]),
        move=dice.choice([*Move]),
        owners=dice.randint(1, 3),
        planned_on=dated,
        review_on=date(dated.year + 1, 1, dice.randint(1, 28)),
        cycles=dice.randint(0, 3),
        stands=dice.choice([*HowItStands]),
    )


def _id(whose: str) -> str:
    return hashlib.sha256(f"given {whose}".encode()).hexdigest()[:16]


def file_of(wave: GivenWave, folder: Path) -> bytes:
    """Give the file of a wave, written as the app writes it."""
    made = folder / f"{wave.card.id}.parquet"
    write_given(wave, made)
    return made.read_bytes()
