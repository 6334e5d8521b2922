"""What a later workshop takes home of last time's tests, and what is over stays out of diaries."""

import csv
import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from aqua_core.errors import BadPlanFile, NothingToReview
from aqua_core.vocabulary import Answer, Decision, Progress, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.cycling import answer_action
from aqua_core.workshop.exporting import (
    plan_csv,
    plan_workbook,
    report_page,
    review_calendar,
    why_no_reviews,
)
from aqua_core.workshop.importing import differences_in, take_differences
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import DAY, LATER, elsewhere, met, planned, studied

__all__ = ["facilitator", "room_file"]


def test_the_report_says_what_became_of_last_times_tests(facilitator: Caller) -> None:
    first, later = met(facilitator, place="Told"), met(facilitator, LATER, "Told")
    one, _ = planned(facilitator, first), planned(facilitator, first, "If B, then <C>")
    said = Answer(action_id=one.id, answer=Progress.MOVED, said="9 visits a week, & fewer calls")
    answer_action(facilitator, later.code, said, DAY)

    page = report_page(facilitator, later.code).decode()

    assert "<h2>What became of last time's tests</h2>" in page
    assert "It made progress: 9 visits a week, &amp; fewer calls" in page
    assert "If B, then &lt;C&gt;" in page
    assert page.count("Nobody said what became of it.") == 1
    assert page.index('id="last-time"') < page.index('id="conversations"')
    assert 'id="last-time"' not in report_page(facilitator, first.code).decode()


def test_a_test_that_is_over_has_no_review_in_a_diary(facilitator: Caller) -> None:
    workshop = met(facilitator, place="Diaries")
    over = planned(facilitator, workshop)
    later = DAY + timedelta(days=40)
    goes_on = planned(facilitator, workshop, "If B, then C", review_on=later)
    before = review_calendar(facilitator, workshop.code).decode()
    studied(facilitator, workshop, over, Decision.ADOPT)

    after = review_calendar(facilitator, workshop.code).decode()

    assert f"UID:{over.id}@" in before
    assert f"UID:{over.id}@" not in after
    assert f"UID:{goes_on.id}@" in after


def two_answered(facilitator: Caller) -> tuple[Workshop, Workshop]:
    """Meet twice: of two tests with a review in between one made progress and one is stuck."""
    place = elsewhere()
    first, later = met(facilitator, place=place), met(facilitator, LATER, place)
    for test, how, said in (
        ("If A, then B", Progress.MOVED, "9 visits, =fewer"),
        ("If C, then D", Progress.STUCK, "Nobody came"),
    ):
        action = planned(facilitator, first, test)
        answer = Answer(action_id=action.id, answer=how, said=said)
        answer_action(facilitator, later.code, answer, LATER)
    return first, later


def test_a_report_never_calls_a_review_that_is_over_the_next(facilitator: Caller) -> None:
    _, later = two_answered(facilitator)

    page = report_page(facilitator, later.code).decode()

    over = DAY + timedelta(days=30)
    assert f"{over:%B %Y}" == "December 2026"
    said = re.sub(r"<[^>]+>", " ", page)
    front = "It leaves with two small tests of earlier workshops, and no next review is set yet."
    assert front in said
    assert "Of two tests no next review is set." in said
    assert "Review of 22 December 2026: it made progress: 9 visits, =fewer. Next review" in said
    assert "Review of 22 December 2026: it is stuck: Nobody came. Next review: not set." in said
    assert said.count("Review on") == 0
    glance = re.findall(r"<tr><th scope=\"row\">\d</th>.*?</tr>", page)
    assert sorted(re.findall("<td>(.*?)</td>", row)[2:] for row in glance) == [
        ["not set", "On 23 May 2027: It is stuck: Nobody came; from 22 November 2026"],
        ["not set", "On 23 May 2027: It made progress: 9 visits, =fewer; from 22 November 2026"],
    ]
    assert "No cycle yet" not in said


def test_what_lies_ahead_is_still_the_next_review(facilitator: Caller) -> None:
    first, later = two_answered(facilitator)
    ahead = LATER + timedelta(days=30)
    planned(facilitator, first, "If E, then F", review_on=ahead)
    passed = planned(facilitator, first, "If G, then H")

    page = re.sub(r"<[^>]+>", " ", report_page(facilitator, later.code).decode())

    assert "four small tests of earlier workshops, the first review on 22 June 2027." in page
    assert "One review, on 22 June 2027. Of three tests no next review is set." in page
    assert "Review on 22 June 2027." in page
    assert "Review of 22 December 2026: its day has passed. Next review: not set." in page
    assert f"UID:{passed.id}@" not in review_calendar(facilitator, later.code).decode()
    assert review_calendar(facilitator, later.code).count(b"BEGIN:VEVENT") == 1


def test_a_test_of_its_own_that_was_answered_since_has_no_next_review(facilitator: Caller) -> None:
    first, _ = two_answered(facilitator)

    page = re.sub(r"<[^>]+>", " ", report_page(facilitator, first.code).decode())

    assert "Review of 22 December 2026: it is stuck: Nobody came. Next review: not set." in page
    assert "It leaves with two small tests, and no next review is set yet." in page
    with pytest.raises(NothingToReview):
        review_calendar(facilitator, first.code)
    assert "No review lies ahead" in why_no_reviews(facilitator, first.code)


@pytest.mark.slow
def test_workbook_and_csv_carry_what_was_answered_and_the_csv_comes_back(
    facilitator: Caller,
) -> None:
    first, later = two_answered(facilitator)
    own = planned(facilitator, later, "If I, then J", review_on=LATER + timedelta(days=20))
    answers = [
        "On 23 May 2027: It is stuck: Nobody came",
        "On 23 May 2027: It made progress: 9 visits, =fewer",
    ]

    raw = plan_csv(facilitator, later.code)
    rows = [*csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))]
    book = load_workbook(io.BytesIO(plan_workbook(facilitator, later.code)))

    assert [rows[0]["what_follows"], *sorted(row["what_follows"] for row in rows[1:])] == [
        *("", *answers)
    ]
    cells = [str(cell) for row in book["Plan"].values for cell in row]
    assert sorted(cell for cell in cells if cell.startswith("On 23 May")) == answers
    for workshop in (first, later):
        raw = plan_csv(facilitator, workshop.code)
        assert differences_in(facilitator, workshop.code, raw, LATER) == ()
    edited = plan_csv(facilitator, later.code).replace(b"If I, then J", b"If I, then K")
    (saved,) = take_differences(facilitator, later.code, edited, LATER)
    assert (saved.id, saved.test) == (own.id, "If I, then K")


def test_a_csv_that_was_taken_before_the_answer_comes_back_after_it(facilitator: Caller) -> None:
    first, later = two_answered(facilitator)
    taken = plan_csv(facilitator, first.code)
    row = next(csv.DictReader(io.StringIO(taken.decode("utf-8-sig"))))
    said = Answer(action_id=row["action_id"], answer=Progress.MOVED, said="2 came. All stayed")

    answer_action(facilitator, later.code, said, LATER + timedelta(days=1))

    assert differences_in(facilitator, first.code, taken, LATER) == ()
    forged = taken.replace(b"On 23 May 2027: It is stuck", b"adopt. On 23 May 2027: It is stuck")
    with pytest.raises(BadPlanFile, match="what_follows: you can't change that column here"):
        differences_in(facilitator, first.code, forged, LATER)
