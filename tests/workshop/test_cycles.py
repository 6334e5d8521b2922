"""Plan, do, study, act: a prediction first, versions kept, adapted opens the next cycle."""

from functools import partial

import pytest

from aqua_core.errors import (
    ChangedMeanwhile,
    ChoiceRefused,
    CycleOpen,
    CycleStudied,
    LooksPersonal,
    NoPrediction,
    NoSuchAction,
    NotSignedIn,
    Refusal,
    TextRefused,
)
from aqua_core.store.database import reading
from aqua_core.vocabulary import Cycle, Decision, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.cycling import save_cycle, start_cycle, study_cycle
from aqua_core.workshop.planning import plan_read
from tests.kit.notation import DAY
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import cycles_now, elsewhere, met, planned, studied

__all__ = ["facilitator", "room_file"]
ADAPTED = {"seen": "From 12 to 9: two nurses were off", "decision": Decision.ADAPT}


def started(who: Caller, **said: object) -> tuple[Workshop, Cycle]:
    workshop = met(who, place=elsewhere())
    action = planned(who, workshop, **said)
    return workshop, start_cycle(who, workshop.code, action.id, DAY)


def test_the_first_cycle_starts_from_the_action(facilitator: Caller) -> None:
    workshop, cycle = started(facilitator)

    assert (cycle.number, cycle.version, cycle.predicted) == (1, 1, "From 12 to 6")
    assert cycle.planned.startswith("If a nurse joins")
    assert cycles_now(facilitator, workshop.code) == (cycle,)


def test_a_cycle_without_a_prediction_is_not_studied(facilitator: Caller) -> None:
    workshop, cycle = started(facilitator, prediction="")
    hindsight = {**ADAPTED, "predicted": "From 12 to 9"}

    with pytest.raises(NoPrediction, match="Save what you expect to see before you say"):
        study_cycle(facilitator, workshop.code, cycle.model_copy(update=hindsight), DAY)

    assert cycles_now(facilitator, workshop.code) == (cycle,)
    known = save_cycle(
        facilitator, workshop.code, cycle.model_copy(update={"predicted": "From 12 to 6"})
    )
    assert study_cycle(facilitator, workshop.code, known.model_copy(update=ADAPTED), DAY).seen


def test_a_prediction_is_not_changed_while_studying(facilitator: Caller) -> None:
    workshop, cycle = started(facilitator)
    wiser = {**ADAPTED, "predicted": "From 12 to 9", "planned": "Something else"}

    found = study_cycle(facilitator, workshop.code, cycle.model_copy(update=wiser), DAY)

    assert (found.predicted, found.planned) == (cycle.predicted, cycle.planned)


def test_to_adapt_opens_the_next_cycle_and_keeps_every_version(facilitator: Caller) -> None:
    workshop, cycle = started(facilitator)
    done = save_cycle(
        facilitator, workshop.code, cycle.model_copy(update={"done": "Four Tuesdays"})
    )

    study_cycle(facilitator, workshop.code, done.model_copy(update=ADAPTED), DAY)

    first, second = cycles_now(facilitator, workshop.code)
    assert (first.decision, first.version, first.done) == (Decision.ADAPT, 3, "Four Tuesdays")
    assert (second.number, second.version, second.predicted) == (2, 1, "")
    assert second.planned == first.planned
    with reading() as cursor:
        kept = cursor.execute(
            "SELECT number, version, done, decision FROM cycle WHERE action_id = $1 "
            "ORDER BY number, version",
            [cycle.action_id],
        ).fetchall()
    assert kept == [
        (1, 1, "", ""),
        (1, 2, "Four Tuesdays", ""),
        (1, 3, "Four Tuesdays", "adapt"),
        (2, 1, "", ""),
    ]


