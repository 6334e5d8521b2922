"""A place that meets more than once, and small tests that it left behind."""

from datetime import date, timedelta
from itertools import count

from aqua_core.vocabulary import (
    Action,
    ActionDraft,
    Cycle,
    Decision,
    Holder,
    Place,
    Scale,
    Sector,
    Tier,
    Workshop,
)
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.cycling import start_cycle, study_cycle
from aqua_core.workshop.planning import capture_action, plan_read
from aqua_core.workshop.revealing import open_scoring
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from tests.kit.notation import DAY, INSTRUMENT, made, seated

HALF_A_YEAR = timedelta(days=182)
LATER = DAY + HALF_A_YEAR
NURSE = "If a nurse joins the council's team on Tuesdays, then fewer visits are doubled"


def two_scored(facilitator: Caller) -> Workshop:
    """Let two teams with a laptop each score two domains, far apart on the first; not revealed."""
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    council, trust = seated(workshop, "Council"), seated(workshop, "Trust")
    open_scoring(facilitator, workshop.code, ["culture", "workforce"])
    for seat, points in ((council, 0), (trust, 5)):
        submit_score(seat, workshop.code, "culture", points)
        submit_score(seat, workshop.code, "workforce", 3)
    return workshop


_places = count()


def elsewhere() -> str:
    """Name a place at which nothing was planned: what it left would stand in the next plan."""
    return f"Elsewhere {next(_places)}"


def met(
    facilitator: Caller, day: date = DAY, place: str = "Salford", *, sure: bool = False
) -> Workshop:
    """Set up a workshop of a place on a day; `sure` that it is a place of its own."""
    draft = WorkshopDraft(
        place=Place(name=place, persona="Sally Ford"),
        partners=[
            PartnerDraft(name, Sector.COUNCIL, (Tier.BOARD,)) for name in ("Council", "Trust")
        ],
        instrument=INSTRUMENT,
        held_on=day,
        holder=Holder.LAPTOP,
    )
    return set_up(facilitator, draft, DAY, sure=sure)


def plan_now(caller: Caller, code: str) -> tuple[Action, ...]:
    """Give the plan, soonest review first."""
    return plan_read(caller, code, DAY).actions


def cycles_now(caller: Caller, code: str) -> tuple[Cycle, ...]:
    """Give the newest version of every cycle of a plan, by action and number."""
    return plan_read(caller, code, DAY).cycles


def drafted(workshop: Workshop, test: str = NURSE, **said: object) -> ActionDraft:
    """Draft a test that lacks nothing that anyone would be nudged about."""
    given = {
        "test": test,
        "domain": "workforce",
        "lead": "Head of adult care",
        "partners": tuple(partner.id for partner in workshop.partners),
        "measure": "Doubled visits a week",
        "prediction": "From 12 to 6",
        "review_on": DAY + timedelta(days=30),
        "scale": Scale.MICRO,
    }
    return ActionDraft.model_validate(given | said)


def draft(workshop: Workshop, **said: object) -> ActionDraft:
    """Draft a test without a prediction, as most are captured in the room."""
    return drafted(
        workshop, **{"measure": "Doubled visits a week, from 12 to 6", "prediction": ""} | said
    )


def planned(facilitator: Caller, workshop: Workshop, test: str = NURSE, **said: object) -> Action:
    """Put a test into the plan."""
    return capture_action(facilitator, workshop.code, drafted(workshop, test, **said), DAY)


def studied(facilitator: Caller, workshop: Workshop, action: Action, decision: Decision) -> Cycle:
    """Run a cycle on an action to its decision."""
    cycle = start_cycle(facilitator, workshop.code, action.id, DAY)
    seen = cycle.model_copy(update={"seen": "From 12 to 9", "decision": decision})
    return study_cycle(facilitator, workshop.code, seen, DAY)
