"""Closing and erasing as the facilitator does them, with a phone that is open meanwhile."""

import pytest
from playwright.sync_api import Browser, expect

from aqua_core.vocabulary import code_said
from tests.kit.chromium import LAPTOP, PHONE, PROJECTOR, context
from tests.kit.gestures import pressed, revealed, sampled, signed_in, sit_down
from tests.kit.serving import Server


@pytest.mark.long
def test_a_workshop_is_closed_under_an_open_phone_and_then_erased(
    browser: Browser, server: Server
) -> None:
    desk, phone = signed_in(browser, server, LAPTOP), context(browser, PHONE).new_page()
    code = sampled(desk)
    phone.goto(f"{server.url}/join/{code}")
    sit_down(phone, "City Council, board")
    phone.get_by_role("heading", name="Leadership").wait_for()
    desk.goto(f"{server.url}/kept?workshop={code}")
    pressed(desk, "Close the workshop")
    pressed(desk, "Close it")
    desk.get_by_text("Scores are still sealed. Reveal them first").wait_for()
    desk.goto(f"{server.url}/room?workshop={code}")
    revealed(desk)
    phone.get_by_role("heading", name="Your team and the room").wait_for()
    # The desk is on its way to the gaps; a page that is asked for on the way is given up.
    desk.wait_for_url("**/gaps?*")

    desk.goto(f"{server.url}/kept?workshop={code}")
    pressed(desk, "Close the workshop")
    pressed(desk, "Close it")

    desk.get_by_role("heading", name="It is closed").wait_for()
    phone.get_by_role("heading", name="This workshop is closed").wait_for()
    pressed(desk, "Erase the workshop")
    desk.get_by_label(f"Type its code, {code_said(code)}").fill(f"{code.lower()} ")
    pressed(desk, "Erase it")
    desk.get_by_text("Sample city is erased.").wait_for()
    expect(desk.get_by_text(code)).to_have_count(0)
    assert "Traceback" not in server.printed()


@pytest.mark.long
@pytest.mark.parametrize("page", ["plan", "talk", "gaps", "room"])
def test_a_wall_thanks_the_room_when_its_workshop_is_closed(
    browser: Browser, server: Server, page: str
) -> None:
    desk, wall = signed_in(browser, server, LAPTOP), context(browser, PROJECTOR).new_page()
    code = sampled(desk)
    desk.goto(f"{server.url}/room?workshop={code}")
    wall.goto(f"{server.url}/wall")
    pressed(desk, "Show on another screen")
    desk.get_by_role("textbox", name="Code on that screen").fill(
        wall.locator("p.code").inner_text()
    )
    pressed(desk, "Show it there")
    wall.wait_for_url("**/room?*")
    desk.keyboard.press("Escape")
    revealed(desk)
    desk.wait_for_url("**/gaps?*")
    wall.wait_for_url("**/gaps?*")
    wall.goto(f"{server.url}/{page}?workshop={code}")
    wall.wait_for_timeout(1500)
    desk.goto(f"{server.url}/kept?workshop={code}")
    pressed(desk, "Close the workshop")
    pressed(desk, "Close it")

    wall.get_by_role("heading", name="Thank you").wait_for()
    expect(wall.get_by_text("Only the facilitator")).to_have_count(0)
