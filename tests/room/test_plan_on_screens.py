"""The plan on a wall and in a narrow window, as real Chromium draws it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from aqua_core.store.database import close_database, open_database
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in
from tests.kit.chromium import PHONE, PROJECTOR, browsing, context, settled
from tests.kit.planned import met, planned
from tests.kit.serving import Server
from tests.pages.test_wall import a_wall


@pytest.mark.slow
def test_a_wall_reads_from_the_last_row_and_a_narrow_window_has_the_table(tmp_path: Path) -> None:
    room = tmp_path / "room.duckdb"
    open_database(room)
    facilitator = Caller(facilitator=sign_in(new_sign_in_link()))
    workshop = met(facilitator)
    planned(facilitator, workshop)
    wall = a_wall(facilitator, workshop).wall
    close_database()
    server = Server(room, tmp_path / "server.log").start()
    try:
        with browsing() as browser:
            on_a_wall(browser, f"{server.url}/plan?workshop={workshop.code}", server.url, wall)
            page = browser.new_context(viewport=PHONE).new_page()  # type: ignore[arg-type]
            page.goto(server.link())
            settled(page)
            page.goto(f"{server.url}/plan?workshop={workshop.code}")
            for view in ("Mix", "Reviews"):
                in_a_narrow_window(page, view)
    finally:
        server.stop()


def on_a_wall(browser: Browser, plan: str, url: str, wall: str) -> None:
    hung = context(browser, PROJECTOR)
    hung.add_cookies([{"name": "discovery_room_wall", "value": wall, "url": url}])
    page = hung.new_page()
    page.goto(plan)
    settled(page)
    lines = page.locator("[class*='st-key-card-a'] p")
    sizes = lines.evaluate_all(
        "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert sizes[0] >= 36
    assert min(sizes) >= 28


def in_a_narrow_window(page: Page, view: str) -> None:
    page.get_by_role("radio", name=view, exact=True).click()
    settled(page)
    expect(page.locator("[data-testid='stVegaLiteChart']")).to_be_hidden()
    expect(page.locator(".st-key-picture table")).to_be_visible()
