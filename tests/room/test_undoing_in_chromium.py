"""A facilitator who slips: renames, adds a late team, undoes in one place; phones follow."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kit.chromium import LAPTOP, PHONE, context, settled
from tests.kit.gestures import choose, join, opened, pressed, revealed, set_up, signed_in
from tests.kit.serving import Server

PICTURES = os.environ.get("UNDOING_PICTURES", "")


def picture(page: Page, name: str) -> None:
    settled(page)
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def undo(page: Page, said: str) -> None:
    pressed(page, "Undo")
    expect(page.get_by_text(said)).to_be_visible()
    pressed(page, "Undo it")
    expect(page.get_by_text(said)).to_have_count(0)
    settled(page)


@pytest.mark.long
def test_a_slip_is_put_right_and_taken_back_wherever_it_was(
    browser: Browser, server: Server
) -> None:
    page = signed_in(browser, server, LAPTOP)
    code = set_up(page, "Whitefield")
    waiting = context(browser, PHONE).new_page()
    waiting.goto(f"{server.url}/join/{code}")
    expect(waiting.get_by_text("Yours is not in the list?")).to_be_visible()
    council = join(browser, server, code, "Council", PHONE)

    # Opened by mistake, and nobody has answered.
    opened(page, seats=1)
    undo(page, "Scoring was opened on all domains.")
    expect(page.get_by_role("button", name="Open scoring")).to_be_visible()
    expect(council.get_by_text("You are in")).to_be_visible()

    # A name was misspelt, and a partner comes late: while people score.
    opened(page, seats=1)
    choose(council, 2, "1 of 8 saved")
    pressed(page, "Names and teams")
    picture(page, "names")
    page.get_by_role("textbox", name="Partner").nth(1).fill("Town Hall")
    page.get_by_role("textbox", name="Place").fill("Whitefield and Prestwich")
    pressed(page, "Keep these names")
    expect(page.get_by_text("Choose the sector of Town Hall.")).to_be_visible()
    expect(page.get_by_text("Another name: is its sector another one too?")).to_be_visible()
    picture(page, "sector")
    page.get_by_role("textbox", name="Place").press("Enter")  # answers nothing
    expect(page.get_by_text("Another name: is its sector another one too?")).to_be_visible()
    page.get_by_role("textbox", name="Partner").nth(1).fill("The Town Hall")
    pressed(page, "It is still council")  # with the name that came with the press
    picture(page, "sector-kept")
    pressed(page, "Keep these names")
    expect(page.get_by_text("Whitefield and Prestwich")).to_be_visible()
    pressed(page, "Names and teams")
    page.get_by_role("tab", name="Add a partner or a team").click()
    page.get_by_text("A team of a partner that is here").click()
    settled(page)
    for label, choice in {"Whose team is it?": "Hospital trust", "Tier": "No tier"}.items():
        page.get_by_role("combobox", name=label).click()
        page.get_by_role("option", name=choice).click()
        settled(page)
    page.get_by_role("textbox", name="Team's name").fill("Carers")
    page.get_by_role("textbox", name="Locality").fill("Radcliffe")
    picture(page, "adding")
    pressed(page, "Add the team")
    expect(page.get_by_text("Carers, Radcliffe was added.")).to_be_visible()
    page.get_by_role("radiogroup").get_by_text("A partner that is not here yet").click()
    settled(page)
    pressed(page, "Add the partner")
    expect(page.get_by_text("Choose whose team it is, and its tier.")).to_be_visible()
    expect(page.get_by_text("Carers, Radcliffe was added.")).to_have_count(0)
    page.keyboard.press("Escape")
    waiting.reload()
    expect(waiting.get_by_role("button", name="The Town Hall")).to_be_visible()
    waiting.get_by_role("button", name="Carers, Radcliffe").click()
    expect(waiting.get_by_text("Leadership")).not_to_have_count(0)
    picture(page, "room")
    pressed(page, "Undo")
    expect(page.get_by_text("Somebody sits in this team, so it stays.")).to_be_visible()
    picture(page, "why-not")
    page.keyboard.press("Escape")

    # What was heard and what it came to, and taken back from another page.
    revealed(page)
    page.wait_for_url("**/gaps?*")
    page.goto(f"{server.url}/talk?workshop={code}")
    settled(page)
    page.get_by_role("textbox", name="What was heard").first.fill("Tow of three")
    pressed(page, "Write it down")
    expect(page.get_by_text("“Tow of three”")).to_be_visible()
    pressed(page, "Change")
    picture(page, "note")
    page.get_by_role("textbox", name="What was heard").last.fill("Two of three")
    pressed(page, "Keep the change")
    expect(page.get_by_text("“Two of three”")).to_be_visible()
    expect(page.get_by_role("button", name="Keep the change")).to_have_count(0)
    picture(page, "talk")
    page.goto(f"{server.url}/plan?workshop={code}")
    undo(page, "was changed.")
    picture(page, "plan")
    page.goto(f"{server.url}/talk?workshop={code}")
    expect(page.get_by_text("“Tow of three”")).to_be_visible()


@pytest.mark.long
@pytest.mark.slow
def test_what_is_half_typed_in_a_dialog_stays_while_the_room_goes_on(
    browser: Browser, server: Server
) -> None:
    page = signed_in(browser, server, LAPTOP)
    code = set_up(page, "Royton")
    council = join(browser, server, code, "Council", PHONE)
    opened(page, seats=1)
    pressed(page, "Names and teams")
    place = page.get_by_role("textbox", name="Place")
    place.fill("Royton and Shaw")

    choose(council, 2, "1 of 8 saved")  # a first answer draws the page anew
    join(browser, server, code, "Hospital trust", PHONE)
    page.wait_for_timeout(1_500)

    expect(place).to_have_value("Royton and Shaw")
    page.keyboard.press("Escape")
    expect(page.get_by_text("0 of 2 have finished")).to_be_visible()
    expect(page.get_by_text("1 of 16 answers")).to_be_visible()


BUSY = """
  const now = window.setTimeout.bind(window)
  window.setTimeout = (what, ms, ...more) => now(what, ms || 200, ...more)
  window.EventSource = new Proxy(EventSource, {
    construct(kind, given) {
      const line = new kind(...given)
      line.addEventListener("message", () => now(() => window.pressNow?.click(), 120))
      return line
    },
  })
"""
"""A laptop that is late to send what it was asked for; a button is pressed before it does."""


@pytest.mark.long
@pytest.mark.slow
def test_a_button_that_is_pressed_while_the_page_hears_of_the_room_is_pressed(
    browser: Browser, server: Server
) -> None:
    page = signed_in(browser, server, LAPTOP)
    code = set_up(page, "Chadderton")
    council = join(browser, server, code, "Council", PHONE)
    opened(page, seats=1)
    choose(council, 2, "1 of 8 saved")
    page.get_by_text("1 of 24 answers").or_(page.get_by_text("1 of 8 answers")).wait_for()
    page.add_init_script(BUSY)
    page.reload()
    page.get_by_text("1 of 8 answers").wait_for()
    page.wait_for_timeout(1_500)

    page.evaluate("""window.pressNow = [...document.querySelectorAll("button")]
        .find(button => button.textContent === "Reveal")""")
    council.get_by_role("button", name="Next").click()
    choose(council, 3, "2 of 8 saved")

    expect(page.get_by_role("button", name="Reveal now")).to_be_visible()
