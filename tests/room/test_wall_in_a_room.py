"""A wall, a facilitator and three devices in real Chromium: pair, hand over, reveal, follow."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kit.chromium import LAPTOP, PHONE, PROJECTOR, context, settled
from tests.kit.gestures import choose, join, opened, revealed, set_up, signed_in
from tests.kit.serving import Server

pytestmark = pytest.mark.long
# With a folder here, the run leaves pictures of its screens there.
PICTURES = os.environ.get("DISCOVERY_ROOM_SEAT_PICTURES", "")


def picture(page: Page, name: str, *, streamlit: bool = True) -> None:
    if not PICTURES:
        return
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_timeout(600)
        if streamlit:
            settled(page)
        page.screenshot(path=Path(PICTURES) / f"{name}-{scheme}.png")
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(300)


def short_code(page: Page) -> str:
    return page.locator("p.code").inner_text()


def test_a_wall_is_paired_a_seat_changes_devices_and_the_wall_follows_the_reveal(
    browser: Browser, server: Server
) -> None:
    facilitator = signed_in(browser, server, LAPTOP)
    code = set_up(facilitator, "Trafford")
    wall = context(browser, PROJECTOR).new_page()
    wall.goto(f"{server.url}/wall")
    expect(wall.get_by_role("heading", name="Show a workshop on this screen")).to_be_visible()
    picture(wall, "wall-pairing", streamlit=False)

    facilitator.get_by_role("button", name="Show on another screen").click()
    facilitator.get_by_role("textbox", name="Code on that screen").fill(short_code(wall))
    picture(facilitator, "room-pairing")
    facilitator.get_by_role("button", name="Show it there").click()
    expect(facilitator.get_by_text("1 screen shows it.")).to_be_visible()
    expect(wall.get_by_text("Join with the code")).to_be_visible()
    secrets = {cookie["name"]: cookie["value"] for cookie in wall.context.cookies()}
    assert secrets["discovery_room_wall"] not in wall.url + wall.content()
    expect(wall.get_by_role("button", name="Open scoring")).to_have_count(0)
    picture(wall, "wall-welcome")
    picture(facilitator, "room-paired")
    facilitator.keyboard.press("Escape")

    phones = [join(browser, server, code, team, PHONE) for team in ("Council", "Hospital trust")]
    picture(phones[0], "waiting")
    expect(wall.get_by_text("2 have joined")).to_be_visible()
    opened(facilitator, seats=2)
    for phone, points in zip(phones, (1, 4), strict=True):
        expect(phone.get_by_role("heading", name="Leadership")).to_be_visible()
        choose(phone, points, "1 of 8 saved")
    expect(wall.get_by_text("2 of 16 answers")).to_be_visible()
    picture(wall, "wall-scoring")
    picture(facilitator, "room-scoring")
    phones[0].get_by_role("link", name="Go on with another device").scroll_into_view_if_needed()
    picture(phones[0], "scoring-foot")

    # The first seat sits with another team after all: its answer comes with it.
    phones[0].get_by_role("link", name="Sit with another team").click()
    expect(phones[0].get_by_text("your answers come with you")).to_be_visible()
    picture(phones[0], "change-team", streamlit=False)
    phones[0].get_by_role("button", name="GP practices", exact=True).click()
    expect(phones[0].get_by_text(re.compile("^GP practices.*, 1 of 8"))).to_be_visible()
    expect(phones[0].get_by_text("1 of 8 saved")).to_be_visible()

    # It goes on with a third device, and the phone is told so by itself.
    phones[0].get_by_role("link", name="Go on with another device").click()
    picture(phones[0], "hand-over-ask", streamlit=False)
    phones[0].get_by_role("button", name="Show a code").click()
    third = context(browser, LAPTOP).new_page()
    third.goto(f"{server.url}/join/{code}")
    picture(third, "join-team", streamlit=False)
    third.get_by_role("link", name="I have a code from my other device").click()
    third.get_by_role("textbox").fill("ABC")
    third.get_by_role("button", name="Go on here").click()
    expect(third.get_by_text("This code has 8 characters; you typed 3.")).to_be_visible()
    picture(third, "take-over", streamlit=False)
    picture(phones[0], "hand-over-code", streamlit=False)
    third.get_by_role("textbox").fill(short_code(phones[0]).lower())
    third.get_by_role("button", name="Go on here").click()
    expect(third.get_by_text("1 of 8 saved")).to_be_visible()
    # A fresh device begins at the first domain that its seat has not answered.
    third.get_by_role("button", name="Back").click()
    expect(third.locator("label").nth(1).get_by_role("radio")).to_be_checked()
    expect(
        phones[0].get_by_role("heading", name="Your seat is on your other device")
    ).to_be_visible()
    picture(phones[0], "handed-over", streamlit=False)
    phones[0].goto(f"{server.url}/score?workshop={code}")
    expect(phones[0].get_by_text("Your seat is on your other device")).to_be_visible()
    picture(phones[0], "handed-over-seat")
    choose(third, 0, "1 of 8 saved")

    # The reveal: nobody touches the wall.
    revealed(facilitator)
    gap = re.compile("GP practices 0.0, Hospital trust 4.0, a gap of 4.0")
    expect(wall.get_by_text(gap)).to_be_visible()
    expect(wall.get_by_test_id("stVegaLiteChart")).to_be_visible()
    picture(wall, "wall-gaps")
    expect(third.get_by_text("your team 0", exact=True)).to_be_visible()
    picture(third, "result")
    wall.get_by_role("link", name="Talk").click()
    settled(wall)
    picture(wall, "wall-talk")
    expect(wall.get_by_role("textbox")).to_have_count(0)
    facilitator.get_by_role("link", name="Talk").click()
    facilitator.get_by_role("textbox", name=re.compile("What was heard")).fill("Nobody decides.")
    facilitator.get_by_role("button", name="Write it down").click()
    expect(wall.get_by_text("“Nobody decides.”")).to_have_count(1)

    # A second look: the wall goes back to the room, and lets go when it is stopped.
    facilitator.get_by_role("link", name="Room", exact=True).click()
    facilitator.get_by_text("Score more, or score again").click()
    facilitator.get_by_role("button", name="Leadership", exact=True).click()
    opened(facilitator, seats=2)
    expect(wall.get_by_text("0 of 2 have finished")).to_be_visible()
    facilitator.get_by_role("button", name="Show on another screen").click()
    facilitator.get_by_role("button", name="Stop showing it").click()
    expect(wall.get_by_role("heading", name="Show a workshop on this screen")).to_be_visible()
    assert "Traceback" not in server.printed()
