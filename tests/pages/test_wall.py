"""The wall: a browser that shows one workshop to the room and can change nothing."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from aqua_core.errors import NoSuchCode, NotSignedIn, TextRefused
from aqua_core.vocabulary import Action, Stage, Workshop
from aqua_core.vocabulary.event import short_code_said
from aqua_core.workshop import closing, pairing
from aqua_core.workshop import pairing as short_codes
from aqua_core.workshop.admitting import Caller, may_facilitate, may_watch, new_secret
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.exporting import (
    plan_csv,
    plan_workbook,
    report_page,
    review_calendar,
    session_pack,
)
from aqua_core.workshop.noting import heard_so_far, write_down
from aqua_core.workshop.pairing import pair_wall, pairing_code, shown_on, stop_walls, walls_now
from aqua_core.workshop.planning import capture_action, edit_action
from aqua_core.workshop.reading import room_now, stage_now, workshop_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import my_ballot, submit_score
from aqua_core.workshop.setting_up import workshops_here
from aqua_core.workshop.showing import shown_now, tells_now
from pages import _walls, _way
from tests.kit.devices import Device
from tests.kit.looking import a_wall, acting, an_address, onward_on, press, words
from tests.kit.notation import ALL, DAY, made, seated
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import draft, plan_now, two_scored

__all__ = ["facilitator", "room_file"]
PROJECTED = [_way.ROOM, _way.GAPS, _way.DOMAIN, _way.TALK, _way.PLAN]
STAGES = ("welcome", "scoring", "revealed")


@pytest.fixture
def scored(facilitator: Caller) -> Workshop:
    """Two teams have scored two domains, one note is written and one test captured."""
    workshop = two_scored(facilitator)
    write_down(facilitator, workshop.code, "culture", "Nobody decides")
    capture_action(facilitator, workshop.code, draft(workshop), DAY)
    return workshop


# Pairing


def test_a_wall_shows_a_workshop_once_the_facilitator_has_typed_its_code(
    facilitator: Caller, scored: Workshop
) -> None:
    wall = Caller(wall=new_secret())
    code = pairing_code(wall, an_address())
    assert pairing_code(wall, an_address()) == code  # the page asks every two seconds
    assert not may_watch(wall, scored.code)

    pair_wall(facilitator, scored.code, short_code_said(code).lower())

    assert shown_on(wall) == scored.code
    assert may_watch(wall, scored.code)
    assert walls_now(facilitator, scored.code) == 1
    with pytest.raises(NoSuchCode):
        pair_wall(facilitator, scored.code, code)


def test_nobody_but_the_facilitator_pairs_stops_or_counts_walls(
    facilitator: Caller, scored: Workshop
) -> None:
    wall, seat = a_wall(facilitator, scored), seated(scored, "Council")
    code = pairing_code(Caller(wall=new_secret()), an_address())

    for caller in (Caller(), wall, seat):
        for deed in (
            lambda who: pair_wall(who, scored.code, code),
            lambda who: stop_walls(who, scored.code),
            lambda who: walls_now(who, scored.code),
        ):
            with pytest.raises(NotSignedIn):
                deed(caller)
    assert walls_now(facilitator, scored.code) == 1


def test_a_code_that_no_screen_shows_is_told(facilitator: Caller, scored: Workshop) -> None:
    for typed, refused, sentence in [
        ("ABCD-EFGH", NoSuchCode, "No screen is showing this code now."),
        ("", TextRefused, "Type the code shown on the other screen."),
        ("ABC", TextRefused, "has 8 characters"),
        ("<script>", TextRefused, "letters and numbers"),
    ]:
        with pytest.raises(refused, match=sentence):
            pair_wall(facilitator, scored.code, typed)
    assert walls_now(facilitator, scored.code) == 0


@pytest.mark.file
def test_a_pairing_code_lasts_ten_minutes_and_then_changes(
    facilitator: Caller, scored: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, wall = [5000.0], Caller(wall=new_secret())
    monkeypatch.setattr(short_codes, "monotonic", lambda: clock[0])
    code = pairing_code(wall, an_address())

    clock[0] += pairing.PAIRING_VALID

    with pytest.raises(NoSuchCode):
        pair_wall(facilitator, scored.code, code)
    assert pairing_code(wall, an_address()) != code


@pytest.mark.file
def test_of_many_waiting_screens_the_ones_still_open_keep_their_code(
    facilitator: Caller, scored: Workshop
) -> None:
    pairing._waiting._waiting.clear()  # of whoever waited before
    wall = Caller(wall=new_secret())
    code = pairing_code(wall, an_address())

    for _ in range(10):
        for _ in range(pairing.MOST_WAITING - 1):
            pairing_code(Caller(wall=new_secret()), an_address())
        assert pairing_code(wall, an_address()) == code

    assert len(pairing._waiting._waiting) == pairing.MOST_WAITING
    pair_wall(facilitator, scored.code, code)
    assert shown_on(wall) == scored.code


@pytest.mark.slow
def test_requests_without_a_cookie_change_no_code_that_a_wall_shows(
    facilitator: Caller, scored: Workshop
) -> None:
    wall = Caller(wall=new_secret())
    code = pairing_code(wall, an_address())
    assert pairing_code(wall, "") == code  # its page is open, and asks every two seconds
    stranger = an_address()

    answers = [Device(stranger).get("/wall") for _ in range(110)]
    for _ in range(2 * pairing.MOST_WAITING):  # and from as many addresses
        pairing_code(Caller(wall=new_secret()), an_address())

    told = [page.status for page in answers]
    assert (told.count(200), told.count(429)) == (pairing.NEW_CODES, 110 - pairing.NEW_CODES)
    assert 'http-equiv="refresh" content="2"' in answers[-1].text
    assert "Too many tries. Wait 1 minute." in answers[-1].text
    pair_wall(facilitator, scored.code, code)
    assert shown_on(wall) == scored.code


def test_a_wall_that_stops_refreshing_gives_its_place_up_when_its_time_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [5000.0]
    monkeypatch.setattr(short_codes, "monotonic", lambda: clock[0])
    waiting = short_codes.ShortCodes[str](pairing.PAIRING_VALID, 2)
    waiting.make("over", "x")
    waiting.shown("over", "x")
    clock[0] += pairing.PAIRING_VALID
    waiting.make("young", "y")

    waiting.make("new", "z")

    assert [waiting.shown(secret, "s") is None for secret in ("over", "young", "new")] == [
        *(True, False, False)
    ]


def test_a_wall_that_is_stopped_sees_nothing_more_and_may_be_paired_anew(
    facilitator: Caller, scored: Workshop
) -> None:
    other = made(facilitator, "A", "B")
    wall, elsewhere = a_wall(facilitator, scored), a_wall(facilitator, other)

    stop_walls(facilitator, scored.code)

    assert shown_on(wall) is None
    with pytest.raises(NotSignedIn):
        room_now(wall, scored.code)
    assert shown_on(elsewhere) == other.code
    pair_wall(facilitator, other.code, pairing_code(wall, an_address()))
    assert shown_on(wall) == other.code


@pytest.mark.parametrize("forged", ["", "x", "é", "' OR 1=1 --", "y" * 10_000])
def test_a_forged_wall_is_no_wall(facilitator: Caller, scored: Workshop, forged: str) -> None:
    a_wall(facilitator, scored)

    assert shown_on(Caller(wall=forged)) is None
    assert not may_watch(Caller(wall=forged), scored.code)


# What a wall may see, and what it may not


Views = list[Callable[[Caller, str], object]]
WATCHED: Views = [
    workshop_now,
    room_now,
    shown_now,
    lambda who, code: heard_so_far(who, code, "culture"),
    plan_now,
]
PRIVATE: Views = [
    tells_now,
    plan_csv,
    plan_workbook,
    report_page,
    review_calendar,
    session_pack,
    walls_now,
    lambda who, _: workshops_here(who),
    lambda who, code: open_scoring(who, code, ALL),
    reveal,
    lambda who, code: write_down(who, code, "culture", "x"),
    lambda who, code: capture_action(who, code, draft(workshop_now(who, code)), DAY),
    lambda who, code: edit_action(who, code, _action(who, code), date.today()),
]


def _action(who: Caller, code: str) -> Action:
    return plan_now(who, code)[0]


def test_a_wall_sees_what_the_room_sees_of_its_own_workshop_only(
    facilitator: Caller, scored: Workshop
) -> None:
    wall = a_wall(facilitator, scored)
    elsewhere = a_wall(facilitator, made(facilitator, "A", "B"))
    reveal(facilitator, scored.code)

    strangers = (elsewhere, Caller(), seated(scored, "Council"), Caller(wall=new_secret()))
    for view in WATCHED:
        assert view(wall, scored.code) == view(facilitator, scored.code)
        for stranger in strangers:
            with pytest.raises(NotSignedIn):
                view(stranger, scored.code)


@pytest.mark.long
def test_a_wall_does_nothing_and_is_told_nothing_private(
    facilitator: Caller, scored: Workshop
) -> None:
    wall = a_wall(facilitator, scored)
    reveal(facilitator, scored.code)
    notes = heard_so_far(facilitator, scored.code, "culture")
    plan = plan_now(facilitator, scored.code)

    for view in PRIVATE:
        with pytest.raises(NotSignedIn):
            view(wall, scored.code)
    for deed in (my_ballot, lambda who, code: submit_score(who, code, "culture", 0)):
        with pytest.raises(Exception, match="no seat"):
            deed(wall, scored.code)

    assert not may_facilitate(wall)
    assert heard_so_far(facilitator, scored.code, "culture") == notes
    assert plan_now(facilitator, scored.code) == plan


# The pages


@pytest.mark.parametrize(
    ("page", "stage"),
    [
        *((_way.ROOM, stage) for stage in STAGES),
        (_way.PLAN, "welcome"),
        *((page, "revealed") for page in PROJECTED[1:]),
    ],
)
def test_a_wall_has_no_widget_that_acts(looks, facilitator, scored, page, stage) -> None:
    workshop = made(facilitator, "Council", "Trust") if stage == "welcome" else scored
    wall = a_wall(facilitator, workshop)
    if stage == "revealed":
        reveal(facilitator, workshop.code)

    app = looks(wall, page, workshop.code)

    seen = words(app)
    assert "For the facilitator" not in seen
    assert workshop.place.name in seen
    assert acting(app) == []
    links = [link.proto for link in app.get("page_link")]
    assert {link.page for link in links} <= {
        *("room", "gaps", "one-domain", "talk", "plan", "over-time"),
    }


@pytest.mark.parametrize("page", [_way.ROOM, _way.TALK, _way.PLAN])
def test_the_same_page_acts_for_the_facilitator(looks, facilitator, scored, page) -> None:
    """The test above would pass if `acting` could find nothing."""
    reveal(facilitator, scored.code)

    app = looks(facilitator, page, scored.code)

    assert acting(app)


@pytest.mark.slow
def test_a_wall_shows_what_was_heard_and_planned(looks, facilitator, scored) -> None:
    wall = a_wall(facilitator, scored)
    reveal(facilitator, scored.code)

    assert "“Nobody decides”" in words(looks(wall, _way.TALK, scored.code))
    assert "If a nurse joins" in words(looks(wall, _way.PLAN, scored.code))


@pytest.mark.parametrize("page", [_way.SET_UP, _way.ONLY_FOR_YOU])
def test_a_page_that_is_not_projected_is_refused_to_a_wall(
    looks, facilitator, scored, page
) -> None:
    wall = a_wall(facilitator, scored)

    assert "For the facilitator" in words(looks(wall, page, scored.code))


def test_the_first_page_shows_a_wall_nothing_of_the_list(looks, facilitator, scored) -> None:
    app = looks(a_wall(facilitator, scored), _way.HOME)

    assert scored.code not in words(app)
    assert not app.button


@pytest.mark.parametrize("page", [_way.ROOM, _way.PLAN])
def test_a_wall_of_another_workshop_or_none_goes_back_to_its_pairing_code(
    looks, facilitator, scored, page
) -> None:
    wall = a_wall(facilitator, made(facilitator, "A", "B"))

    app = looks(wall, page, scored.code)

    seen = words(app)
    assert "This screen shows no workshop now" in seen
    assert scored.place.name not in seen
    assert onward_on(app) == "/wall"


@pytest.mark.slow
def test_a_wall_follows_to_the_gaps_and_back_to_the_room(looks, facilitator, scored) -> None:
    wall = a_wall(facilitator, scored)
    app = looks(wall, _way.ROOM, scored.code)
    reveal(facilitator, scored.code)
    assert onward_on(app.run()) == f"/gaps?workshop={scored.code}"
    talk = looks(wall, _way.TALK, scored.code)
    assert onward_on(talk) == ""

    open_scoring(facilitator, scored.code, ["culture"])

    assert onward_on(talk.run()) == f"/room?workshop={scored.code}"


def test_the_facilitator_pairs_and_stops_on_the_room_page(looks, facilitator, scored) -> None:
    wall = Caller(wall=new_secret())
    app = looks(facilitator, _way.ROOM, scored.code)

    app.text_input[0].set_value("ABC")
    _pressed(app, "Show it there")
    assert "This code has 8 characters" in words(app)
    app.text_input[0].set_value(pairing_code(wall, an_address()))
    _pressed(app, "Show it there")

    assert shown_on(wall) == scored.code
    assert "1 screen shows it" in words(app)
    _pressed(app, "Stop showing it")
    assert shown_on(wall) is None
    assert "screen shows it" not in words(app)


def _pressed(app, label: str) -> None:
    press(app, label)


# The pairing page


def test_the_pairing_page_keeps_its_code_and_goes_on_when_paired(
    facilitator: Caller, scored: Workshop
) -> None:
    browser = Device()
    first, second = browser.get("/wall"), browser.get("/wall")
    assert 'http-equiv="refresh" content="2"' in first.text
    cookie = first.set_cookie.lower()
    assert "discovery_room_wall=" in cookie
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert second.set_cookie == ""
    assert browser.caller.wall not in first.text + second.text
    (code,) = set(re.findall(r">(\w{4}-\w{4})<", first.text + second.text))

    pair_wall(facilitator, scored.code, code)

    paired = browser.get("/wall")
    assert (paired.status, paired.onward) == (303, f"/room?workshop={scored.code}")
    stop_walls(facilitator, scored.code)
    assert browser.get("/wall").status == 200


def test_a_forged_cookie_gets_a_fresh_one(room_file: object) -> None:
    browser = Device()
    browser.cookies["discovery_room_wall"] = "x"

    browser.get("/wall")

    assert len(browser.caller.wall) == 43


def test_a_wall_whose_workshop_is_closed_while_its_page_is_drawn_thanks_the_room(
    looks, facilitator: Caller, scored: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = a_wall(facilitator, scored)
    reveal(facilitator, scored.code)

    def closed_meanwhile(code: str, _: str) -> None:
        if may_watch(wall, code):
            close_workshop(facilitator, code)

    monkeypatch.setattr(_walls, "as_on_the_laptop", closed_meanwhile)

    said = words(looks(wall, _way.PLAN, scored.code))

    assert "Thank you" in said
    assert "Only the facilitator" not in said


def test_a_wall_that_looks_before_it_is_told_of_the_closing_thanks_the_room(
    looks, facilitator: Caller, scored: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall, seen = a_wall(facilitator, scored), list[str]()
    reveal(facilitator, scored.code)
    assert stage_now(scored.code) is Stage.REVEALED  # kept until the next deed is told
    told = closing.tell_wifi

    def looks_meanwhile(*what: Any) -> None:
        seen.append(words(looks(wall, _way.TALK, scored.code)))
        told(*what)

    monkeypatch.setattr(closing, "tell_wifi", looks_meanwhile)
    close_workshop(facilitator, scored.code)

    assert "Thank you" in seen[0]
    assert "This screen shows no workshop now" not in seen[0]
