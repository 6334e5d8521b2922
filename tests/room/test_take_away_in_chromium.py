"""Each file leaves through a real browser, and opens; an edited plan comes back through it."""

import csv
import io
import random
import re
import zipfile
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from aqua_core.exports.plan_table import COLUMNS
from aqua_core.vocabulary import CANNOT_SAY, POINTS, Holder
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.exporting import report_page
from aqua_core.workshop.planning import capture_action
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from tests.exports.test_plan_file import added, saved
from tests.kit.chromium import LAPTOP, PHONE, PROJECTOR, context, settled
from tests.kit.gestures import captured, pressed, revealed, sampled, signed_in
from tests.kit.notation import DAY, made, seated
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import draft
from tests.kit.serving import Server

__all__ = ["facilitator", "room_file"]

pytestmark = pytest.mark.slow


@pytest.mark.long
def test_files_leave_and_come_back(browser: Browser, server: Server, tmp_path: Path) -> None:
    page = signed_in(browser, server, LAPTOP)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    code = sampled(page)
    revealed(page)
    page.wait_for_url("**/gaps?*")
    add_an_action(page, server.url, code)
    page.goto(f"{server.url}/take-away?workshop={code}")
    settled(page)

    report = taken(page, "Take the report", tmp_path).read_text("utf-8")
    book = openpyxl.load_workbook(taken(page, "Take the workbook", tmp_path))
    plan = taken(page, "Take the action plan", tmp_path)
    reviews = taken(page, "Take the review dates", tmp_path).read_bytes()
    pack = taken(page, "Take the session pack", tmp_path)

    assert "<script" not in report
    assert "every score is invented" in report
    assert book.sheetnames == ["Plan", "Results", "Conversations", "Support"]
    assert reviews.count(b"BEGIN:VEVENT\r\n") == 1
    assert zipfile.ZipFile(pack).testzip() is None
    bring_back(page, plan)
    reopened(page, server.url, code, pack)
    assert not [url for url in fetched if "localhost" not in url and not url.startswith("data")]
    assert "Traceback" not in server.printed()


CROSSINGS = """() => {
  const touch = (one, other) => one.left < other.right - 0.5 && other.left < one.right - 0.5
    && one.top < other.bottom - 0.5 && other.top < one.bottom - 0.5;
  const found = [];
  for (const picture of document.querySelectorAll('svg')) {
    const box = picture.getBoundingClientRect();
    if (!box.width) continue;
    const texts = [...picture.querySelectorAll('text')];
    const marks = [...picture.querySelectorAll('line, circle, rect, path')].filter(
      mark => !mark.matches('circle[r="10"]'));  // these hold their number
    for (const text of texts) {
      const own = text.getBoundingClientRect();
      if (own.left < box.left - 1 || own.right > box.right + 1) found.push(text.textContent);
      for (const other of [...texts, ...marks]) {
        if (other === text) continue;
        const its = other.getBoundingClientRect();
        // A line has no breadth of its own.
        const wide = {left: its.left - 0.6, right: its.right + 0.6,
                      top: its.top - 0.6, bottom: its.bottom + 0.6};
        if (touch(own, wide)) found.push(`${text.textContent} | ${other.outerHTML}`);
      }
    }
  }
  return found;
}"""


@pytest.mark.long
@pytest.mark.parametrize("partners", [24, 6])  # open marks, and a legend
def test_nothing_in_a_picture_crosses_a_name_on_a_laptop_on_a_phone_or_on_paper(
    browser: Browser, facilitator: Caller, tmp_path: Path, partners: int
) -> None:
    report = tmp_path / "report.html"
    report.write_bytes(report_page(facilitator, crowded(facilitator, partners)))

    for size in (LAPTOP, PHONE):
        page = context(browser, size).new_page()
        fetched: list[str] = []
        page.on("request", lambda request, to=fetched: to.append(request.url))
        page.goto(report.as_uri())

        assert page.locator("svg:visible").count() == 3
        assert page.evaluate(CROSSINGS) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert fetched == [report.as_uri()]
    page.set_viewport_size({"width": 680, "height": 1000})  # A4 between its margins
    page.emulate_media(media="print")
    assert page.evaluate(CROSSINGS) == []
    inks = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4, p, li, dt, dd, th, td')]"
        ".map(each => getComputedStyle(each).color)"
    )
    assert set(inks) == {"rgb(0, 0, 0)"}
    # axe is injected as an inline script, which the policy of the report forbids.
    reader = browser.new_context(bypass_csp=True).new_page()
    reader.goto(report.as_uri())
    assert Axe().run(reader).response["violations"] == []


