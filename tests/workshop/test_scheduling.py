"""A programme over places: eight sessions with one press, what places ask for, and the glue."""

import itertools
from datetime import date, timedelta

import pytest

from aqua_core.errors import (
    AlreadyThere,
    ChangedMeanwhile,
    ChoiceRefused,
    LooksPersonal,
    NoSuchPlace,
    NoSuchProgramme,
    NotSignedIn,
    TextRefused,
)
from aqua_core.rules.scheduling import days_of, kinds_in_turn, requests_in_order
from aqua_core.store.database import reading
from aqua_core.store.places import place_id_of
from aqua_core.vocabulary import Decision, Help, Impact, SupportDraft, Workshop
from aqua_core.vocabulary.programme import (
    Programme,
    ProgrammeDraft,
    Request,
    RequestAnswer,
    Session,
    SessionKind,
    Step,
    clean_time,
)
from aqua_core.workshop import scheduling
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import erase_workshop
from aqua_core.workshop.exporting import open_pack, plan_workbook, report_page, session_pack
from aqua_core.workshop.placing import erase_place
from aqua_core.workshop.planning import ask_support
from aqua_core.workshop.revealing import reveal
from aqua_core.workshop.scheduling import Pattern
from tests.exports.test_fields import cells_of
from tests.kit.notation import DAY, made
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import planned as small_test
from tests.kit.planned import studied
from tests.kit.waves import scored

__all__ = ["facilitator", "room_file"]
_numbers = itertools.count()
MASTERCLASS, WORKSHOP = SessionKind
EIGHT = Pattern(4, 4, 13)


def place(facilitator: Caller, name: str = "") -> tuple[Workshop, str]:
    workshop = made(facilitator, "Council", "Trust", place=name or f"Asks {next(_numbers)}")
    with reading() as cursor:
        return workshop, place_id_of(cursor, workshop.id)


def planned(facilitator: Caller, *places: str, pattern: Pattern = EIGHT) -> Programme:
    draft = ProgrammeDraft(name=f"Programme {next(_numbers)}", began_on=DAY, places=places)
    return scheduling.plan_programme(facilitator, draft, pattern)


def test_four_masterclasses_and_four_workshops_come_in_turn_with_one_press(
    facilitator: Caller,
) -> None:
    programme = planned(facilitator)

    sessions = scheduling.programmes_now(facilitator).of(programme.id)

    assert [(held.kind, held.number) for held in sessions] == [
        (kind, number) for number in (1, 2, 3, 4) for kind in (MASTERCLASS, WORKSHOP)
    ]
    apart = [after.held_on - before.held_on for before, after in itertools.pairwise(sessions)]
    assert all(abs(gap - timedelta(weeks=13)) < timedelta(weeks=1) for gap in apart)
    assert all(held.held_on.weekday() < 5 for held in sessions)


def test_kinds_and_days_are_what_a_plain_count_gives() -> None:
    assert kinds_in_turn(1, 3) == (
        (MASTERCLASS, 1),
        (WORKSHOP, 1),
        (WORKSHOP, 2),
        (WORKSHOP, 3),
    )
    assert len(days_of(DAY, 8, 13)) == 8
    monday = date(2026, 11, 30)
    assert days_of(monday, 2, 13)[0] == monday  # as it was typed
    assert days_of(date(2026, 11, 29), 1, 13) == (date(2026, 12, 1),)


@pytest.mark.parametrize("pattern", [Pattern(0, 0, 13), Pattern(30, 11, 13), Pattern(1, 1, 0)])
def test_no_session_or_too_many_is_refused(facilitator: Caller, pattern: Pattern) -> None:
    with pytest.raises(ChoiceRefused):
        planned(facilitator, pattern=pattern)


@pytest.mark.parametrize(
    ("typed", "read"), [("9.30", "09:30"), ("0930", "09:30"), ("930", "09:30"), ("23:59", "23:59")]
)
def test_an_hour_is_read_however_it_is_typed(typed: str, read: str) -> None:
    assert clean_time(typed) == read


@pytest.mark.parametrize("typed", ["", "25:00", "9:60", "nine", "9:5", "١٢:٣٠:٠", None, "-1:30"])
def test_what_is_no_hour_gets_a_sentence(typed: object) -> None:
    with pytest.raises(TextRefused, match="such as 09:30"):
        clean_time(typed)


