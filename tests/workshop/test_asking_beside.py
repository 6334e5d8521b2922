"""What is asked beside the framework: sealed and revealed as scores are, and no score."""

import io
import zipfile
from itertools import count

import openpyxl
import pytest

from aqua_core.errors import (
    ChoiceRefused,
    NotScored,
    NotSignedIn,
    RoundClosed,
    ScoreRefused,
    ScoringOpen,
)
from aqua_core.store.database import reading
from aqua_core.vocabulary import CANNOT_SAY, Holder, Stage, Workshop
from aqua_core.vocabulary.event import HowUndone
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.asking_beside import (
    answer_together,
    ask_beside,
    ask_where_to_begin,
    asked_now,
)
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.exporting import open_pack, plan_workbook, report_page, session_pack
from aqua_core.workshop.reading import room_now, stage_now, workshop_now
from aqua_core.workshop.revealing import open_scoring, resumable_now, reveal, take_back, unseen_now
from aqua_core.workshop.scoring import my_ballot, submit_score
from aqua_core.workshop.showing import results_now, shown_now
from aqua_core.workshop.undoing import last_done_now, undo_last_done
from tests.kit.beside import (
    HOW_WE_WORK,
    LESSONS,
    WHAT_WE_CAN_DO,
    answered,
    choosing,
    revealed,
    shown_of,
)
from tests.kit.notation import ALL, INSTRUMENT, made, seated
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]
NOW, WANTED = "how-we-work.conflict_resolution.now", "how-we-work.conflict_resolution.wanted"
SYSTEMS = "what-we-can-do.systems_thinking"
MARKET, HIERARCHY, NETWORK = range(3)
_numbers = count()


@pytest.fixture
def room(facilitator: Caller) -> tuple[Workshop, list[Caller]]:
    """Set up two partners of three seats each."""
    place = f"Beside {next(_numbers)}"
    workshop = made(facilitator, "Council", "Trust", place=place)
    return workshop, [seated(workshop, team.name) for team in workshop.teams for _ in range(3)]


def all_answer(seats: list[Caller], now: str, wanted: str) -> list[tuple[Caller, dict]]:
    """Give the answer of each seat by a letter: m, h, n, or - for cannot say."""
    places = dict(zip("mhn-", (MARKET, HIERARCHY, NETWORK, CANNOT_SAY), strict=True))
    return [
        (seat, {NOW: places[today], WANTED: places[wish]})
        for seat, today, wish in zip(seats, now, wanted, strict=True)
    ]


def conflict(shown):
    return next(row for row in shown.rows if row.key == "conflict_resolution")


def test_counts_now_beside_wanted_and_names_the_widest_step(facilitator: Caller, room) -> None:
    workshop, seats = room
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhmhmn", "nnnnn-"))

    row = conflict(revealed(facilitator, workshop, "how-we-work"))

    now, wanted = row.times
    assert (now.counts, now.cannot_say) == ((2, 3, 1), 0)
    assert (wanted.counts, wanted.cannot_say) == ((0, 0, 5), 1)
    assert (row.step, row.towards) == (4, NETWORK)
    assert [(of.group.name, of.counts) for of in now.partners] == [
        ("Council", (1, 2, 0)),
        ("Trust", (1, 1, 1)),
    ]


def test_until_the_reveal_nothing_of_it_leaves_and_after_it_nothing_is_a_score(
    facilitator: Caller, room
) -> None:
    workshop, seats = room
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhmhmn", "nnnnnn"))

    assert stage_now(workshop.code) is Stage.SCORING
    assert results_now(facilitator, workshop.code).beside == ()
    with pytest.raises(ScoringOpen):
        session_pack(facilitator, workshop.code)
    with pytest.raises(ScoringOpen):
        close_workshop(facilitator, workshop.code)
    reveal(facilitator, workshop.code)
    shown = shown_now(facilitator, workshop.code)

    assert (shown.rounds, shown.topics, shown.levels, shown.domains) == ({}, (), (), ())
    assert resumable_now(facilitator, workshop.code).missing == 0
    assert room_now(facilitator, workshop.code).revealed == ()


def test_scores_are_the_same_whatever_was_asked_beside_them(facilitator: Caller, room) -> None:
    workshop, seats = room
    open_scoring(facilitator, workshop.code, ALL)
    for points, seat in enumerate(seats):
        submit_score(seat, workshop.code, "leadership", points)
    reveal(facilitator, workshop.code)
    before = shown_now(facilitator, workshop.code)

    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhmhmn", "nnnnnn"))
    during = shown_now(facilitator, workshop.code)
    reveal(facilitator, workshop.code)
    after = shown_now(facilitator, workshop.code)

    assert during == before
    assert after.model_copy(update={"beside": ()}) == before
    assert [held.key for held in after.beside] == ["how-we-work"]


