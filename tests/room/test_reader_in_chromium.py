"""A reader of a hosted room sees every page as it stands, and is offered nothing that is refused.

With TEST_ENGINE=postgresql alone.
"""

import os
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from pages import _way
from pages._room import FACILITATOR_COOKIE
from tests.kit.chromium import LAPTOP, context, settled
from tests.kit.hosting import Held, filled, organisation
from tests.kit.one_room import opened_in
from tests.kit.serving import Server

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.shared]
_OWN: Final = (_way.ONLY_FOR_YOU, _way.KEEPING, _way.TAKE_AWAY, _way.REHEARSE)
_OWN_DEEDS: Final = ("Link for another browser", "Sign it out", "Nobody else sees this screen")
_ACTS: Final = ("stButton", "stFormSubmitButton", "stFileUploader")


def pages_of(held: Held) -> list[str]:
    """Give the address of every page, with whatever it needs of what is filled."""
    place, meets = held.kept["place_id"], held.gathering.code
    codes = (held.workshop.code, held.scoring.code)
    inside = [
        f"{_way.address_of(path)}?workshop={code}"
        for path in (*_way._IN_A_WORKSHOP, *_OWN)
        for code in codes
    ]
    views = [f"/place?place={place}&view={view}" for view in _way._VIEWS]
    return [
        *("/", "/?all=people", "/?all=places", "/?all=workshops", "/set-up", "/programme"),
        *("/salford", "/community", f"/masterclass?gathering={meets}", *inside, *views),
        f"/over-time?place={place}",
    ]


def offered(page: Page) -> list[str]:
    """Give what a page offers that would be refused: each by what it says."""
    found = page.locator(",".join(f"[data-testid={name}]:visible" for name in _ACTS))
    says = [found.nth(n).inner_text() for n in range(found.count())]
    return [said for said in says if said not in _OWN_DEEDS]


def test_a_reader_sees_every_page_and_no_button_that_is_refused(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "room.duckdb"
    with opened_in(tmp_path):
        ours = organisation(path, "St. Mary's")
        held = filled(ours.facilitator, "Salford")
    server = Server(path, tmp_path / "server.log").start()
    try:
        kept = context(browser, LAPTOP)
        kept.add_cookies(
            [{"name": FACILITATOR_COOKIE, "value": ours.reader.facilitator, "url": server.url}]
        )
        page = kept.new_page()
        found = {}
        for n, address in enumerate(pages_of(held)):
            page.goto(server.url + address)
            settled(page)
            expect(page.get_by_test_id("stMain")).not_to_be_empty()
            if into := os.environ.get("PICTURES"):
                page.screenshot(
                    path=f"{into}/{n:02} {address.replace('/', '_')[:40]}.png", full_page=True
                )
            found[address] = offered(page)
        page.goto(f"{server.url}/?all=people")
        page.get_by_role("button", name="Link for another browser").click()
        expect(page.get_by_text("Give this link to whom it is for.")).to_be_visible()
        page.goto(f"{server.url}/only-for-you?workshop={held.workshop.code}")
        page.get_by_role("button", name="Nobody else sees this screen").click()
        expect(page.get_by_text("Open it on a screen that nobody else sees")).to_have_count(0)
        assert {address: says for address, says in found.items() if says} == {}
    finally:
        server.stop()
    assert "Traceback" not in server.printed()
