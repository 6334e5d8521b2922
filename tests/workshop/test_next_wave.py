"""When a place meets again, and who was there last time: counts only."""

from datetime import date, timedelta

import pytest

from aqua_core.charts.sentences.places import about_place, been_here_said
from aqua_core.errors import ChoiceRefused, DateRefused, NothingToReview, NotSignedIn, RoundClosed
from aqua_core.live import forget_all
from aqua_core.rules.places import half_a_year_on, working_day_from
from aqua_core.vocabulary import OPEN, Holder, Workshop
from aqua_core.vocabulary.shown import BeenHere
from aqua_core.workshop import exporting
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.checking import review_proposed
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.entering import enter_waves
from aqua_core.workshop.exporting import open_pack, review_calendar, session_pack
from aqua_core.workshop.holding_back import last_time_asked, say_last_time
from aqua_core.workshop.placing import (
    agree_next_wave,
    erase_place,
    next_wave_proposed,
    place_seen,
    places_now,
)
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.seating import seating_now, set_seats_aside
from aqua_core.workshop.showing import results_now, shown_now
from aqua_core.workshop.sitting_apart import set_up_sitting
from tests.kit.notation import DAY, made, seated
from tests.workshop.test_sittings import TWO, scored
from tests.workshop.test_waves import printed


def met_again(facilitator: Caller, guard: int = 3) -> Workshop:
    """Give a workshop that scores, of a place with a published wave before it."""
    day = made(facilitator, "Council", "Trust", guard=guard)
    (row,) = places_now(facilitator, DAY)
    enter_waves(facilitator, row.place.id, [printed()], DAY)
    open_scoring(facilitator, day.code, TWO)
    return day


def told(facilitator: Caller, day: Workshop, yes: int, no: int) -> list[Caller]:
    seats = [scored(day, "Council" if at % 2 else "Trust", 3, 3) for at in range(yes + no)]
    for at, seat in enumerate(seats):
        say_last_time(seat, day.code, at < yes)
    return seats


# Bank holidays of England and Wales outside 24 December to 2 January, as gov.uk lists them.
BANK_HOLIDAYS = {
    *(date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25), date(2026, 8, 31)),
    *(date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 3), date(2027, 5, 31), date(2027, 8, 30)),
    *(date(2028, 1, 3), date(2028, 4, 14), date(2028, 4, 17), date(2028, 5, 1), date(2028, 5, 29)),
}


def test_no_day_is_proposed_on_which_nobody_works() -> None:
    for start in (date(2025, 11, 1) + timedelta(days=days) for days in range(900)):
        proposed = review_proposed(start)

        assert timedelta(days=30) <= proposed - start <= timedelta(days=30 + 14)
        assert proposed.weekday() < 5
        assert proposed not in BANK_HOLIDAYS
        assert not (proposed.month, proposed.day) >= (12, 24)
        assert not (proposed.month, proposed.day) <= (1, 2)
        assert working_day_from(half_a_year_on(start)).weekday() < 5


def test_six_months_on_is_the_same_day_of_the_month_or_its_last() -> None:
    """By counting months one at a time, in the plainest way."""
    for start in (date(2024, 1, 1) + timedelta(days=days) for days in range(1500)):
        year, month = start.year, start.month
        for _ in range(6):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        day = start.day
        while True:
            try:
                expected = date(year, month, day)
                break
            except ValueError:
                day -= 1
        assert half_a_year_on(start) == expected


