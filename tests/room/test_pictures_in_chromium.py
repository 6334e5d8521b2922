"""Every view of the Gaps page and One domain, projected in real Chromium: read and measured."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from aqua_core.vocabulary import CANNOT_SAY, Holder, Tier
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score, type_paper
from pages._views import View
from tests.kit.chromium import LAPTOP, PROJECTOR, context, settled
from tests.kit.gestures import signed_in
from tests.kit.looking import a_wall
from tests.kit.notation import ALL, INSTRUMENT, made, seated
from tests.kit.one_room import opened_in
from tests.kit.serving import Server, serving

pytestmark = pytest.mark.slow
FAR = 28
# Every text of the chart: its size, and its letters' box in px of the chart, without the leading.
TEXTS = (Path(__file__).parent / "texts_of_a_chart.js").read_text(encoding="utf-8")
PARTNERS = (
    *("Commissioners", "Hospital trust", "Council", "GP practices", "Mental health trust"),
    *("Voluntary sector", "Ambulance trust", "Community trust", "Hospice", "Users and carers"),
)
LONG = [f"{name} of the West Pennine and Holme Valley"[:40].strip() for name in PARTNERS[:6]]
LONGEST = "18 teams with names of 40 letters"
ROOMS = {
    "10 teams": (PARTNERS, (Tier.BOARD,)),
    "24 teams": (PARTNERS[:8], tuple(Tier)[:3]),
    LONGEST: (LONG, tuple(Tier)[:3]),
}
CROWDED = "a wall, paper, a long name, greyed comparisons"
PLACE = "Nottingham and Nottinghamshire Integrated Care System"
# The row of links: where it ends, and what in it is cut, lies over its line or out of its sides.
ROW = """() => {
  const row = document.querySelector('.st-key-way')
  const { left, right, bottom } = row.getBoundingClientRect()
  const said = '[data-testid=stText], .stMarkdownBadge, button, [data-testid=stPageLink-NavLink]'
  const lost = [...row.querySelectorAll(said)].filter((part) => {
    const box = part.getBoundingClientRect()
    const cut = part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1
    const out = box.left < left - 1 || box.right > right + 1 || box.bottom > bottom + 1
    return box.width && getComputedStyle(part).display !== 'inline' && (cut || out)
  })
  return lost.map((part) => part.innerText)
}"""

# On a busy machine a row of choices is higher until its fonts are there, and the picture lower.
AT_REST = """async () => {
  await document.fonts.ready
  const foot = () => document.querySelector('svg.marks')?.getBoundingClientRect().bottom
  const before = foot()
  await new Promise((later) => setTimeout(later, 500))
  return before !== undefined && foot() === before
}"""


@dataclass(frozen=True)
class Rooms:
    """A running server, the join code of each room, and a facilitator's cookies."""

    server: Server
    codes: dict[str, str]
    cookies: list[Any]


