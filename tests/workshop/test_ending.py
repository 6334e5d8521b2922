"""What a room says of itself: sealed until it is told together, and nothing late stands out."""

import itertools
import json

import pytest

from aqua_core.errors import (
    NoSuchWorkshop,
    NotSignedIn,
    RoundClosed,
    ScoringOpen,
    SeatAside,
    StillSealed,
    TextRefused,
    TooFewAnswers,
)
from aqua_core.exports.pack_asked import check_asked
from aqua_core.exports.pack_reading import packed_in
from aqua_core.store.database import reading
from aqua_core.store.seats import seats_of
from aqua_core.vocabulary import Conflict, Holder, Outcome, Workshop
from aqua_core.vocabulary.programme import LastSaid, LastWords, Question, RequestAnswer, Safe
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.ending import (
    are_asked,
    ask_last_words,
    at_the_end,
    safe_asked,
    say_last_words,
    say_safe,
    show_last_words,
)
from aqua_core.workshop.exporting import open_pack, plan_workbook, report_page, session_pack
from aqua_core.workshop.noting import conclude
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.seating import set_seats_aside
from aqua_core.workshop.sitting_apart import set_up_sitting
from aqua_core.workshop.undoing import last_done_now
from tests.exports.test_fields import cells_of, packed
from tests.kit.looking import a_host, a_wall
from tests.kit.notation import DAY, made, seated
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]
_numbers = itertools.count()


def a_room(facilitator: Caller, people: int = 6, **looks: object) -> tuple[Workshop, list[Caller]]:
    workshop = made(facilitator, "Council", "Trust", place=f"Ends {next(_numbers)}", **looks)
    seats = [seated(workshop, ("Council", "Trust")[nth % 2]) for nth in range(people)]
    return workshop, seats


def scored(facilitator: Caller, workshop: Workshop, seats: list[Caller]) -> None:
    open_scoring(facilitator, workshop.code, ["culture"])
    for seat in seats:
        submit_score(seat, workshop.code, "culture", 3)


def revealed(facilitator: Caller, people: int = 6) -> tuple[Workshop, list[Caller]]:
    workshop, seats = a_room(facilitator, people)
    scored(facilitator, workshop, seats)
    reveal(facilitator, workshop.code)
    return workshop, seats


def told(caller: Caller, workshop: Workshop) -> dict[Question, list[str]]:
    found: dict[Question, list[str]] = {}
    for line in at_the_end(caller, workshop.code).said:
        found.setdefault(line.question, []).append(line.said)
    return found


def rows_in(table: str, workshop: Workshop) -> list[tuple[object, ...]]:
    with reading() as cursor:
        return cursor.execute(
            f"SELECT * FROM {table} WHERE workshop_id = $1", [workshop.id]
        ).fetchall()


def test_safety_is_asked_before_scoring_and_told_in_a_word_after_the_reveal(
    facilitator: Caller,
) -> None:
    workshop, seats = a_room(facilitator)
    for seat, safe in zip(seats, (True, True, True, True, True, False), strict=True):
        say_safe(seat, workshop.code, safe)
    say_safe(seats[4], workshop.code, None)
    say_safe(seats[4], workshop.code, True)
    assert safe_asked(seats[5], workshop.code) == (True, False)
    assert at_the_end(facilitator, workshop.code).safe is None

    scored(facilitator, workshop, seats)
    with pytest.raises(RoundClosed, match="not asked any more"):
        say_safe(seats[5], workshop.code, True)
    assert not safe_asked(seats[5], workshop.code).asked
    assert at_the_end(facilitator, workshop.code).safe is None
    reveal(facilitator, workshop.code)

    assert at_the_end(a_wall(facilitator, workshop), workshop.code).safe is Safe.MOST


@pytest.mark.parametrize("away", [False, True])
def test_what_sittings_of_a_wave_say_of_safety_counts_together_with_its_room(
    facilitator: Caller, away: bool
) -> None:
    day, seats = a_room(facilitator, 3)
    sitting = set_up_sitting(facilitator, day.code, DAY, DAY)
    apart = [seated(sitting, "Trust") for _ in range(3)]
    for seat, held in ((one, day) for one in seats):
        say_safe(seat, held.code, True)
    for seat in apart:
        assert safe_asked(seat, sitting.code) == (True, None)
        say_safe(seat, sitting.code, away)
    for held, there in ((day, seats), (sitting, apart)):
        scored(facilitator, held, there)
    with pytest.raises(RoundClosed):
        say_safe(apart[0], sitting.code, True)
    assert rows_in("felt_safe", day) == [row for row in rows_in("felt_safe", day) if row[1]]

    reveal(facilitator, day.code)

    assert at_the_end(facilitator, day.code).safe is (Safe.MOST if away else Safe.DIVIDED)
    assert len(rows_in("felt_safe", day)) == 6
    assert [row[1] for row in rows_in("felt_safe", day)].count("") == 3


