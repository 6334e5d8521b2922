"""A facilitator rewords a statement and adds Estates; a person looks at themselves, alone."""

import json
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Request, WebSocket, expect

from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.offering import offer_mirror
from aqua_core.workshop.placing import places_now
from tests.kit import planned as kit
from tests.kit.chromium import LAPTOP, PHONE, PROJECTOR, context, settled
from tests.kit.gestures import signed_in
from tests.kit.one_room import opened_in
from tests.kit.serving import Server, serving

TODAY = date.today()
PLANTED = "planted-7f3a9c"
THIRD = "3 · Shared by most"
SAID = "Most partners have told everybody the same few aims, and a named person answers for each."


@pytest.fixture
def met(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str, Path]:
    """Give a place and the code of its workshop, which offers a look at myself, and the folder."""
    monkeypatch.setattr(kit, "DAY", TODAY)
    with opened_in(tmp_path) as facilitator:
        code = kit.met(facilitator, TODAY + timedelta(days=7), "Crewe").code
        offer_mirror(facilitator, code, offered=True)
        return place_of(facilitator), code, tmp_path


def place_of(facilitator: Caller) -> str:
    return places_now(facilitator, TODAY)[0].place.id


def faults(page: Page) -> list[str]:
    return [fault["id"] for fault in Axe().run(page).response["violations"]]


def fits(page: Page) -> None:
    for size in (PHONE, LAPTOP, PROJECTOR):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.long
def test_a_statement_is_reworded_and_estates_is_added_within_three_minutes(
    browser: Browser, met: tuple[str, str, Path]
) -> None:
    place, _, folder = met
    with serving(folder) as server:
        page = signed_in(browser, server, LAPTOP)
        page.goto(f"{server.url}/place?place={place}")
        began = time.monotonic()
        page.get_by_role("link", name="Wording").click()
        field = page.get_by_label(THIRD)
        field.fill("")
        typed_slowly(page, f"{SAID} {SAID}", like_a_person=60)
        expect(page.get_by_text("Keep a statement to 24 words")).to_be_visible()
        assert field.evaluate("field => field === document.activeElement")
        assert field.input_value() == f"{SAID} {SAID}"  # no letter was lost to a check
        goes_on_in_the_next_field(page, field)
        field.fill(SAID)
        expect(page.get_by_text(f"Now: {SAID}")).to_be_visible()
        page.get_by_role("button", name="Add a domain").click()
        page.get_by_role("button", name="Add Estates").click()
        expect(page.get_by_text("added, with its question and six statements")).to_be_visible()
        page.get_by_role("button", name="Save as your own words").click()
        expect(page.get_by_text("Saved. Version 2.1")).to_be_visible()
        took = time.monotonic() - began
        fits(page)
        comes_back_as_a_file(page, folder)
        is_offered_at_the_next_set_up(page, server)
        assert "Traceback" not in server.printed()

    assert took < 180


def goes_on_in_the_next_field(page: Page, field: Locator) -> None:
    """Leave a field at fault for the next one: the sentence under the first moves no letter."""
    field.fill(f"{SAID} {SAID} once more")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("Normal and quick", delay=40)
    page.wait_for_timeout(1500)
    following = page.get_by_label("4 · Normal practice")
    page.keyboard.type(", here.", delay=40)
    assert following.evaluate("field => field === document.activeElement")
    assert following.input_value() == "Normal and quick, here."


def typed_slowly(page: Page, text: str, like_a_person: int) -> None:
    """Type with a pause in the middle that is long enough to be checked, and go on meanwhile."""
    half = len(text) // 2
    page.keyboard.type(text[:half], delay=like_a_person)
    page.wait_for_timeout(720)
    page.keyboard.type(text[half:], delay=like_a_person)


def comes_back_as_a_file(page: Page, folder: Path) -> None:
    page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
    page.get_by_text("As a file").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take these words (JSON)").click()
    wording = json.loads(taken.value.path().read_text("utf-8"))
    assert [domain["key"] for domain in wording["domains"]][-1] == "estates"
    wording["domains"][1]["question"] = "Who decides with whom?"
    edited = folder / "edited.json"
    edited.write_text(json.dumps(wording), "utf-8")
    page.locator("input[type=file]").set_input_files(edited)
    page.get_by_role("button", name="Put these words in").click()
    expect(page.get_by_text("Governance, question").first).to_be_visible()
    page.get_by_role("button", name="Save as your own words").click()
    expect(page.get_by_text("Saved. Version 2.2")).to_be_visible()


def is_offered_at_the_next_set_up(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/set-up")
    page.get_by_role("textbox", name="Place").fill("Crewe")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Your own words, version 2.2, are chosen")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Make the workshop").click()
    expect(page.get_by_text("Join with the code")).to_be_visible()
    expect(page.get_by_text("Estates").first).to_be_visible()


