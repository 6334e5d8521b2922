"""What opens over a page that is scaled to its window: beside its button, and whole in it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kit.chromium import LAPTOP, PROJECTOR, settled
from tests.kit.gestures import pressed, revealed, sampled, signed_in
from tests.kit.serving import Server

SIZES = (LAPTOP, {"width": 1440, "height": 900}, PROJECTOR)
A_GAP = 24  # px between a button and what it opens


def opens_at_its_button(page: Page, name: str) -> None:
    pressed(page, name)
    body = page.get_by_test_id("stPopoverBody")
    expect(body).to_be_visible()
    settled(page)
    box, button = body.bounding_box(), page.get_by_role("button", name=name).bounding_box()
    assert box
    assert button
    assert page.viewport_size
    down, across = box["y"] + box["height"], box["x"] + box["width"]
    assert min(box["x"], box["y"]) >= 0, (name, box)
    assert down <= page.viewport_size["height"], (name, box)
    assert across <= page.viewport_size["width"], (name, box)
    apart = max(box["y"] - button["y"] - button["height"], button["y"] - down)
    assert apart <= A_GAP, (name, box, button)
    assert box["x"] - A_GAP <= button["x"] + button["width"]
    assert button["x"] <= across + A_GAP
    page.keyboard.press("Escape")
    expect(body).to_have_count(0)


def puts_back_in_sight(page: Page) -> None:
    """A seat that was set aside is put back by a button that nobody has to look for."""
    page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
    settled(page)
    pressed(page, "Seats and joining")
    dialog = page.get_by_role("dialog")
    seats = dialog.get_by_test_id("stButtonGroup").get_by_role("button")
    seats.first.click()
    dialog.get_by_role("combobox", name="Why").click()
    page.get_by_role("option").first.click()
    settled(page)
    dialog.get_by_role("button", name="Set aside").click()
    back = dialog.get_by_role("button", name="Put back")
    expect(back).to_be_visible()
    settled(page)
    for button in (back, dialog.get_by_role("button", name="Set aside")):
        box = button.bounding_box()
        assert box
        assert box["y"] + box["height"] <= LAPTOP["height"], box
    dialog.get_by_role(
        "button", name="Close", exact=True
    ).click()  # until then nothing is drawn under it
    expect(page.get_by_text("71 of 71 have finished")).to_be_visible()
    pressed(page, "Seats and joining")
    dialog.get_by_role("button", name="Set aside").click()
    expect(dialog.get_by_text("Choose a seat, and say why it is set aside")).to_be_visible()
    back.click()  # a refusal takes nothing away
    expect(back).to_have_count(0)
    dialog.get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_text("72 of 72 have finished")).to_be_visible()


@pytest.mark.long
def test_a_pop_up_touches_its_button_at_every_size(browser: Browser, server: Server) -> None:
    page = signed_in(browser, server, LAPTOP)
    code = sampled(page)
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        settled(page)
        for name in ("Show on another screen", "Before they come"):
            opens_at_its_button(page, name)
    puts_back_in_sight(page)
    revealed(page)
    page.wait_for_url("**/gaps*")
    page.goto(f"{server.url}/talk?workshop={code}")
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        settled(page)
        for name in ("Set aside", "Score it again"):
            opens_at_its_button(page, name)
