"""A wall that nobody touches, in real Chromium: it follows, and nothing lies below its edge."""

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from aqua_core.vocabulary import Agreement, Holder, Outcome, Wording, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.choosing import give_guess
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.noting import conclude, give_reason, reasons_now, show_reason
from aqua_core.workshop.planning import capture_action
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from pages._room import SEAT_COOKIE, WALL_COOKIE
from pages._views import View
from tests.kit.chromium import PHONE, PROJECTOR, context, settled
from tests.kit.gestures import signed_in
from tests.kit.looking import a_wall
from tests.kit.notation import ALL, DAY, made, seated
from tests.kit.one_room import opened_in
from tests.kit.planned import drafted
from tests.kit.serving import Server, serving

pytestmark = pytest.mark.slow
PICTURES = os.environ.get("DISCOVERY_ROOM_SEAT_PICTURES", "")
SIZES = ((1920, 1080), (1920, 940), (1366, 768))
PARTNERS = ("Council", "Hospital trust", "GP practices", "Mental health trust")
LONG = "We hold two sets of books, and nobody in the room can say which of them the board has seen."
EDGE = """() => {
  const main = document.querySelector('[data-testid="stMain"]')
  return [main.scrollHeight, main.clientHeight, Number(document.documentElement.dataset.fit)]
}"""


class Room:
    """Four laptops that disagree, guessed and gave reasons; a wall, a phone and a laptop on it."""

    def __init__(self, browser: Browser, server: Server, workshop: Workshop, seat: Caller) -> None:
        self.server, self.workshop, self.browser, self.seat = server, workshop, browser, seat

    def page(self, cookie: str, secret: str, size: dict[str, int], address: str) -> Page:
        page = context(self.browser, size).new_page()
        page.context.add_cookies([{"name": cookie, "value": secret, "url": self.server.url}])
        page.goto(f"{self.server.url}/{address}?workshop={self.workshop.code}")
        return page