@pytest.fixture(scope="module")
def rooms(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    folder = tmp_path_factory.mktemp("pictures")
    with opened_in(folder) as facilitator:
        codes = {name: revealed(facilitator, *room) for name, room in ROOMS.items()}
        codes[CROWDED] = crowded(facilitator)
    with serving(folder) as server:
        page = signed_in(browser, server, LAPTOP)
        yield Rooms(server, codes, page.context.cookies())


def revealed(facilitator: Caller, names: tuple[str, ...], tiers: tuple[Tier, ...]) -> str:
    """Reveal a room of laptops; every eleventh answer is "Cannot say"."""
    workshop = made(facilitator, *names, holder=Holder.LAPTOP, tiers=tiers)
    domains = [domain.key for domain in INSTRUMENT.domains]
    open_scoring(facilitator, workshop.code, domains)
    for number, team in enumerate(workshop.teams):
        seat = seated(workshop, team.name)
        for nth, domain in enumerate(domains):
            turn = number * (nth + 3) + nth
            submit_score(
                seat, workshop.code, domain, CANNOT_SAY if turn % 11 == 0 else turn * 7 % 6
            )
    reveal(facilitator, workshop.code)
    return workshop.code


def crowded(facilitator: Caller) -> str:
    """Reveal a room whose row of links and whose choices are as long as they come."""
    tiers = tuple(Tier)[:2]
    workshop = made(facilitator, *PARTNERS[:7], tiers=tiers, place=PLACE)
    open_scoring(facilitator, workshop.code, ALL[:3])
    for number, team in enumerate(workshop.teams):
        for turn in range(3 if team.tier is tiers[0] else 1):
            seat = seated(workshop, team.name)
            for nth, domain in enumerate(ALL[:3]):
                submit_score(seat, workshop.code, domain, (number * (nth + 3) + turn) * 7 % 6)
    for team in workshop.teams[:3]:
        type_paper(facilitator, workshop.code, team.id, dict.fromkeys(ALL[:3], 3))
    reveal(facilitator, workshop.code)
    a_wall(facilitator, workshop)
    return workshop.code


def looking(browser: Browser, rooms: Rooms, path: str, room: str, **how: Any) -> Page:
    where = context(browser, how.pop("size", PROJECTOR), **how)
    where.add_cookies(rooms.cookies)
    page = where.new_page()
    page.goto(f"{rooms.server.url}/{path}?workshop={rooms.codes[room]}")
    drawn(page)
    return page


def drawn(page: Page) -> None:
    page.wait_for_timeout(400)
    settled(page)
    page.locator("[data-testid=stVegaLiteChart] svg.marks text").first.wait_for()
    page.wait_for_function(AT_REST)


def press(page: Page, words: str) -> None:
    choice = page.get_by_test_id("stButtonGroup").get_by_text(words, exact=True)
    if choice.count():
        choice.click()
        drawn(page)


def check_picture(page: Page, where: str) -> None:
    (chart,) = page.evaluate(TEXTS)
    texts = chart["texts"]
    assert texts, where
    assert chart["bottom"] <= page.viewport_size["height"], (where, chart["bottom"])
    for n, one in enumerate(texts):
        assert one["size"] >= FAR - 0.1, (where, one)
        assert one["left"] >= -1, (where, one)
        assert one["right"] <= chart["width"] + 1, (where, one)
        assert one["top"] >= -1, (where, one)
        assert one["foot"] <= chart["height"] + 1, (where, one)
        for other in texts[:n]:
            assert not on_one_another(one, other), (where, one, other)


def on_one_another(one: dict[str, Any], other: dict[str, Any]) -> bool:
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    down = min(one["foot"], other["foot"]) - max(one["top"], other["top"])
    halo = one["words"] == other["words"] and abs(one["left"] - other["left"]) < 1
    return across > 1 and down > 1 and not halo


@pytest.mark.long
@pytest.mark.parametrize(
    "room",
    [LONGEST, *(pytest.param(room, marks=pytest.mark.long) for room in ROOMS if room != LONGEST)],
)
def test_in_every_view_no_words_touch_are_cut_or_need_a_scroll(
    browser: Browser, rooms: Rooms, room: str
) -> None:
    page = looking(browser, rooms, "gaps", room)
    most = "Teams" if len(ROOMS[room][1]) > 1 else "Partners"
    press(page, most)
    for view in View:
        press(page, view.value)
        check_picture(page, f"{room}, {view}")
    press(page, View.RANKED.value)
    page.get_by_text("Against own average").click()
    drawn(page)
    check_picture(page, f"{room}, own average")
    page.goto(f"{rooms.server.url}/one-domain?workshop={rooms.codes[room]}")
    drawn(page)
    press(page, most)
    check_picture(page, f"{room}, one domain")
    page.context.close()


@pytest.mark.long
def test_a_smaller_screen_shows_the_same_picture_scaled(browser: Browser, rooms: Rooms) -> None:
    page = looking(browser, rooms, "gaps", "10 teams", size=LAPTOP)

    check_picture(page, "1366 px")
    page.context.close()


@pytest.mark.long
@pytest.mark.parametrize(
    "size",
    [
        *(PROJECTOR, {"width": 960, "height": 540}),
        pytest.param(LAPTOP, marks=pytest.mark.long),
        pytest.param({"width": 1024, "height": 768}, marks=pytest.mark.long),
    ],
)
def test_what_else_stands_above_a_picture_pushes_it_nowhere_and_is_read_whole(
    browser: Browser, rooms: Rooms, size: dict[str, int]
) -> None:
    page = looking(browser, rooms, "gaps", CROWDED, size=size)
    row = page.locator(".st-key-way")

    for said in ("Wall", "Undo", "3 seats on paper", "Join: ", PLACE):
        expect(row.get_by_text(said).first).to_be_visible()
    for view in View:
        press(page, view.value)
        check_picture(page, f"{size}, {view}")
        assert page.evaluate(ROW) == [], view
    expect(page.get_by_text("cannot be compared here").first).to_be_attached()
    page.goto(f"{rooms.server.url}/one-domain?workshop={rooms.codes[CROWDED]}")
    drawn(page)
    check_picture(page, f"{size}, one domain")
    assert page.evaluate(ROW) == []
    page.context.close()


@pytest.mark.long
@pytest.mark.parametrize("dark", [False, True])
def test_a_chart_follows_when_the_screen_turns_dark_or_light_under_it(
    browser: Browser, rooms: Rooms, dark: bool
) -> None:
    inks = {True: "rgb(242, 244, 246)", False: "rgb(27, 27, 27)"}
    page = looking(browser, rooms, "gaps", "10 teams", dark=dark)
    press(page, "How high")
    label = page.locator("svg.marks text", has_text=re.compile("^Leadership$"))
    expect(label).to_have_css("fill", inks[dark])

    page.emulate_media(color_scheme="light" if dark else "dark")

    expect(label).to_have_css("fill", inks[not dark])
    # The view that was chosen stays.
    expect(page.locator("svg.marks text", has_text="how agreed")).to_be_visible()
    page.context.close()


LEFT = """(elements) => [...new Set(elements.map((element) => {
  const range = document.createRange()
  range.selectNodeContents(element)
  return Math.round((element.tagName === "IMG" ? element : range).getBoundingClientRect().left)
}))]"""


@pytest.mark.long
def test_what_stands_under_each_other_on_room_has_one_left_edge(
    browser: Browser, rooms: Rooms
) -> None:
    where = context(browser, PROJECTOR)
    where.add_cookies(rooms.cookies)
    page = where.new_page()
    page.goto(f"{rooms.server.url}/room?workshop={rooms.codes['10 teams']}")
    page.get_by_role("heading", name="The scores are revealed").wait_for()
    settled(page)

    page.locator("[data-testid='stPageLink-NavLink']:not(.st-key-way *)").first.wait_for()

    def left(selector: str) -> list[int]:
        return page.eval_on_selector_all(selector, LEFT)

    head = left(".st-key-finished h2")
    assert left("[data-testid='stPageLink-NavLink']:not(.st-key-way *)")[0] == head[0]
    join = left(
        ".st-key-code [data-testid='stText'], .st-key-code [data-testid='stCaptionContainer'] p"
    )
    assert join == left("[class*='st-key-qr'] img")
    for column in range(2, 2 + page.locator(".st-key-teams thead th").count() - 1):
        cells = f".st-key-teams tr > :nth-child({column}):not(:empty)"
        assert len(left(cells)) == 1
    page.context.close()
