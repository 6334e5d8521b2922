"""What a later workshop takes home of last time's tests, and what is over stays out of diaries."""

from datetime import timedelta

from aqua_core.vocabulary import Answer, Decision, Progress
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.cycling import answer_action
from aqua_core.workshop.exporting import report_page, review_calendar
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import DAY, LATER, met, planned, studied

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
