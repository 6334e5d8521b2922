"""Set up in a real browser: reached without scrolling, by the keyboard, and no word lost."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kit.chromium import LAPTOP, PHONE, PROJECTOR, context, settled
from tests.kit.gestures import made, pressed, signed_in, sit_down
from tests.kit.serving import Server

pytestmark = pytest.mark.slow


def set_up_page(browser: Browser, server: Server, size: dict[str, int]) -> Page:
    page = signed_in(browser, server, size)
    pressed(page, "Set up a workshop")
    settled(page)
    return page


@pytest.fixture(scope="module", autouse=True)
def swinton(browser: Browser, server: Server) -> None:
    """Let Swinton meet once, its six partners at a laptop each."""
    page = set_up_page(browser, server, LAPTOP)
    page.get_by_role("textbox", name="Place").fill("Swinton")
    page.get_by_role("textbox", name=re.compile("^Persona")).fill("Sally Ford")
    page.locator("input[value='Hospital trust']").fill("Royal")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("combobox", name="Sector").first.click()
    page.get_by_role("option", name="Acute").click()
    page.get_by_text("Each team scores together on one laptop").click()
    settled(page)
    made(page)
    page.context.close()


@pytest.mark.long
def test_a_word_that_is_half_typed_when_last_time_is_filled_in_stays(
    browser: Browser, server: Server
) -> None:
    page = set_up_page(browser, server, LAPTOP)
    persona = page.get_by_role("textbox", name=re.compile("^Persona"))

    page.get_by_role("textbox", name="Place").fill("Swinton")
    persona.fill("Bert")  # and not left: its field still has the keyboard

    expect(page.locator("input[value='Royal']")).to_have_count(1)
    settled(page)
    expect(persona).to_have_value("Bert")
    page.keyboard.press("Tab")
    settled(page)
    expect(persona).to_have_value("Bert")
    page.context.close()


@pytest.mark.long
@pytest.mark.parametrize("size", [PROJECTOR, LAPTOP], ids=["1920", "1366"])
@pytest.mark.parametrize("who", ["Each person scores", "Each team scores together on one laptop"])
def test_six_partners_and_the_button_fit_the_screen(
    browser: Browser, server: Server, size: dict[str, int], who: str
) -> None:
    page = set_up_page(browser, server, size)
    page.get_by_role("textbox", name="Place").fill("Swinton")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Filled in from Swinton")).to_be_visible()
    settled(page)
    page.get_by_text(who).click()
    settled(page)

    box = page.get_by_role("button", name="Make the workshop").bounding_box()

    assert box
    assert box["y"] + box["height"] <= size["height"]
    asked = page.get_by_text("Each team scores together on one laptop").bounding_box()
    assert asked
    assert asked["y"] < size["height"] / 2
    page.context.close()


@pytest.mark.long
def test_the_form_goes_from_the_place_to_the_button_by_the_keyboard(
    browser: Browser, server: Server
) -> None:
    page = set_up_page(browser, server, LAPTOP)
    place = page.get_by_role("textbox", name="Place")
    place.click()
    settled(page)
    expect(place).to_be_focused()
    reached = []
    for _ in range(45):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
        )
        reached.append(here)
        if here == "Make the workshop":
            break

    asked = [place for place in dict.fromkeys(reached) if not place.startswith("Help for")]
    assert asked[0].startswith("Persona")
    assert [question for question in asked if question in ("Instrument", "Partner", "Sector")] == [
        *("Instrument", "Partner", "Sector")
    ]
    assert asked[-2:] == ["Add a partner", "Make the workshop"]
    page.context.close()


def test_nothing_is_cut_on_a_phone(browser: Browser, server: Server) -> None:
    page = set_up_page(browser, server, PHONE)

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(page.get_by_role("button", name="Make the workshop")).to_be_attached()
    page.context.close()


@pytest.mark.long
def test_what_is_chosen_on_the_room_page_reaches_an_open_phone(
    browser: Browser, server: Server
) -> None:
    page = set_up_page(browser, server, LAPTOP)
    page.get_by_role("textbox", name="Place").fill("Bowdon")
    page.get_by_label("How many people will come?").fill("60")
    page.keyboard.press("Tab")
    settled(page)
    code = made(page)
    phone = context(browser, PHONE).new_page()
    phone.goto(f"{server.url}/join/{code}")
    expect(phone.get_by_text("a team of one or two only as part")).to_be_visible()
    sit_down(phone, "Council")
    expect(phone.get_by_text("a team of one or two only as part")).to_be_visible()

    pressed(page, "What will be shown")
    page.get_by_text("Open: every team, however small").click()

    expect(phone.get_by_text("in a team of one or two")).to_be_visible()
    expect(page.get_by_text("Alone so far: Council.")).to_be_visible()
    phone.context.close()
    page.context.close()


@pytest.mark.long
def test_the_summary_takes_the_keyboard_and_leads_to_each_field(
    browser: Browser, server: Server
) -> None:
    page = set_up_page(browser, server, LAPTOP)
    page.get_by_role("textbox", name="Place").fill("Worsley=")
    page.locator("input[value='Commissioners']").fill("www.evil.test")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Make the workshop").click()

    summary = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_focused()
    for said, typed in (("Names can't contain =", "Worsley="), ("web address", "www.evil.test")):
        link = summary.get_by_role("link", name=said)
        link.click()
        expect(page.locator(f"input[value='{typed}']")).to_be_focused()
        expect(page.locator(f"input[value='{typed}']")).to_have_attribute("aria-invalid", "true")
    page.context.close()
