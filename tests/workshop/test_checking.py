"""Open tests go on between workshops: the check at any time, one taken on, and every file."""

import csv
import io
import random
from collections.abc import Sequence
from datetime import date, timedelta

import openpyxl
import pytest

from aqua_core.charts.sentences.places import review_said
from aqua_core.errors import (
    BadPlanFile,
    ChoiceRefused,
    LooksPersonal,
    NoSuchAction,
    NothingToReview,
    NotSignedIn,
)
from aqua_core.rules.open_tests import Planned
from aqua_core.store.closings import add_closing
from aqua_core.store.database import reading, writing
from aqua_core.store.places import tried_in
from aqua_core.store.plan import add_action, add_answer, add_cycle
from aqua_core.vocabulary import Action, Answer, Cycle, Decision, Progress, ToDo, Workshop
from aqua_core.vocabulary.plan import MixBy
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.checking import CheckSeen, check_now, check_test, review_proposed, take_on
from aqua_core.workshop.cycling import answer_action, open_actions_now, start_cycle, take_out
from aqua_core.workshop.exporting import plan_csv, plan_workbook, report_page, review_calendar
from aqua_core.workshop.importing import differences_in, take_differences
from aqua_core.workshop.placing import place_seen, places_now
from aqua_core.workshop.planning import edit_action, plan_read
from aqua_core.workshop.reading import plans_in, workshops_at
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from tests.kit.notation import DAY, made, seated
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import LATER, cycles_now, drafted, elsewhere, met, plan_now, planned, studied

__all__ = ["facilitator", "room_file"]
MONTH = timedelta(days=30)


def two_workshops(who: Caller) -> tuple[Workshop, Workshop]:
    place = elsewhere()
    return met(who, place=place), met(who, LATER, place)


def place_of(who: Caller, workshop: Workshop) -> str:
    (row,) = [row for row in places_now(who, DAY) if row.place.name == workshop.place.name]
    return row.place.id


def checked(who: Caller, workshop: Workshop) -> CheckSeen:
    return check_now(who, place_of(who, workshop))


def said(who: Caller, workshop: Workshop, action_id: str, how: Progress, on: date) -> None:
    answer = Answer(action_id=action_id, answer=how, said="As agreed")
    check_test(who, place_of(who, workshop), answer, on)


def lines_of(page: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(page.decode("utf-8-sig"), newline="")))


def saved(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*rows[0]])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def test_a_test_that_moved_stands_in_the_next_plan_and_in_all_its_files(
    facilitator: Caller,
) -> None:
    first, later = two_workshops(facilitator)
    ahead = LATER + MONTH
    earlier = planned(facilitator, first, impact="outcomes", review_on=ahead)
    own = planned(facilitator, later, "If B, then C", domain="culture", review_on=ahead)
    said(facilitator, first, earlier.id, Progress.MOVED, DAY + MONTH)

    read = plan_read(facilitator, later.code, LATER)
    rows = lines_of(plan_csv(facilitator, later.code))
    sheet = openpyxl.load_workbook(io.BytesIO(plan_workbook(facilitator, later.code)))["Plan"]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    report = report_page(facilitator, later.code).decode()

    assert {review.action_id for review in read.reviews} == {own.id, earlier.id}
    for by in MixBy:
        assert sum(share.actions for share in read.mixes[by]) == (4 if by is MixBy.PARTNER else 2)
    assert [(row["action_id"], row["workshop_date"], row["planned_on"]) for row in rows] == [
        (own.id, LATER.isoformat(), LATER.isoformat()),
        (earlier.id, LATER.isoformat(), DAY.isoformat()),
    ]
    assert [*rows[0]][26:29] == ["planned_on", "adapted_from", "adapted_how"]
    assert {own.test, earlier.test} <= set(cells)
    stands = f"On {day_said(DAY + MONTH)}: It made progress: As agreed; from {day_said(DAY)}"
    assert report.count(stands) == 2  # at a glance, and in full
    assert {row["what_follows"] for row in rows} == {"", stands.partition(";")[0]}
    assert "It leaves with one small test and one small test of earlier workshops" in report
    for action in (own, earlier):
        assert f"UID:{action.id}@" in review_calendar(facilitator, later.code).decode()
    assert "UID:" + own.id not in review_calendar(facilitator, first.code).decode()


