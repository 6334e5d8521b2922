"""Notices that a network loses: whoever missed one asks anew, on a line that works.

Run where TEST_ENGINE=postgresql; here the seconds are shorter than a room's.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from aqua_core import live
from aqua_core.store import database
from aqua_core.store.connecting import Heard
from aqua_core.workshop.opening import close_room, open_shared_room
from tests.kit import engines
from tests.kit.losing import Way, way

pytestmark = pytest.mark.shared
HERE, ELSEWHERE = "2345", "WXYZ"


class Two(NamedTuple):
    """This process, which hears by a way that loses notices, and another one that tells."""

    way: Way
    address: str
    other: database.Room

    def told(self, code: str, seconds: float) -> bool:
        """Have the other one tell of a workshop; tell whether it was heard here in time."""
        before = live.revision(code, live.Channel.ROOM)
        self.other.tell(code, [live.Channel.ROOM])
        return until(lambda: live.revision(code, live.Channel.ROOM) != before, seconds)


def until(holds: Callable[[], bool], seconds: float) -> bool:
    ends = time.monotonic() + seconds
    while not holds() and time.monotonic() < ends:
        time.sleep(0.01)
    return holds()


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Two]:
    from aqua_core.store.shared import telling
    from aqua_core.store.shared.room import SharedRoom

    monkeypatch.setattr(telling, "BEAT", 0.5)
    monkeypatch.setattr(telling, "SILENT", 1.5)
    engines.address_of(tmp_path / "room.duckdb")
    name = engines._made[(tmp_path / "room.duckdb").resolve()]
    with (
        tempfile.TemporaryDirectory() as short,  # a socket's path has at most 107 letters
        way(Path(short) / "way", engines.cluster().folder) as lossy,
    ):
        address = lossy.address(name)
        open_shared_room(address)
        other = SharedRoom(address, heard=Heard(lambda *_: None, lambda: None))
        other._telling._me = "another"
        pair = Two(lossy, address, other)
        assert until(lambda: "another" in database._open["room"]._telling._others, 5)
        yield pair
        other.close()
        close_room()
    engines.let_go_under(tmp_path)


def test_one_lost_notice_is_missed_by_the_next_which_comes_by_itself(two: Two) -> None:
    two.way.lose = HERE.encode()

    assert two.told(HERE, 3)
    assert two.way.lost


def test_the_first_notice_of_a_process_is_missed_too(two: Two) -> None:
    from aqua_core.store.shared.room import SharedRoom

    two.way.lose = HERE.encode()
    third = SharedRoom(two.address, heard=Heard(lambda *_: None, lambda: None))
    third._telling._me = "a third"
    try:
        assert two._replace(other=third).told(HERE, 3)
    finally:
        third.close()
    assert two.way.lost


def test_a_line_that_fell_silent_is_opened_anew_and_hears(two: Two) -> None:
    two.way.deafen()

    assert two.told(HERE, 4)  # everything is asked anew
    assert until(lambda: two.told(ELSEWHERE, 0.4), 4)
    assert two.told(HERE, 0.4)
    assert two.told(ELSEWHERE, 0.4)


def test_after_a_lost_notice_nothing_is_kept_of_what_nobody_told_of_before() -> None:
    asked = []
    for _ in range(2):
        live.once_a_revision("LATE", "what is open", lambda: asked.append("anew"))
        live.once_a_deed("LATE", "what is said", lambda: asked.append("anew"))

    live.heard_of_anything()

    assert len(asked) == 2
    live.once_a_revision("LATE", "what is open", lambda: asked.append("anew"))
    live.once_a_deed("LATE", "what is said", lambda: asked.append("anew"))
    assert len(asked) == 4


def test_what_was_still_to_be_told_when_the_line_broke_is_missed(two: Two) -> None:
    many = [f"{number:04}" for number in range(51)]  # a notice holds fifty
    before = live.revision(many[-1], live.Channel.ROOM)
    two.way.cut = many[0].encode()

    for code in many:
        two.other.tell(code, [live.Channel.ROOM])

    assert until(lambda: live.revision(many[-1], live.Channel.ROOM) != before, 4)
    assert two.way.cut == b""