def test_a_seat_is_asked_both_times_and_keeps_its_answers(facilitator: Caller, room) -> None:
    workshop, (seat, *_) = room
    ask_beside(facilitator, workshop.code, HOW_WE_WORK)

    saved = submit_score(seat, workshop.code, NOW, HIERARCHY)
    ballot = my_ballot(seat, workshop.code)

    assert saved.answers == {NOW: HIERARCHY} == ballot.answers
    assert ballot.domains == ()
    assert ballot.beside == (HOW_WE_WORK,)
    assert set(ballot.rounds) == set(HOW_WE_WORK.keys)
    assert len(ballot.rounds) == 12


@pytest.mark.parametrize("answer", [3, 5, -1, "market", 1.0, True, None])
def test_refuses_an_answer_that_its_kind_does_not_have(
    facilitator: Caller, room, answer: object
) -> None:
    workshop, (seat, *_) = room
    ask_beside(facilitator, workshop.code, WHAT_WE_CAN_DO)

    with pytest.raises(ScoreRefused):
        submit_score(seat, workshop.code, SYSTEMS, answer)
    with pytest.raises(NotScored):
        submit_score(seat, workshop.code, NOW, MARKET)


def test_what_comes_after_the_reveal_is_refused_without_a_number(facilitator: Caller, room) -> None:
    workshop, seats = room
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhmhmn", "nnnnnn"))
    reveal(facilitator, workshop.code)

    with pytest.raises(RoundClosed, match="What you answered before it stands"):
        submit_score(seats[0], workshop.code, NOW, MARKET)


def test_a_small_team_keeps_partners_from_being_shown_where_it_would_be_known(
    facilitator: Caller,
) -> None:
    workshop = made(facilitator, "Council", "GPs", "Trust", place=f"Beside {next(_numbers)}")
    teams = [workshop.teams[at].name for at in (0, 0, 0, 0, 1, 2, 2)]
    seats = [seated(workshop, name) for name in teams]
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhhmnnn", "nnnnnnn"))

    row = conflict(revealed(facilitator, workshop, "how-we-work"))

    now, wanted = row.times
    assert now.counts == (1, 3, 3)
    assert now.partners == ()
    # Everybody wants the same, and GPs sent one: it is not told at all.
    assert not wanted.told
    assert (row.step, row.towards) == (0, None)


def test_teams_on_laptops_are_shown_each(facilitator: Caller) -> None:
    place = f"Beside {next(_numbers)}"
    workshop = made(facilitator, "Council", "Trust", place=place, holder=Holder.LAPTOP)
    seats = [seated(workshop, team.name) for team in workshop.teams]
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hm", "nn"))

    row = conflict(revealed(facilitator, workshop, "how-we-work"))

    assert [of.counts for of in row.times[0].partners] == [(0, 1, 0), (1, 0, 0)]
    assert row.times[1].counts == (0, 0, 2)


def test_a_look_taken_back_shows_nothing_and_says_what_it_was(facilitator: Caller, room) -> None:
    workshop, seats = room
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhmhmn", "nnnnnn"))
    take_back(facilitator, workshop.code, room_now(facilitator, workshop.code).opened)

    now = workshop_now(facilitator, workshop.code)
    back = unseen_now(workshop.code).taken_back
    assert [now.names_of(back)[key] for key in back] == ["How we work together"]
    assert results_now(facilitator, workshop.code).beside == ()
    assert stage_now(workshop.code) is Stage.WELCOME
    assert not any(asked_now(facilitator, workshop.code))


def test_a_second_look_replaces_the_first_on_screen(facilitator: Caller, room) -> None:
    workshop, seats = room
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhmhmn", "nnnnnn"))
    reveal(facilitator, workshop.code)
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "nnnhmn", "nnnnnm"))
    assert results_now(facilitator, workshop.code).beside == ()

    row = conflict(revealed(facilitator, workshop, "how-we-work"))

    assert row.times[0].counts == (1, 1, 4)


def test_a_second_look_asks_what_the_first_one_asked(facilitator: Caller, room) -> None:
    workshop, seats = room
    short = HOW_WE_WORK.model_copy(update={"domains": HOW_WE_WORK.domains[:1]})
    answered(facilitator, workshop, short, [(seats[0], {short.keys[0]: MARKET})])
    reveal(facilitator, workshop.code)

    ask_beside(facilitator, workshop.code, HOW_WE_WORK)

    assert set(my_ballot(seats[0], workshop.code).rounds) == set(short.keys)


