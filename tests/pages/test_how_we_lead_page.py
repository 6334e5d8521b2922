"""How we lead: counts of what was asked beside the domains, and nothing of it before."""

from datetime import date, timedelta
from itertools import count

import pytest

from aqua_core.vocabulary import GUARDS, Agreement, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.asking_beside import answer_together, ask_beside, ask_where_to_begin
from aqua_core.workshop.choosing import cards_now
from aqua_core.workshop.foreseeing import choose_guard
from aqua_core.workshop.noting import outcomes_now
from aqua_core.workshop.offering import mirror_offered
from aqua_core.workshop.reading import room_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from pages import _way
from tests.kit.beside import HOW_WE_WORK, LESSONS, WHAT_WE_CAN_DO, answered, choosing, shown_of
from tests.kit.looking import a_wall, acting, ballot_on, press, words
from tests.kit.notation import ALL, made, seated
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import DAY, met
from tests.workshop.test_asking_beside import all_answer, begin

__all__ = ["facilitator", "room_file"]
ROW = "how-we-work.conflict_resolution"
_numbers = count()
MENTIONED = ("Market", "Hierarchy", "Network", "How we work", "80 per cent", "pacesett")


@pytest.fixture
def room(facilitator: Caller) -> tuple[Workshop, list[Caller]]:
    workshop = made(facilitator, "Council", "Trust", place=f"Leading {next(_numbers)}")
    return workshop, [seated(workshop, team.name) for team in workshop.teams for _ in range(3)]


def plainly(text: str) -> str:
    return text.replace("\\", "")


def links(app) -> list[str]:
    return [link.proto.label.replace("*", "") for link in app.get("page_link")]


def test_a_room_that_skips_them_sees_no_trace(looks, facilitator: Caller, room) -> None:
    workshop, seats = room
    open_scoring(facilitator, workshop.code, ALL)
    for seat in seats:
        submit_score(seat, workshop.code, "leadership", 3)
    reveal(facilitator, workshop.code)

    for page in (_way.ROOM, _way.GAPS, _way.TALK, _way.PLAN):
        app = looks(a_wall(facilitator, workshop), page, workshop.code)
        assert "How we lead" not in links(app)
        assert not any(said in words(app) for said in MENTIONED)


def test_the_profile_fills_the_wall_and_names_its_widest_step(
    looks, facilitator: Caller, room
) -> None:
    workshop, seats = room
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhhhmn", "nnnnn-"))
    reveal(facilitator, workshop.code)

    app = looks(a_wall(facilitator, workshop), _way.HOW_WE_LEAD, workshop.code)

    assert [plainly(title.value) for title in app.title] == ["Widest step: conflict resolution"]
    assert not acting(app)
    seen = words(app).replace("\\", "")
    assert "4 of 6 say administrative edict now; 5 want reciprocity seeking win/win" in seen
    assert "Haggling/litigation" in seen
    assert len(links(app)) <= 7


def test_nothing_is_on_the_wall_before_people_answered(looks, facilitator: Caller, room) -> None:
    workshop, seats = room
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhhhmn", "nnnnn-"))

    app = looks(a_wall(facilitator, workshop), _way.HOW_WE_LEAD, workshop.code)

    assert "stays sealed until the reveal" in words(app)
    assert not any(said in words(app) for said in ("Market", "Hierarchy", "Network", "edict"))


def test_coverage_says_what_nobody_has_and_who_has_it(looks, facilitator: Caller, room) -> None:
    workshop, seats = room
    know_how = [
        (seat, {"what-we-can-do.improvement_science": 2 if at < 3 else 1})
        for at, seat in enumerate(seats)
    ]
    answered(facilitator, workshop, WHAT_WE_CAN_DO, know_how)
    reveal(facilitator, workshop.code)

    app = looks(facilitator, _way.HOW_WE_LEAD, workshop.code)

    seen = words(app).replace("\\", "")
    assert "Improvement know-how is thinnest" in seen
    assert "3 of 6 say nobody has improvement science; only Trust says it is here." in seen
    assert "too few or too alike" in seen


