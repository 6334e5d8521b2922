"""A workshop that scores the eight and one leadership instrument, end to end, with its report."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from aqua_core.vocabulary import OPEN, Holder, Place, Sector, Tier, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.revealing import open_scoring
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from tests.kit.chromium import LAPTOP, PHONE, PROJECTOR, context, settled
from tests.kit.gestures import pressed, revealed, sit_down
from tests.kit.notation import ALL, INSTRUMENT, seated
from tests.kit.one_room import opened_in
from tests.kit.serving import Server, serving

pytestmark = pytest.mark.long

PARTNERS = ("Council", "Trust", "Voluntary sector")
SMALLEST = 28  # px that the last row reads on 1920
TARGET = 44  # px under a thumb
AT_LEAST = """(least) => [...document.querySelectorAll('.st-key-pictures *')]
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((one) => !one.closest('.said, .st-key-choices'))
    .map((one) => [one.textContent.trim().slice(0, 30), one.getBoundingClientRect().width
        && parseFloat(getComputedStyle(one).fontSize) * (one.currentCSSZoom ?? 1)])
    .filter(([, size]) => size && size < least)"""
TARGETS = """() => {
    const found = []
    const look = (root) => root.querySelectorAll('*').forEach((one) => {
        if (one.shadowRoot) look(one.shadowRoot)
        if (['LABEL', 'BUTTON'].includes(one.tagName) && one.closest('.ballot'))
            found.push(one.getBoundingClientRect())
    })
    look(document)
    return found.map(({ top, bottom, height }) => [top, bottom, height])
}"""


def scored(facilitator: Caller) -> Workshop:
    """Set up three partners that have scored all eight, sealed."""
    draft = WorkshopDraft(
        place=Place(name="Oldham", persona="Jo"),
        partners=[PartnerDraft(name, Sector.COUNCIL, (Tier.BOARD,)) for name in PARTNERS],
        instrument=INSTRUMENT,
        held_on=date.today(),
        holder=Holder.PERSON,
        guard=OPEN,
        people=9,
    )
    day = set_up(facilitator, draft, date.today())
    open_scoring(facilitator, day.code, ALL)
    for at, partner in enumerate(PARTNERS):
        seat = seated(day, partner)
        for number, domain in enumerate(ALL):
            submit_score(seat, day.code, domain, (at + number) % 6)
    return day


@pytest.fixture
def room(tmp_path: Path) -> Iterator[tuple[Server, str]]:
    with opened_in(tmp_path) as facilitator:
        code = scored(facilitator).code
    with serving(tmp_path) as server:
        yield server, code


def faults(page: Page) -> list[str]:
    settled(page)
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found]


def of_time(page: Page, legend: str) -> Locator:
    return page.get_by_role("group", name=legend).get_by_role("radio")


def answer_by_keys(page: Page, legend: str, place: int) -> None:
    """Choose an answer with the keyboard alone."""
    first = of_time(page, legend).first
    first.focus()
    first.press("Space")
    for _ in range(place):
        page.keyboard.press("ArrowDown")
    expect(of_time(page, legend).nth(place)).to_be_checked()


def phone_in(browser: Browser, server: Server, code: str, team: str) -> Page:
    page = browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        is_mobile=True,
        has_touch=True,
        bypass_csp=True,
    ).new_page()
    page.goto(f"{server.url}/join/{code}")
    sit_down(page, team)
    return page


def test_the_eight_one_leadership_instrument_where_to_begin_and_the_report(
    browser: Browser, room: tuple[Server, str], tmp_path: Path
) -> None:
    server, code = room
    wall = browser.new_context(
        viewport=PROJECTOR,  # type: ignore[arg-type]
        accept_downloads=True,
        bypass_csp=True,
    ).new_page()
    wall.goto(server.link())
    wall.goto(f"{server.url}/room?workshop={code}")
    revealed(wall)
    wall.wait_for_url("**/gaps?*")

    # The leadership instrument, opened beside the eight while the workshop runs.
    wall.goto(f"{server.url}/room?workshop={code}")
    wall.get_by_text("Score more, or score again").click()
    pressed(wall, "Ask something else")
    pressed(wall, "How we work together")
    wall.get_by_text("Scoring now: How we work together").wait_for()
    phones = [phone_in(browser, server, code, name) for name in PARTNERS]
    for phone in phones:
        phone.get_by_role("heading", name="Normative basis").wait_for()
    assert faults(phones[0]) == []
    # Now and wanted stand on one screen, each under a thumb.
    places = phones[0].evaluate(TARGETS)
    assert len(places) == 10
    assert all(top >= 0 and bottom <= PHONE["height"] for top, bottom, _ in places)
    assert min(height for *_, height in places) >= TARGET
    told = phones[0].get_by_text("Then counts are seen").bounding_box()
    assert told
    assert told["y"] + told["height"] <= PHONE["height"]
    named = phones[0].get_by_text(re.compile("market|hierarchy|network", re.IGNORECASE))
    expect(named).to_have_count(0)
    for phone in phones:
        for _ in range(6):
            answer_by_keys(phone, "How we work now", 1)
            # Of all rows one step is the widest: what is as wide everywhere stands out nowhere.
            first = phone.get_by_role("heading", name="Normative basis").count() > 0
            answer_by_keys(phone, "How we want to work", 2 if first or phone is phones[0] else 1)
            phone.get_by_role("button", name=re.compile("^(Next|Check your answers)$")).press(
                "Enter"
            )
        phone.get_by_text("12 of 12 saved").wait_for()
    assert faults(phones[0]) == []
    wall.get_by_text(re.compile(r"3 (of|have)")).first.wait_for()
    revealed(wall)
    wall.wait_for_url("**/how-we-lead?*")
    expect(wall.get_by_role("heading", name=re.compile("^Widest step"))).to_be_visible()
    settled(wall)
    assert wall.evaluate(AT_LEAST, SMALLEST) == []
    title = wall.get_by_role("heading", name=re.compile("^Widest step"))
    assert title.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)") >= 50
    assert wall.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    links = wall.locator(".st-key-way a")
    assert links.count() <= 7
    assert faults(wall) == []

    # What it comes to on Talk: written down, on the walls, and later in the report.
    wall.goto(f"{server.url}/talk?workshop={code}")
    wall.get_by_role("radio", name="Basis").click()
    wall.get_by_role("heading", name="What does each of you bring").wait_for()
    phones[0].get_by_text("What does each of you bring that the others lack?").wait_for()
    pressed(wall, "Take it up")
    wall.get_by_role("radio", name="Basis ✓").wait_for()
    wall.get_by_role("textbox", name="What was heard").fill("The rota was settled by a call")
    pressed(wall, "Write it down")
    wall.get_by_text("“The rota was settled by a call”").wait_for()
    wall.get_by_text("Write down what it came to").click()
    wall.get_by_text("Agreed", exact=True).first.click()
    settled(wall)
    wall.get_by_role("textbox", name=re.compile("both could live with")).fill("A call first")
    pressed(wall, "Keep it")
    wall.get_by_role("heading", name="What it came to").wait_for()
    assert faults(wall) == []

    # Where to begin, sealed again, and its result beside the scores.
    wall.goto(f"{server.url}/room?workshop={code}")
    pressed(wall, "Ask where to begin")
    for phone in phones:
        phone.get_by_role("heading", name="Where to begin").wait_for()
        phone.get_by_role("checkbox", name="Workforce").press("Space")
        phone.get_by_text("1 of 1 saved").wait_for()
    phones[0].get_by_role("checkbox", name="Culture").press("Space")
    expect(phones[0].get_by_role("checkbox", name="Leadership")).to_be_disabled()
    assert faults(phones[0]) == []
    phones[0].wait_for_timeout(500)
    revealed(wall)
    wall.get_by_role("heading", name="Begin with Workforce").wait_for()
    assert faults(wall) == []
    phones[0].get_by_text("Begin with Workforce").wait_for()
    wall.get_by_role("link", name="Plan a small test on Workforce").click()
    wall.wait_for_url("**/plan?*domain=workforce*")

    report(wall, server, code, tmp_path)
    for held in browser.contexts:
        held.close()


def report(wall: Page, server: Server, code: str, folder: Path) -> None:
    """Take the report, and read in it what the wall showed."""
    wall.goto(f"{server.url}/take-away?workshop={code}")
    with wall.expect_download() as coming:
        wall.get_by_role("button", name=re.compile("report", re.IGNORECASE)).first.click()
    coming.value.save_as(folder / "report.html")
    page = wall.context.browser
    assert page is not None
    read = context(page, LAPTOP).new_page()
    read.goto((folder / "report.html").as_uri())
    expect(read.get_by_role("heading", name="How we work together")).to_be_visible()
    expect(read.get_by_text("Widest step: normative basis.")).to_be_visible()
    expect(read.get_by_role("heading", name="Where to begin")).to_be_visible()
    assert "Complementary strengths" in read.content()
    expect(read.get_by_text("The rota was settled by a call")).to_be_visible()
    expect(read.get_by_text("Both could live with: A call first")).to_be_visible()
