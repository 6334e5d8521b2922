"""One room on two processes, in real browsers: who leads sits on one, phones and wall on the other.

With TEST_ENGINE=postgresql alone.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.kit.chromium import LAPTOP, PHONE, PROJECTOR, context
from tests.kit.gestures import at_home, choose, join, opened, revealed, set_up, signed_in
from tests.kit.serving import Server
from tests.room.test_host_in_chromium import paired

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.shared]
TEAMS = ("Hospital trust", "Council", "GP practices")


def test_a_room_is_one_whichever_process_its_browsers_are_on(
    browser: Browser, tmp_path: Path
) -> None:
    here, there = (Server(tmp_path / "room.duckdb", tmp_path / f"{n}.log").start() for n in "ab")
    try:
        desk = signed_in(browser, here, LAPTOP)
        code = set_up(desk, "Salford")
        wall, second = (context(browser, PROJECTOR).new_page() for _ in range(2))
        paired(desk, wall, there, "Show it there")
        at_home(second, there)
        seats = [join(browser, there, code, team, PHONE) for team in TEAMS]
        opened(desk, seats=3)

        for points, seat in enumerate(seats, start=1):
            choose(seat, points, "Saved")
        expect(wall.get_by_text(re.compile("3 of 24 answers"))).to_be_visible()

        revealed(desk)
        wall.wait_for_url(re.compile("one-domain|gaps"))
        expect(seats[0].locator("label")).to_have_count(0)
        second.goto(f"{there.url}/gaps?workshop={code}")
        expect(second.get_by_text(re.compile("Leadership")).first).to_be_visible()

        here.stop(kill=True)
        second.goto(f"{there.url}/room?workshop={code}")
        expect(second.get_by_text(re.compile("revealed")).first).to_be_visible()
    finally:
        here.stop(kill=True)
        there.stop()
    assert "Traceback" not in here.printed() + there.printed()
