"""A time for scoring: the facilitator gives it, the wall and every phone count it down."""

import json

import pytest

from aqua_core.live import Channel, revision
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.choosing import my_timer, run_timer
from aqua_core.workshop.revealing import open_scoring, reveal
from pages import _way
from pages._talk.timer import now
from tests.kit.looking import press
from tests.kit.notation import ALL, made, seated


def clock_on(app) -> float | None:
    assert not app.exception, app.exception
    found = [
        json.loads(part.proto.json)["left"]
        for part in app.get("bidi_component")
        if part.proto.component_name == "timer"
    ]
    return found[0] if found else None


@pytest.mark.long
def test_the_time_stands_on_the_room_the_wall_and_every_phone(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seat, code = seated(workshop, "Council"), workshop.code
    open_scoring(facilitator, code, ALL)
    before = clock_on(looks(seat, _way.SCORE, code))
    heard = revision(code, Channel.PHONES)

    press(looks(facilitator, _way.ROOM, code), "3 minutes to score")

    assert before is None
    assert revision(code, Channel.PHONES) != heard  # which the phones hear
    for caller, page in ((facilitator, _way.ROOM), (seat, _way.SCORE)):
        left = clock_on(looks(caller, page, code))
        assert left is not None
        assert 150 < left <= 180
    longer = press(press(looks(facilitator, _way.ROOM, code), "1 minute more"), "1 minute more")
    assert 270 < (clock_on(longer) or 0) <= 300
    press(longer, "Stop the time")
    assert clock_on(looks(seat, _way.SCORE, code)) is None


def test_the_time_to_score_ends_with_the_reveal(looks, facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", guard=1)
    seat, code = seated(workshop, "Council"), workshop.code
    open_scoring(facilitator, code, ALL)
    run_timer(facilitator, code, 3, now())
    reveal(facilitator, code)

    assert clock_on(looks(facilitator, _way.TALK, code)) is None
    assert my_timer(seat, code) is None
    assert clock_on(looks(seat, _way.SCORE, code)) is None
