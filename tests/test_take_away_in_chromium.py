"""Each file leaves through a real browser, and opens; an edited plan comes back through it."""

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.chromium import LAPTOP, browsing, context, settled
from tests.serving import serving

pytestmark = pytest.mark.slow


def test_files_leave_and_come_back(tmp_path: Path) -> None:
    with serving(tmp_path) as server, browsing() as browser:
        page = context(browser, LAPTOP).new_page()
        fetched: list[str] = []
        page.on("request", lambda request: fetched.append(request.url))
        page.goto(server.link())
        page.get_by_role("button", name="Try the sample").click()
        page.get_by_role("button", name="Reveal").click()
        page.get_by_role("button", name="Reveal now").click()
        page.wait_for_url("**/gaps?*")
        code = page.url.partition("workshop=")[2]
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


def add_an_action(page: Page, url: str, code: str) -> None:
    page.goto(f"{url}/plan?workshop={code}")
    settled(page)
    page.get_by_label("What will be tried").fill("If we share a rota, then calls fall")
    owners = page.get_by_label("Which partners own it together", exact=False)
    owners.click()
    page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    page.get_by_label("Lead (a role)").fill("Ward manager")
    page.get_by_role("button", name="Add to the plan").click()
    expect(page.get_by_text("led by Ward manager")).to_be_visible()


def taken(page: Page, label: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=label).click()
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
    page.get_by_role("button", name="Take these changes").click()
    expect(page.get_by_text("Taken: 1 of the plan's actions changed.")).to_be_visible()


def reopened(page: Page, url: str, code: str, pack: Path) -> None:
    page.goto(f"{url}/kept?workshop={code}")
    page.get_by_role("button", name="Erase the workshop").click()
    page.get_by_label("Type its code").fill(code)
    page.get_by_label("Type its code").press("Enter")
    page.get_by_role("button", name="Erase it").click()
    expect(page.get_by_text("is erased.")).to_be_visible()
    page.goto(f"{url}/take-away")
    settled(page)
    page.locator("input[type=file]").set_input_files(pack)
    page.get_by_role("button", name="Open the pack").click()
    page.wait_for_url(f"**/gaps?workshop={code}")
    expect(page.get_by_text("City Council").first).to_be_visible()