@pytest.mark.long
def test_words_half_typed_stand_in_their_fields_after_another_view(
    browser: Browser, met: tuple[str, str, Path]
) -> None:
    place, _, folder = met
    with serving(folder) as server:
        page = signed_in(browser, server, LAPTOP)
        page.goto(f"{server.url}/place?place={place}&view=wording")
        page.get_by_label(THIRD).fill(SAID)
        page.keyboard.press("Tab")
        expect(page.get_by_text(f"Now: {SAID}")).to_be_visible()
        before = [field.input_value() for field in page.get_by_role("textbox").all()]
        for view in ("Impact", "Measures"):
            page.get_by_role("link", name=view).first.click()
            page.get_by_label(THIRD).wait_for(state="detached")
            settled(page)
            page.get_by_role("link", name="Wording").first.click()
            expect(page.get_by_label(THIRD)).to_have_value(SAID)
            assert [field.input_value() for field in page.get_by_role("textbox").all()] == before
        page.get_by_label(THIRD).fill(f"{SAID} Still")
        page.get_by_role("link", name="Home").first.click()  # at once, as a tap does
        page.get_by_label(THIRD).wait_for(state="detached")
        settled(page)
        page.go_back()
        expect(page.get_by_label(THIRD)).to_have_value(f"{SAID} Still")


@pytest.mark.long
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_on_both_pages(
    browser: Browser, met: tuple[str, str, Path], *, dark: bool
) -> None:
    place, code, folder = met
    with serving(folder) as server:
        scheme = "dark" if dark else "light"
        # axe is injected as an inline script, which the policy of the pages forbids.
        page = browser.new_context(color_scheme=scheme, bypass_csp=True).new_page()
        page.goto(server.link())
        page.goto(f"{server.url}/place?place={place}&view=wording")
        expect(page.get_by_label(THIRD)).to_be_visible()
        settled(page)
        found = faults(page)
        page.goto(f"{server.url}/join/{code}")
        page.locator("form button").first.click()
        page.goto(f"{server.url}/look/{code}")
        found += faults(page)

    assert found == []


@pytest.mark.long
def test_what_is_placed_on_a_look_at_myself_leaves_the_device_by_no_way(
    browser: Browser, met: tuple[str, str, Path]
) -> None:
    _, code, folder = met
    with serving(folder) as server:
        page = context(browser, PHONE).new_page()
        page.goto(f"{server.url}/join/{code}")
        page.locator("form button").first.click()
        page.get_by_role("link", name="A look at myself").click()
        page.wait_for_load_state("networkidle")
        asked: list[Request | WebSocket] = []
        page.on("request", lambda request: asked.append(request))
        page.on("websocket", lambda line: asked.append(line))
        first = page.locator("input[type=range]").first
        first.evaluate("(slider, planted) => (slider.dataset.right = planted)", PLANTED)

        first.press("End")
        for slider in page.locator("input[type=range]").all()[1:]:
            slider.press("ArrowLeft")
        page.wait_for_timeout(1000)

        assert page.locator(".at").first.inner_text() == f"“{PLANTED}”"
        assert first.get_attribute("aria-valuetext") == f"“{PLANTED}”"
        assert asked == []
        assert [refused(page, way) for way in WAYS_OUT] == [True] * len(WAYS_OUT)
        page.go_back()
        page.go_forward()
        assert page.locator(".at").first.inner_text() == "not placed yet"
        page.locator("input[type=range]").first.press("End")
        page.get_by_role("button", name="Begin again").press("Enter")
        assert page.locator(".at").first.inner_text() == "not placed yet"
    left = {path.name for path in folder.rglob("*") if path.is_file() and has_it(path)}
    assert left == set()
    assert sum(path.is_file() for path in folder.rglob("*")) >= 2


def has_it(path: Path) -> bool:
    return PLANTED.encode() in path.read_bytes()


WAYS_OUT = (
    "fetch('/vote/x', { method: 'POST', body: 'x' }).then(() => false, () => true)",
    "new Promise((told) => { const line = new WebSocket(`ws://${location.host}/_stcore/stream`);"
    " line.onerror = () => told(true); line.onopen = () => told(false) })",
    "new Promise((told) => { const picture = new Image(); picture.onerror = () => told(true);"
    " picture.onload = () => told(false); picture.src = '/app/static/x' })",
)


def refused(page: Page, way: str) -> bool:
    """Tell whether the policy keeps the page's own scripts from a way out."""
    tried = f"(told) => {{ try {{ {way}.then(told) }} catch {{ told(true) }} }}"
    return bool(page.evaluate(f"() => new Promise({tried})"))