def test_of_four_answers_nothing_is_told_and_laptops_are_not_asked(facilitator: Caller) -> None:
    workshop, seats = a_room(facilitator, 4)
    for seat in seats:
        say_safe(seat, workshop.code, True)
    scored(facilitator, workshop, seats)
    reveal(facilitator, workshop.code)
    shared, (laptop, *_) = a_room(facilitator, 2, holder=Holder.LAPTOP)

    assert at_the_end(facilitator, workshop.code).safe is None
    assert not safe_asked(laptop, shared.code).asked
    with pytest.raises(RoundClosed):
        say_safe(laptop, shared.code, True)


def test_a_seat_that_is_set_aside_later_takes_no_answer_along(facilitator: Caller) -> None:
    """Told anew with each seat that is set aside, its answer would follow from the two words."""
    workshop, seats = a_room(facilitator, 5)
    for seat, safe in zip(seats, (True, True, True, False, False), strict=True):
        say_safe(seat, workshop.code, safe)
    scored(facilitator, workshop, seats)
    reveal(facilitator, workshop.code)
    assert at_the_end(facilitator, workshop.code).safe is Safe.MOST

    with reading() as cursor:
        ids = [seat.id for seat in seats_of(cursor, workshop.id)]
    for seat_id in ids[:3]:
        set_seats_aside(facilitator, workshop.code, [seat_id], "a second device")

        assert at_the_end(facilitator, workshop.code).safe is Safe.MOST


def test_the_three_questions_close_a_session_and_nothing_before(facilitator: Caller) -> None:
    workshop, seats = a_room(facilitator)
    with pytest.raises(StillSealed):
        ask_last_words(facilitator, workshop.code)
    with pytest.raises(RoundClosed):
        say_last_words(seats[0], workshop.code, LastWords(learned="Too early"))
    scored(facilitator, workshop, seats)
    with pytest.raises(ScoringOpen):
        ask_last_words(facilitator, workshop.code)
    reveal(facilitator, workshop.code)
    assert not are_asked(seats[0], workshop.code)

    ask_last_words(facilitator, workshop.code)

    assert are_asked(seats[0], workshop.code)
    for who in (a_host(facilitator, workshop), a_wall(facilitator, workshop), seats[0]):
        with pytest.raises(NotSignedIn):
            show_last_words(who, workshop.code)


def test_they_are_shown_from_five_answers_together_and_late_ones_are_refused(
    facilitator: Caller,
) -> None:
    workshop, seats = revealed(facilitator)
    ask_last_words(facilitator, workshop.code)
    for nth, seat in enumerate(seats[:4]):
        say_last_words(seat, workshop.code, LastWords(learned=f"{9 - nth}", would_stop="Emails"))
    assert told(facilitator, workshop) == {}
    with pytest.raises(TooFewAnswers, match="Fewer than 5"):
        show_last_words(facilitator, workshop.code)
    say_last_words(seats[4], workshop.code, LastWords(learned="First wording"))
    say_last_words(seats[4], workshop.code, LastWords(learned="1"))

    show_last_words(facilitator, workshop.code)

    assert told(facilitator, workshop) == {Question.LEARNED: ["1", "6", "7", "8", "9"]}
    with pytest.raises(RoundClosed):
        say_last_words(seats[5], workshop.code, LastWords(learned="Late"))
    assert not are_asked(seats[5], workshop.code)
    # Nothing says any more who wrote what, nor what too few wrote: it cannot be undone either.
    assert rows_in("last_words", workshop) == []
    last = last_done_now(facilitator, workshop.code)
    assert last
    assert "nothing says any more whose it is" in last.why_not


def test_who_is_set_aside_says_nothing_and_is_not_shown(facilitator: Caller) -> None:
    workshop, seats = revealed(facilitator, 7)
    ask_last_words(facilitator, workshop.code)
    for seat in seats[:6]:
        say_last_words(seat, workshop.code, LastWords(learned="Same"))
    with reading() as cursor:
        seat_id = cursor.execute(
            "SELECT seat_id FROM last_words WHERE workshop_id = $1 ORDER BY seat_id", [workshop.id]
        ).fetchone()[0]
    set_seats_aside(facilitator, workshop.code, [seat_id], "a second device")
    aside = [seat for seat in seats[:6] if _is_aside(seat, workshop)]

    show_last_words(facilitator, workshop.code)

    assert len(aside) == 1
    assert told(facilitator, workshop) == {Question.LEARNED: ["Same"] * 5}