def crowded(facilitator: Caller, partners: int) -> str:
    """Run a workshop of partners with the longest names, and a review every other day."""
    names = [
        f"{'Community and mental health foundation'[: 36 - n % 5].strip()} {n}"
        for n in range(partners)
    ]
    held = made(facilitator, *names, holder=Holder.LAPTOP)
    dice = random.Random(4)
    keys = [domain.key for domain in held.instrument.domains]
    open_scoring(facilitator, held.code, keys)
    for name in names:
        seat = seated(held, name)
        for key in keys:
            submit_score(seat, held.code, key, dice.choice([CANNOT_SAY, *POINTS]))
    reveal(facilitator, held.code)
    two = tuple(partner.id for partner in held.partners[:2])
    for number in range(24):
        given = draft(
            held.model_copy(update={"teams": held.teams[:2]}),
            test=f"Test {number}",
            lead=f"Lead {number}",
            partners=two,
            review_on=DAY + timedelta(days=2 * number),
        )
        capture_action(facilitator, held.code, given, DAY, sure=True)
    return held.code


def add_an_action(page: Page, url: str, code: str) -> None:
    page.goto(f"{url}/plan?workshop={code}")
    settled(page)
    owners = page.get_by_label("Which partners own it together", exact=False)
    owners.click()
    page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    captured(page, "If we share a rota, then calls fall", "Ward manager")


def taken(page: Page, label: str, folder: Path) -> Path:
    with page.expect_download() as download:
        pressed(page, label)
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name.startswith(label.removeprefix("Take the ").split()[0].lower()[:4]), path.name
    return path


def bring_back(page: Page, plan: Path) -> None:
    header, row = csv.reader(io.StringIO(plan.read_text("utf-8-sig"), newline=""))
    row[header.index("measure")] = "Calls a week"
    edited = io.StringIO(newline="")
    csv.writer(edited).writerows([header, row])
    plan.write_text(edited.getvalue(), "utf-8-sig")
    page.locator("input[type=file]").first.set_input_files(plan)
    pressed(page, "Take these changes")
    expect(page.get_by_text("Taken: 1 of the plan's actions changed.")).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize("size", [LAPTOP, PROJECTOR], ids=["1366", "1920"])
def test_what_differs_and_its_button_are_seen_without_scrolling(
    browser: Browser, server: Server, size: dict[str, int]
) -> None:
    page = signed_in(browser, server, size)
    page.goto(f"{server.url}/take-away?workshop={sampled(page)}")
    settled(page)
    said = {
        "lead_partner": "City Council",
        "review_date": (date.today() + timedelta(days=30)).isoformat(),  # the server's clock
    }
    rows = [added(lead=f"Lead {number}", **said) for number in range(9)]
    plan = {"name": "plan.csv", "mimeType": "text/csv", "buffer": saved([[*COLUMNS], *rows])}

    page.locator("input[type=file]").first.set_input_files(plan)

    page.get_by_text("9 actions are new.").wait_for()
    settled(page)
    for seen in (
        page.get_by_text("9 actions are new."),
        page.get_by_role("button", name="Take these changes"),
        page.get_by_test_id("stDataFrame").first,
    ):
        box = seen.bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= size["height"]


def reopened(page: Page, url: str, code: str, pack: Path) -> None:
    page.goto(f"{url}/kept?workshop={code}")
    pressed(page, "Erase the workshop")
    page.get_by_label("Type its code").fill(code)
    page.get_by_label("Type its code").press("Enter")
    pressed(page, "Erase it")
    expect(page.get_by_text("is erased.")).to_be_visible()
    page.goto(f"{url}/take-away")
    settled(page)
    page.get_by_role("region", name="The session pack").locator("input").set_input_files(pack)
    pressed(page, "Open the pack")
    # The pack holds no join code: opened, the workshop gets a free one.
    page.wait_for_url(re.compile(r"/gaps\?workshop=[0-9A-Z]{4,8}$"))
    expect(page.get_by_text("City Council").first).to_be_visible()
