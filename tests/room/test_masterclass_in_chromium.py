"""A whole masterclass in real browsers: three places, hosts and walls, and a place that is late."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kit.chromium import LAPTOP, PHONE, PROJECTOR, context, settled
from tests.kit.gestures import choose, code_on, pressed, set_up, signed_in, tap
from tests.kit.serving import Server
from tests.room.test_host_in_chromium import paired

pytestmark = [pytest.mark.slow, pytest.mark.long]
TEAMS = ("Hospital trust", "Council", "GP practices")
HEARD = "Two rotas, one ward"


def gathered(desk: Page, server: Server) -> str:
    """Set up two places, a masterclass of them, and a third place at its table; give the code."""
    for place in ("Bolton", "Wigan"):
        set_up(desk, place)
        desk.goto(f"{server.url}/")
    desk.get_by_role("link", name="Set up a masterclass of several places").click()
    for place in ("Bolton", "Wigan"):  # of today, so they are chosen already
        expect(desk.get_by_text(re.compile(f"^{place}, set up for ")).first).to_be_visible()
    pressed(desk, "Make the masterclass")
    desk.get_by_text("Table 2").wait_for()
    code = desk.url.partition("gathering=")[2][:4]
    comes(desk, "Salford", "Add a place")
    return code


def comes(desk: Page, place: str, button: str) -> None:
    """Give a place a table, in the form of Set up."""
    pressed(desk, button)
    desk.get_by_role("textbox", name="Place").fill(place)
    desk.keyboard.press("Tab")
    settled(desk)
    desk.get_by_text("Each team scores together on one laptop").click()
    settled(desk)
    pressed(desk, "Make the workshop")
    expect(desk.locator(".tables a", has_text=place)).to_be_visible()


def joined(browser: Browser, server: Server, code: str, place: str, team: str) -> Page:
    """Join by the code of the masterclass: the place, then the team."""
    page = context(browser, PHONE if team == TEAMS[0] else LAPTOP).new_page()
    page.goto(f"{server.url}/join")
    page.get_by_label("Join code").fill(code.lower())
    pressed(page, "Join")
    page.get_by_role("link", name=place, exact=True).click()
    page.get_by_role("button", name=team, exact=True).click()
    expect(page.get_by_text(re.compile("You are in|Leadership"))).not_to_have_count(0)
    return page


def open_leadership(desk: Page) -> None:
    for name in desk.get_by_role("button", pressed=True).all_inner_texts():
        if name != "Leadership":
            desk.get_by_role("button", name=name, exact=True).click()
            settled(desk)
    pressed(desk, "Open for all")
    expect(desk.get_by_role("heading", name="Leadership")).to_be_visible()


@contextmanager
def at_its_room(desk: Page, place: str) -> Iterator[str]:
    """Go to the Room of a table, and back to the masterclass."""
    desk.locator(".tables a", has_text=place).click()
    desk.wait_for_url("**/room?*")
    desk.get_by_text("Join with the code").wait_for()
    yield code_on(desk)
    desk.get_by_role("link", name="Masterclass").click()
    desk.get_by_text("Join with the code, at every table").wait_for()


def test_a_whole_masterclass(browser: Browser, server: Server) -> None:
    desk = signed_in(browser, server, LAPTOP)
    code = gathered(desk, server)
    walls, hosts = {}, {}
    for place in ("Bolton", "Wigan", "Salford"):
        with at_its_room(desk, place):
            walls[place] = context(browser, PROJECTOR).new_page()
            paired(desk, walls[place], server, "Show it there")
            if place != "Salford":
                hosts[place] = context(browser, LAPTOP).new_page()
                paired(desk, hosts[place], server, "Let it lead the talk and the plan")
    seats = {
        place: [joined(browser, server, code, place, team) for team in TEAMS] for place in walls
    }
    open_leadership(desk)
    for place in ("Bolton", "Wigan"):
        for points, seat in enumerate(seats[place], start=1):
            choose(seat, points, "Saved")
    expect(desk.get_by_role("heading", name="2 of 3 tables have finished")).to_be_visible()
    expect(desk.locator(".tables .finished")).to_have_count(2)

    comes(desk, "Stockport", "A place comes late")
    late = joined(browser, server, code, "Stockport", TEAMS[1])
    expect(desk.get_by_role("heading", name="2 of 4 tables have finished")).to_be_visible()
    choose(late, 4, "Saved")
    for seat in seats["Salford"]:
        tap(seat, 0)
    expect(desk.get_by_role("heading", name="4 of 4 tables have finished")).to_be_visible()
    expect(seats["Bolton"][0].locator("label input:checked")).to_have_count(1)

    pressed(desk, "Reveal for all")
    pressed(desk, "Reveal now")
    expect(desk.get_by_role("heading", name="The scores are revealed")).to_be_visible()
    for wall in walls.values():
        wall.wait_for_url("**/one-domain?*")
    host = hosts["Bolton"]
    host.wait_for_url("**/one-domain?*")
    host.get_by_role("link", name="Talk", exact=True).click()
    host.get_by_role("textbox", name="What was heard").first.fill(HEARD)
    settled(host)
    pressed(host, "Write it down")
    expect(walls["Bolton"].get_by_text(HEARD)).to_be_visible()
    walls["Wigan"].wait_for_timeout(1000)
    expect(walls["Wigan"].get_by_text(HEARD)).to_have_count(0)
    expect(hosts["Wigan"].get_by_text(HEARD)).to_have_count(0)

    desk.get_by_text("End of the day").click()
    with desk.expect_download() as taken:
        pressed(desk, "Take every place's pack and report")
    assert taken.value.suggested_filename == f"packs-and-reports-{code}.zip"
    pressed(desk, "Erase places here")
    desk.get_by_role("combobox", name="Places that stay").click()
    desk.get_by_role("option", name="Bolton").click()
    settled(desk)
    desk.get_by_label("Type the code of the masterclass").fill(code)
    desk.keyboard.press("Tab")
    settled(desk)
    pressed(desk, "Erase them")
    expect(desk.get_by_text("Wigan, Salford and Stockport are erased")).to_be_visible()
    expect(desk.get_by_role("link", name=re.compile("^Masterclass"))).to_be_visible()
    walls["Wigan"].wait_for_url("**/wall*")
    sitting = (seat for there in seats.values() for seat in there)
    for page in (desk, late, *walls.values(), *hosts.values(), *sitting):
        page.context.close()