@pytest.mark.parametrize("end", [Decision.ADOPT, Decision.ABANDON, Progress.DROPPED])
def test_a_test_that_ended_stands_in_no_later_plan(
    facilitator: Caller, end: Decision | Progress
) -> None:
    first, later = two_workshops(facilitator)
    earlier = planned(facilitator, first)

    if isinstance(end, Decision):
        studied(facilitator, first, earlier, end)
    else:
        said(facilitator, first, earlier.id, end, DAY + MONTH)

    assert plan_read(facilitator, later.code, LATER).reviews == ()
    assert plan_read(facilitator, first.code, LATER).reviews == ()
    assert lines_of(plan_csv(facilitator, later.code)) == []
    assert open_actions_now(facilitator, later.code) == ()
    with pytest.raises(NothingToReview):
        review_calendar(facilitator, later.code)
    assert checked(facilitator, first).tests == ()


def test_a_leads_load_counts_what_the_lead_carries_from_earlier(facilitator: Caller) -> None:
    first, later = two_workshops(facilitator)
    for number in range(3):
        planned(facilitator, first, f"If {number}, then C")
    planned(facilitator, later, "If D, then E")

    (busy,) = [nudge for nudge in plan_read(facilitator, later.code, LATER).nudges if nudge.lead]

    assert busy.open_actions == 4


def test_the_check_is_answered_at_any_time_and_a_slip_is_taken_back(facilitator: Caller) -> None:
    first, _ = two_workshops(facilitator)
    action = planned(facilitator, first)
    said(facilitator, first, action.id, Progress.DROPPED, DAY + MONTH)
    assert [test.action.id for test in checked(facilitator, first).dropped] == [action.id]

    said(facilitator, first, action.id, Progress.STUCK, DAY + MONTH)

    seen = checked(facilitator, first)
    (test,) = seen.tests
    assert (test.before.answer, test.before.answered_on) == (Progress.STUCK, DAY + MONTH)
    assert (seen.dropped, seen.first_results) == ((), ((), 1))
    said(facilitator, first, action.id, Progress.MOVED, DAY + 2 * MONTH)
    assert checked(facilitator, first).first_results == ((60,), 0)
    assert place_seen(facilitator, seen.place.id).first_results == ((60,), 0)


def test_the_check_counts_beside_an_answer_of_a_later_workshop_on_the_same_day(
    facilitator: Caller,
) -> None:
    first, later = two_workshops(facilitator)
    action = planned(facilitator, first)
    dropped = Answer(action_id=action.id, answer=Progress.DROPPED)
    answer_action(facilitator, later.code, dropped, LATER)

    said(facilitator, first, action.id, Progress.MOVED, LATER)

    assert [test.before.answer for test in checked(facilitator, first).tests] == [Progress.MOVED]
    said(facilitator, first, action.id, Progress.STUCK, LATER + MONTH)
    answer_action(facilitator, later.code, dropped, LATER + 2 * MONTH)
    assert [test.action.id for test in checked(facilitator, first).dropped] == [action.id]


def test_who_may_not_check_is_refused(facilitator: Caller) -> None:
    first, _ = two_workshops(facilitator)
    action = planned(facilitator, first)
    place_id = place_of(facilitator, first)
    answer = Answer(action_id=action.id, answer=Progress.MOVED)

    for stranger in (Caller(), Caller(wall="x" * 43)):
        with pytest.raises(NotSignedIn):
            check_now(stranger, place_id)
        with pytest.raises(NotSignedIn):
            check_test(stranger, place_id, answer, DAY)
    ring = answer.model_copy(update={"said": "Ring 0161 496 0000"})
    with pytest.raises(LooksPersonal):
        check_test(facilitator, place_id, ring, DAY)
    studied(facilitator, first, action, Decision.ADOPT)
    with pytest.raises(NoSuchAction, match="This test has ended since"):
        check_test(facilitator, place_id, answer, DAY)

    assert checked(facilitator, first).tests == ()


def test_an_adapted_test_is_taken_on_with_what_its_cycles_showed(facilitator: Caller) -> None:
    first, later = two_workshops(facilitator)
    action = planned(facilitator, first)
    studied(facilitator, first, action, Decision.ADAPT)

    taken = take_on(facilitator, later.code, action.id, LATER)

    assert (taken.continues_id, taken.test, taken.prediction) == (action.id, action.test, "")
    assert taken.partners == tuple(partner.id for partner in later.partners)
    assert taken.review_on == review_proposed(LATER)  # its own day had passed
    (past,) = plan_read(facilitator, later.code, LATER).going_on.past[taken.id]
    assert [cycle.seen for cycle in past.cycles] == ["From 12 to 9", ""]
    assert past.cycles == cycles_now(facilitator, first.code)
    assert "From 12 to 9" in report_page(facilitator, later.code).decode()
    assert [row["action_id"] for row in lines_of(plan_csv(facilitator, later.code))] == [taken.id]
    assert [test.action.id for test in checked(facilitator, first).tests] == [taken.id]
    edited = edit_action(
        facilitator,
        later.code,
        taken.model_copy(update={"lead": "Ward manager", "continues_id": ""}),
        LATER,
    )
    assert edited.continues_id == action.id

    take_out(facilitator, later.code, edited)

    assert [test.action.id for test in checked(facilitator, first).tests] == [action.id]


