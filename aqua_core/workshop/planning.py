"""The plan: asked for, captured, owned and overseen."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from aqua_core import errors
from aqua_core.live import Channel, changed
from aqua_core.rules import plan as plan_rules
from aqua_core.rules.forums import load_of
from aqua_core.rules.open_tests import Continuing, standing_here
from aqua_core.rules.typed import check_nobody_in_word
from aqua_core.store import plan as plan_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.places import place_id_of
from aqua_core.vocabulary import (
    Action,
    ActionDraft,
    Cycle,
    Sector,
    Support,
    SupportDraft,
    Unclear,
    UnclearDraft,
    Workshop,
    same_name,
)
from aqua_core.vocabulary.forum import Load
from aqua_core.vocabulary.plan import FIRST_VERSION, AlsoMixed, MixBy, Nudged, Review, Share
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.sharing import ShareOut
from aqua_core.vocabulary.text import check_fields
from aqua_core.workshop.admitting import Caller, leading, remember, watching
from aqua_core.workshop.reading import plan_beside

_FARTHEST_YEARS = 2
NOT_SAVED_YET = 0
"""The version of an action that no plan holds yet."""

Kept: TypeAlias = Action | Support | Unclear | ShareOut
"""What a plan or a share-out keeps in versions, and what can be taken out of it."""

CALLED = {Action: "action", Support: "support", Unclear: "statement", ShareOut: "sentence"}


def find_action(cursor: Cursor, workshop: Workshop, action_id: str) -> Action:
    """Give the newest version of an action.

    Raises:
        NoSuchAction: the workshop's plan does not hold it.
    """
    plan = plan_rows.actions_of(cursor, workshop.id)
    found = next((action for action in plan if action.id == action_id), None)
    if found is None:
        raise _not_in_plan(Action)
    return found


def _said_of(saved: Kept) -> str:
    what = CALLED[type(saved)]
    if saved.version == FIRST_VERSION:
        return f"{'An' if what == 'action' else 'A'} {what} was written down."
    return f"The {what} was changed."


def version_to_save(known: Iterable[Kept], said: Kept) -> int:
    """Give the first version of what is new (NOT_SAVED_YET), else that of `version_after`."""
    return FIRST_VERSION if said.version == NOT_SAVED_YET else version_after(known, said)


def version_after(known: Iterable[Kept], said: Kept) -> int:
    """Give the version that follows the one that was shown; `known` holds the newest of each.

    Raises:
        NoSuchAction: it is not among the known.
        ChangedMeanwhile: a newer version was saved since.
    """
    newest = next((earlier.version for earlier in known if earlier.id == said.id), None)
    called = CALLED[type(said)]
    if newest is None:
        raise _not_in_plan(type(said))
    if newest != said.version:
        raise errors.ChangedMeanwhile(
            f"Somebody changed this {called} since you opened it. Yours is still in the form; "
            "start from the newest to change it."
        )
    return newest + 1


def held_by(kind: type[Kept]) -> str:
    """Name what holds this kind, and the page that shows it."""
    return "share-out" if kind is ShareOut else "plan"


def _not_in_plan(kind: type[Kept]) -> errors.NoSuchAction:
    held = held_by(kind)
    return errors.NoSuchAction(
        f"This {CALLED[kind]} is not in the {held} now. If somebody took it out, it stands under "
        f"Taken out on the {held.capitalize()} page: put it back first."
    )


class Wishes(NamedTuple):
    """What a room asked for: support, in no order, and statements by domain and points."""

    support: tuple[Support, ...]
    unclear: tuple[Unclear, ...]


def ask_support(caller: Caller, code: str, draft: SupportDraft, *, sure: bool = False) -> Support:
    """Write down support that the room asks for.

    Raises:
        AlreadyThere: it was asked for in the same words.
        LooksPersonal: a text holds what looks like somebody's details, and nobody was sure.
    """
    asked = Support(id=f"s{secrets.token_hex(6)}", version=NOT_SAVED_YET, **draft.model_dump())
    return _save_support(caller, code, asked, sure)


def edit_support(caller: Caller, code: str, support: Support, *, sure: bool = False) -> Support:
    """Save a new version of support; `support.version` is the version that was shown.

    Raises:
        NoSuchAction: it is not asked for, or was taken out.
        ChangedMeanwhile: a newer version was saved since.
        AlreadyThere, LooksPersonal: as for new support.
    """
    return _save_support(caller, code, support, sure)


def say_unclear(caller: Caller, code: str, draft: UnclearDraft, *, sure: bool = False) -> Unclear:
    """Write down that a statement was unclear.

    Raises:
        ChoiceRefused: the instrument has no such domain.
        LooksPersonal: the suggestion holds what looks like somebody's details, and nobody was sure.
    """
    said = Unclear(id=f"u{secrets.token_hex(6)}", version=NOT_SAVED_YET, **draft.model_dump())
    return _save_unclear(caller, code, said, sure)


def edit_unclear(caller: Caller, code: str, unclear: Unclear, *, sure: bool = False) -> Unclear:
    """Save a new version of an unclear statement; `unclear.version` is the one that was shown.

    Raises:
        NoSuchAction: it is not written down, or was taken out.
        ChangedMeanwhile: a newer version was saved since.
        ChoiceRefused, LooksPersonal: as for a new one.
    """
    return _save_unclear(caller, code, unclear, sure)


def wishes_now(caller: Caller, code: str) -> Wishes:
    """Give what the room asked for."""
    with watching(caller, code) as (cursor, workshop):
        order = [domain.key for domain in workshop.instrument.domains]
        unclear = sorted(
            plan_rows.unclear_in(cursor, workshop.id),
            key=lambda statement: (order.index(statement.domain), statement.points),
        )
        return Wishes(plan_rows.support_of(cursor, workshop.id), tuple(unclear))


def check_not_asked(known: Iterable[Support], asked: Support) -> None:
    """Refuse support that is asked for already.

    Raises:
        AlreadyThere: other support is asked for in the same words.
    """
    others = (earlier.wanted for earlier in known if earlier.id != asked.id)
    if same_name(asked.wanted) in map(same_name, others):
        raise errors.AlreadyThere("That is written down already.")


def _save_support(caller: Caller, code: str, asked: Support, sure: bool) -> Support:
    with leading(caller, code, closed_too=True) as (cursor, workshop):
        known = plan_rows.support_of(cursor, workshop.id)
        saved = asked.model_copy(update={"version": version_to_save(known, asked)})
        check_not_asked(known, asked)
        if not sure:
            check_nobody_in_word(asked)
        plan_rows.add_support(cursor, workshop.id, saved)
        remember(cursor, workshop, _said_of(saved))
    changed(workshop.code, Channel.ROOM)
    return saved


def _save_unclear(caller: Caller, code: str, said: Unclear, sure: bool) -> Unclear:
    with leading(caller, code, closed_too=True) as (cursor, workshop):
        _check_domain(workshop, said.domain, "of the statement")
        known = plan_rows.unclear_in(cursor, workshop.id)
        saved = said.model_copy(update={"version": version_to_save(known, said)})
        if not sure:
            check_nobody_in_word(said)
        plan_rows.add_unclear(cursor, workshop.id, saved)
        remember(cursor, workshop, _said_of(saved))
    changed(workshop.code, Channel.ROOM)
    return saved


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


def _save(caller: Caller, code: str, action: Action, today: date, sure: bool) -> Action:
    with leading(caller, code, closed_too=True) as (cursor, workshop):
        plan = plan_rows.actions_of(cursor, workshop.id)
        saved = next_version(workshop, plan, action, today, sure=sure)
        plan_rows.add_action(cursor, workshop.id, saved)
        remember(cursor, workshop, _said_of(saved))
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
    _check_domain(workshop, action.domain)
    _check_owners(workshop, action.partners)
    # A day that has passed meanwhile stays: who notes what was learned has not missed anything.
    _check_review(
        [held.review_on for held in plan if held.id == action.id], today, action.review_on
    )
    known = next((held for held in plan if held.id == action.id), action)
    # Neither a form nor a file says what an action continues.
    kept = {"continues_id": known.continues_id, "version": version_to_save(plan, action)}
    saved = action.model_copy(update=kept)
    check_not_planned(plan, action)
    if not sure:
        _check_worth_asking(action, today)
    return saved


def check_asked(
    workshop: Workshop, given: Mapping[str, Any], today: date, before: Action | None = None
) -> None:
    """Say of every field that a form asked for what is wrong with it.

    Args:
        workshop: the one that the plan is of.
        given: by field of an action.
        today: no review lies before it.
        before: the action that is edited; None for a new one.

    Raises:
        FieldsRefused: a field cannot be kept.
    """
    as_it_was = {before.review_on} if before else ()
    beside = {
        "domain": partial(_check_domain, workshop),
        "partners": partial(_check_owners, workshop),
        "review_on": partial(_check_review, as_it_was, today),
    }
    check_fields(ActionDraft, given, beside)


def _check_domain(workshop: Workshop, domain: str, asked: str = "that this test is about") -> None:
    if workshop.instrument.domain(domain) is None:
        names = ", ".join(workshop.instrument.names.values())
        raise errors.ChoiceRefused(f"Choose the domain {asked}: {names}.")


def _check_owners(workshop: Workshop, partners: Sequence[str]) -> None:
    if not partners or not set(partners) <= {partner.id for partner in workshop.partners}:
        raise errors.ChoiceRefused("Choose who owns this test, from the partners of this place.")


def _check_review(as_it_was: Collection[date], today: date, day: date) -> None:
    if day < today and day not in as_it_was:
        raise errors.DateRefused(
            f"The review date has passed ({day_said(day)}). Choose a coming day."
        )


def check_not_planned(plan: Iterable[Action], action: Action) -> None:
    """Refuse a test that the plan holds already.

    Raises:
        AlreadyThere: another action has the same test with the same lead.
    """
    for other in plan:
        if other.id != action.id and test_and_lead(other) == test_and_lead(action):
            raise errors.AlreadyThere(
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
    except errors.LooksPersonal as question:
        raise errors.LooksPersonal(f"{far} {question}".strip()) from None
    if far:
        raise errors.DateFarAway(far)


def _far_away(day: date, today: date) -> str:
    if (day.year - _FARTHEST_YEARS, day.month, day.day) <= (today.year, today.month, today.day):
        return ""
    return (
        "Is that date right? Small tests usually finish in weeks, and this one would be "
        f"reviewed on {day_said(day)}. Change it, or keep it as it is."
    )


class PlanRead(NamedTuple):
    """A plan as it stands, all of it of one moment.

    `actions` stand by review, soonest first, `cycles` by action and number; `due` are the reviews
    within 30 days; `wins` counts adopted actions. `going_on` says what earlier workshops left, of
    which mix, load and reviews count what goes on; `place_id` is the place's, at which all of it
    is answered; `load` says how much each partner and each lead carries.
    """

    actions: tuple[Action, ...]
    cycles: tuple[Cycle, ...]
    nudges: tuple[Nudged, ...]
    mixes: Mapping[MixBy, tuple[Share, ...]]
    also: AlsoMixed
    reviews: tuple[Review, ...]
    due: tuple[Review, ...]
    wins: int
    going_on: Continuing
    place_id: str
    load: tuple[Load, ...]


def plan_read(caller: Caller, code: str, today: date) -> PlanRead:
    """Read a plan; what is over is nudged no more and has no review."""
    with watching(caller, code) as (cursor, workshop):
        place_id = place_id_of(cursor, workshop.id)
        here, going_on = plan_beside(cursor, workshop, place_id)
    actions, cycles = here.actions, here.cycles
    every = (*actions, *going_on.here)
    tried = [action for action in actions if action.id not in going_on.over]
    reviews = plan_rules.reviews_of(workshop, every, going_on.over)
    names = {partner.id: partner.name for partner in workshop.partners}
    standing = standing_here(here, going_on)
    return PlanRead(
        actions=actions,
        cycles=cycles,
        nudges=(
            *plan_rules.nudges_on_plan(every, going_on.over, _residents(workshop)),
            *(nudge for action in tried for nudge in plan_rules.nudges_on(action, today, names)),
        ),
        mixes={by: plan_rules.mix_of(workshop, every, by) for by in MixBy},
        also=plan_rules.also_mixed_of(workshop, every),
        reviews=reviews,
        due=plan_rules.due(reviews, today),
        wins=plan_rules.small_wins(cycles),
        going_on=going_on,
        place_id=place_id,
        load=load_of(standing, workshop.held_on, today),
    )


def _residents(workshop: Workshop) -> frozenset[str]:
    return frozenset(
        partner.id for partner in workshop.partners if partner.sector is Sector.USERS_AND_CARERS
    )
