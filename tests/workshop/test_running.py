"""A run sheet drives a workshop that stands: its acts, what is missing, and who sees what."""

import itertools
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from aqua_core.errors import (
    AlreadyThere,
    BadRunSheet,
    ChangedMeanwhile,
    NoSuchProgramme,
    NoSuchSheet,
    NotSignedIn,
)
from aqua_core.instrument import run_sheet_from, run_sheets_in
from aqua_core.store.database import reading
from aqua_core.vocabulary import Workshop
from aqua_core.vocabulary.programme import Aim, ProgrammeDraft, Running
from aqua_core.workshop import running
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import erase_workshop
from aqua_core.workshop.gathering import bring_to_table, set_up_gathering
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scheduling import Pattern, plan_programme, programmes_now
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.undoing import last_done_now, undo_last_done
from tests.kit.looking import a_host, a_wall
from tests.kit.notation import DAY, made, seated
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]
_numbers = itertools.count()
SHEETS = Path(__file__).parents[2] / "data" / "run-sheets"
NOW = datetime(2026, 11, 22, 9, 30)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def workshop(facilitator: Caller) -> Workshop:
    return made(facilitator, "Council", "Trust", place=f"Runs {next(_numbers)}")


def started(facilitator: Caller, workshop: Workshop, now: datetime = NOW) -> Running:
    (ours,) = run_sheets_in(SHEETS)
    draft = ProgrammeDraft(name=f"Programme {workshop.code}", began_on=DAY)
    made_of = plan_programme(facilitator, draft, Pattern(1, 0, 13, steps=ours.steps))
    (session,) = programmes_now(facilitator).of(made_of.id)
    return running.start_sheet(facilitator, workshop.code, session.id, now)


def test_ours_takes_ninety_minutes_serves_all_four_aims_and_says_whose_it_is() -> None:
    (ours,) = run_sheets_in(SHEETS)

    assert ours.minutes == 90
    assert {step.aim for step in ours.steps} == set(Aim)
    assert ours.source.startswith("Written for Discovery Room.")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"key": "a b"}', "key"),
        ("[", "line 1"),
        ('{"key": "ab", "name": "A", "version": "1", "source": "us", "steps": []}', "steps"),
        (
            '{"key": "ab", "name": "A", "version": "1", "source": "us", '
            '"steps": [{"title": "t", "minutes": 0}]}',
            "ours.json, step 1: Give each step 1 to 240 whole minutes",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_place(text: str, says: str) -> None:
    with pytest.raises(BadRunSheet, match=says):
        run_sheet_from(text, "ours.json")


def test_steps_go_on_one_press_each_and_a_double_press_counts_once(
    facilitator: Caller, workshop: Workshop
) -> None:
    started(facilitator, workshop)

    running.go_on_with_sheet(facilitator, workshop.code, 0, NOW + 17 * MINUTE)
    with pytest.raises(ChangedMeanwhile):
        running.go_on_with_sheet(facilitator, workshop.code, 0, NOW + 17 * MINUTE)

    seen = running.sheet_now(facilitator, workshop.code, NOW + 17 * MINUTE)
    assert seen
    assert (seen.running.at, seen.late, seen.left) == (1, 7, 15)
    assert seen.missing == ("Nobody has joined yet.", "Scoring is not open yet.")
    assert seen.next
    assert seen.next.title.startswith("Reveal")
    seated(workshop, "Council")
    seen = running.sheet_now(facilitator, workshop.code, NOW)
    assert seen
    assert seen.missing == ("Scoring is not open yet.",)


def at_step(facilitator: Caller, workshop: Workshop, step: int) -> tuple[str, ...]:
    """Go on to a step, and give what is missing there."""
    seen = running.sheet_now(facilitator, workshop.code, NOW)
    assert seen
    for at in range(seen.running.at, step):
        running.go_on_with_sheet(facilitator, workshop.code, at, NOW)
    seen = running.sheet_now(facilitator, workshop.code, NOW)
    assert seen
    return seen.missing


def test_the_three_questions_are_missed_at_the_close_and_not_where_the_room_scores(
    facilitator: Caller, workshop: Workshop
) -> None:
    started(facilitator, workshop)
    seat = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ["culture"])
    submit_score(seat, workshop.code, "culture", 3)
    reveal(facilitator, workshop.code)

    assert at_step(facilitator, workshop, 1) == ()
    assert at_step(facilitator, workshop, 7) == ("The three questions are not asked yet.",)