def test_a_test_whose_owners_are_not_here_stays_where_it_is(facilitator: Caller) -> None:
    place = elsewhere()
    first = made(facilitator, "GPs", "Hospice", place=place)
    action = planned(facilitator, first)
    later = met(facilitator, LATER, place)

    with pytest.raises(ChoiceRefused, match=r"in this workshop \(GPs, Hospice\)"):
        take_on(facilitator, later.code, action.id, LATER)

    assert plan_now(facilitator, later.code) == ()
    (row,) = lines_of(plan_csv(facilitator, later.code))
    assert (row["lead_partner"], row["joint_partners"]) == ("GPs", "Hospice")
    (review,) = plan_read(facilitator, later.code, LATER).reviews
    assert (review.lead.name, review.lead.slot) == ("GPs", -1)
    with pytest.raises(NoSuchAction):
        take_on(facilitator, first.code, action.id, DAY)


def test_a_file_with_rows_of_earlier_workshops_comes_back(facilitator: Caller) -> None:
    first, later = two_workshops(facilitator)
    earlier = planned(facilitator, first)
    own = planned(facilitator, later, "If B, then C", review_on=LATER + MONTH)
    rows = lines_of(plan_csv(facilitator, later.code))
    as_it_was = [dict(row) for row in rows]
    rows[0]["measure"] = "Letters lost"

    (found,) = differences_in(facilitator, later.code, saved(rows), LATER)
    assert (found.action_id, found.after) == (own.id, "Letters lost")
    later_on = ("planned_on", "adapted_from", "adapted_how")
    before = [{k: cell for k, cell in row.items() if k not in later_on} for row in as_it_was]
    assert differences_in(facilitator, later.code, saved(before), LATER) == ()

    rows[1]["lead"] = "Somebody else"
    with pytest.raises(BadPlanFile, match=r"^Row 3, lead: this test is in the plan of .* changed"):
        take_differences(facilitator, later.code, saved(rows), LATER)
    said(facilitator, first, earlier.id, Progress.DROPPED, DAY + MONTH)
    with pytest.raises(BadPlanFile, match=r"^Row 3, action_id: this test of an earlier workshop"):
        take_differences(facilitator, later.code, saved(as_it_was), LATER)

    assert plan_now(facilitator, later.code) == (own,)


def test_while_the_place_scores_nobody_is_told_what_cycles_showed(facilitator: Caller) -> None:
    first, later = two_workshops(facilitator)
    studied(facilitator, first, planned(facilitator, first), Decision.ADAPT)
    open_scoring(facilitator, later.code, ["culture"])
    for points, team in enumerate(later.teams, start=1):
        submit_score(seated(later, team.name), later.code, "culture", points)

    sealed = checked(facilitator, first), open_actions_now(facilitator, later.code)
    reveal(facilitator, later.code)

    for tests in (sealed[0].tests, sealed[1]):
        assert [test.history for test in tests] == [()]
        assert "From 12 to 9" not in repr([test.history for test in tests])
    assert sealed[0].scoring
    assert not checked(facilitator, first).scoring
    assert len(open_actions_now(facilitator, later.code)[0].history) == 2


def test_the_first_page_leads_to_the_check_until_a_test_is_dropped_or_taken_on(
    facilitator: Caller,
) -> None:
    first, later = two_workshops(facilitator)
    one, other = planned(facilitator, first), planned(facilitator, first, "If B, then C")
    late = LATER - MONTH

    def row() -> tuple[ToDo, int]:
        rows = places_now(facilitator, late)
        (found,) = [row for row in rows if row.place.name == first.place.name]
        return found.to_do, found.tests

    assert row() == (ToDo.LOOK_AT_TESTS, 2)
    said(facilitator, first, one.id, Progress.DROPPED, late)
    assert row()[1] == 1
    said(facilitator, first, one.id, Progress.MOVED, late)
    assert row()[1] == 2
    take_on(facilitator, later.code, other.id, LATER)
    assert row()[1] == 2  # it counts once, in the later plan


