"""A wave in two sittings, on another laptop and on this one, and three waves in one run."""

import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from aqua_core.store.database import reading
from aqua_core.store.places import falls_of, own_wave_id
from aqua_core.vocabulary import OPEN, Holder, Place, Sector, Tier, Workshop
from aqua_core.workshop.admitting import Caller, find_workshop
from aqua_core.workshop.entering import enter_waves
from aqua_core.workshop.placing import places_now
from aqua_core.workshop.revealing import open_scoring
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from tests.kit.chromium import LAPTOP, PHONE, PROJECTOR, settled
from tests.kit.gestures import (
    choose,
    code_on,
    goes_on,
    join,
    made,
    opened,
    pressed,
    revealed,
    signed_in,
)
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


@pytest.mark.long
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
    other.get_by_text("1 of 1 has finished").wait_for()
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


SAME_SITE = {"sec-fetch-site": "same-origin"}
WORKFORCE = {0: (3, 4, 3), 1: (4, 5, 4), 2: (1, 2, 1)}
"""What three people of each team give it in each wave; all else is given 2, 3 and 2."""


def met(desk: Page, server: Server, day: date) -> str:
    """Set up Wigan's three partners, people each with a device of their own; give the code."""
    desk.goto(server.url)
    pressed(desk, "Set up a workshop")
    desk.get_by_role("textbox", name="Place").fill("Wigan")
    desk.keyboard.press("Tab")
    settled(desk)  # nobody types the persona before the form is filled in from last time
    desk.get_by_role("textbox", name=re.compile("^Persona")).fill("Walter")
    desk.keyboard.press("Tab")
    settled(desk)
    if desk.get_by_text("Filled in from").count() == 0:
        for name in ("Commissioners", "Mental health trust", "Voluntary sector"):
            desk.locator(f"input[value='{name}']").fill("")
        desk.keyboard.press("Tab")
        settled(desk)  # how many come is suggested anew
    desk.get_by_label("How many people will come?").fill("9")
    desk.keyboard.press("Tab")
    settled(desk)
    desk.get_by_role("spinbutton", name="day, Held on").click()
    desk.keyboard.type(f"{day:%d%m%Y}")
    desk.keyboard.press("Tab")
    settled(desk)
    return made(desk)


def people_score(desk: Page, server: Server, code: str, wave: int, teams: slice) -> int:
    """Let three devices of some teams join and tap, as their pages send it; give how many."""
    joining = desk.context.browser
    assert joining
    asked = desk.request.get(f"{server.url}/join/{code}").text()
    there = re.findall(r'name="team" value="([^"]+)"', asked)
    assert len(there) == 3
    for team in there[teams]:
        for turn, points in enumerate((2, 3, 2)):
            device = joining.new_context(extra_http_headers=SAME_SITE)
            device.request.get(f"{server.url}/join/{code}")  # where it takes its seat's cookie
            device.request.post(f"{server.url}/join/{code}", form={"team": team})
            for domain in ALL:
                given = WORKFORCE[wave][turn] if domain == "workforce" else points
                tap = {"domain": domain, "score": given, "round": 1, "after": 0}
                answer = device.request.post(f"{server.url}/vote/{code}", data=tap)
                assert answer.ok, answer.text()
            device.close()
    return 3 * len(there[teams])


def shown(desk: Page, server: Server, code: str, wave: int, teams: slice = slice(3)) -> None:
    """Let a room score, and reveal."""
    desk.goto(f"{server.url}/room?workshop={code}")
    opened(desk)
    here = people_score(desk, server, code, wave, teams)
    desk.get_by_text(f"{here} of {here} have finished").wait_for()
    settled(desk)
    revealed(desk)
    desk.wait_for_url("**/gaps?*")
    desk.get_by_text("Every score on one domain").wait_for()


@pytest.mark.long
def test_three_waves_of_a_place_are_told_over_time_though_the_server_is_killed(
    browser: Browser, tmp_path: Path
) -> None:
    said = "Workforce is lower. Which is it?"
    with serving(tmp_path) as server:
        desk = signed_in(browser, server, PROJECTOR)
        shown(desk, server, met(desk, server, TODAY), 0)
        second = met(desk, server, TODAY + timedelta(days=1))
        desk.goto(server.url)
        at_place = desk.locator("a[href*='place?place=']").first.get_attribute("href")
        desk.goto(f"{server.url}{at_place}")
        desk.get_by_text("Several sittings of one wave").click()
        pressed(desk, "Set up this sitting")
        desk.wait_for_url("**/room?*")
        desk.get_by_role("button", name="Open scoring").wait_for()
        sitting = code_on(desk)
        opened(desk)
        people_score(desk, server, sitting, 1, slice(1))
        shown(desk, server, second, 1, slice(1, 3))
        third = met(desk, server, TODAY + timedelta(days=2))
        shown(desk, server, third, 2)
        server.stop(kill=True)

        desk.goto("about:blank")  # the page that is open would open anew by itself meanwhile
        server.start()
        desk.goto(f"{server.url}/over-time?workshop={third}")
        desk.get_by_text(said).first.wait_for()
        expect(desk.get_by_role("heading", level=1)).to_have_text("Workforce moved down")
        desk.get_by_text("We know more now").click()
        settled(desk)
        server.stop(kill=True)

        desk.goto("about:blank")  # the page that is open would open anew by itself meanwhile
        server.start()
        desk.goto(f"{server.url}/over-time?workshop={third}")
        desk.get_by_text(said).first.wait_for()
        pictured(desk, "three-waves")
        assert "Traceback" not in server.printed()
    with opened_in(tmp_path), reading() as cursor:
        readings = falls_of(cursor, own_wave_id(find_workshop(cursor, third).id))
        votes = cursor.execute("SELECT count(*) FROM vote WHERE sequence = 1").fetchone()
    assert {key: reading.value for key, reading in readings.items()} == {
        "workforce": "we know more now"
    }
    assert votes == ((3 * 9 + 3) * len(ALL),)  # the sitting's three are in the wave's room too