def test_a_programme_and_a_session_are_changed_taken_out_and_put_back_in_versions(
    facilitator: Caller,
) -> None:
    programme = planned(facilitator)
    one, *others = scheduling.programmes_now(facilitator).of(programme.id)

    moved = scheduling.change_session(
        facilitator, one.model_copy(update={"held_on": date(2027, 1, 4)})
    )
    with pytest.raises(ChangedMeanwhile, match=r"^Somebody changed this session"):
        scheduling.change_session(facilitator, one)
    out = scheduling.move_planned(facilitator, moved, out=True)
    assert len(scheduling.programmes_now(facilitator).of(programme.id)) == len(others)
    scheduling.move_planned(facilitator, out, out=False)
    last = max(held.held_on for held in others)
    added = scheduling.add_session(facilitator, programme.id, one.kind, DAY)
    gone = scheduling.move_planned(facilitator, programme, out=True)
    assert scheduling.programmes_now(facilitator).of(programme.id) == ()
    scheduling.move_planned(facilitator, gone, out=False)

    now = scheduling.programmes_now(facilitator).of(programme.id)
    assert (len(now), added.number, added.held_on - last) == (9, 5, timedelta(weeks=13))
    assert {held.held_on for held in now if held.id == one.id} == {date(2027, 1, 4)}


def test_a_step_of_a_session_names_no_number_and_steps_and_sessions_have_an_end(
    facilitator: Caller,
) -> None:
    programme = planned(facilitator, pattern=Pattern(20, 20, 1))
    one, *_ = scheduling.programmes_now(facilitator).of(programme.id)
    for told in ({"title": "Ring 0161 496 0000"}, {"title": "A", "listen_for": "ann@nhs.net"}):
        steps = (Step.model_validate(told | {"minutes": 5}),)
        with pytest.raises(TextRefused, match="holds what looks like"):
            scheduling.change_session(facilitator, one.model_copy(update={"steps": steps}))
    with pytest.raises(ChoiceRefused, match=r"at most 30 steps \(this has 31\)"):
        Session(**(dict(one) | {"steps": (Step(title="A", minutes=5),) * 31}))
    with pytest.raises(ChoiceRefused, match="at most 40 sessions"):
        scheduling.add_session(facilitator, programme.id, WORKSHOP, DAY)


def test_names_differ_places_are_here_and_nobody_is_named(facilitator: Caller) -> None:
    programme = planned(facilitator)
    again = ProgrammeDraft(name=programme.name.upper(), began_on=DAY)

    with pytest.raises(AlreadyThere):
        scheduling.plan_programme(facilitator, again, Pattern(1, 1, 13))
    with pytest.raises(NoSuchPlace):
        planned(facilitator, "p0")
    ring = programme.model_copy(update={"people": "Ring 0161 496 0000"})
    with pytest.raises(LooksPersonal):
        scheduling.change_programme(facilitator, ring)
    with pytest.raises(NoSuchProgramme):
        scheduling.add_session(facilitator, "g0", WORKSHOP, DAY)
    with pytest.raises(NotSignedIn):
        scheduling.programmes_now(Caller())


def test_an_erased_place_leaves_programmes_and_takes_its_own_along(facilitator: Caller) -> None:
    (_, here), (_, there) = place(facilitator), place(facilitator)
    both, alone = planned(facilitator, here, there), planned(facilitator, here)
    scheduling.name_glue(facilitator, here, "Programme office")
    name = scheduling.programmes_now(facilitator).places[here]

    erase_place(facilitator, here, name)

    now = scheduling.programmes_now(facilitator)
    left = {held.id: held.places for held in now.programmes}
    assert left[both.id] == (there,)
    assert alone.id not in left
    with reading() as cursor:
        for table, column in (
            ("programme", "id"),
            ("programme_session", "programme_id"),
            ("glue", "place_id"),
        ):
            rows = cursor.execute(f"SELECT {column} FROM {table}").fetchall()
            assert not {alone.id, here} & {value for (value,) in rows}


def asked(on: date, place: str = "Wigan", answer: RequestAnswer | None = None) -> Request:
    return Request(
        support_id=f"{place}{on}", kind="coaching", wanted="x", from_whom="", place=place,
        code="2345", asked_on=on, answer=answer,
    )  # fmt: skip


def test_what_waits_longer_than_thirty_days_stands_first_and_what_was_met_last() -> None:
    met = RequestAnswer(support_id="s", version=1, who="AQuA", met=True)
    new, due = asked(DAY - timedelta(days=30)), asked(DAY - timedelta(days=31))
    old, done = asked(DAY - timedelta(days=90)), asked(DAY - timedelta(days=99), answer=met)

    assert requests_in_order([done, new, due, old]) == (old, due, new, done)
    assert [one.overdue(DAY) for one in (new, due, old, done)] == [False, True, True, False]


