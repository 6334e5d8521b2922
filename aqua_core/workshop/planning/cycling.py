"""Run an action in cycles of plan, do, study, act; each save is a version, none is overwritten."""

from aqua_core.errors import (
    ChangedMeanwhile,
    ChoiceRefused,
    CycleOpen,
    CycleStudied,
    NoPrediction,
    NoSuchAction,
    TextRefused,
)
from aqua_core.live import Channel, changed
from aqua_core.rules.plan.cycles import newest_cycle
from aqua_core.rules.typed.personal import check_nobody_in_word
from aqua_core.store.cursor import Cursor
from aqua_core.store.plan.cycles import add_cycle, cycles_of
from aqua_core.vocabulary import Cycle, Decision, Workshop
from aqua_core.vocabulary.plan import FIRST_VERSION
from aqua_core.workshop.admitting import Caller, facilitating, watching
from aqua_core.workshop.planning.owning import find_action


def start_cycle(caller: Caller, code: str, action_id: str) -> Cycle:
    """Open the next cycle on an action, after one that was studied or as its first.

    The first starts from the action's own test and prediction; a later one from an empty
    prediction, because the last was already held against what was seen.

    Raises:
        NoSuchAction: the plan does not hold it.
        CycleOpen: its newest cycle has not been studied.
    """
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        action = find_action(cursor, workshop, action_id)
        newest = newest_cycle(cycles_of(cursor, workshop.id), action_id)
        if newest and newest.decision is Decision.OPEN:
            raise CycleOpen(f"Cycle {newest.number} is still open. Study it first.")
        started = Cycle(
            action_id=action_id,
            number=newest.number + 1 if newest else 1,
            version=FIRST_VERSION,
            planned=newest.planned if newest else action.test,
            predicted="" if newest else action.prediction,
        )
        add_cycle(cursor, workshop.id, started)
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
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        known = _known(cursor, workshop, cycle)
        if not sure:
            check_nobody_in_word(cycle)
        said = {"planned": cycle.planned, "predicted": cycle.predicted, "done": cycle.done}
        if known.predicted:
            said["seen"] = cycle.seen
        saved = known.model_copy(update={**said, "version": known.version + 1})
        add_cycle(cursor, workshop.id, saved)
    changed(workshop.code, Channel.ROOM)
    return saved


def study_cycle(caller: Caller, code: str, cycle: Cycle, *, sure: bool = False) -> Cycle:
    """Hold what was seen against the prediction, and decide: adopt, adapt or abandon.

    Plan and prediction stay as they were saved before: a prediction that is written after the
    event predicts nothing. To adapt opens the next cycle on the same plan.

    Raises:
        NoPrediction: the saved cycle says nothing of what was expected.
        TextRefused: nobody said what was seen.
        ChoiceRefused: nothing was decided.
        NoSuchAction, CycleStudied, ChangedMeanwhile, LooksPersonal: as for saving it.
    """
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        known = _known(cursor, workshop, cycle)
        _check_studied(known, cycle)
        if not sure:
            check_nobody_in_word(cycle)
        said = {"done": cycle.done, "seen": cycle.seen, "decision": cycle.decision}
        studied = known.model_copy(update={**said, "version": known.version + 1})
        add_cycle(cursor, workshop.id, studied)
        if studied.decision is Decision.ADAPT:
            add_cycle(cursor, workshop.id, _next(studied))
    changed(workshop.code, Channel.ROOM)
    return studied


def cycles_now(caller: Caller, code: str) -> tuple[Cycle, ...]:
    """Give the newest version of every cycle of a plan, by action and number."""
    with watching(caller, code) as (cursor, workshop):
        return cycles_of(cursor, workshop.id)


def _known(cursor: Cursor, workshop: Workshop, cycle: Cycle) -> Cycle:
    for known in cycles_of(cursor, workshop.id):
        if (known.action_id, known.number) == (cycle.action_id, cycle.number):
            _check_newest(known, cycle)
            return known
    raise NoSuchAction(
        "This cycle is not in the plan now. If its action was taken out, put that back first."
    )


def _check_newest(known: Cycle, cycle: Cycle) -> None:
    if known.decision is not Decision.OPEN:
        raise CycleStudied(
            f"Cycle {known.number} was studied: {known.decision}. What it says stays as it is."
        )
    if known.version != cycle.version:
        raise ChangedMeanwhile(
            "Somebody changed this cycle since you opened it. Yours is still in the form; "
            "start from the newest to change it."
        )


def _check_studied(known: Cycle, cycle: Cycle) -> None:
    if not known.predicted:
        raise NoPrediction(
            "This cycle has no prediction. Save what you expect to see before you say what you saw."
        )
    if not cycle.seen:
        raise TextRefused("Say what you saw against the prediction.")
    if cycle.decision is Decision.OPEN:
        raise ChoiceRefused("Decide what follows: adopt, adapt or abandon.")


def _next(studied: Cycle) -> Cycle:
    return Cycle(
        action_id=studied.action_id,
        number=studied.number + 1,
        version=FIRST_VERSION,
        planned=studied.planned,
    )
