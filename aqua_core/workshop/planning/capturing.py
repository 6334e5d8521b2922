"""Capture small tests that partners own together, and edit them."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date

from aqua_core.errors import (
    AlreadyThere,
    ChoiceRefused,
    DateFarAway,
    DateRefused,
    LooksPersonal,
)
from aqua_core.live import Channel, changed
from aqua_core.rules.typed.personal import check_nobody_in_word
from aqua_core.store.plan.actions import actions_of, add_action
from aqua_core.vocabulary import Action, ActionDraft, Workshop, same_name
from aqua_core.vocabulary.figures import day_said
from aqua_core.workshop.admitting import Caller, facilitating, watching
from aqua_core.workshop.planning.owning import NOT_SAVED_YET, version_to_save

FARTHEST_YEARS = 2


def capture_action(
    caller: Caller, code: str, draft: ActionDraft, today: date, *, sure: bool = False
) -> Action:
    """Add a small test to the plan; where `sure`, what was asked about is kept as it is.

    Raises:
        ChoiceRefused: no partner, or one that is not of this place; or no such domain.
        DateRefused: the review date has passed.
        AlreadyThere: the plan holds the same test with the same lead.
        DateFarAway: nobody was sure, and the review is more than two years away.
        LooksPersonal: nobody was sure, and a text holds what looks like somebody's details.
    """
    action = Action(id=new_action_id(), version=NOT_SAVED_YET, **draft.model_dump())
    return _save(caller, code, action, today, sure)


def new_action_id() -> str:
    """Give an id that no action has."""
    return f"a{secrets.token_hex(6)}"


def edit_action(
    caller: Caller, code: str, action: Action, today: date, *, sure: bool = False
) -> Action:
    """Save a new version of an action; `action.version` is the version that was shown.

    Raises:
        NoSuchAction: the plan does not hold it, or it was taken out.
        ChangedMeanwhile: a newer version was saved since.
        ChoiceRefused, DateRefused, AlreadyThere, DateFarAway, LooksPersonal: as for a new one.
    """
    return _save(caller, code, action, today, sure)


def plan_now(caller: Caller, code: str) -> tuple[Action, ...]:
    """Give the plan, soonest review first."""
    with watching(caller, code) as (cursor, workshop):
        return actions_of(cursor, workshop.id)


def _save(caller: Caller, code: str, action: Action, today: date, sure: bool) -> Action:
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        plan = actions_of(cursor, workshop.id)
        saved = next_version(workshop, plan, action, today, sure=sure)
        add_action(cursor, workshop.id, saved)
    changed(workshop.code, Channel.ROOM)
    return saved


def next_version(
    workshop: Workshop, plan: Sequence[Action], action: Action, today: date, *, sure: bool
) -> Action:
    """Give an action of a plan as its next version, checked; whoever saves it is in a transaction.

    Raises:
        ChoiceRefused, DateRefused, NoSuchAction, ChangedMeanwhile, AlreadyThere, DateFarAway,
        LooksPersonal: as for `edit_action`.
    """
    _check_action(workshop, action)
    _check_review(plan, action, today)
    saved = action.model_copy(update={"version": version_to_save(plan, action)})
    check_not_planned(plan, action)
    if not sure:
        _check_worth_asking(action, today)
    return saved


def _check_action(workshop: Workshop, action: Action) -> None:
    if workshop.instrument.domain(action.domain) is None:
        names = ", ".join(domain.name for domain in workshop.instrument.domains)
        raise ChoiceRefused(f"Choose the domain that this test is about: {names}.")
    known = {partner.id for partner in workshop.partners}
    if not action.partners or not set(action.partners) <= known:
        raise ChoiceRefused("Choose who owns this test, from the partners of this place.")


def _check_review(plan: Iterable[Action], action: Action, today: date) -> None:
    # A day that has passed meanwhile stays: who notes what was learned has not missed anything.
    as_it_was = {each.review_on for each in plan if each.id == action.id}
    if action.review_on < today and action.review_on not in as_it_was:
        raise DateRefused(
            f"The review date has passed ({day_said(action.review_on)}). Choose a coming day."
        )


def check_not_planned(plan: Iterable[Action], action: Action) -> None:
    """Refuse a test that the plan holds already.

    Raises:
        AlreadyThere: another action has the same test with the same lead.
    """
    for other in plan:
        if other.id != action.id and test_and_lead(other) == test_and_lead(action):
            raise AlreadyThere(
                "This test is already in the plan, with the same lead. Change that one instead."
            )


def test_and_lead(action: Action) -> tuple[str, str]:
    """Give what no two actions of a plan share, as the room would compare it."""
    return same_name(action.test), same_name(action.lead)


def _check_worth_asking(action: Action, today: date) -> None:
    """Ask all that is worth asking at once: one yes must not answer a question nobody heard."""
    far = _far_away(action.review_on, today)
    try:
        check_nobody_in_word(action)
    except LooksPersonal as question:
        raise LooksPersonal(f"{far} {question}".strip()) from None
    if far:
        raise DateFarAway(far)


def _far_away(day: date, today: date) -> str:
    if (day.year - FARTHEST_YEARS, day.month, day.day) <= (today.year, today.month, today.day):
        return ""
    return (
        "Is that date right? Small tests usually finish in weeks, and this one would be "
        f"reviewed on {day_said(day)}. Change it, or keep it as it is."
    )
