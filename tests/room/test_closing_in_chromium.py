"""Closing and erasing as the facilitator does them, with a phone that is open meanwhile."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.kit.chromium import LAPTOP, PHONE, browsing, context
from tests.kit.serving import serving


@pytest.mark.slow
def test_a_workshop_is_closed_under_an_open_phone_and_then_erased(tmp_path: Path) -> None:
    with serving(tmp_path) as server, browsing() as browser:
        desk, phone = context(browser, LAPTOP).new_page(), context(browser, PHONE).new_page()
        desk.goto(server.link())
        desk.get_by_role("button", name="Try the sample").click()
        desk.get_by_role("button", name="Reveal").wait_for()
        code = desk.url.rsplit("=", 1)[-1]
        phone.goto(f"{server.url}/join/{code}")
        phone.get_by_role("button", name="City Council, board").click()
        phone.get_by_role("heading", name="Leadership").wait_for()
        desk.goto(f"{server.url}/kept?workshop={code}")
        desk.get_by_role("button", name="Close the workshop").click()
        desk.get_by_role("button", name="Close it").click()
        desk.get_by_text("Scores are still sealed. Reveal them first").wait_for()
        desk.goto(f"{server.url}/room?workshop={code}")
        desk.get_by_role("button", name="Reveal").click()
        desk.get_by_role("button", name="Reveal now").click()
        phone.get_by_role("heading", name="Your team and the room").wait_for()
        # The desk is on its way to the gaps; a page that is asked for on the way is given up.
        desk.wait_for_url("**/gaps?*")

        desk.goto(f"{server.url}/kept?workshop={code}")
        desk.get_by_role("button", name="Close the workshop").click()
        desk.get_by_role("button", name="Close it").click()

        desk.get_by_role("heading", name="It is closed").wait_for()
        phone.get_by_role("heading", name="This workshop is closed").wait_for()
        desk.get_by_role("button", name="Erase the workshop").click()
        desk.get_by_label(f"Type its code, {code}").fill(f"{code.lower()} ")
        desk.get_by_role("button", name="Erase it").click()
        desk.get_by_text("Sample city is erased.").wait_for()
        expect(desk.get_by_text(code)).to_have_count(0)
        assert "Traceback" not in server.printed()
