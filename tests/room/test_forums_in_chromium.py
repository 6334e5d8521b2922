"""Where a place decides, in a real browser: a forum listed, named by a test, read with its load."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.kit import planned as kit
from tests.kit.chromium import PROJECTOR, settled
from tests.kit.gestures import at_home
from tests.kit.measured import place_of
from tests.kit.one_room import opened_in
from tests.kit.serving import serving
from tests.room.test_check_in_chromium import fits
from tests.room.test_impact_in_chromium import chosen
from tests.room.test_reach import faults

TODAY = date.today()


@pytest.mark.long
def test_a_stranger_lists_a_board_and_reads_what_waits_for_it(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit, "DAY", TODAY)
    with opened_in(tmp_path) as facilitator:
        workshop = kit.met(facilitator, TODAY, "Crewe")
        place_id = place_of(facilitator, workshop)
        kit.planned(facilitator, workshop, decision_of="Alliance board", coalition="Housing")
    with serving(tmp_path) as server:
        page = browser.new_context(viewport=PROJECTOR, bypass_csp=True).new_page()  # type: ignore[arg-type]
        at_home(page, server)
        page.goto(f"{server.url}/place?place={place_id}")
        page.get_by_role("link", name="Forums").click()
        expect(page.get_by_role("heading", name="Where Crewe decides")).to_be_visible()
        expect(page.get_by_text("Named in a plan, on no list")).to_be_visible()
        settled(page)
        page.get_by_role("button", name="Add it to the list below").click()
        expect(page.get_by_label("Forum", exact=True).last).to_have_value("Alliance board")
        settled(page)
        page.get_by_label("What it must hear").fill("What residents noticed")
        # A look at the check, and what is half typed is there again.
        page.get_by_role("link", name="30-day check").click()
        expect(page.get_by_text("Needs a decision of Alliance board")).to_be_visible()
        page.get_by_role("link", name="Forums").click()
        expect(page.get_by_label("What it must hear").last).to_have_value("What residents noticed")
        chosen(page, "What it is", "Board")
        page.get_by_role("button", name="Put it on the list").click()
        expect(page.get_by_text("Must hear: What residents noticed")).to_be_visible()
        expect(page.get_by_text(re.compile("own 1 open test each"))).to_be_visible()
        found = faults(page)
        fits(page)
        page.get_by_role("link", name="If a nurse joins").first.click()
        expect(page.get_by_text("Needs a decision of Alliance board")).to_be_visible()
        assert found == []