def test_a_next_wave_that_is_moved_either_way_is_the_newer_event_of_the_same_name(
    facilitator: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    day, events = made(facilitator, "Council", "Trust"), []
    for n, agreed in enumerate((date(2027, 6, 3), date(2027, 5, 4), date(2027, 7, 1))):
        agree_next_wave(facilitator, day.code, agreed)
        monkeypatch.setattr(exporting, "time", lambda n=n: 1_800_000_000.0 + n)
        lines = review_calendar(facilitator, day.code).decode().split("\r\n")
        event = dict(line.split(":", 1) for line in lines if ":" in line)
        assert event["DTSTART;VALUE=DATE"] == f"{agreed:%Y%m%d}"
        events.append((event["UID"], int(event["SEQUENCE"])))

    assert len({uid for uid, _ in events}) == 1
    assert [sequence for _, sequence in events] == sorted({sequence for _, sequence in events})


def test_the_next_wave_is_proposed_kept_and_in_the_calendar(facilitator: Caller) -> None:
    day = made(facilitator, "Council", "Trust")
    assert next_wave_proposed(facilitator, day.code) == date(2027, 5, 25)  # the 22nd is a Saturday
    with pytest.raises(NothingToReview, match=r"no day for a diary yet\. Plan a test"):
        review_calendar(facilitator, day.code)

    agree_next_wave(facilitator, day.code, date(2027, 6, 3))

    assert next_wave_proposed(facilitator, day.code) == date(2027, 6, 3)
    calendar = review_calendar(facilitator, day.code)
    assert b"DTSTART;VALUE=DATE:20270603\r\n" in calendar
    assert b"SUMMARY:Next wave\\, Salford\r\n" in calendar
    (row,) = places_now(facilitator, DAY)
    assert row.place.next_wave_on == date(2027, 6, 3)
    seen = place_seen(facilitator, row.place.id)
    assert "Next wave due in June 2027." in about_place(seen.place, DAY, date(2027, 6, 2))
    assert "ext wave" not in about_place(seen.place, DAY, date(2027, 6, 3))
    agree_next_wave(facilitator, day.code, None)
    with pytest.raises(NothingToReview, match=r"no day for a diary yet\. Plan a test"):
        review_calendar(facilitator, day.code)


def test_the_next_wave_lies_after_this_one(facilitator: Caller) -> None:
    day = made(facilitator, "Council", "Trust")
    with pytest.raises(DateRefused):
        agree_next_wave(facilitator, day.code, DAY)
    with pytest.raises(NotSignedIn):
        agree_next_wave(seated(day, "Trust"), day.code, date(2027, 5, 1))
    close_workshop(facilitator, day.code)
    agree_next_wave(facilitator, day.code, date(2027, 5, 1))


def test_last_time_is_asked_where_there_was_one_until_the_reveal(facilitator: Caller) -> None:
    first = made(facilitator, "Council", "Trust", place="Bolton")
    assert not last_time_asked(seated(first, "Trust"), first.code).asked
    laptops = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    assert not last_time_asked(seated(laptops, "Trust"), laptops.code).asked


def test_a_seat_says_it_once_and_may_change_it(facilitator: Caller) -> None:
    day = met_again(facilitator)
    seat = scored(day, "Trust", 3, 3)
    assert last_time_asked(seat, day.code) == (True, None)

    for here in (True, False, None, True, True):
        say_last_time(seat, day.code, here)
        assert last_time_asked(seat, day.code) == (True, here)
    for wrong in (1, "yes", 0):
        with pytest.raises(ChoiceRefused):
            say_last_time(seat, day.code, wrong)
    reveal(facilitator, day.code)
    assert not last_time_asked(seat, day.code).asked
    with pytest.raises(RoundClosed):
        say_last_time(seat, day.code, False)


@pytest.mark.parametrize(
    ("guard", "yes", "no", "shown"),
    [
        *((3, 3, 4, (3, 7)), (3, 5, 0, (5, 5)), (3, 0, 3, (0, 3)), (5, 5, 5, (5, 10))),
        *((3, 2, 5, None), (3, 5, 1, None), (3, 2, 0, None), (3, 0, 0, None), (5, 4, 6, None)),
        *((OPEN, 1, 1, (1, 2)),),
    ],
)
def test_who_was_here_is_a_count_under_the_guard(
    facilitator: Caller, guard: int, yes: int, no: int, shown: tuple[int, int] | None
) -> None:
    day = met_again(facilitator, guard)
    told(facilitator, day, yes, no)
    assert results_now(facilitator, day.code).been_here is None

    reveal(facilitator, day.code)

    expected = BeenHere(yes=shown[0], answered=shown[1]) if shown else None
    assert results_now(facilitator, day.code).been_here == expected
    assert shown_now(facilitator, day.code).been_here == expected


@pytest.mark.slow
def test_who_was_here_goes_with_a_pack_and_outlives_the_closing(facilitator: Caller) -> None:
    day = met_again(facilitator)
    told(facilitator, day, 5, 5)
    gone, later, *_ = seating_now(facilitator, day.code).teams[0].seats
    set_seats_aside(facilitator, day.code, [gone.id], "somebody who has left")
    reveal(facilitator, day.code)
    before = shown_now(facilitator, day.code).been_here
    assert before
    assert before.answered == 9
    # Told anew without another one, the difference would be what that one said.
    set_seats_aside(facilitator, day.code, [later.id], "somebody who has left")
    forget_all(day.code)
    assert shown_now(facilitator, day.code).been_here == before
    close_workshop(facilitator, day.code)

    assert shown_now(facilitator, day.code).been_here == before
    pack = session_pack(facilitator, day.code)
    (row,) = places_now(facilitator, DAY)
    erase_place(facilitator, row.place.id, "Salford")
    opened = open_pack(facilitator, pack)
    assert shown_now(facilitator, opened.code).been_here == before


def test_who_was_here_in_a_sitting_counts_in_the_wave(facilitator: Caller) -> None:
    day = met_again(facilitator)
    sitting = set_up_sitting(facilitator, day.code, DAY, DAY)
    open_scoring(facilitator, sitting.code, TWO)
    told(facilitator, day, 2, 3)
    told(facilitator, sitting, 2, 0)
    close_workshop(facilitator, sitting.code)

    reveal(facilitator, day.code)

    assert results_now(facilitator, day.code).been_here == BeenHere(yes=4, answered=7)


def test_who_was_here_is_said_in_a_line() -> None:
    last = "October"
    assert been_here_said(None, last) == ""
    for yes, answered, said in (
        (14, 36, "14 of the 36 people who answered say they were here in October."),
        (0, 9, "Nobody of the 9 people who answered says they were here in October."),
        (9, 9, "All 9 people who answered say they were here in October."),
    ):
        assert been_here_said(BeenHere(yes=yes, answered=answered), last) == said
