"""A wave in two sittings, the second on another laptop's file, as people press it."""

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from aqua_core.vocabulary import OPEN, Holder, Place, Sector, Tier, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.entering import enter_waves
from aqua_core.workshop.placing import places_now
from aqua_core.workshop.revealing import open_scoring
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from tests.kit.chromium import LAPTOP, PHONE, settled
from tests.kit.gestures import choose, goes_on, join, opened, pressed, revealed, signed_in
from tests.kit.notation import ALL, INSTRUMENT, seated
from tests.kit.one_room import opened_in
from tests.kit.serving import Server, serving
from tests.workshop.test_waves import printed

TODAY = date.today()


def day_here(facilitator: Caller) -> tuple[Workshop, str]:
    """Set up today's workshop of a place with an earlier wave; two partners have scored."""
    draft = WorkshopDraft(
        place=Place(name="Oldham", persona="Jo"),
        partners=[
            PartnerDraft(name, Sector.COUNCIL, (Tier.BOARD,)) for name in ("Council", "Trust")
        ],
        instrument=INSTRUMENT,
        held_on=TODAY,
        holder=Holder.PERSON,
        guard=OPEN,
    )
    day = set_up(facilitator, draft, TODAY)
    (row,) = places_now(facilitator, TODAY)
    enter_waves(facilitator, row.place.id, [printed()], TODAY)
    open_scoring(facilitator, day.code, ALL)
    for points in (1, 2):
        seat = seated(day, "Council")
        for domain in ALL:
            submit_score(seat, day.code, domain, points)
    return day, row.place.id


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Server, Server, Workshop, str]]:
    for name in ("day", "other"):
        (tmp_path / name).mkdir()
    with opened_in(tmp_path / "day") as facilitator:
        day, place_id = day_here(facilitator)
    with serving(tmp_path / "day") as first, serving(tmp_path / "other") as second:
        yield first, second, day, place_id


def pictured(page: Page, name: str) -> None:
    """Keep a picture where somebody asked for some."""
    if folder := os.environ.get("SITTINGS_PICTURED"):
        settled(page)
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def taken(page: Page, name: str | re.Pattern[str], to: Path) -> Path:
    with page.expect_download() as started:
        pressed(page, name)
    started.value.save_as(to)
    return to


@pytest.mark.slow
def test_a_wave_is_revealed_from_two_laptops(
    browser: Browser, two: tuple[Server, Server, Workshop, str], tmp_path: Path
) -> None:
    first, second, day, place_id = two
    desk = signed_in(browser, first, LAPTOP)
    at_place = f"{first.url}/place?place={place_id}"
    desk.goto(at_place)
    desk.get_by_text("Several sittings of one wave").click()
    desk.get_by_label("Who sits there").fill("The trust's board")
    desk.keyboard.press("Tab")
    settled(desk)
    pressed(desk, "Invite")
    desk.get_by_text("The trust's board: not here yet.").wait_for()
    pictured(desk, "place")
    invitation = taken(desk, re.compile("Take the invitation"), tmp_path / "invitation.json")

    other = signed_in(browser, second, LAPTOP)
    other.goto(f"{second.url}/take-away")
    other.locator("input[type=file]").nth(1).set_input_files(invitation)
    pressed(other, "Set it up")
    other.get_by_text("Join with the code").wait_for()
    code = other.url.partition("workshop=")[2][:4]
    opened(other)
    phone = join(browser, second, code, "Trust", PHONE)
    for done in range(1, 9):
        choose(phone, 5, f"{done} of 8 saved")
        goes_on(phone)
    pressed(phone, "Yes")
    phone.get_by_text("Saved", exact=True).wait_for()
    pictured(phone, "phone")
    other.get_by_text("1 of 1 have finished").wait_for()
    expect(other.get_by_role("button", name="Reveal")).to_have_count(0)
    pictured(other, "sitting")
    other.goto(f"{second.url}/kept?workshop={code}")
    pressed(other, "Close the workshop")
    pressed(other, "Close it")
    other.get_by_role("heading", name="It is closed").wait_for()
    other.goto(f"{second.url}/take-away?workshop={code}")
    sealed = taken(other, "Take the sealed file", tmp_path / "sealed.sitting")
    pictured(other, "sealed")

    desk.goto(f"{first.url}/room?workshop={day.code}")
    desk.get_by_text("The trust's board: not here yet.").wait_for()
    pictured(desk, "room-missed")
    desk.goto(at_place)
    desk.get_by_text("Several sittings of one wave").click()
    desk.locator("input[type=file]").last.set_input_files(sealed)
    pressed(desk, "Let it join")
    desk.get_by_text("1 person scored, sealed").wait_for()
    pictured(desk, "place-joined")
    desk.goto(f"{first.url}/room?workshop={day.code}")
    desk.get_by_text("1 person scored, sealed").wait_for()
    pictured(desk, "room")
    revealed(desk)
    desk.wait_for_url("**/gaps?*")
    desk.get_by_text("3.5").first.wait_for()  # the council's 1.5, the trust's 5
    pictured(desk, "gaps")
    assert "Traceback" not in first.printed() + second.printed()