def test_lessons_are_answered_on_the_page_and_read_on_the_wall(
    looks, facilitator: Caller, room
) -> None:
    workshop, _ = room
    ask_beside(facilitator, workshop.code, LESSONS)

    app = looks(facilitator, _way.HOW_WE_LEAD, workshop.code)
    app.button_group(key="check-measuring_impact").set_value(1).run()
    wall = looks(a_wall(facilitator, workshop), _way.HOW_WE_LEAD, workshop.code)

    assert "Yes to 0 of 10, 9 still to answer" in words(wall)
    assert "Partly" in words(wall)
    assert not acting(wall)


def test_a_lesson_links_to_the_years_only_where_there_was_an_earlier_time(
    looks, facilitator: Caller
) -> None:
    def scored_on(day: date) -> Workshop:
        workshop = met(facilitator, day, place)
        open_scoring(facilitator, workshop.code, ALL[:1])
        for team in workshop.teams:
            submit_score(seated(workshop, team.name), workshop.code, ALL[0], 3)
        reveal(facilitator, workshop.code)
        ask_beside(facilitator, workshop.code, LESSONS)
        return workshop

    def linked(workshop: Workshop) -> bool:
        return "/over-time?" in words(looks(facilitator, _way.HOW_WE_LEAD, workshop.code))

    place = f"Leading {next(_numbers)}"
    earlier = scored_on(DAY)
    assert not linked(earlier)
    assert linked(scored_on(DAY + timedelta(days=190)))
    assert not linked(earlier)


@pytest.mark.long
def test_where_to_begin_leads_to_the_plan_and_stands_beside_the_gaps(
    looks, facilitator: Caller, room
) -> None:
    workshop, seats = room
    open_scoring(facilitator, workshop.code, ALL)
    for points, seat in enumerate(seats):
        for domain in ALL:
            submit_score(seat, workshop.code, domain, points % 6)
    reveal(facilitator, workshop.code)
    ask_where_to_begin(facilitator, workshop.code)
    for seat in seats:
        submit_score(seat, workshop.code, begin("workforce"), 1)
    submit_score(seats[0], workshop.code, begin("culture"), 1)
    reveal(facilitator, workshop.code)

    page = looks(facilitator, _way.HOW_WE_LEAD, workshop.code)
    gaps = looks(facilitator, _way.GAPS, workshop.code)

    assert "Begin with Workforce" in words(page)
    assert "A low score is not a priority" in words(page)
    assert "Plan a small test on Workforce" in links(page)
    assert any("Begin with Workforce" in label for label in links(gaps))


def test_set_up_may_choose_what_is_asked_and_room_offers_it_at_once(
    looks, facilitator: Caller, room
) -> None:
    workshop, _ = room
    chosen = choosing(facilitator, workshop, f"Leading {next(_numbers)}", HOW_WE_WORK)
    seat = seated(chosen, chosen.teams[0].name)

    app = looks(facilitator, _way.ROOM, chosen.code)
    assert "How we lead" not in links(app)
    app = press(app, "Ask “How we work together”")
    phone = looks(seat, _way.SCORE, chosen.code)

    drawn = ballot_on(phone)
    assert [one["screen"] for one in drawn["domains"][:2]] == ["how-we-work.normative_basis"] * 2
    assert drawn["domains"][0]["choices"][0]["name"] == "Contracts"
    assert not any(said in str(drawn["domains"]) for said in ("Market", "Hierarchy", "Network"))
    assert "ours" in drawn["domains"][0]["note"]


def test_a_look_at_myself_is_offered_beside_what_else_can_be_asked(
    looks, facilitator: Caller, room
) -> None:
    workshop, seats = room
    app = looks(facilitator, _way.ROOM, workshop.code)
    (toggle,) = [one for one in app.toggle if one.label == "Offer each seat a look at myself"]
    toggle.set_value(True).run()

    assert mirror_offered(facilitator, workshop.code)
    assert "/look/" in words(looks(seats[0], _way.SCORE, workshop.code))


def test_talk_asks_about_the_row_and_not_about_points(looks, facilitator: Caller, room) -> None:
    workshop, seats = room
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhhhmn", "nnnnn-"))
    reveal(facilitator, workshop.code)

    app = looks(facilitator, _way.TALK, workshop.code)

    assert [title.value.replace("\\", "") for title in app.title] == [
        "Which disagreement would you settle another way, and who would be in the room?"
    ]
    assert "4 of 6 say administrative edict now" in words(app)