def test_opening_by_mistake_is_undone_while_nobody_has_answered(facilitator: Caller, room) -> None:
    workshop, _ = room
    ask_beside(facilitator, workshop.code, WHAT_WE_CAN_DO)
    last = last_done_now(facilitator, workshop.code)

    assert last
    assert (last.said, last.way) == ("What this system can do was opened.", HowUndone.OPENED)
    undo_last_done(facilitator, workshop.code, last.sequence)
    assert stage_now(workshop.code) is Stage.WELCOME


def test_only_the_facilitator_asks_and_not_twice_at_once(facilitator: Caller, room) -> None:
    workshop, (seat, *_) = room
    with pytest.raises(NotSignedIn):
        ask_beside(seat, workshop.code, HOW_WE_WORK)
    with pytest.raises(ChoiceRefused):
        ask_beside(facilitator, workshop.code, INSTRUMENT)
    ask_beside(facilitator, workshop.code, HOW_WE_WORK)

    with pytest.raises(NotScored):
        ask_beside(facilitator, workshop.code, HOW_WE_WORK)


@pytest.fixture
def scored(facilitator: Caller, room) -> tuple[Workshop, list[Caller]]:
    workshop, seats = room
    open_scoring(facilitator, workshop.code, ALL)
    for points, seat in enumerate(seats):
        for domain in ALL:
            submit_score(seat, workshop.code, domain, (points + len(domain)) % 6)
    reveal(facilitator, workshop.code)
    return room


def begin(domain: str) -> str:
    return f"where-to-begin.{domain}"


def test_where_to_begin_takes_two_of_a_seat_and_stands_beside_the_scores(
    facilitator: Caller, scored
) -> None:
    workshop, seats = scored
    ask_where_to_begin(facilitator, workshop.code)
    for seat in seats[:4]:
        submit_score(seat, workshop.code, begin("workforce"), 1)
    submit_score(seats[0], workshop.code, begin("culture"), 1)
    submit_score(seats[5], workshop.code, begin("culture"), 1)
    with pytest.raises(ScoreRefused, match="2 are chosen already"):
        submit_score(seats[0], workshop.code, begin("leadership"), 1)
    submit_score(seats[0], workshop.code, begin("culture"), 0)
    submit_score(seats[0], workshop.code, begin("leadership"), 1)
    assert room_now(facilitator, workshop.code).finished == 5

    shown = revealed(facilitator, workshop, "where-to-begin")

    chosen = {row.key: row.times[0].counts[1] for row in shown.rows if row.times[0].counts[1]}
    assert chosen == {"workforce": 4, "culture": 1, "leadership": 1}
    assert all(row.times[0].answered == 5 for row in shown.rows)
    assert len(results_now(facilitator, workshop.code).rounds) == 8


@pytest.mark.parametrize("many", [1, 2])
def test_where_to_begin_is_asked_of_three_revealed_domains_or_more(
    facilitator: Caller, room, many: int
) -> None:
    workshop, (seat, *_) = room
    open_scoring(facilitator, workshop.code, ALL[:many])
    submit_score(seat, workshop.code, ALL[0], 1)
    reveal(facilitator, workshop.code)

    with pytest.raises(ChoiceRefused, match="at least three domains"):
        ask_where_to_begin(facilitator, workshop.code)


def test_where_to_begin_tells_nothing_where_all_chose_the_same_beside_a_small_team(
    facilitator: Caller,
) -> None:
    workshop = made(facilitator, "Council", "GPs", place=f"Beside {next(_numbers)}")
    seats = [seated(workshop, workshop.teams[at].name) for at in (0, 0, 0, 1)]
    open_scoring(facilitator, workshop.code, ALL)
    submit_score(seats[0], workshop.code, ALL[0], 1)
    reveal(facilitator, workshop.code)
    ask_where_to_begin(facilitator, workshop.code)
    for seat in seats:
        submit_score(seat, workshop.code, begin("workforce"), 1)

    shown = revealed(facilitator, workshop, "where-to-begin")

    assert not any(row.told for row in shown.rows)


def test_the_room_answers_a_check_together_and_may_take_it_back(facilitator: Caller, room) -> None:
    workshop, (seat, *_) = room
    first = LESSONS.keys[0]
    with pytest.raises(ChoiceRefused):
        answer_together(facilitator, workshop.code, first, 0)
    ask_beside(facilitator, workshop.code, LESSONS)
    assert stage_now(workshop.code) is Stage.WELCOME

    answer_together(facilitator, workshop.code, first, 2)
    assert shown_of(facilitator, workshop, "ten-lessons").rows[0].checked == 2
    with pytest.raises(ChoiceRefused):
        answer_together(facilitator, workshop.code, first, 3)
    with pytest.raises(NotSignedIn):
        answer_together(seat, workshop.code, first, 1)
    answer_together(facilitator, workshop.code, first, None)

    assert shown_of(facilitator, workshop, "ten-lessons").rows[0].checked is None


