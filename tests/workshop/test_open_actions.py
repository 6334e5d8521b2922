"""Open actions first: what a place left, answered when it meets again; and what it asks for."""

import itertools
from datetime import date, timedelta

import pytest

from aqua_core.errors import (
    ChoiceRefused,
    LooksPersonal,
    NoSuchAction,
    NotSignedIn,
    ScoreRefused,
    TextRefused,
    WorkshopClosed,
)
from aqua_core.store.database import reading
from aqua_core.vocabulary import (
    Answer,
    Decision,
    Help,
    Progress,
    SupportDraft,
    UnclearDraft,
    Workshop,
)
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.cycling import (
    answer_action,
    go_on,
    open_actions_now,
    start_cycle,
    went_on_now,
)
from aqua_core.workshop.planning import Wishes, ask_support, edit_action, say_unclear, wishes_now
from tests.kit.notation import DAY
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import HALF_A_YEAR, LATER, met, plan_now, planned, studied

__all__ = ["facilitator", "room_file"]
_places = itertools.count()


@pytest.fixture
def place() -> str:
    """Give a place that no other test has met at: the file is shared."""
    return f"Place {next(_places)}"


def left_to(who: Caller, workshop: Workshop) -> list[str]:
    return [action.action.id for action in open_actions_now(who, workshop.code)]


def answered(who: Caller, workshop: Workshop, action_id: str, how: Progress) -> None:
    said = Answer(action_id=action_id, answer=how, said="As agreed")
    answer_action(who, workshop.code, said, workshop.held_on)


def test_the_next_workshop_of_a_place_is_shown_what_the_last_one_left(
    facilitator: Caller, place: str
) -> None:
    first = met(facilitator, place=place)
    action = planned(facilitator, first)
    later = met(facilitator, LATER, place.upper())
    elsewhere = met(facilitator, LATER, f"{place} North")

    (left,) = open_actions_now(facilitator, later.code)

    assert (left.action, left.held_on, left.domain) == (action, DAY, "Workforce")
    assert left.owners == ("Council", "Trust")
    assert (left.cycle, left.before, left.answer) == (None, None, None)
    assert left_to(facilitator, first) == left_to(facilitator, elsewhere) == []


def test_an_earlier_workshop_is_told_by_its_day_and_then_by_its_order(
    facilitator: Caller, place: str
) -> None:
    morning = met(facilitator, place=place)
    afternoon = met(facilitator, place=place)
    early, late = planned(facilitator, morning), planned(facilitator, afternoon)

    assert left_to(facilitator, morning) == []
    assert left_to(facilitator, afternoon) == [early.id]
    assert left_to(facilitator, met(facilitator, LATER, place)) == [early.id, late.id]


@pytest.mark.parametrize(
    ("decision", "open_then"),
    [(Decision.ADOPT, False), (Decision.ABANDON, False), (Decision.ADAPT, True)],
)
def test_what_was_adopted_or_abandoned_is_not_asked_about(
    facilitator: Caller, place: str, decision: Decision, open_then: bool
) -> None:
    first = met(facilitator, place=place)
    action = planned(facilitator, first)

    studied(facilitator, first, action, decision)

    assert left_to(facilitator, met(facilitator, LATER, place)) == [action.id] * open_then


def test_an_adopted_test_that_is_taken_up_again_is_open_again(
    facilitator: Caller, place: str
) -> None:
    first = met(facilitator, place=place)
    action = planned(facilitator, first)
    studied(facilitator, first, action, Decision.ADOPT)

    start_cycle(facilitator, first.code, action.id, DAY)

    assert left_to(facilitator, met(facilitator, LATER, place)) == [action.id]


def test_dropped_is_not_asked_about_again_but_stays_where_it_was_said(
    facilitator: Caller, place: str
) -> None:
    first, second = met(facilitator, place=place), met(facilitator, LATER, place)
    third = met(facilitator, LATER + HALF_A_YEAR, place)
    stuck, dropped = planned(facilitator, first), planned(facilitator, first, "If B, then C")

    answered(facilitator, second, stuck.id, Progress.STUCK)
    answered(facilitator, second, dropped.id, Progress.DROPPED)

    here = {
        action.action.id: action.answer for action in open_actions_now(facilitator, second.code)
    }
    assert here[dropped.id].answer is Progress.DROPPED
    (left,) = open_actions_now(facilitator, third.code)
    assert (left.action, left.before.answer, left.answer) == (stuck, Progress.STUCK, None)


