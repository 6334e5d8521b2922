"""A place that meets three times, and what its rooms score: one domain up, one down."""

import random
from collections.abc import Mapping
from datetime import date

from aqua_core.vocabulary import MOST_SEATS, Holder, Place, Sector, Tier, Workshop
from aqua_core.workshop.admitting import Caller, new_secret
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.joining import take_seat
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from tests.kit.notation import ALL, INSTRUMENT

DAYS = (date(2025, 10, 6), date(2026, 4, 13), date(2026, 11, 2))
LEVELS = dict(zip(ALL, (2.1, 2.0, 2.4, 1.4, 2.1, 2.2, 3.2, 1.6), strict=True))
PARTNERS = ("Council", "Trust", "GPs")
UP_AND_DOWN = {"leadership": 1.2, "workforce": -1.2}


def met_on(
    facilitator: Caller,
    day: date,
    *,
    place: str = "Wigan",
    tiers: tuple[Tier, ...] = (Tier.BOARD, Tier.FRONT_LINE),
    guard: int = 3,
    holder: Holder = Holder.PERSON,
) -> Workshop:
    """Set up a workshop of the place on a day."""
    draft = WorkshopDraft(
        place=Place(name=place, persona="Walter"),
        partners=[PartnerDraft(name, Sector.COUNCIL, tiers) for name in PARTNERS],
        instrument=INSTRUMENT,
        held_on=day,
        holder=holder,
        guard=guard,
        people=MOST_SEATS,
    )
    return set_up(facilitator, draft, day)


def scored(
    facilitator: Caller,
    workshop: Workshop,
    rises: Mapping[str, float] | None = None,
    seats: int = 6,
    seed: int = 1,
) -> list[Caller]:
    """Let so many seats of each team score all domains about their levels; nothing is revealed.

    The board stands half a point above the others on leadership.
    """
    dice = random.Random(seed)
    open_scoring(facilitator, workshop.code, ALL)
    callers = []
    for team in workshop.teams:
        for _ in range(seats):
            caller = Caller(seat=new_secret())
            take_seat(caller, workshop.code, team.id)
            for domain in ALL:
                level = LEVELS[domain] + (rises or {}).get(domain, 0.0)
                level += 0.5 * (domain == "leadership" and team.tier is Tier.BOARD)
                points = min(5, max(0, round(dice.gauss(level, 0.6))))
                submit_score(caller, workshop.code, domain, points)
            callers.append(caller)
    return callers


def shown_on(
    facilitator: Caller, day: date, rises: Mapping[str, float] | None = None, seed: int = 1
) -> Workshop:
    """Hold a workshop of the place on a day, up to its reveal."""
    workshop = met_on(facilitator, day)
    scored(facilitator, workshop, rises, seed=seed)
    reveal(facilitator, workshop.code)
    return workshop


def two_waves(facilitator: Caller) -> tuple[Workshop, Workshop]:
    """Hold two waves of a place: one closed, one revealed, on which one rose and one fell."""
    first = shown_on(facilitator, DAYS[0])
    close_workshop(facilitator, first.code)
    return first, shown_on(facilitator, DAYS[1], UP_AND_DOWN, seed=2)
