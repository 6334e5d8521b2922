"""A host's laptop: it leads the talk and the plan of one workshop, and nothing else anywhere."""

import pytest

from aqua_core.vocabulary import Workshop
from aqua_core.vocabulary.event import short_code_said
from aqua_core.workshop.admitting import Caller, new_secret
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.noting import heard_so_far
from aqua_core.workshop.pairing import hosts_now, pairing_code
from aqua_core.workshop.revealing import reveal
from pages import _way
from tests.kit.looking import a_host, acting, an_address, press, words
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import two_scored

__all__ = ["facilitator", "room_file"]
PROJECTED = (
    _way.ROOM,
    _way.GAPS,
    _way.DOMAIN,
    _way.TALK,
    _way.OVER_TIME,
    _way.PLAN,
    _way.SHARE_OUT,
)
ALONE = (
    _way.ONLY_FOR_YOU,
    _way.KEEPING,
    _way.TAKE_AWAY,
    _way.SET_UP,
    _way.PLACE,
    _way.PROGRAMME,
)
REFUSED = "Only the facilitator can do this"


@pytest.fixture
def scored(facilitator: Caller) -> Workshop:
    return two_scored(facilitator)


@pytest.mark.parametrize("page", PROJECTED)
@pytest.mark.parametrize("revealed", [False, True])
def test_a_host_sees_every_page_that_is_projected(
    looks, facilitator: Caller, scored: Workshop, page: str, revealed: bool
) -> None:
    host = a_host(facilitator, scored)
    if revealed:
        reveal(facilitator, scored.code)

    app = looks(host, page, scored.code)

    assert not app.exception
    assert REFUSED not in words(app)
    assert words(app)


@pytest.mark.parametrize("page", ALONE)
def test_what_is_the_facilitators_alone_is_not_a_hosts(
    looks, facilitator: Caller, scored: Workshop, page: str
) -> None:
    reveal(facilitator, scored.code)

    app = looks(a_host(facilitator, scored), page, scored.code)

    assert "For the facilitator" in words(app)
    assert not acting(app)


def test_a_host_opens_and_reveals_nothing(looks, facilitator: Caller, scored: Workshop) -> None:
    host = a_host(facilitator, scored)

    app = looks(host, _way.ROOM, scored.code)

    offered = {button.label for button in app.button}
    assert not offered & {"Reveal", "Open scoring", "Take this round back", "Names and teams"}
    assert "Let it lead the talk and the plan" not in offered
    reveal(facilitator, scored.code)
    assert "Open the second look" not in words(looks(host, _way.TALK, scored.code))


@pytest.mark.long
def test_a_host_takes_a_note_and_adds_a_small_test(
    looks, facilitator: Caller, scored: Workshop
) -> None:
    host = a_host(facilitator, scored)
    reveal(facilitator, scored.code)

    talk = looks(host, _way.TALK, scored.code)
    talk.text_area[0].set_value("Nobody decides alone")
    press(talk, "Write it down")

    assert "“Nobody decides alone”" in words(talk)
    notes = [heard_so_far(facilitator, scored.code, key).heard for key in scored.instrument.names]
    assert ("Nobody decides alone",) in notes
    plan = looks(host, _way.PLAN, scored.code)
    assert "Add to the plan" in {button.label for button in plan.button}
    assert "Download the action plan (CSV)" not in words(plan)


def test_the_facilitator_lets_a_laptop_lead_and_takes_it_back(
    looks, facilitator: Caller, scored: Workshop
) -> None:
    laptop = Caller(wall=new_secret())
    app = looks(facilitator, _way.ROOM, scored.code)
    (field,) = [field for field in app.text_input if field.label == "Code on that screen"]
    field.set_value(short_code_said(pairing_code(laptop, an_address())))

    press(app, "Let it lead the talk and the plan")

    assert hosts_now(facilitator, scored.code) == 1
    assert "1 laptop leads it." in words(app)
    press(app, "Take it back")
    assert hosts_now(facilitator, scored.code) == 0
    assert REFUSED not in words(looks(laptop, _way.TALK, scored.code))


def test_a_closed_workshop_has_no_host(looks, facilitator: Caller, scored: Workshop) -> None:
    host = a_host(facilitator, scored)
    reveal(facilitator, scored.code)
    close_workshop(facilitator, scored.code)

    app = looks(host, _way.TALK, scored.code)

    assert "Thank you" in words(app)
    assert not acting(app)