@pytest.mark.long
def test_talk_keeps_what_a_row_came_to_and_the_wall_shows_it(
    looks, facilitator: Caller, room
) -> None:
    workshop, seats = room
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhhhmn", "nnnnn-"))
    reveal(facilitator, workshop.code)

    app = press(looks(facilitator, _way.TALK, workshop.code), "Take it up")
    app.text_area(key=f"note-{ROW}-0").set_value("A call settled it")
    app = press(app, "Write it down")
    assert "agreed_points" not in str([box.key for box in app.selectbox])
    app.radio(key=f"agreement-{ROW}-0").set_value(Agreement.AGREED).run()
    app.text_input(key=f"both_could-{ROW}-0").set_value("A call before a letter")
    app = press(app, "Keep it")
    wall = looks(a_wall(facilitator, workshop), _way.TALK, workshop.code)

    assert cards_now(facilitator, workshop.code).taken_up == ROW
    assert "A call before a letter" in outcomes_now(facilitator, workshop.code)[ROW].both_could
    for seen in map(plainly, map(words, (app, wall))):
        assert "A call settled it" in seen
        assert "What it came to" in seen
        assert "A call before a letter" in seen
    assert not acting(wall)


def test_another_row_may_be_talked_about_and_walls_follow(looks, facilitator: Caller, room) -> None:
    workshop, seats = room
    actions = "how-we-work.actions"
    given = all_answer(seats, "hhhhmn", "nnnnn-")
    beside = [{f"{actions}.now": at % 2, f"{actions}.wanted": 2 - at % 2} for at in range(6)]
    both = [(seat, mine | too) for (seat, mine), too in zip(given, beside, strict=True)]
    answered(facilitator, workshop, HOW_WE_WORK, both)
    reveal(facilitator, workshop.code)

    app = looks(facilitator, _way.TALK, workshop.code)
    app.selectbox(key="row of how-we-work").set_value(actions).run()
    wall = looks(a_wall(facilitator, workshop), _way.TALK, workshop.code)

    for seen in (app, wall):
        assert [plainly(title.value) for title in seen.title] == [
            "Which decision of yours lands on a partner who hears of it last?"
        ]
    assert not wall.selectbox


def test_what_to_listen_for_is_told_to_the_facilitator_alone(
    looks, facilitator: Caller, room
) -> None:
    workshop, seats = room
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhhhmn", "nnnnn-"))
    reveal(facilitator, workshop.code)

    app = press(
        looks(facilitator, _way.ONLY_FOR_YOU, workshop.code), "Nobody else sees this screen"
    )
    talk = looks(facilitator, _way.TALK, workshop.code)

    assert "What each side needed, beside what it asked for." in plainly(words(app))
    assert "What each side needed, beside what it asked for." not in plainly(words(talk))


def test_after_one_is_revealed_the_room_goes_on_and_phones_say_so(
    looks, facilitator: Caller, room
) -> None:
    workshop, seats = room
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhhhmn", "nnnnn-"))
    reveal(facilitator, workshop.code)

    phone = looks(seats[0], _way.SCORE, workshop.code)
    assert "This room has not come yet to 8 domains." in plainly(words(phone))
    wall = looks(a_wall(facilitator, workshop), _way.HOW_WE_LEAD, workshop.code)
    assert not acting(wall)
    app = looks(facilitator, _way.HOW_WE_LEAD, workshop.code)
    press(app, "Go on with 8 domains to score")

    assert {*room_now(facilitator, workshop.code).open_domains} == {*ALL}
    ballot = ballot_on(looks(seats[0], _way.SCORE, workshop.code))
    assert [one["key"] for one in ballot["domains"]] == list(ALL)


def test_the_room_is_promised_what_it_will_see_of_what_is_answered_now(
    looks, facilitator: Caller, room
) -> None:
    workshop, seats = room
    scores, counts = "Then the room sees", "Then counts are seen"
    assert scores in words(looks(facilitator, _way.ROOM, workshop.code))
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhhhmn", "nnnnn-"))

    app = looks(facilitator, _way.ROOM, workshop.code)
    asked = words(press(app, "Reveal"))

    assert counts in asked
    assert scores not in asked
    assert "How we work together: counts of the room" in plainly(asked)
    assert "Partners" not in plainly(asked).partition("gave an answer, the room would see")[2][:200]


