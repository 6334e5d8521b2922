"""A place measures for the first time, in a real browser: pasted, read on the wall, put right."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kit import planned as kit
from tests.kit.chromium import LAPTOP, PHONE, PROJECTOR, settled
from tests.kit.gestures import at_home
from tests.kit.measured import SHIFTED, months, place_of
from tests.kit.one_room import opened_in
from tests.kit.serving import serving
from tests.room.test_reach import faults

TODAY = date.today()
UPLOADER = "presentation-role-conflict: <section"
"""Streamlit's own: its frame is no widget, and has a label all the same."""


@pytest.mark.long
def test_a_stranger_follows_a_measure_pastes_it_and_reads_a_shift(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit, "DAY", TODAY)
    with opened_in(tmp_path) as facilitator:
        place_id = place_of(facilitator, kit.met(facilitator, TODAY, "Crewe"))
    with serving(tmp_path) as server:
        page = browser.new_context(viewport=PROJECTOR, bypass_csp=True).new_page()  # type: ignore[arg-type]
        at_home(page, server)
        page.goto(f"{server.url}/check?place={place_id}")
        expect(page.get_by_role("heading", name="Crewe")).to_be_visible()
        page.get_by_role("link", name="Impact").click()
        page.get_by_role("link", name="Follow a measure").click()
        page.get_by_role("button", name="Experience of care").click()
        settled(page)  # until then the field of before stands beside the new one
        expect(page.get_by_label("What is measured")).to_have_value("Experience of care")
        page.get_by_label("Counted in (days a month, per cent)").fill("per cent")
        for label, choice in (("Better is", "Higher"), ("Shows in", "Outcomes")):
            chosen(page, label, choice)
        chosen(page, "For whom", "Patients")
        page.get_by_role("button", name="Follow it", exact=True).click()
        expect(page.get_by_text("Experience of care is followed.")).to_be_visible()
        page.get_by_text("Paste from a spreadsheet").click()
        page.get_by_label("Rows").fill(months(SHIFTED, TODAY.replace(day=1)))
        page.get_by_role("button", name="Show what differs").click()
        page.get_by_role("radio", name="Day first, as in Britain").click()
        expect(page.get_by_text(f"{len(SHIFTED)} readings new")).to_be_visible()
        page.get_by_role("button", name="Take these readings").click()
        expect(page.get_by_text(f"Taken: {len(SHIFTED)} readings.")).to_be_visible()
        page.get_by_role("link", name="Impact").click()
        expect(page.get_by_role("heading", name="Outcomes have shifted")).to_be_visible()
        found = faults(page)
        fits(page)
        page.get_by_text("What can be said of each").click()
        expect(page.get_by_text("10 in a row above the usual 15").last).to_be_visible()
        page.get_by_role("link", name="Measures").click()
        page.get_by_text("Put a reading right (26)").click()
        found += [fault for fault in faults(page) if not fault.startswith(UPLOADER)]
        assert found == []
        assert "Traceback" not in server.printed()


def chosen(page: Page, label: str, choice: str) -> None:
    page.get_by_label(label).last.click()
    page.get_by_role("option", name=choice).click()


def fits(page: Page) -> None:
    """Hold that the picture is as wide as the screen, and all type of it far enough to be read."""
    for size in (PHONE, LAPTOP, PROJECTOR):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    sizes = page.eval_on_selector_all(
        "svg.marks text", "texts => texts.map(t => parseFloat(getComputedStyle(t).fontSize))"
    )
    assert sizes
    assert min(sizes) >= 28
