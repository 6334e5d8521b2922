"""Two workshops of one place, six months apart: tests are answered between, and one is taken on."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from aqua_core.vocabulary import Workshop
from aqua_core.workshop.admitting import Caller
from tests.kit import planned as kit
from tests.kit.chromium import LAPTOP, PHONE, PROJECTOR, settled
from tests.kit.gestures import signed_in
from tests.kit.one_room import opened_in
from tests.kit.serving import serving

CLERK = "If the ward clerk rings the GP before discharge, then fewer letters are lost"
TODAY = date.today()
THEN = TODAY - kit.HALF_A_YEAR


def half_a_year_ago(facilitator: Caller) -> tuple[Workshop, Workshop]:
    """Make a workshop with two tests whose day has passed, and the next one, a week from now."""
    first = kit.met(facilitator, THEN, "Crewe")
    later = kit.met(facilitator, TODAY + timedelta(days=7), "Crewe")
    for test in (kit.NURSE, CLERK):
        kit.planned(facilitator, first, test, review_on=THEN + timedelta(days=30))
    return first, later


@pytest.mark.long
def test_a_place_answers_its_tests_between_workshops_and_takes_one_on(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit, "DAY", THEN)  # the day on which they are set up
    with opened_in(tmp_path) as facilitator:
        first, later = half_a_year_ago(facilitator)
    with serving(tmp_path) as server:
        page = signed_in(browser, server)
        page.goto(server.url)
        page.get_by_role("link", name="Answer the tests").click()
        expect(page.get_by_text("2 tests go on, two past their day")).to_be_visible()
        fits(page)
        answer(page, kit.NURSE, "Progress", "9 visits a week")
        answer(page, CLERK, "Stuck", "The post is vacant")
        expect(page.get_by_text("From the workshop to the first result: 182 days")).to_be_visible()
        page.goto(f"{server.url}/plan?workshop={later.code}")
        expect(page.get_by_text("It made progress: 9 visits a week")).to_be_visible()
        page.get_by_role("button", name="Take it into this plan").click()
        expect(page.get_by_text(f"Added: {' '.join(CLERK.split()[:8])}")).to_be_visible()
        expect(page.get_by_text("It is stuck: The post is vacant").first).to_be_visible()
        page.goto(f"{server.url}/plan?workshop={first.code}")
        expect(page.get_by_text("Try: " + CLERK)).to_be_visible()
        assert "Traceback" not in server.printed()


def answer(page: Page, test: str, how: str, line: str) -> None:
    card = page.locator("[class*='st-key-last-']").filter(has_text=test)
    card.get_by_text(how, exact=True).click()
    card.get_by_label("What happened? One line").fill(line)
    card.get_by_role("button", name="Write it down").click()
    expect(card.get_by_text(f": {line}")).to_be_visible()


def fits(page: Page) -> None:
    """Hold that nothing of the check stands beside the screen, on any size."""
    for size in (PHONE, LAPTOP, PROJECTOR):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