def _is_aside(seat: Caller, workshop: Workshop) -> bool:
    try:
        say_last_words(seat, workshop.code, LastWords(learned="Same"))
    except SeatAside:
        return True
    return False


@pytest.mark.parametrize("said", ["Ring 0161 496 0000", "Dr Patel was right", "x" * 201])
def test_what_names_somebody_or_is_too_long_is_refused(facilitator: Caller, said: str) -> None:
    workshop, seats = revealed(facilitator)
    ask_last_words(facilitator, workshop.code)

    with pytest.raises(TextRefused):
        say_last_words(seats[0], workshop.code, LastWords(will_try=said))

    assert at_the_end(facilitator, workshop.code).answered == 0


def test_closing_shows_what_enough_wrote_and_forgets_the_rest(facilitator: Caller) -> None:
    workshop, seats = revealed(facilitator)
    ask_last_words(facilitator, workshop.code)
    for nth, seat in enumerate(seats):
        stop = "Minutes" if nth < 4 else ""
        say_last_words(seat, workshop.code, LastWords(learned=f"L{nth}", would_stop=stop))

    close_workshop(facilitator, workshop.code)

    assert told(facilitator, workshop) == {Question.LEARNED: [f"L{nth}" for nth in range(6)]}
    assert rows_in("last_words", workshop) == []
    with pytest.raises(NoSuchWorkshop):
        say_last_words(seats[0], workshop.code, LastWords(learned="Late"))


@pytest.mark.slow
def test_it_travels_in_pack_workbook_and_report_and_is_erased(facilitator: Caller) -> None:
    workshop, seats = a_room(facilitator)
    for seat in seats:
        say_safe(seat, workshop.code, True)
    scored(facilitator, workshop, seats)
    reveal(facilitator, workshop.code)
    ask_last_words(facilitator, workshop.code)
    for nth, seat in enumerate(seats):
        say_last_words(seat, workshop.code, LastWords(learned=f"Learned {nth}"))
    show_last_words(facilitator, workshop.code)
    heard = Outcome(domain="culture", kind=Conflict.PROFESSIONAL, surprised="How many doors")
    conclude(facilitator, workshop.code, heard, DAY)

    pack = session_pack(facilitator, workshop.code)
    report = report_page(facilitator, workshop.code).decode()
    sheet = cells_of(plan_workbook(facilitator, workshop.code), "Of itself")
    for said in (
        "Learned 3",
        "Most say that it is safe",
        "1 surprise noted",
        "between professions",
    ):
        assert said in report
        assert said in sheet
    before = at_the_end(facilitator, workshop.code)
    erase_workshop(facilitator, workshop.code, workshop.code)
    for table in ("last_said", "last_asked", "felt_safe", "last_words"):
        assert rows_in(table, workshop) == []

    brought = open_pack(facilitator, pack)

    now = at_the_end(facilitator, brought.code)
    assert (now.said, now.safe, now.card) == (before.said, before.safe, before.card)
    assert session_pack(facilitator, brought.code) == pack


def test_a_pack_in_which_too_few_wrote_or_nobody_asked_is_refused(facilitator: Caller) -> None:
    workshop, _ = revealed(facilitator)
    pack = packed_in(session_pack(facilitator, workshop.code))
    said = tuple(LastSaid(question=Question.LEARNED, said=f"Learned {nth}") for nth in range(5))
    answer = RequestAnswer(support_id="s0", version=1, who="Network lead")
    check_asked(pack.model_copy(update={"last_said": said}))

    for why, held in {
        "too few": {"last_said": said[:4]},
        "out of its order": {"last_said": said[::-1]},
        "to no request": {"request_answers": (answer,)},
        "twice": {"request_answers": (answer, answer)},
    }.items():
        with pytest.raises(ValueError, match=why):
            check_asked(pack.model_copy(update=held))


def test_a_pack_of_a_room_that_said_nothing_is_as_before(facilitator: Caller) -> None:
    workshop, _ = revealed(facilitator)
    conclude(facilitator, workshop.code, Outcome(domain="culture", both_could="Meet"), DAY)

    kept = json.loads(packed(session_pack(facilitator, workshop.code), "workshop.json"))

    assert not {"last_said", "request_answers"} & set(kept)
    assert "safe" not in kept["shown"]
    assert "surprised" not in str(kept["outcomes"])
