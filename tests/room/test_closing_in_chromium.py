"""Closing and erasing as the facilitator does them, with a phone that is open meanwhile."""

import pytest
from playwright.sync_api import Browser, expect

from aqua_core.vocabulary import code_said
from tests.kit.chromium import LAPTOP, PHONE, context
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