def test_cycles_carry_their_days(facilitator: Caller) -> None:
    first, _ = two_workshops(facilitator)
    action = planned(facilitator, first)
    studied(facilitator, first, action, Decision.ADAPT)

    cycles = cycles_now(facilitator, first.code)

    assert [(cycle.begun_on, cycle.studied_on) for cycle in cycles] == [(DAY, DAY), (DAY, None)]
    with reading() as cursor:
        kept = cursor.execute(
            "SELECT number, begun_on, studied_on FROM cycle WHERE action_id = $1 "
            "ORDER BY number, version",
            [action.id],
        ).fetchall()
    assert kept == [(1, DAY, None), (1, DAY, DAY), (2, DAY, None)]
    with pytest.raises(NotSignedIn):
        start_cycle(Caller(), first.code, action.id, DAY)


@pytest.mark.long
def test_the_first_page_counts_what_goes_on_as_the_check_does_in_any_file(
    facilitator: Caller,
) -> None:
    dice, earlier = random.Random(7), list[Action]()
    places = [elsewhere() for _ in range(3)]
    held = [met(facilitator, DAY + n // 9 * MONTH, places[n % 3]) for n in range(18)]
    with writing() as cursor:
        for workshop in held:
            for number in range(3):
                on = dice.choice(earlier).id if earlier and dice.random() < 0.3 else ""
                due = DAY + timedelta(days=len(earlier))
                draft = drafted(workshop, review_on=due).model_dump() | {"continues_id": on}
                action = Action(id=f"{workshop.code}{number}", version=1, **draft)
                earlier.append(action)
                add_action(cursor, workshop.id, action)
                if dice.random() < 0.1:
                    out = action.model_copy(update={"version": 2})
                    add_action(cursor, workshop.id, out, taken_out=True)
                for at in range(1, dice.randint(1, 3)):
                    how = dice.choice(list(Decision))
                    said = Cycle(action_id=action.id, number=at, version=1, decision=how)
                    add_cycle(cursor, workshop.id, said)
        for _ in range(240):  # in any workshop, as of places that were parted; some without a day
            on = dice.choice((None, DAY + MONTH))
            answer = Answer(
                action_id=dice.choice(earlier[::3]).id,
                answer=dice.choice(list(Progress)),
                answered_on=on,
            )
            add_answer(cursor, dice.choice(held).id, answer)
        for workshop in dice.sample(held, 9):
            add_closing(cursor, workshop.id)

    rows = [row for row in places_now(facilitator, DAY) if row.place.name in places]
    seen = [check_now(facilitator, row.place.id).tests for row in rows]

    assert [place_seen(facilitator, row.place.id).tests for row in rows] == seen
    with reading() as cursor:
        codes = {workshop.code for workshop in held}
        last = [
            _last_answered(plans_in(cursor, workshops_at(cursor, row.place.id))) for row in rows
        ]
        going_on = sorted(
            (test.code, due, days.get(test.action.id, date.min) >= due)
            for tests, days in zip(seen, last, strict=True)
            for test in tests
            for due in [test.action.review_on]
        )
        assert sorted(test for test in tried_in(cursor) if test.code in codes) == going_on
    ahead = [
        [
            test.action.review_on
            for test in tests
            if days.get(test.action.id, date.min) < test.action.review_on
        ]
        for tests, days in zip(seen, last, strict=True)
    ]
    assert [(row.tests, row.review_on) for row in rows] == [
        (len(tests), min(due, default=None)) for tests, due in zip(seen, ahead, strict=True)
    ]
    assert any(answered for _, _, answered in going_on)


def _last_answered(plans: Sequence[Planned]) -> dict[str, date]:
    """Give the day of the newest answer to each action, by its id."""
    days: dict[str, date] = {}
    for plan in plans:
        for answer in plan.answers:
            day = answer.answered_on or plan.workshop.held_on
            days[answer.action_id] = max(day, days.get(answer.action_id, day))
    return days


def test_a_test_that_was_answered_since_its_review_waits_no_more(facilitator: Caller) -> None:
    first = met(facilitator, place="Answered since")
    action = planned(facilitator, first)
    late = action.review_on + timedelta(days=9)
    (row,) = (r for r in places_now(facilitator, late) if r.place.name == "Answered since")
    assert (row.waiting, row.review_on, row.to_do) == (1, action.review_on, ToDo.LOOK_AT_TESTS)

    said = Answer(action_id=action.id, answer=Progress.STUCK, said="Nobody came")
    check_test(facilitator, row.place.id, said, late)

    (row,) = (r for r in places_now(facilitator, late) if r.place.name == "Answered since")
    assert (row.waiting, row.review_on, row.to_do) == (0, None, ToDo.OPEN)
    assert review_said(row, late) == ("Not set", "1 test goes on")
