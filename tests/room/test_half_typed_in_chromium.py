"""What is half typed in a form is there again, whatever is pressed to leave it."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, WebSocket, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.kit.chromium import LAPTOP, settled
from tests.kit.gestures import captured, revealed, sampled, signed_in
from tests.kit.serving import Server

TEST = "If ward 4 rings before ten, then"


def field(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=re.compile(f"^{re.escape(label)}")).first


def typed(page: Page, label: str, text: str) -> None:
    """Type as a hand does, and stay in the field."""
    field(page, label).click()
    page.keyboard.type(text)


def to(page: Page, name: str) -> None:
    """Go by the row of links, with nothing pressed in between."""
    page.locator(".st-key-way").get_by_role("link", name=name, exact=True).click()
    page.wait_for_url(f"**/{name.lower()}?*")
    settled(page)


def shows(page: Page, choice: str) -> None:
    page.get_by_role("radio", name=choice, exact=True).click()
    settled(page)


@pytest.mark.long
def test_partners_that_are_named_row_after_row_without_a_pause_all_stay(
    browser: Browser, server: Server
) -> None:
    page = signed_in(browser, server, LAPTOP)
    page.goto(f"{server.url}/set-up")
    typed(page, "Place", "Wigan")
    rows = page.get_by_label("Partner", exact=True)
    expect(rows).to_have_count(6)
    names = [f"Wigan partner {letter}" for letter in "abcdef"]
    for row, name in zip(rows.all(), names, strict=True):
        row.click()
        row.press("Control+a")
        page.keyboard.type(name, delay=60)  # a row's sector is asked anew while the next is typed
    page.keyboard.press("Tab")
    settled(page)

    assert [row.input_value() for row in rows.all()] == names
    rows.last.fill("Wigan partner g")
    page.get_by_role("link", name="Home").first.click()  # at once, as a tap does
    page.wait_for_url(f"{server.url}/")
    settled(page)
    assert page.url == f"{server.url}/"


@pytest.mark.long
@pytest.mark.slow
def test_a_test_that_is_half_typed_stays(browser: Browser, server: Server) -> None:
    page = signed_in(browser, server, LAPTOP)
    sampled(page)
    revealed(page)
    page.wait_for_url("**/gaps?*")
    to(page, "Plan")
    for away in (
        lambda: (shows(page, "Table"), shows(page, "Capture")),
        lambda: (to(page, "Talk"), to(page, "Plan")),
    ):
        typed(page, "What will be tried", TEST)
        away()
        expect(field(page, "What will be tried")).to_have_value(TEST)
        field(page, "What will be tried").fill("")
    typed(page, "What we expect to see", "From 12 to 6")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    shows(page, "Table")
    shows(page, "Capture")
    expect(field(page, "What we expect to see")).to_have_value("From 12 to 6")

    page.get_by_role("combobox", name="Partners").click()
    for _ in range(2):
        page.get_by_role("option").first.click()
    captured(page, f"{TEST} fewer wait", "Ward manager")
    to(page, "Talk")
    to(page, "Plan")
    page.get_by_text("Add a small test").click()

    expect(field(page, "What will be tried")).to_have_value("")
    assert "Traceback" not in server.printed()


@pytest.mark.long
def test_another_page_is_asked_for_when_the_text_is_kept_and_no_sooner(
    browser: Browser, server: Server
) -> None:
    """On a busy laptop a request that came before the run was over took the text away."""
    page = signed_in(browser, server, LAPTOP)
    sampled(page)
    revealed(page)
    page.wait_for_url("**/gaps?*")
    wire: list[str] = []
    page.on("websocket", lambda line: heard_on(line, wire))
    page.goto(f"{server.url}/talk?{page.url.partition('?')[2]}")
    typed(page, "What was heard", "Two rotas")
    page.wait_for_timeout(1_500)
    wire.clear()

    to(page, "Plan")

    assert wire[:3] == ["asked", "finished", "asked"]
    to(page, "Talk")
    expect(field(page, "What was heard")).to_have_value("Two rotas")


def heard_on(line: WebSocket, wire: list[str]) -> None:
    """Write down what the browser asks of Streamlit, and each run that is over."""

    def sent(message: bytes | str) -> None:
        if isinstance(message, bytes) and BackMsg.FromString(message).HasField("rerun_script"):
            wire.append("asked")

    def came(message: bytes | str) -> None:
        if isinstance(message, bytes) and ForwardMsg.FromString(message).HasField(
            "script_finished"
        ):
            wire.append("finished")

    line.on("framesent", sent)
    line.on("framereceived", came)


@pytest.mark.long
@pytest.mark.slow
def test_what_is_half_typed_on_a_card_stays_with_its_card(browser: Browser, server: Server) -> None:
    page = signed_in(browser, server, LAPTOP)
    sampled(page)
    revealed(page)
    page.wait_for_url("**/gaps?*")
    to(page, "Talk")
    cards = page.get_by_role("radiogroup", name="Conversation").get_by_role("radio")
    typed(page, "What was heard", "Two rotas")

    cards.nth(1).click()
    settled(page)
    expect(field(page, "What was heard")).to_have_value("")
    cards.nth(0).click()
    settled(page)
    expect(field(page, "What was heard")).to_have_value("Two rotas")

    page.get_by_text("Write down what it came to").click()
    typed(page, "What we see differently", "Whose beds")
    page.get_by_role("link", name="Carry it into an action").click()
    page.wait_for_url("**/plan?*")
    settled(page)
    to(page, "Talk")
    expect(field(page, "What we see differently")).to_have_value("Whose beds")
    expect(field(page, "What we see differently")).to_be_visible()
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("heading", name="What it came to").wait_for()
    assert "Traceback" not in server.printed()
