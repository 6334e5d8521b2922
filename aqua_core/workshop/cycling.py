"""An action goes on: its cycles, its answers, and out of the plan again."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple, TypeVar

from aqua_core import errors
from aqua_core.live import Channel, changed
from aqua_core.rules.plan import newest_cycle
from aqua_core.rules.typed import check_nobody_in_word
from aqua_core.store import plan as plan_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.vocabulary import Action, Answer, Cycle, Decision, Support, Unclear, Workshop
from aqua_core.vocabulary.event import HowUndone
from aqua_core.vocabulary.plan import FIRST_VERSION, OpenAction
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.sharing import ShareOut
from aqua_core.workshop import planning
from aqua_core.workshop.admitting import Caller, leading, remember, watching
from aqua_core.workshop.reading import continuing
from aqua_core.workshop.sharing import check_said_once


def open_actions_now(caller: Caller, code: str) -> tuple[OpenAction, ...]:
    """Give what earlier workshops of the same place left open, the earliest workshop first.

    An action is open while nobody dropped it, no plan took it on and its newest cycle was neither
    adopted nor abandoned; what this workshop answered stays. None for a place's first workshop.
    """
    with watching(caller, code) as (cursor, workshop):
        return continuing(cursor, workshop).left


def answer_action(
    caller: Caller, code: str, answer: Answer, today: date, *, sure: bool = False
) -> tuple[OpenAction, ...]:
    """Say how an open action stands; said again, the newest counts. Gives all open actions.

    Raises:
        NoSuchAction: no earlier workshop of the place left this action open.
        LooksPersonal: the line holds what looks like somebody's details, and nobody was sure.
    """
    with leading(caller, code, closed_too=True) as (cursor, workshop):
        if answer.action_id not in {
            action.action.id for action in continuing(cursor, workshop).left
        }:
            raise errors.NoSuchAction("No earlier workshop of this place left this action open.")
        if not sure:
            check_nobody_in_word(answer)
        given = answer.model_copy(update={"answered_on": today})
        plan_rows.add_answer(cursor, workshop.id, given)
        remember(cursor, workshop, f"An open action was answered: {given.answer}.")
        left = continuing(cursor, workshop).left
    changed(workshop.code, Channel.ROOM)
    return left


def go_on(caller: Caller, code: str) -> None:
    """Let a workshop score before every open action is answered; kept, so nobody is asked again.

    Answering stays possible. Said again, it changes nothing.

    Raises:
        NoSuchAction: nothing waits for an answer; what becomes open later would never be asked.
    """
    with leading(caller, code) as (cursor, workshop):
        if all(action.answer is not None for action in continuing(cursor, workshop).left):
            raise errors.NoSuchAction("Nothing of last time waits for an answer.")
        plan_rows.add_went_on(cursor, workshop.id)
        remember(cursor, workshop, "The room went on without the other open actions.")
    changed(workshop.code, Channel.ROOM)


def went_on_now(caller: Caller, code: str) -> bool:
    """Tell whether the facilitator went on before every open action was answered."""
    with watching(caller, code) as (cursor, workshop):
        return plan_rows.went_on(cursor, workshop.id)


def start_cycle(caller: Caller, code: str, action_id: str, today: date) -> Cycle:
    """Open the next cycle on an action, after one that was studied or as its first.

    The first starts from the action's own test and prediction; a later one from an empty
    prediction, because the last was already held against what was seen.

    Raises:
        NoSuchAction: the plan does not hold it.
        CycleOpen: its newest cycle has not been studied.
    """
    with leading(caller, code, closed_too=True) as (cursor, workshop):
        action = planning.find_action(cursor, workshop, action_id)
        newest = newest_cycle(plan_rows.cycles_of(cursor, workshop.id), action_id)
        if newest and newest.decision is Decision.OPEN:
            raise errors.CycleOpen(f"Cycle {newest.number} is still open. Study it first.")
        started = Cycle(
            action_id=action_id,
            number=newest.number + 1 if newest else 1,
            version=FIRST_VERSION,
            planned=newest.planned if newest else action.test,
            predicted="" if newest else action.prediction,
            begun_on=today,
        )
        plan_rows.add_cycle(cursor, workshop.id, started)
        remember(cursor, workshop, f"Cycle {started.number} of an action was started.")
    changed(workshop.code, Channel.ROOM)
    return started


def save_cycle(caller: Caller, code: str, cycle: Cycle, *, sure: bool = False) -> Cycle:
    """Save what is planned, predicted, done and seen; `cycle.version` is the version shown.

    What was seen counts once study_cycle decides; before the prediction is saved it is not kept.

    Raises:
        NoSuchAction: the plan holds no such cycle.
        CycleStudied: it was studied already.
        ChangedMeanwhile: a newer version was saved since.
        LooksPersonal: nobody was sure, and a text holds what looks like somebody's details.
    """
    with leading(caller, code, closed_too=True) as (cursor, workshop):
        known = _known(cursor, workshop, cycle)
        if not sure:
            check_nobody_in_word(cycle)
        said = {"planned": cycle.planned, "predicted": cycle.predicted, "done": cycle.done}
        if known.predicted:
            said["seen"] = cycle.seen
        saved = known.model_copy(update={**said, "version": known.version + 1})
        plan_rows.add_cycle(cursor, workshop.id, saved)
        remember(cursor, workshop, f"Cycle {saved.number} of an action was saved.")
    changed(workshop.code, Channel.ROOM)
    return saved


def study_cycle(
    caller: Caller, code: str, cycle: Cycle, today: date, *, sure: bool = False
) -> Cycle:
    """Hold what was seen against the prediction, and decide: adopt, adapt or abandon.

    Plan and prediction stay as they were saved before: a prediction that is written after the
    event predicts nothing. To adapt opens the next cycle on the same plan.

    Raises:
        NoPrediction: the saved cycle says nothing of what was expected.
        TextRefused: nobody said what was seen.
        ChoiceRefused: nothing was decided.
        NoSuchAction, CycleStudied, ChangedMeanwhile, LooksPersonal: as for saving it.
    """
    with leading(caller, code, closed_too=True) as (cursor, workshop):
        known = _known(cursor, workshop, cycle)
        _check_studied(known, cycle)
        if not sure:
            check_nobody_in_word(cycle)
        said = {"done": cycle.done, "seen": cycle.seen, "decision": cycle.decision}
        day = {"studied_on": today, "version": known.version + 1}
        studied = known.model_copy(update={**said, **day})
        plan_rows.add_cycle(cursor, workshop.id, studied)
        if studied.decision is Decision.ADAPT:
            plan_rows.add_cycle(cursor, workshop.id, _next(studied, today))
        decided = f"Cycle {studied.number} of an action was decided: {studied.decision}."
        remember(cursor, workshop, decided)
    changed(workshop.code, Channel.ROOM)
    return studied


def correct_cycle(
    caller: Caller, code: str, cycle: Cycle, today: date, *, sure: bool = False
) -> Cycle:
    """Write a cycle anew that was studied; what was predicted stays: it was said before.

    Who decides otherwise than to adapt takes the next cycle back, if nobody wrote anything in it;
    who decides to adapt opens it.

    Raises:
        CycleOpen: the next cycle has begun, so what was decided stays.
        NoSuchAction, ChangedMeanwhile, TextRefused, ChoiceRefused, LooksPersonal: as for studying.
    """
    with leading(caller, code, closed_too=True) as (cursor, workshop):
        cycles = {
            held.number: held
            for held in plan_rows.cycles_of(cursor, workshop.id)
            if held.action_id == cycle.action_id
        }
        known, following = cycles.get(cycle.number), cycles.get(cycle.number + 1)
        _check_corrected(known, cycle)
        if not sure:
            check_nobody_in_word(cycle)
        kept = {"version": cycle.version + 1, "predicted": known.predicted if known else ""}
        saved = cycle.model_copy(update=kept)
        plan_rows.add_cycle(cursor, workshop.id, saved)
        if known and saved.decision is not known.decision:
            _follow(cursor, workshop, saved, following, today)
        remember(
            *(cursor, workshop, f"Cycle {saved.number} of an action was corrected."),
            HowUndone.NEVER if known and saved.decision is not known.decision else HowUndone.ADDED,
            why="Another decision was made, and the next cycle with it. Correct the cycle again.",
        )
    changed(workshop.code, Channel.ROOM)
    return saved


def _check_corrected(known: Cycle | None, cycle: Cycle) -> None:
    if known is None or known.decision is Decision.OPEN:
        raise errors.NoSuchAction("This cycle was not studied, or is not in the plan now.")
    _check_version(known, cycle)
    _check_studied(known, cycle)


def _follow(
    cursor: Cursor, workshop: Workshop, saved: Cycle, following: Cycle | None, today: date
) -> None:
    if saved.decision is Decision.ADAPT and not following:
        plan_rows.add_cycle(cursor, workshop.id, _next(saved, today))
    if saved.decision is not Decision.ADAPT and following:
        if following.version > FIRST_VERSION:
            raise errors.CycleOpen(
                f"Cycle {following.number} has begun, so what was decided before it stays."
            )
        plan_rows.drop_cycle(cursor, workshop.id, following)


def _known(cursor: Cursor, workshop: Workshop, cycle: Cycle) -> Cycle:
    for known in plan_rows.cycles_of(cursor, workshop.id):
        if (known.action_id, known.number) == (cycle.action_id, cycle.number):
            _check_newest(known, cycle)
            return known
    raise errors.NoSuchAction(
        "This cycle is not in the plan now. If its action was taken out, put that back first."
    )


def _check_newest(known: Cycle, cycle: Cycle) -> None:
    if known.decision is not Decision.OPEN:
        raise errors.CycleStudied(
            f"Cycle {known.number} was studied: {known.decision}. What it says stays as it is."
        )
    _check_version(known, cycle)


def _check_version(known: Cycle, cycle: Cycle) -> None:
    if known.version != cycle.version:
        raise errors.ChangedMeanwhile(
            "Somebody changed this cycle since you opened it. Yours is still in the form; "
            "start from the newest to change it."
        )


def _check_studied(known: Cycle, cycle: Cycle) -> None:
    if not known.predicted:
        raise errors.NoPrediction(
            "This cycle has no prediction. Save what you expect to see before you say what you saw."
        )
    if not cycle.seen:
        raise errors.TextRefused("Say what you saw against the prediction.")
    if cycle.decision is Decision.OPEN:
        raise errors.ChoiceRefused("Decide what follows: adopt, adapt or abandon.")


def _next(studied: Cycle, today: date) -> Cycle:
    return Cycle(
        action_id=studied.action_id,
        number=studied.number + 1,
        version=FIRST_VERSION,
        planned=studied.planned,
        begun_on=today,
    )


KeptByKind = TypeVar("KeptByKind", Action, Support, Unclear, ShareOut)
_Found = Callable[[Cursor, str], tuple[Any, ...]]


class _Kind(NamedTuple):
    """How one kind is kept: what is in the plan, what is out of it, and one more version."""

    inside: _Found
    outside: _Found
    add: Callable[..., None]


_KINDS: Final[Mapping[type[planning.Kept], _Kind]] = {
    Action: _Kind(plan_rows.actions_of, plan_rows.actions_taken_out, plan_rows.add_action),
    Support: _Kind(plan_rows.support_of, plan_rows.support_taken_out, plan_rows.add_support),
    Unclear: _Kind(plan_rows.unclear_in, plan_rows.unclear_taken_out, plan_rows.add_unclear),
    ShareOut: _Kind(
        plan_rows.share_outs_of, plan_rows.share_outs_taken_out, plan_rows.add_share_out
    ),
}


def take_out(caller: Caller, code: str, said: KeptByKind) -> KeptByKind:
    """Take an action, support, an unclear statement or a shared sentence out, as a version more.

    `said` is as it was shown, with that version.

    Raises:
        NoSuchAction: it is not in this plan; an action of an earlier workshop is answered instead.
        ChangedMeanwhile: a newer version was saved since.
    """
    kind = _KINDS[type(said)]
    with leading(caller, code, closed_too=True) as (cursor, workshop):
        _check_own(cursor, workshop, said)
        taken = _after(kind.inside(cursor, workshop.id), said)
        kind.add(cursor, workshop.id, taken, taken_out=True)
        remember(cursor, workshop, f"The {planning.CALLED[type(said)]} was taken out.")
    changed(workshop.code, Channel.ROOM)
    return taken


def put_back(caller: Caller, code: str, said: KeptByKind) -> KeptByKind:
    """Put back what was taken out, as one more version of it; its review may have passed.

    Raises:
        AlreadyThere: it is in the plan, or the same words stand there meanwhile.
        NoSuchAction, ChangedMeanwhile: as for taking it out.
    """
    kind = _KINDS[type(said)]
    with leading(caller, code, closed_too=True) as (cursor, workshop):
        inside = kind.inside(cursor, workshop.id)
        _check_new(inside, said)
        back = _after(kind.outside(cursor, workshop.id), said)
        kind.add(cursor, workshop.id, back)
        remember(cursor, workshop, f"The {planning.CALLED[type(said)]} was put back.")
    changed(workshop.code, Channel.ROOM)
    return back


def taken_out_now(caller: Caller, code: str, kind: type[KeptByKind]) -> tuple[KeptByKind, ...]:
    """Give what of one kind was taken out of a plan or a share-out, and can be put back."""
    with leading(caller, code, reading) as (cursor, workshop):
        found: tuple[KeptByKind, ...] = _KINDS[kind].outside(cursor, workshop.id)
        return found


def _after(known: tuple[Any, ...], said: KeptByKind) -> KeptByKind:
    """Give the newest as its next version: what a form holds unsaved is not saved by the way."""
    version = planning.version_after(known, said)
    newest: KeptByKind = next(version for version in known if version.id == said.id)
    return newest.model_copy(update={"version": version})


def _check_own(cursor: Cursor, workshop: Workshop, said: planning.Kept) -> None:
    for action in continuing(cursor, workshop).left:
        if action.action.id == said.id:
            raise errors.NoSuchAction(
                f"This test is in the plan of {day_said(action.held_on)}, and stays there. "
                "Answer it here instead: dropped."
            )


def _check_new(inside: tuple[Any, ...], said: planning.Kept) -> None:
    if said.id in {kept.id for kept in inside}:
        raise errors.AlreadyThere(
            f"This {planning.CALLED[type(said)]} is back in the {planning.held_by(type(said))} "
            "already."
        )
    if isinstance(said, Action):
        planning.check_not_planned(inside, said)
    if isinstance(said, Support):
        planning.check_not_asked(inside, said)
    if isinstance(said, ShareOut):
        check_said_once(inside, said)