def test_an_answer_may_be_said_again_and_the_newest_counts(facilitator: Caller, place: str) -> None:
    first, later = met(facilitator, place=place), met(facilitator, LATER, place)
    action = planned(facilitator, first)

    for how in (Progress.DROPPED, Progress.MOVED):
        answered(facilitator, later, action.id, how)

    assert open_actions_now(facilitator, later.code)[0].answer.answer is Progress.MOVED
    with reading() as cursor:
        kept = cursor.execute(
            "SELECT answer FROM answer WHERE action_id = $1 ORDER BY sequence", [action.id]
        ).fetchall()
    assert kept == [("dropped",), ("moved",)]


def test_an_action_that_nobody_left_open_is_not_answered(facilitator: Caller, place: str) -> None:
    first, later = met(facilitator, place=place), met(facilitator, LATER, place)
    own = planned(facilitator, later)
    action = planned(facilitator, first)
    for workshop, action_id in ((later, own.id), (later, "nothing"), (first, action.id)):
        with pytest.raises(NoSuchAction):
            answered(facilitator, workshop, action_id, Progress.MOVED)
    with pytest.raises(LooksPersonal):
        answer_action(
            facilitator,
            later.code,
            Answer(action_id=action.id, answer=Progress.MOVED, said="Ring 0161 496 0000"),
            DAY,
        )
    for stranger in (Caller(), Caller(wall="x" * 43)):
        with pytest.raises(NotSignedIn):
            answered(stranger, later, action.id, Progress.MOVED)
        with pytest.raises(NotSignedIn):
            open_actions_now(stranger, later.code)

    assert [action.answer for action in open_actions_now(facilitator, later.code)] == [None]


def test_a_closed_workshop_still_leaves_its_actions(facilitator: Caller, place: str) -> None:
    first = met(facilitator, place=place)
    action = planned(facilitator, first)

    close_workshop(facilitator, first.code)

    assert left_to(facilitator, met(facilitator, LATER, place)) == [action.id]


@pytest.mark.slow
def test_going_on_is_kept_for_every_screen_and_answering_stays_possible(
    facilitator: Caller, place: str
) -> None:
    first, later = met(facilitator, place=place), met(facilitator, LATER, place)
    action = planned(facilitator, first)
    assert not went_on_now(facilitator, later.code)
    with pytest.raises(NotSignedIn):
        go_on(Caller(wall="x" * 43), later.code)

    for _ in range(2):
        go_on(facilitator, later.code)

    assert went_on_now(facilitator, later.code)
    assert not went_on_now(facilitator, first.code)
    said = Answer(action_id=action.id, answer=Progress.MOVED)
    (left,) = answer_action(facilitator, later.code, said, DAY)
    assert left.answer == said.model_copy(update={"answered_on": DAY})
    erase_workshop(facilitator, later.code, later.code)
    with reading() as cursor:
        kept = cursor.execute(
            "SELECT count(*) FROM went_on WHERE workshop_id = $1", [later.id]
        ).fetchone()
    assert kept == (0,)


def test_nobody_goes_on_where_nothing_waits_or_the_workshop_is_closed(
    facilitator: Caller, place: str
) -> None:
    first, later = met(facilitator, place=place), met(facilitator, LATER, place)
    with pytest.raises(NoSuchAction, match="Nothing of last time waits for an answer"):
        go_on(facilitator, later.code)
    action = planned(facilitator, first)
    answered(facilitator, later, action.id, Progress.MOVED)
    with pytest.raises(NoSuchAction):
        go_on(facilitator, later.code)
    planned(facilitator, first, "If B, then C")
    close_workshop(facilitator, later.code)
    with pytest.raises(WorkshopClosed):
        go_on(facilitator, later.code)

    assert not went_on_now(facilitator, later.code)


