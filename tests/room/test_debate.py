"""A debate as a room lives it: reveal, a card, two sides, a second look, dissent, an action."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as NotInTime

from aqua_core.vocabulary import Tier, Wording, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.noting import give_reason
from aqua_core.workshop.revealing import open_scoring
from aqua_core.workshop.scoring import submit_score
from pages._room import SEAT_COOKIE, WALL_COOKIE
from tests.kit.chromium import PHONE, PROJECTOR, context, settled
from tests.kit.gestures import captured, choose, revealed, signed_in
from tests.kit.looking import a_wall
from tests.kit.notation import ALL, made, seated
from tests.kit.one_room import opened_in
from tests.kit.serving import Server, serving
from tests.room.test_room import picture

pytestmark = [pytest.mark.slow, pytest.mark.long]
PARTNERS = ("Council", "Hospital trust", "GP practices")
TIERS = (Tier.BOARD, Tier.FRONT_LINE)
WAIT = 30_000


@dataclass
class Debate:
    """A room in which all have scored and nothing is revealed."""

    server: Server
    workshop: Workshop
    seats: dict[str, list[Caller]]
    wall: Caller

    def opens(self, browser: Browser, cookie: str, secret: str, size: dict[str, int]) -> Page:
        page = context(browser, size).new_page()
        page.context.add_cookies([{"name": cookie, "value": secret, "url": self.server.url}])
        return page

    def scores_again(self, seat: Caller, points: int) -> None:
        tap = {"domain": "finance", "score": points, "round": 2, "after": 0}
        address = f"{self.server.url}/vote/{self.workshop.code}"
        cookies = {SEAT_COOKIE: seat.seat}
        assert requests.post(address, json.dumps(tap), cookies=cookies, timeout=20).ok


@pytest.fixture
def debate(tmp_path: Path) -> Iterator[Debate]:
    with opened_in(tmp_path) as facilitator:
        debated = scored(facilitator)
    with serving(tmp_path) as server:
        yield Debate(server, *debated)


def scored(facilitator: Caller) -> tuple[Workshop, dict[str, list[Caller]], Caller]:
    """Let three seats of each team score, the council low on finance, and one give a reason."""
    workshop = made(facilitator, *PARTNERS, tiers=TIERS)
    open_scoring(facilitator, workshop.code, ALL)
    seats = {team.name: [seated(workshop, team.name) for _ in range(3)] for team in workshop.teams}
    for name, sitting in seats.items():
        for number, seat in enumerate(sitting):
            for place, domain in enumerate(ALL):
                usual = (2 + (number + place) % 2) if domain != "finance" else 4
                low = domain == "finance" and name.startswith("Council")
                submit_score(seat, workshop.code, domain, number % 2 if low else usual)
    said = Wording(said="Two sets of books", with_team=False)
    give_reason(seats["Council, board"][0], workshop.code, "finance", said, meant=1)
    return workshop, seats, a_wall(facilitator, workshop)


def test_a_whole_debate(browser: Browser, debate: Debate) -> None:
    code, url = debate.workshop.code, debate.server.url
    desk = signed_in(browser, debate.server)
    wall = debate.opens(browser, WALL_COOKIE, debate.wall.wall, PROJECTOR)
    phones = [
        debate.opens(browser, SEAT_COOKIE, debate.seats[f"{name}, board"][0].seat, PHONE)
        for name in ("Council", "GP practices")
    ]
    for phone in phones:
        phone.goto(f"{url}/score?workshop={code}")
    wall.goto(f"{url}/room?workshop={code}")
    wall.get_by_text("18 of 18 have finished").wait_for()
    desk.goto(f"{url}/room?workshop={code}")
    revealed(desk)
    desk.wait_for_url("**/gaps?*", timeout=WAIT)
    wall.wait_for_url("**/gaps?*", timeout=WAIT)

    the_first_card_is_taken_up(desk, wall)
    both_sides_are_heard(desk, wall)
    a_second_look(debate, desk, wall, phones)
    they_agree_to_differ(desk, wall)
    it_is_carried_into_an_action(desk, wall)
    assert "Traceback" not in debate.server.printed()


def the_first_card_is_taken_up(desk: Page, wall: Page) -> None:
    desk.get_by_role("link", name="Talk").click()
    desk.get_by_role("heading", name=re.compile("Council scored this .* lower")).wait_for()
    picture(desk, "card")
    desk.get_by_role("button", name="Take it up").click()
    # Nobody touches the wall: it comes to the card by itself, and counts down with it.
    wall.wait_for_url("**/talk?*", timeout=WAIT)
    wall.get_by_role("heading", name=re.compile("Council scored this .* lower")).wait_for()
    desk.get_by_role("button", name=re.compile("^[0-9]+ minutes$")).first.click()
    expect(wall.get_by_role("timer")).to_have_text(re.compile(r"^\d+:\d\d$"))
    expect(desk.get_by_role("timer")).to_have_text(re.compile(r"^\d+:\d\d$"))
    settled(wall)
    picture(wall, "card-on-the-wall")


def both_sides_are_heard(desk: Page, wall: Page) -> None:
    for note in ("The council sees no shared ledger", "The trust says there is one"):
        settled(desk)
        desk.get_by_role("textbox", name=re.compile("What was heard")).fill(note)
        desk.get_by_role("button", name="Write it down").click()
        desk.get_by_text(f"“{note}”").wait_for()
        wall.get_by_text(f"“{note}”").wait_for()
    expect(wall.get_by_text("Two sets of books")).to_have_count(0)
    desk.get_by_role("button", name="Show a reason without reading it first (1)").click()
    wall.get_by_text("“Two sets of books”").first.wait_for()


def a_second_look(debate: Debate, desk: Page, wall: Page, phones: list[Page]) -> None:
    desk.get_by_role("button", name="Score it again").click()
    desk.get_by_role("button", name="Open the second look").click()
    desk.wait_for_url("**/room?*", timeout=WAIT)
    wall.wait_for_url("**/room?*", timeout=WAIT)
    for phone in phones:
        phone.get_by_role("heading", name="Financial and contractual mechanisms").wait_for()
        choose(phone, 2, "1 of 1 saved")
    first = {debate.seats[f"{name}, board"][0].seat for name in ("Council", "GP practices")}
    for name, seats in debate.seats.items():
        for seat in seats:
            if seat.seat not in first:
                debate.scores_again(seat, 2 if name.startswith("Council") else 3)
    desk.get_by_text("18 of 18 have finished").wait_for()
    revealed(desk)
    # One domain was scored: its every score comes first, and what moved beside it.
    desk.wait_for_url("**/one-domain?*", timeout=WAIT)
    desk.get_by_text(re.compile("moved")).first.wait_for()
    picture(desk, "two-looks")


def listed(page: Page, box: str, option: str) -> Locator:
    """Open a list and give an option of it; a page that is drawn meanwhile may close it once."""
    found = page.get_by_role("option", name=option)
    page.get_by_role("combobox", name=box).click()
    with suppress(NotInTime):
        found.wait_for(timeout=5000)
        return found
    page.get_by_role("combobox", name=box).click()
    return found


def they_agree_to_differ(desk: Page, wall: Page) -> None:
    desk.get_by_role("link", name="Talk").click()
    settled(desk)
    desk.get_by_text("Write down what it came to").click()
    settled(desk)
    desk.get_by_text("Agreed to differ", exact=True).click()
    settled(desk)
    listed(desk, "Who does not agree", "Council, front line").click()
    desk.keyboard.press("Escape")
    desk.get_by_role("textbox", name="Why, in their words").fill("We carry the risk alone")
    desk.get_by_role("textbox", name="What would change it").fill("A shared risk log")
    desk.get_by_text("More about it").click()
    desk.get_by_role("textbox", name="Parked with (a forum)").fill("Integration board")
    settled(desk)
    desk.get_by_role("button", name="Keep it").click()
    desk.get_by_text("Choose the day on which the forum takes it up.").first.wait_for()
    desk.get_by_test_id("stDateInput").get_by_role("spinbutton").first.click()
    desk.keyboard.type("15122030")
    settled(desk)
    desk.get_by_role("button", name="Keep it").click()
    desk.get_by_text("Parked with Integration board until 15 December 2030").first.wait_for()
    wall.goto(wall.url.replace("/room", "/talk").replace("/one-domain", "/talk"))
    wall.get_by_text("Council, front line stays apart: “We carry the risk alone”").first.wait_for()
    picture(desk, "outcome")


def it_is_carried_into_an_action(desk: Page, wall: Page) -> None:
    desk.get_by_role("link", name="Carry it into an action").click()
    desk.wait_for_url("**/plan?*domain=finance*", timeout=WAIT)
    # The domain and the two partners who stood furthest apart are filled in.
    captured(
        desk,
        "If we open one ledger, then the risk is shared",
        "Finance director",
        What_we_expect_to_see="One version of the figures by Easter",
        How_we_will_know="Reports that disagree, from 4 to 0",
    )
    desk.get_by_text("Council with Hospital trust, led by Finance director").wait_for()
    desk.get_by_text(re.compile("Finance & contracts · scale not said")).wait_for()
    # The wall, still untouched, comes to the plan by itself.
    wall.wait_for_url("**/plan?*", timeout=WAIT)
    wall.get_by_text("If we open one ledger, then the risk is shared").wait_for()
    picture(desk, "carried")