@pytest.mark.long
def test_no_group_is_called_too_small_where_only_counts_of_the_whole_room_are_seen(
    looks, facilitator: Caller
) -> None:
    names = ("Council", "Trust", "Charity", "Network")
    workshop = made(facilitator, *names, place=f"Leading {next(_numbers)}")
    seats = [seated(workshop, name) for name in names for _ in range(5 if name in names[:2] else 1)]
    small = "Shown only together so far: Charity"
    choose_guard(facilitator, workshop.code, GUARDS[0])
    open_scoring(facilitator, workshop.code, ALL)
    assert small in words(looks(facilitator, _way.ROOM, workshop.code))
    for domain in ALL[:3]:
        for seat in seats:
            submit_score(seat, workshop.code, domain, 3)
    reveal(facilitator, workshop.code)

    ask_where_to_begin(facilitator, workshop.code)

    begins = words(looks(facilitator, _way.ROOM, workshop.code))
    assert "counts of the whole room are seen" in begins
    assert small not in begins
    reveal(facilitator, workshop.code)
    ask_beside(facilitator, workshop.code, HOW_WE_WORK)
    assert small in words(looks(facilitator, _way.ROOM, workshop.code))


@pytest.mark.long
def test_after_the_eight_the_room_goes_on_with_what_set_up_chose(
    looks, facilitator: Caller, room
) -> None:
    chosen = choosing(facilitator, room[0], f"Leading {next(_numbers)}", HOW_WE_WORK)
    seat = seated(chosen, chosen.teams[0].name)
    open_scoring(facilitator, chosen.code, ALL)
    submit_score(seat, chosen.code, "leadership", 3)
    reveal(facilitator, chosen.code)

    waiting = looks(seat, _way.SCORE, chosen.code)
    app = looks(facilitator, _way.ROOM, chosen.code)
    press(app, "Go on with “How we work together”")
    phone = looks(seat, _way.SCORE, chosen.code)

    assert "This room has not come yet to “How we work together”." in plainly(words(waiting))
    assert ballot_on(phone)["domains"][0]["screen"] == "how-we-work.normative_basis"


def test_where_nothing_stands_out_no_domain_is_led_to(looks, facilitator: Caller, room) -> None:
    workshop, seats = room
    open_scoring(facilitator, workshop.code, ALL)
    submit_score(seats[0], workshop.code, ALL[0], 2)
    reveal(facilitator, workshop.code)
    ask_where_to_begin(facilitator, workshop.code)
    for at, seat in enumerate(seats):
        submit_score(seat, workshop.code, begin(ALL[at]), 1)
    reveal(facilitator, workshop.code)

    page = looks(facilitator, _way.HOW_WE_LEAD, workshop.code)

    assert "No domain stands out" in words(page)
    assert not any(link.startswith("Plan a small test") for link in links(page))


def test_the_row_of_links_stays_at_seven_beside_a_second_wave(
    looks, facilitator: Caller, room, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop, seats = room
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhhhmn", "nnnnn-"))
    reveal(facilitator, workshop.code)
    monkeypatch.setattr(_way, "has_earlier_waves", lambda *_: True)

    app = looks(facilitator, _way.PLAN, workshop.code)

    row = ["Home", "Room", "Gaps", "How we lead", "Talk", "Over time", "Plan"]
    assert links(app)[: len(row)] == row
    assert "One domain" not in links(app)


def test_what_somebody_else_answered_meanwhile_stands(looks, facilitator: Caller, room) -> None:
    workshop, _ = room
    ask_beside(facilitator, workshop.code, LESSONS)
    app = looks(facilitator, _way.HOW_WE_LEAD, workshop.code)
    third = LESSONS.domains[2]

    answer_together(facilitator, workshop.code, LESSONS.keys_of(third)[0], 1)
    app.run()

    assert shown_of(facilitator, workshop, LESSONS.key).rows[2].checked == 1
    assert app.button_group(key=f"check-{third.key}").value == 1
