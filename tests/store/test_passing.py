"""What one process alone would know is known to all: what walls follow, who knocked, every try."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from aqua_core import live
from aqua_core.errors import JoiningClosed
from aqua_core.store.database import reading
from aqua_core.store.shared import passing
from aqua_core.workshop import seating
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.joining import anybody_came_after, came_after, take_seat
from aqua_core.workshop.opening import practise, rehearsal_now, rehearse_at
from aqua_core.workshop.pairing import handed_over, offer_seat, take_over
from aqua_core.workshop.revealing import open_scoring, take_back
from aqua_core.workshop.seating import change_joining, joining_now, tell_wifi, wifi_now
from pages import _mirroring
from pages._talk import timer
from tests.kit.notation import ALL, made, seated
from tests.store.test_shared import another, until

__all__ = ["another"]
pytestmark = pytest.mark.shared
WALL = [live.Channel.ROOM, live.Channel.WALL]


def forget_what_this_process_knows() -> None:
    """Know what a process knows that was started just now."""
    live.heard_of_anything()
    for kind in (seating._wifi, seating._knocks, timer._counted, _mirroring._mirrored):
        assert kind._here == {}


def test_a_wall_hears_at_once_what_is_shown_by_another_process(another, facilitator) -> None:
    code = made(facilitator, "Council", "Trust").code
    assert _mirroring.mirrored(code) == _mirroring.Mirrored()
    follows = _mirroring.Mirrored("talk", {"card": "finance", "only": ["a"]}, 1, "Why?", 0, 2, True)
    said = _mirroring._mirrored._said.dump_json(follows).decode()

    with another.writing_beside("", "as the other process") as cursor:
        passing.put(cursor, _mirroring._mirrored.kind, passing.Waiting(code, said), 60)
    began = time.monotonic()
    another.tell(code, WALL)

    assert until(lambda: _mirroring.mirrored(code) == follows)
    assert time.monotonic() - began < 0.3


def test_what_a_process_has_in_passing_stands_once_it_is_gone(facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    code = workshop.code
    tell_wifi(facilitator, code, "Town Hall", "welcome2026")
    timer.counts(code, "Step 1")
    before, waits = seated(workshop, "Council"), Caller(seat="w" * 43)
    after = Caller(seat=take_over(Caller(), code, offer_seat(before, code), "a"))
    change_joining(facilitator, code, closed=True)
    with pytest.raises(JoiningClosed):
        take_seat(waits, code, workshop.teams[1].id)
    rehearse_at("http://room.example.org/join", anew=True)
    practise(3, "192.0.2.7", here=False)
    forget_what_this_process_knows()

    assert wifi_now(facilitator, code) == ("Town Hall", "welcome2026")
    assert timer._counted.now(code) == "Step 1"
    assert joining_now(facilitator, code).knocked == (workshop.teams[1].name,)
    assert (handed_over(before, code), handed_over(after, code)) == (True, False)
    assert rehearsal_now().saved
    assert rehearsal_now().address == "http://room.example.org/join"


def test_who_came_after_what_ended_unseen_is_told_nothing_of_it_by_any_process(facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    there = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ALL[:1])
    take_back(facilitator, workshop.code, {ALL[0]: 1})
    assert not anybody_came_after(workshop.code)
    late = seated(workshop, "Trust")
    forget_what_this_process_knows()

    assert [came_after(seat, workshop.code) for seat in (there, late)] == [False, True]
    assert anybody_came_after(workshop.code)
    open_scoring(facilitator, workshop.code, ALL[:1])
    assert not came_after(late, workshop.code)


def test_of_many_who_change_the_same_at_once_none_is_lost(facilitator) -> None:
    code = made(facilitator, "Council", "Trust").code
    _mirroring._mirrored.put(code, _mirroring.Mirrored(screenfuls=50))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: _mirroring.scroll(code, 1), range(20)))

    assert _mirroring.mirrored(code).screenful == 20


def test_closing_takes_the_wi_fi_and_erasing_all_that_was_in_passing(facilitator) -> None:
    code = made(facilitator, "Council", "Trust").code
    tell_wifi(facilitator, code, "Town Hall", "welcome2026")
    timer.counts(code, "Step 1")

    close_workshop(facilitator, code)
    assert held_about(code) == [("what the timer counts",)]
    erase_workshop(facilitator, code, code)
    assert held_about(code) == []


def held_about(code: str) -> list[tuple[str]]:
    with reading() as cursor:
        return cursor.execute("SELECT kind FROM passing WHERE about = $1", [code]).fetchall()


def test_what_was_in_passing_is_over_after_a_day(facilitator, monkeypatch) -> None:
    code = made(facilitator, "Council", "Trust").code
    monkeypatch.setattr("aqua_core.workshop.passing._A_DAY", 0.05)
    timer.counts(code, "Step 1")
    time.sleep(0.06)

    assert timer._counted.asked(code) == ""
    timer.counts("2345", "another")
    assert held_about(code) == []