@pytest.mark.parametrize("erased", ["first", "second"])
def test_erasing_a_workshop_takes_its_plan_and_leaves_the_other_one(
    facilitator: Caller, place: str, erased: str
) -> None:
    first, second = met(facilitator, place=place), met(facilitator, LATER, place)
    action, own = planned(facilitator, first), planned(facilitator, second)
    for workshop, each in ((first, action), (second, own)):
        start_cycle(facilitator, workshop.code, each.id, DAY)
        ask_support(facilitator, workshop.code, support())
        say_unclear(facilitator, workshop.code, unclear())
    answered(facilitator, second, action.id, Progress.MOVED)
    gone, stays = (first, second) if erased == "first" else (second, first)

    erase_workshop(facilitator, gone.code, gone.code)

    assert rows_of(gone) == {"action": 0, "cycle": 0, "answer": 0, "support": 0, "unclear": 0}
    assert rows_of(stays) == {"action": 1, "cycle": 1, "answer": 0, "support": 1, "unclear": 1}
    assert left_to(facilitator, stays) == []


def rows_of(workshop: Workshop) -> dict[str, int]:
    with reading() as cursor:
        return {
            table: cursor.execute(
                f"SELECT count(*) FROM {table} WHERE workshop_id = $1", [workshop.id]
            ).fetchall()[0][0]
            for table in ("action", "cycle", "answer", "support", "unclear")
        }


# What a room asks for beside its plan


def support(**said: object) -> SupportDraft:
    given = {"kind": Help.COACHING, "wanted": "How we disagree", "from_whom": "AQuA"}
    return SupportDraft.model_validate(given | said)


def unclear(**said: object) -> UnclearDraft:
    given = {"domain": "culture", "points": 3, "suggestion": "Say whose teams"}
    return UnclearDraft.model_validate(given | said)


def test_what_is_asked_for_is_kept(facilitator: Caller, place: str) -> None:
    workshop = met(facilitator, place=place)

    asked = ask_support(facilitator, workshop.code, support())
    last, first = (
        say_unclear(facilitator, workshop.code, unclear(domain=domain, points=points))
        for domain, points in (("culture", 0), ("leadership", 5))
    )

    assert wishes_now(facilitator, workshop.code) == Wishes((asked,), (first, last))


def test_what_cannot_be_asked_for_gets_a_sentence(facilitator: Caller, place: str) -> None:
    workshop = met(facilitator, place=place)
    for forged in (-1, 6, True, 2.6, "3", None, float("nan")):
        with pytest.raises(ScoreRefused, match=r"^Choose the statement that was unclear, 0 to 5"):
            unclear(points=forged)
    with pytest.raises(ChoiceRefused, match="masterclass, workshop, coaching or critical friend"):
        support(kind="money")
    with pytest.raises(TextRefused, match="Say what it should help with"):
        support(wanted=" ")
    with pytest.raises(ChoiceRefused, match=r"statement: Leadership, .*, Service redesign\.$"):
        say_unclear(facilitator, workshop.code, unclear(domain="nothing"))
    with pytest.raises(LooksPersonal):
        ask_support(facilitator, workshop.code, support(from_whom="a@b.example"))
    with pytest.raises(LooksPersonal):
        say_unclear(facilitator, workshop.code, unclear(suggestion="a@b.example"))
    for deed in (
        lambda: ask_support(Caller(), workshop.code, support()),
        lambda: say_unclear(Caller(), workshop.code, unclear()),
        lambda: wishes_now(Caller(), workshop.code),
    ):
        with pytest.raises(NotSignedIn):
            deed()

    assert wishes_now(facilitator, workshop.code) == Wishes((), ())


def test_a_note_on_a_late_action_keeps_its_day(facilitator: Caller, place: str) -> None:
    workshop = met(facilitator, place=place)
    action = planned(facilitator, workshop)
    late: date = action.review_on + timedelta(days=5)

    edited = edit_action(
        facilitator, workshop.code, action.model_copy(update={"forum": "Joint board"}), late
    )

    assert plan_now(facilitator, workshop.code) == (edited,)
    assert edited.review_on == action.review_on < late