def test_what_set_up_chose_is_shown_once_it_is_opened(facilitator: Caller, room) -> None:
    chosen = choosing(facilitator, room[0], f"Beside {next(_numbers)}", LESSONS, HOW_WE_WORK)

    assert results_now(facilitator, chosen.code).beside == ()
    assert not any(asked_now(facilitator, chosen.code))
    ask_beside(facilitator, chosen.code, LESSONS)

    assert [held.key for held in results_now(facilitator, chosen.code).beside] == ["ten-lessons"]
    assert shown_of(facilitator, chosen, "ten-lessons").rows[0].checked is None


def test_what_was_opened_last_comes_last_whatever_set_up_chose_first(
    facilitator: Caller, room
) -> None:
    place = f"Beside {next(_numbers)}"
    chosen = choosing(facilitator, room[0], place, WHAT_WE_CAN_DO, LESSONS, HOW_WE_WORK)
    ask_beside(facilitator, chosen.code, LESSONS)
    order = []
    for held in (HOW_WE_WORK, WHAT_WE_CAN_DO, HOW_WE_WORK):
        ask_beside(facilitator, chosen.code, held)
        reveal(facilitator, chosen.code)
        order.append(results_now(facilitator, chosen.code).beside[-1].key)

    assert order == ["how-we-work", "what-we-can-do", "how-we-work"]
    assert len(workshop_now(facilitator, chosen.code).beside) == 3


def test_what_the_room_answered_and_that_it_was_asked_are_undone_in_turn(
    facilitator: Caller, room
) -> None:
    workshop, _ = room
    ask_beside(facilitator, workshop.code, LESSONS)
    answer_together(facilitator, workshop.code, LESSONS.keys[0], 1)
    answer_together(facilitator, workshop.code, LESSONS.keys[0], 2)

    def undone() -> None:
        last = last_done_now(facilitator, workshop.code)
        assert last
        undo_last_done(facilitator, workshop.code, last.sequence)

    undone()
    assert shown_of(facilitator, workshop, "ten-lessons").rows[0].checked == 1
    undone()
    assert shown_of(facilitator, workshop, "ten-lessons").rows[0].checked is None
    undone()
    assert results_now(facilitator, workshop.code).beside == ()
    assert not any(asked_now(facilitator, workshop.code))


@pytest.mark.long
def test_report_workbook_and_pack_carry_it_and_the_pack_opens_the_same(
    facilitator: Caller, scored
) -> None:
    workshop, seats = scored
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhmhmn", "nnnnn-"))
    reveal(facilitator, workshop.code)
    know_how = [(seat, {SYSTEMS: at % 3}) for at, seat in enumerate(seats)]
    answered(facilitator, workshop, WHAT_WE_CAN_DO, know_how)
    reveal(facilitator, workshop.code)
    ask_beside(facilitator, workshop.code, LESSONS)
    answer_together(facilitator, workshop.code, LESSONS.keys[0], 1)

    report = report_page(facilitator, workshop.code).decode()
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(facilitator, workshop.code)))
    pack = session_pack(facilitator, workshop.code)
    shown = shown_now(facilitator, workshop.code)
    erase_workshop(facilitator, workshop.code, workshop.code)
    opened = open_pack(facilitator, pack, sure=True)

    assert "Widest step: conflict resolution." in report
    assert "Adapted from Powell (1990)" in report
    assert "Build the will to develop a new cadre of system leaders." in report
    cells = [cell.value for row in book["Beside"].iter_rows() for cell in row]
    assert "Reciprocity seeking win/win" in cells
    assert shown_now(facilitator, opened.code) == shown
    assert session_pack(facilitator, opened.code) == pack


def test_a_pack_of_a_workshop_that_was_asked_nothing_else_does_not_know_of_it(
    facilitator: Caller, scored
) -> None:
    workshop, _ = scored
    pack = zipfile.ZipFile(io.BytesIO(session_pack(facilitator, workshop.code)))

    held = pack.read("workshop.json").decode()

    assert "beside" not in held
    assert '"printed"' not in held
    assert '"kind":"levels"' not in held


def test_erasing_takes_what_was_asked_and_answered(facilitator: Caller, room) -> None:
    workshop, seats = room
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhmhmn", "nnnnnn"))
    ask_beside(facilitator, workshop.code, LESSONS)
    answer_together(facilitator, workshop.code, LESSONS.keys[0], 1)

    erase_workshop(facilitator, workshop.code, workshop.code)

    with reading() as cursor:
        for table in ("beside", "checked", "vote", "round"):
            left = cursor.execute(
                f"SELECT count(*) FROM {table} WHERE workshop_id = $1", [workshop.id]
            ).fetchone()
            assert left == (0,)