@pytest.mark.slow
def test_a_request_says_who_answers_it_and_travels_with_its_workshop(facilitator: Caller) -> None:
    workshop, _ = place(facilitator)
    wanted = SupportDraft(kind=Help.COACHING, wanted=f"How we disagree {next(_numbers)}")
    support = ask_support(facilitator, workshop.code, wanted)
    answer = RequestAnswer(support_id=support.id, version=0, who="Network lead", by_on=DAY)

    other = answer.model_copy(update={"support_id": "s0"})
    scheduling.answer_request(facilitator, workshop.code, answer)
    with pytest.raises(ChangedMeanwhile):
        scheduling.answer_request(facilitator, workshop.code, answer)
    with pytest.raises(NoSuchProgramme):
        scheduling.answer_request(facilitator, workshop.code, other)
    with pytest.raises(TextRefused, match="a role is enough"):
        RequestAnswer(support_id=support.id, version=1, who=" ")

    (request,) = [
        held for held in scheduling.requests_now(facilitator) if held.code == workshop.code
    ]
    assert request.answer
    assert (request.answer.who, request.answer.version) == ("Network lead", 1)
    pack = session_pack(facilitator, workshop.code)
    assert "Network lead answers by 2026-11-22" in report_page(facilitator, workshop.code).decode()
    assert "Network lead" in cells_of(plan_workbook(facilitator, workshop.code), "Support")
    erase_workshop(facilitator, workshop.code, workshop.code)
    brought = open_pack(facilitator, pack)
    assert session_pack(facilitator, brought.code) == pack
    assert "Network lead" in report_page(facilitator, brought.code).decode()


def test_the_glue_of_a_place_is_a_role(facilitator: Caller) -> None:
    _, here = place(facilitator)

    scheduling.name_glue(facilitator, here, "  Programme office ")

    assert scheduling.glue_of(facilitator, here) == "Programme office"
    with pytest.raises(LooksPersonal):
        scheduling.name_glue(facilitator, here, "ann@nhs.net")
    scheduling.name_glue(facilitator, here, "office@nhs.net", sure=True)
    assert scheduling.glue_of(facilitator, here) == "office@nhs.net"
    with pytest.raises(NoSuchPlace):
        scheduling.name_glue(facilitator, "p0", "Office")
    scheduling.name_glue(facilitator, here, "")
    assert scheduling.glue_of(facilitator, here) == ""


def test_a_programme_is_told_over_its_places_as_a_whole(facilitator: Caller) -> None:
    """The second calculation counts actions by hand, one place after the other."""
    (one, here), (two, there) = place(facilitator), place(facilitator)
    programme = planned(facilitator, here, there)
    leads = small_test(facilitator, one, impact=Impact.LEADERS)
    small_test(facilitator, one, test="If we ring, then fewer wait", impact=Impact.OUTCOMES)
    small_test(facilitator, two, impact=Impact.LEADERS)
    small_test(facilitator, two, test="If we share, then fewer wait")
    studied(facilitator, one, leads, Decision.ADOPT)
    for workshop in (one, two):
        wanted = SupportDraft(kind=Help.WORKSHOP, wanted=f"Report {next(_numbers)}")
        support = ask_support(facilitator, workshop.code, wanted)
    answer = RequestAnswer(support_id=support.id, version=0, who="Lead", met=True)
    scheduling.answer_request(facilitator, two.code, answer)

    report = scheduling.programme_report(facilitator, programme.id, DAY + timedelta(days=31))

    counts = {count.level: (count.goes_on, count.ended, count.adopted) for count in report.levels}
    assert counts == {
        Impact.LEADERS: (1, 1, 1),
        Impact.TEAMS: (0, 0, 0),
        Impact.OUTCOMES: (1, 0, 0),
        Impact.UNSAID: (1, 0, 0),
    }
    assert (report.asked, report.answered, report.met, report.overdue) == (2, 1, 1, 1)
    assert (report.places, report.sessions, report.held) == (0, 8, 1)  # nobody has met yet
    scored(facilitator, one, seats=1)
    reveal(facilitator, one.code)
    later = scheduling.programme_report(facilitator, programme.id, DAY + timedelta(days=31))
    assert later.places == 1
    with pytest.raises(NoSuchProgramme):
        scheduling.programme_report(facilitator, "g0", DAY)