def test_one_sheet_drives_every_table_of_a_masterclass_until_one_goes_its_own_way(
    facilitator: Caller, workshop: Workshop
) -> None:
    others = [made(facilitator, "Council", "GPs", place=f"Runs {n}") for n in ("on", "along")]
    held = set_up_gathering(facilitator, "Masterclass", DAY, [workshop.code], DAY)
    for other in others:
        bring_to_table(facilitator, held.code, other.code)
    started(facilitator, workshop)

    running.go_on_with_sheet(facilitator, others[0].code, 0, NOW + 5 * MINUTE)
    running.give_step_time(facilitator, workshop.code, 1, 5)

    sheets = [running.sheet_now(facilitator, one.code, NOW) for one in (workshop, *others)]
    assert all(sheet and sheet.running == sheets[0].running for sheet in sheets if sheets[0])
    assert sheets[0]
    assert (sheets[0].running.at, sheets[0].running.minutes[1]) == (1, 20)
    assert sheets[0].tables == tuple(other.place.name for other in others)
    running.end_sheet(facilitator, others[1].code)
    running.go_on_with_sheet(facilitator, workshop.code, 1, NOW + 9 * MINUTE)
    assert running.sheet_now(facilitator, others[1].code, NOW) is None
    assert step_of(facilitator, others[0]) == 2

    last = last_done_now(facilitator, others[0].code)
    assert last
    undo_last_done(facilitator, others[0].code, last.sequence)
    assert (step_of(facilitator, others[0]), step_of(facilitator, workshop)) == (1, 2)
    running.go_on_with_sheet(facilitator, workshop.code, 2, NOW + 9 * MINUTE)
    assert (step_of(facilitator, others[0]), step_of(facilitator, workshop)) == (1, 3)


def step_of(facilitator: Caller, workshop: Workshop) -> int:
    seen = running.sheet_now(facilitator, workshop.code, NOW)
    assert seen
    return seen.running.at


def test_each_way_to_end_in_time_is_one_press_and_can_be_undone(
    facilitator: Caller, workshop: Workshop
) -> None:
    started(facilitator, workshop)
    now = NOW + 17 * MINUTE
    before = running.go_on_with_sheet(facilitator, workshop.code, 0, now)

    after = running.end_in_time(facilitator, workshop.code, before, 1, now)
    with pytest.raises(ChangedMeanwhile):
        running.end_in_time(facilitator, workshop.code, before, 1, now)
    seen = running.sheet_now(facilitator, workshop.code, now)
    assert seen
    assert (seen.late, seen.ways) == (-3, ())
    assert after.minutes[5] == 0
    last = last_done_now(facilitator, workshop.code)
    assert last
    undo_last_done(facilitator, workshop.code, last.sequence)

    seen = running.sheet_now(facilitator, workshop.code, now)
    assert seen
    assert (seen.running, len(seen.ways)) == (before, 3)


def test_a_wall_hears_the_step_and_nobody_else_the_time(
    facilitator: Caller, workshop: Workshop
) -> None:
    started(facilitator, workshop)

    for who in (a_wall(facilitator, workshop), a_host(facilitator, workshop), facilitator):
        step = running.step_now(who, workshop.code)
        assert step
        assert step.step
        assert step.step.title == "Welcome; open tests first"
    for who in (a_wall(facilitator, workshop), a_host(facilitator, workshop), Caller()):
        with pytest.raises(NotSignedIn):
            running.sheet_now(who, workshop.code, NOW)
        with pytest.raises(NotSignedIn):
            running.go_on_with_sheet(who, workshop.code, 0, NOW)


def test_one_sheet_drives_a_workshop_until_it_is_taken_off(
    facilitator: Caller, workshop: Workshop
) -> None:
    with pytest.raises(NoSuchSheet):
        running.go_on_with_sheet(facilitator, workshop.code, 0, NOW)
    with pytest.raises(NoSuchProgramme):
        running.start_sheet(facilitator, workshop.code, "n0", NOW)
    started(facilitator, workshop)
    session = next(held for held in programmes_now(facilitator).sessions if held.steps)
    with pytest.raises(AlreadyThere):
        running.start_sheet(facilitator, workshop.code, session.id, NOW)

    running.end_sheet(facilitator, workshop.code)

    assert running.sheet_now(facilitator, workshop.code, NOW) is None
    assert running.step_now(facilitator, workshop.code) is None
    running.start_sheet(facilitator, workshop.code, session.id, NOW)


def test_it_goes_with_its_workshop(facilitator: Caller, workshop: Workshop) -> None:
    started(facilitator, workshop)

    erase_workshop(facilitator, workshop.code, workshop.code)

    with reading() as cursor:
        left = cursor.execute(
            "SELECT count(*) FROM run_sheet WHERE workshop_id = $1", [workshop.id]
        ).fetchone()
    assert left == (0,)
