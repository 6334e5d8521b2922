"""A place that follows measures: leaders and teams that shifted, outcomes that are not due."""

from datetime import date, timedelta

from aqua_core.vocabulary import Workshop
from aqua_core.vocabulary.measure import Better, ForWhom, Measure, MeasureDraft
from aqua_core.vocabulary.plan import Impact
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.following import follow_measure
from aqua_core.workshop.measuring import take_readings
from aqua_core.workshop.placing import places_now

TODAY = date(2026, 11, 22)
SHIFTED = (14, 15, 13, 14, 16, 15, 18, 12, 14, 12, 13, 15, 14, 12, 14, 13, 20, 21, 22, 21, 20, 22)
SHIFTED += (23, 22, 21, 24)
FLAT = (640, 655, 620, 610, 641, 645, 642, 643, 637, 633, 630, 634, 636, 650, 645, 620, 642, 636)
FLAT += (652, 658, 645, 615, 646, 618, 655, 630)


def place_of(facilitator: Caller, workshop: Workshop) -> str:
    """Give the id of a workshop's place."""
    rows = places_now(facilitator, workshop.held_on)
    return next(row.place.id for row in rows if row.place.name == workshop.place.name)


def a_measure(
    name: str = "Days leaders spend in a partner's service", **said: object
) -> MeasureDraft:
    """Draft a measure that lacks nothing."""
    given = {
        "name": name,
        "unit": "days a month",
        "better": Better.HIGHER,
        "impact": Impact.LEADERS,
        "whom": ForWhom.CITIZENS,
    }
    return MeasureDraft.model_validate(given | said)


def as_measure(draft: MeasureDraft) -> Measure:
    """Give a measure as it would be kept."""
    return Measure(id="m0123456789ab", version=1, **dict(draft))


def months(values: tuple[object, ...], last: date = TODAY) -> str:
    """Give values as rows that are pasted, a month apart, the last one in the month of a day."""
    first = last.year * 12 + last.month - len(values)
    days = [f"01/{at % 12 + 1:02}/{at // 12}" for at in range(first, first + len(values))]
    return "\n".join(f"{day}\t{value}" for day, value in zip(days, values, strict=True))


def followed(
    facilitator: Caller, place_id: str, draft: MeasureDraft, values: tuple[object, ...]
) -> Measure:
    """Follow a measure and paste its readings."""
    measure = follow_measure(facilitator, place_id, draft)
    if values:
        day = TODAY + timedelta(days=1)
        take_readings(facilitator, place_id, months(values), day, measure.id)
    return measure


def followed_at(facilitator: Caller, place_id: str) -> list[Measure]:
    """Follow five measures as a place does after two years and a half."""
    outcome = {"impact": Impact.OUTCOMES, "better": Better.LOWER, "whom": ForWhom.PATIENTS}
    teams = {"impact": Impact.TEAMS, "unit": "a month"}
    drafts = [
        (a_measure(), SHIFTED),
        (a_measure("Decisions taken in a joint meeting", **teams), SHIFTED[3:]),
        (a_measure("Discharges planned by two partners", **teams | {"unit": "per cent"}), FLAT),
        (a_measure("Days in hospital when fit to leave", **outcome), FLAT),
        (a_measure("Residents who told their story once", **outcome | {"unit": "%"}), FLAT[:7]),
    ]
    return [followed(facilitator, place_id, draft, values) for draft, values in drafts]
