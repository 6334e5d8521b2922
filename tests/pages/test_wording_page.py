"""The words of a place are typed, checked at their field, and stay half typed; never projected."""

import re
from itertools import count
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aqua_core.vocabulary import Kind, UnclearDraft
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.offering import offer_mirror
from aqua_core.workshop.placing import places_now
from aqua_core.workshop.planning import say_unclear
from aqua_core.workshop.revealing import reveal
from aqua_core.workshop.rewording import own_words_at
from aqua_core.workshop.undoing import last_done_now, undo_last_done
from pages import _way
from tests.kit.looking import a_host, a_wall, press, words
from tests.kit.notation import DAY, seated
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import met
from tests.kit.waves import scored

__all__ = ["facilitator", "room_file"]
THIRD = "3 · Shared by most"
PAGES = Path(__file__).parents[2] / "pages"
_places = count()


@pytest.fixture
def place() -> str:
    return f"Worded {next(_places)}"


def opened(looks, facilitator: Caller, place: str) -> AppTest:
    at = next(row.place.id for row in places_now(facilitator, DAY) if row.place.name == place)
    app = looks(facilitator, _way.PLACE, place=at, view=_way.WORDING)
    assert not app.exception, app.exception
    return app


def field(app: AppTest, label: str = THIRD):
    (found,) = [area for area in app.text_area if area.label == label]
    return found


def seen(app: AppTest) -> str:
    return words(app).replace("\\", "")


@pytest.mark.long
def test_a_statement_is_checked_at_its_field_and_changes_are_said_before_it_is_saved(
    looks, facilitator: Caller, place: str
) -> None:
    workshop = met(facilitator, place=place)
    scored(facilitator, workshop, seats=1)
    reveal(facilitator, workshop.code)
    remark = UnclearDraft(domain="leadership", points=3, suggestion=f"Say who, in {place}")
    say_unclear(facilitator, workshop.code, remark)
    close_workshop(facilitator, workshop.code)
    app = opened(looks, facilitator, place)
    before = field(app).value
    assert f"Better: Say who, in {place}" in seen(app)

    field(app).set_value("word " * 25).run()
    assert "Keep a statement to 24 words (this has 25)." in seen(app)
    press(app, "Save as your own words")
    assert "Leadership, 3 points: Keep a statement to 24 words (this has 25)." in seen(app)
    assert "Nothing is saved yet" in seen(app)
    assert own_words_at(facilitator, place) == ()
    field(app).set_value("Most partners say the same.").run()
    assert f"Before: {before}" in seen(app)
    assert "Now: Most partners say the same." in seen(app)
    assert "Leadership. There its line over time will break" in str(app.info[0].value).replace(
        "\\", ""
    )
    press(app, "Save as your own words")

    (own,) = own_words_at(facilitator, place)
    assert own.domains[0].statements[3] == "Most partners say the same."
    assert "Saved. Version 2.1" in str(app.success[0].value).replace("\\", "")
    assert field(app).value == "Most partners say the same."


@pytest.mark.long
def test_estates_is_added_and_taken_out_and_a_domain_of_ones_own_is_written(
    looks, facilitator: Caller, place: str
) -> None:
    met(facilitator, place=place)
    app = opened(looks, facilitator, place)
    press(app, "Add Estates")
    assert "added, with its question and six statements" in seen(app)
    press(app, "Take Estates out")
    assert "Nothing yet" in seen(app)
    press(app, "Add it")
    assert "Give the domain a name, and choose its kind." in seen(app)

    app.text_input(key="own domain").set_value("leadership")
    app.radio[0].set_value(Kind.ANATOMY)
    press(app, "Add it")

    assert "There is a domain" not in seen(app)  # first come the statements that are missing
    assert "Write a statement for each of the points 0 to 5." in seen(app)
    for at, area in enumerate(app.text_area):
        area.set_value(f"What stands at {at}.")
    app.run()
    assert 'There is a domain "Leadership" already.' in seen(app)
    app.text_input(key=next(one.key for one in app.text_input if one.label == "Name")).set_value(
        "Housing"
    ).run()
    press(app, "Begin anew")
    assert "Nothing yet" in seen(app)
    press(app, "Put back what was typed")
    press(app, "Save as your own words")
    (own,) = own_words_at(facilitator, place)
    housing = own.domains[-1]
    assert (housing.name, housing.short, housing.kind) == ("Housing", "Housing", Kind.ANATOMY)
    assert housing.statements[5] == "What stands at 6."


def test_what_is_half_typed_is_there_after_another_domain_and_another_page(
    looks, facilitator: Caller, place: str
) -> None:
    met(facilitator, place=place)
    app = opened(looks, facilitator, place)
    field(app).set_value("Half typed.").run()

    app.button_group[0].set_value("culture").run()
    assert field(app).value != "Half typed."
    app.query_params[_way.VIEW] = ""
    app.run()
    app.query_params[_way.VIEW] = _way.WORDING
    app.run()

    assert field(app).value == "Half typed."


def test_a_view_that_has_no_such_fields_lets_go_of_what_they_held(
    looks, facilitator: Caller, place: str
) -> None:
    """A browser draws them empty again, and sends that, where the laptop still knows them."""
    met(facilitator, place=place)
    app = opened(looks, facilitator, place)
    key = field(app).key
    field(app).set_value("Half typed.").run()
    assert key in app.session_state

    for view in (_way.IMPACT, ""):
        app.query_params[_way.VIEW] = view
        app.run()
        assert key not in app.session_state
        app.query_params[_way.VIEW] = _way.WORDING
        app.run()
        assert field(app).value == "Half typed."


def test_no_page_ends_by_the_stop_after_which_fields_come_back_empty() -> None:
    stopped = [
        path.name
        for path in PAGES.rglob("*.py")
        if re.search(r"^\s*st\.stop\(", path.read_text(), re.M)
    ]

    assert stopped == ["_shell.py"]  # the gate alone, before any page


def test_nobody_but_the_facilitator_sees_it(looks, facilitator: Caller, place: str) -> None:
    workshop = met(facilitator, place=place)
    at = next(row.place.id for row in places_now(facilitator, DAY) if row.place.name == place)

    for who in (a_host(facilitator, workshop), a_wall(facilitator, workshop), Caller()):
        app = looks(who, _way.PLACE, workshop.code, place=at, view=_way.WORDING)
        assert "For the facilitator" in seen(app)
        assert not app.text_area


def test_a_place_that_is_not_here_gets_a_sentence(looks, facilitator: Caller) -> None:
    for at in ("", "none", "%00"):
        assert "This place is not here" in seen(
            looks(facilitator, _way.PLACE, place=at, view=_way.WORDING)
        )


def test_a_look_at_myself_leaves_no_trace_until_it_is_offered(
    looks, facilitator: Caller, place: str
) -> None:
    workshop = met(facilitator, place=place)
    seat = seated(workshop, "Council")

    def trace() -> bool:
        return "/look/" in words(looks(seat, _way.SCORE, workshop.code))

    found = [trace()]
    for offered in (True, False, True):
        offer_mirror(facilitator, workshop.code, offered=offered)
        found.append(trace())
    done = last_done_now(facilitator, workshop.code)
    assert done
    undo_last_done(facilitator, workshop.code, done.sequence)
    found.append(trace())

    assert found == [False, True, False, True, False]