def test_a_cycle_is_studied_once_and_an_older_form_changes_nothing(facilitator: Caller) -> None:
    workshop, cycle = started(facilitator)
    newer = save_cycle(facilitator, workshop.code, cycle.model_copy(update={"done": "Twice"}))
    older = cycle.model_copy(update={"done": "Never", **ADAPTED})
    for deed in (save_cycle, partial(study_cycle, today=DAY)):
        with pytest.raises(ChangedMeanwhile):
            deed(facilitator, workshop.code, older)
    study_cycle(facilitator, workshop.code, newer.model_copy(update=ADAPTED), DAY)
    before = cycles_now(facilitator, workshop.code)

    for deed in (save_cycle, partial(study_cycle, today=DAY)):
        with pytest.raises(CycleStudied, match="Cycle 1 was studied: adapt"):
            deed(facilitator, workshop.code, newer.model_copy(update={**ADAPTED, "seen": "Other"}))

    assert cycles_now(facilitator, workshop.code) == before


@pytest.mark.parametrize(
    ("said", "refused", "sentence"),
    [
        ({"seen": ""}, TextRefused, "Say what you saw against the prediction."),
        ({"decision": Decision.OPEN}, ChoiceRefused, "adopt, adapt or abandon"),
        ({"seen": "Ring 0161 496 0000"}, LooksPersonal, "what we saw against it” holds what"),
        ({"number": 2}, NoSuchAction, "not in the plan"),
    ],
)
def test_a_study_that_cannot_be_kept_gets_a_sentence(
    facilitator: Caller, said: dict[str, object], refused: type[Refusal], sentence: str
) -> None:
    workshop, cycle = started(facilitator)

    with pytest.raises(refused, match=sentence):
        study_cycle(facilitator, workshop.code, cycle.model_copy(update={**ADAPTED, **said}), DAY)

    assert cycles_now(facilitator, workshop.code) == (cycle,)


def test_the_next_cycle_waits_for_this_one_to_be_studied(facilitator: Caller) -> None:
    workshop, cycle = started(facilitator)

    with pytest.raises(CycleOpen, match="Cycle 1 is still open"):
        start_cycle(facilitator, workshop.code, cycle.action_id, DAY)

    study_cycle(
        facilitator,
        workshop.code,
        cycle.model_copy(update={"seen": "As said", "decision": Decision.ABANDON}),
        DAY,
    )
    assert start_cycle(facilitator, workshop.code, cycle.action_id, DAY).number == 2


def test_adopted_is_a_small_win_and_has_no_review_any_more(facilitator: Caller) -> None:
    workshop = met(facilitator, place=elsewhere())
    won, going_on = planned(facilitator, workshop), planned(facilitator, workshop, "If B, then C")
    before = plan_read(facilitator, workshop.code, DAY)

    studied(facilitator, workshop, won, Decision.ADOPT)
    studied(facilitator, workshop, going_on, Decision.ADAPT)

    after = plan_read(facilitator, workshop.code, DAY)
    assert (before.wins, after.wins) == (0, 1)
    assert {review.action_id for review in before.reviews} == {won.id, going_on.id}
    assert [review.action_id for review in after.due] == [going_on.id]


def test_nobody_but_the_facilitator_runs_a_cycle(facilitator: Caller) -> None:
    workshop, cycle = started(facilitator)
    for deed in (
        lambda: start_cycle(Caller(), workshop.code, cycle.action_id, DAY),
        lambda: save_cycle(Caller(), workshop.code, cycle),
        lambda: study_cycle(Caller(), workshop.code, cycle.model_copy(update=ADAPTED), DAY),
        lambda: cycles_now(Caller(), workshop.code),
        lambda: plan_read(Caller(), workshop.code, DAY),
    ):
        with pytest.raises(NotSignedIn):
            deed()
    assert cycles_now(facilitator, workshop.code) == (cycle,)


def test_what_was_seen_is_saved_with_the_cycle_but_never_before_its_prediction(
    facilitator: Caller,
) -> None:
    workshop, cycle = started(facilitator, prediction="")
    hindsight = {"predicted": "From 12 to 6", "seen": "From 12 to 9"}

    first = save_cycle(facilitator, workshop.code, cycle.model_copy(update=hindsight))
    then = save_cycle(facilitator, workshop.code, first.model_copy(update=hindsight))

    assert (first.predicted, first.seen) == ("From 12 to 6", "")
    assert cycles_now(facilitator, workshop.code) == (then,)
    assert (then.seen, then.decision) == ("From 12 to 9", Decision.OPEN)