@pytest.fixture(scope="module")
def room(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("followed")
    with opened_in(folder) as facilitator:
        before, _ = debated(facilitator)
        left_open = Outcome(
            domain="culture",
            agreement=Agreement.DIFFER,
            stays_apart=(before.teams[0].id,),
            why_apart="We carry the risk alone",
        )
        conclude(facilitator, before.code, left_open, DAY)
        close_workshop(facilitator, before.code)
        workshop, seat = debated(facilitator)
        for number in range(7):
            test = f"If team {number} rings each patient the day after, then fewer come back"
            due = DAY + timedelta(days=30 + number)
            capture_action(
                facilitator,
                workshop.code,
                drafted(workshop, test).model_copy(update={"review_on": due}),
                DAY,
            )
        wall = a_wall(facilitator, workshop)
    with serving(folder) as server:
        found = Room(browser, server, workshop, seat)
        found.wall = found.page(WALL_COOKIE, wall.wall, PROJECTOR, "room")
        found.desk = signed_in(browser, server)
        yield found


def debated(facilitator: Caller) -> tuple[Workshop, Caller]:
    workshop = made(facilitator, *PARTNERS, holder=Holder.LAPTOP, place="Tameside")
    open_scoring(facilitator, workshop.code, ALL, guess=True)
    for name, points in zip(PARTNERS, (0, 2, 5, 4), strict=True):
        seat = seated(workshop, name)
        for place, domain in enumerate(ALL):
            submit_score(seat, workshop.code, domain, (points + place) % 6)
            give_reason(seat, workshop.code, domain, Wording(said=LONG, with_team=True), meant=1)
        give_guess(seat, workshop.code, "finance", 5, meant=1)
    reveal(facilitator, workshop.code)
    for reason in reasons_now(facilitator, workshop.code):
        show_reason(facilitator, workshop.code, reason.id)
    return workshop, seat


def seen(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def opened(room: Room, address: str) -> None:
    room.desk.goto(f"{room.server.url}/{address}?workshop={room.workshop.code}")
    room.desk.locator(".st-key-way").wait_for(timeout=60_000)
    settled(room.desk)
    room.wall.wait_for_url(f"**/{address}?*", timeout=30_000)
    settled(room.wall)


@pytest.mark.long
def test_the_wall_follows_view_domain_and_card_at_every_size(room: Room) -> None:
    desk, wall = room.desk, room.wall
    opened(room, "gaps")
    for view in (*[*View][1:], View.RANKED):
        desk.get_by_role("radio", name=view.value, exact=True).click()
        expect(wall.get_by_role("radio", name=view.value, exact=True)).to_be_checked()
        all_of_it_is_seen(room, f"gaps {view}")
    desk.get_by_role("link", name="One domain").click()
    wall.wait_for_url("**/one-domain?*")
    desk.get_by_role("link", name=re.compile("^Next: ")).click()
    settled(desk)
    all_of_it_is_seen(room, "one-domain")
    desk.get_by_role("link", name="Talk").click()
    wall.wait_for_url("**/talk?*")
    settled(desk)
    for card in range(desk.locator(".st-key-cards").get_by_role("radio").count()):
        desk.locator(".st-key-cards").get_by_role("radio").nth(card).click()
        settled(desk)
        expect(wall.locator(".st-key-cards").get_by_role("radio").nth(card)).to_be_checked()
        expect(wall.locator(".st-key-card h1")).to_have_text(
            desk.locator(".st-key-card h1").inner_text()
        )
        all_of_it_is_seen(room, f"talk {card}")


def all_of_it_is_seen(room: Room, name: str) -> None:
    """Hold that a picture or a card ends above the wall's edge, at every size."""
    wall = room.wall
    for wide, high in SIZES:
        wall.set_viewport_size({"width": wide, "height": high})
        settled(wall)
        wall.wait_for_timeout(700)
        seen(wall, f"{name} {wide}x{high}")
        ends = wall.evaluate(
            """() => Math.max(...[...document.querySelectorAll(
              '.st-key-card, [data-testid="stVegaLiteChart"]')].map(
                part => part.getBoundingClientRect().bottom))"""
        )
        assert ends <= high + 1, (name, wide, high, ends)
    wall.set_viewport_size(PROJECTOR)


@pytest.mark.long
def test_a_plan_of_more_than_a_screen_is_paged_from_the_laptop(room: Room) -> None:
    desk, wall = room.desk, room.wall
    opened(room, "plan")
    tried = "[class*='st-key-card-a'] strong"
    order = [test for test in desk.locator(tried).all_inner_texts() if test.startswith("If")]
    expect(wall.locator(tried).filter(has_text=re.compile("^If"))).to_have_text(order)
    desk.reload()
    settled(desk)
    last = wall.locator("[class*='st-key-card-a']").last
    expect(last).not_to_be_in_viewport(ratio=1)
    expect(wall.get_by_text("More below")).to_be_visible()
    seen(wall, "plan 1")
    desk.get_by_role("button", name="Wall", exact=True).click()
    for _ in range(6):
        if desk.get_by_role("button", name="Wall down").is_disabled():
            break
        desk.get_by_role("button", name="Wall down").click()
        settled(desk)
        settled(wall)
        wall.wait_for_timeout(500)
    expect(wall.get_by_text("More below")).to_be_hidden()
    seen(wall, "plan last")
    seen(desk, "plan desk")
    expect(last).to_be_in_viewport(ratio=1)


@pytest.mark.long
def test_a_phone_shows_the_question_and_the_time_and_keeps_its_result(room: Room) -> None:
    desk = room.desk
    phone = room.page(SEAT_COOKIE, room.seat.seat, PHONE, "score")
    opened(room, "talk")
    question = desk.locator(".st-key-card h1").inner_text()
    expect(phone.get_by_role("heading", name=question)).to_be_visible()
    desk.locator(".st-key-cards").get_by_role("radio").nth(1).click()
    settled(desk)
    desk.get_by_role("button", name=re.compile("^[0-9]+ minutes?$")).first.click()
    for page in (phone, room.wall, desk):
        expect(page.get_by_role("timer")).to_have_text(re.compile(r"^\d+:\d\d$"))
        expect(page.get_by_text("Step 1", exact=True)).to_be_visible()
    seen(phone, "phone talk")
    seen(room.wall, "talk with the time")
    with phone.expect_download() as kept:
        phone.get_by_role("link", name="Keep a copy of this result").click()
    file = Path(kept.value.path()).read_text(encoding="utf-8")
    assert "Tameside" in file
    assert "Your team and the room" in file


@pytest.mark.long
def test_the_last_thing_it_shows_is_a_thank_you(room: Room) -> None:
    desk, wall = room.desk, room.wall
    opened(room, "room")
    seen(wall, "room revealed")
    desk.goto(f"{room.server.url}/kept?workshop={room.workshop.code}")
    settled(desk)
    desk.get_by_role("button", name="Close the workshop").click()
    settled(desk)
    seen(desk, "closing")
    desk.get_by_role("button", name="Close it").click()
    expect(wall.get_by_role("heading", name="Thank you")).to_be_visible()
    wall.wait_for_timeout(1500)
    seen(wall, "thank you")
    expect(wall.get_by_role("heading", name="Thank you")).to_be_visible()
