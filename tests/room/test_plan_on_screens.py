"""The plan on a wall and in a narrow window, as real Chromium draws it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kit.chromium import PHONE, PROJECTOR, context, settled
from tests.kit.gestures import at_home
from tests.kit.looking import a_wall
from tests.kit.one_room import opened_in
from tests.kit.planned import met, planned
from tests.kit.serving import serving


@pytest.mark.slow
@pytest.mark.long
def test_a_wall_reads_from_the_last_row_and_a_narrow_window_has_the_table(
    browser: Browser, tmp_path: Path
) -> None:
    with opened_in(tmp_path) as facilitator:
        workshop = met(facilitator)
        planned(facilitator, workshop)
        wall = a_wall(facilitator, workshop).wall
    with serving(tmp_path) as server:
        on_a_wall(browser, f"{server.url}/plan?workshop={workshop.code}", server.url, wall)
        page = browser.new_context(viewport=PHONE).new_page()  # type: ignore[arg-type]
        at_home(page, server)
        page.goto(f"{server.url}/plan?workshop={workshop.code}")
        for view in ("Overview", "Reviews"):
            in_a_narrow_window(page, view)


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
    assert sizes[0] >= 36 > max(sizes[1:])
    assert min(sizes) >= 28


def in_a_narrow_window(page: Page, view: str) -> None:
    page.get_by_role("radio", name=view, exact=True).click()
    settled(page)
    expect(page.locator("[data-testid='stVegaLiteChart']")).to_be_hidden()
    expect(page.locator(".st-key-picture table")).to_be_visible()
