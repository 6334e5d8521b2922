"""Rows 57 to 64: small tests that cannot be right, and those that may be."""

from datetime import date, datetime

import pytest

from aqua_core.errors import AlreadyThere, ChoiceRefused, DateFarAway, DateRefused
from aqua_core.vocabulary import Answer, Cycle, Holder, Partner, Place, Progress, Sector, Tier
from aqua_core.vocabulary.text import clean_choice
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.cycling import answer_action, open_actions_now
from aqua_core.workshop.planning import capture_action, edit_action
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from tests.kit.notation import DAY, INSTRUMENT, made
from tests.kit.planned import HALF_A_YEAR, LATER, draft, met, plan_now, planned


@pytest.mark.parametrize("day", [date(2028, 11, 23), date(2029, 1, 1), date(9999, 12, 31)])
def test_a_review_years_ahead_is_asked_about_and_may_be_kept(
    facilitator: Caller, day: date
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    far = draft(workshop, review_on=day)

    with pytest.raises(DateFarAway, match=r"^Is that date right\? Small tests usually finish"):
        capture_action(facilitator, workshop.code, far, DAY)

    assert plan_now(facilitator, workshop.code) == ()
    kept = capture_action(facilitator, workshop.code, far, DAY, sure=True)
    assert plan_now(facilitator, workshop.code) == (kept,)


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (DAY, date(2028, 11, 22)),
        (date(2028, 2, 29), date(2030, 2, 28)),
        (date(2026, 12, 31), date(2028, 2, 29)),
    ],
)
def test_two_years_to_the_day_are_not_asked_about(
    facilitator: Caller, today: date, day: date
) -> None:
    workshop = made(facilitator, "Council", "Trust")

    saved = capture_action(facilitator, workshop.code, draft(workshop, review_on=day), today)

    assert saved.review_on == day


@pytest.mark.parametrize(
    "forged",
    [
        *(None, "", "31/02/2026", "2026-13-01", "2026-02-31", "03/04/26", "20261222", "2026-W01-1"),
        *(datetime(2026, 12, 22), 1_798_000_000, True, "२०२६-१२-२२"),
    ],
)
def test_a_day_that_is_none_gets_a_sentence(facilitator: Caller, forged: object) -> None:
    workshop = made(facilitator, "Council", "Trust")

    with pytest.raises(DateRefused, match=r"^Choose a day to review the test, such as 2026-12-22"):
        draft(workshop, review_on=forged)
    with pytest.raises(DateRefused, match=r"^Choose the day of the workshop"):
        set_up(facilitator, a_workshop_on(forged), DAY)


def a_workshop_on(day: object) -> WorkshopDraft:
    partners = [PartnerDraft(name, Sector.COUNCIL, (Tier.BOARD,)) for name in ("A", "B")]
    return WorkshopDraft(
        place=Place(name="Salford"),
        partners=partners,
        instrument=INSTRUMENT,
        held_on=day,
        holder=Holder.PERSON,
    )


@pytest.mark.parametrize("forged", ["giga", "MICRO", " ", None, 1, ["micro"]])
def test_a_scale_that_was_not_offered_lists_those_that_are(
    facilitator: Caller, forged: object
) -> None:
    workshop = made(facilitator, "Council", "Trust")

    with pytest.raises(ChoiceRefused, match=r"^Choose the scale: micro, meso or macro\.$"):
        draft(workshop, scale=forged)


@pytest.mark.parametrize("forged", ["giga", "MICRO", "", None, 1, ["micro"]])
def test_a_choice_that_was_not_offered_lists_those_that_are(
    facilitator: Caller, forged: object
) -> None:
    workshop = made(facilitator, "Council", "Trust")

    with pytest.raises(
        ChoiceRefused,
        match=r"^Choose the tier: board, managers, front line or outside the tiers\.$",
    ):
        clean_choice("the tier", Tier, forged)
    with pytest.raises(
        ChoiceRefused, match=r"^Choose the sector: commissioner, acute, .* carers\.$"
    ):
        Partner(id="p", name="Council", sector=forged)
    with pytest.raises(ChoiceRefused, match=r"about: Leadership, .*, Service redesign\.$"):
        capture_action(facilitator, workshop.code, draft(workshop, domain=str(forged)), DAY)


def test_the_same_test_with_the_same_lead_is_planned_once(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    first = capture_action(facilitator, workshop.code, draft(workshop), DAY)
    shouted = draft(workshop, test=f" {first.test.upper()} ", measure="Another")
    another = draft(workshop, lead="Ward manager")

    with pytest.raises(AlreadyThere, match="This test is already in the plan"):
        capture_action(facilitator, workshop.code, shouted, DAY, sure=True)

    second = capture_action(facilitator, workshop.code, another, DAY)
    with pytest.raises(AlreadyThere):
        edit_action(facilitator, workshop.code, second.model_copy(update={"lead": first.lead}), DAY)
    same = edit_action(facilitator, workshop.code, first, DAY)
    assert set(plan_now(facilitator, workshop.code)) == {same, second}


@pytest.mark.parametrize("forged", ["MOVED", "yes", "open", None, 1, ["adopt"]])
def test_a_decision_or_an_answer_that_was_not_offered_lists_those_that_are(forged: object) -> None:
    with pytest.raises(ChoiceRefused, match=r"^Choose how.*: progress, stuck or stopped\.$"):
        Answer(action_id="a", answer=forged)
    with pytest.raises(ChoiceRefused, match=r"^Choose what follows: adopt, adapt or abandon\.$"):
        Cycle(action_id="a", number=1, version=1, decision=forged)


def test_an_action_carried_over_is_dropped_and_never_deleted(facilitator: Caller) -> None:
    first, later = met(facilitator, place="Carried"), met(facilitator, LATER, "Carried")
    action = planned(facilitator, first)

    dropped = Answer(action_id=action.id, answer=Progress.DROPPED, said="The ward has closed")
    answer_action(facilitator, later.code, dropped, DAY)

    assert plan_now(facilitator, first.code) == (action,)
    after = met(facilitator, LATER + HALF_A_YEAR, "Carried")
    assert open_actions_now(facilitator, after.code) == ()
