"""A host's laptop in a real browser: let in by a code, it leads the talk, and is let go."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kit.chromium import LAPTOP, PROJECTOR, context, settled
from tests.kit.gestures import pressed, revealed, sampled, signed_in
from tests.kit.serving import Server

pytestmark = pytest.mark.long


def paired(desk: Page, screen: Page, server: Server, button: str) -> None:
    """Let a new screen in at a desk whose Room page is open."""
    screen.goto(f"{server.url}/wall")
    pairing = screen.locator("p.code").inner_text()
    pressed(desk, "Show on another screen")
    desk.get_by_label("Code on that screen").fill(pairing)
    pressed(desk, button)
    screen.wait_for_url("**/room?*")
    desk.keyboard.press("Escape")


def test_a_host_leads_the_talk_of_its_table_and_is_let_go(browser: Browser, server: Server) -> None:
    desk = signed_in(browser, server, LAPTOP)
    code = sampled(desk)
    host, wall = context(browser, LAPTOP).new_page(), context(browser, PROJECTOR).new_page()

    paired(desk, host, server, "Let it lead the talk and the plan")
    expect(host.get_by_text("This laptop leads the talk and the plan")).to_be_visible()
    expect(host.get_by_role("button", name="Reveal")).to_have_count(0)
    expect(desk.get_by_role("button", name="Reveal")).to_be_visible()
    paired(host, wall, server, "Show it there")
    revealed(desk)
    host.wait_for_url("**/gaps?*")
    host.get_by_role("link", name="Talk", exact=True).click()
    host.get_by_role("textbox", name="What was heard").first.fill("Two rotas, one ward")
    settled(host)
    pressed(host, "Write it down")

    expect(host.get_by_text("“Two rotas, one ward”")).to_be_visible()
    wall.wait_for_url("**/talk?*")
    expect(wall.get_by_text("“Two rotas, one ward”")).to_be_visible()
    host.goto(f"{server.url}/kept?workshop={code}")
    expect(host.get_by_role("heading", name="For the facilitator")).to_be_visible()
    host.goto(f"{server.url}/plan?workshop={code}")
    expect(host.get_by_text("Add a small test")).to_be_visible()
    host.goto(f"{server.url}/gaps?workshop={code}")  # where nobody types, it leaves by itself

    desk.goto(f"{server.url}/room?workshop={code}")
    pressed(desk, "Show on another screen")
    expect(desk.get_by_text("1 laptop leads it.")).to_be_visible()
    pressed(desk, "Take it back")
    host.wait_for_url("**/wall")
    for page in (desk, host, wall):
        page.context.close()
