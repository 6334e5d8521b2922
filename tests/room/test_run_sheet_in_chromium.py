"""A stranger plans a programme, and its run sheet leads through score, reveal, talk and plan."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from aqua_core.vocabulary import Workshop
from aqua_core.workshop.admitting import Caller
from pages._room import SEAT_COOKIE
from tests.kit.chromium import LAPTOP, PHONE, context, settled
from tests.kit.gestures import at_home, captured, pressed
from tests.kit.notation import ALL, made, seated
from tests.kit.one_room import opened_in
from tests.kit.serving import Server, serving

pytestmark = pytest.mark.long
LEARNED = "Their budget ends in March"
PARTNERS = ("Council", "Hospital trust", "GP practices")
SEATS = [name for name in PARTNERS for _ in range(3)]
# The server's own clock, moved by what a file says: only what run sheets ask of it.
MOVED = """
import sys, threading, time
from datetime import timedelta
from pathlib import Path

def moved():
    while True:
        step = sys.modules.get("pages._step")
        if step is not None and hasattr(step, "on_room"):
            real = step.now
            step.now = lambda: real() + timedelta(minutes=float(Path({at!r}).read_text()))
            return
        time.sleep(0.02)

threading.Thread(target=moved, daemon=True).start()
"""


class Clock:
    """The clock of a server in another process."""

    def __init__(self, folder: Path) -> None:
        self.at = folder / "minutes"
        self.minutes = 0
        self.goes_on(0)

    def goes_on(self, minutes: int) -> None:
        self.minutes += minutes
        self.at.write_text(str(self.minutes))


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    turned = tmp_path / "turned"
    turned.mkdir()
    clock = Clock(turned)
    (turned / "sitecustomize.py").write_text(MOVED.format(at=str(clock.at)))
    monkeypatch.setenv("PYTHONPATH", str(turned))
    return clock


@pytest.fixture
def room(tmp_path: Path, clock: Clock) -> Iterator[tuple[Server, Workshop, list[Caller]]]:
    folder = tmp_path / "file"
    folder.mkdir()
    with opened_in(folder) as facilitator:
        wigan = made(facilitator, *PARTNERS, place="Wigan")
        made(facilitator, *PARTNERS, place="Salford")
        seats = [seated(wigan, name) for name in SEATS]
    with serving(folder) as server:
        yield server, wigan, seats


def sent(server: Server, seat: Caller, path: str, body: dict[str, object]) -> None:
    cookies = {SEAT_COOKIE: seat.seat}
    answer = requests.post(f"{server.url}{path}", json.dumps(body), cookies=cookies, timeout=20)
    assert answer.ok, answer.text


def planned(page: Page, server: Server) -> float:
    """Plan eight sessions as a stranger does, from Home; give the seconds that it took."""
    began = time.monotonic()
    at_home(page, server)
    page.get_by_role("link", name="Plan a programme of sessions").click()
    page.get_by_role("textbox", name="Programme").fill("Greater Manchester")
    pressed(page, "Plan all sessions")
    expect(page.get_by_text("Masterclass 4", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Open", exact=True)).to_have_count(8)
    return time.monotonic() - began


def at_the_sheet(page: Page, server: Server, code: str) -> None:
    page.goto(f"{server.url}/programme?workshop={code}")
    page.get_by_role("heading", level=1).wait_for()
    settled(page)


def says(page: Page, title: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def on_to(page: Page, step: str) -> None:
    pressed(page, re.compile(f"^Next: {step}"))
    expect(page.get_by_role("heading", level=2).filter(has_text=step)).to_be_visible()


def test_a_stranger_is_led_through_ninety_minutes(
    browser: Browser, clock: Clock, room: tuple[Server, Workshop, list[Caller]]
) -> None:
    server, workshop, seats = room
    page = context(browser, LAPTOP).new_page()
    assert planned(page, server) < 120

    page.get_by_role("link", name="Open", exact=True).first.click()
    row = page.locator(f".st-key-row-{workshop.code}")
    row.get_by_role("button", name="Start the run sheet").click()
    says(page, "On time")
    expect(page.get_by_text("Scoring is not open yet.")).to_be_visible()

    clock.goes_on(17)  # the welcome has ten minutes
    at_the_sheet(page, server, workshop.code)
    says(page, "7 minutes late")
    assert page.get_by_role("button", name="Do this").count() == 3
    on_to(page, "Score eight domains")
    page.get_by_role("button", name="Do this").nth(1).click()
    says(
        page, re.compile("^[23] minutes early")
    )  # the second conversation, of ten minutes, is left out

    page.get_by_role("link", name="Open Room").first.click()
    expect(
        page.get_by_text(re.compile("^Score eight domains, sealed .step 2 of 8"))
    ).to_be_visible()
    pressed(page, "Open scoring")
    page.get_by_text("0 of 9 have finished").wait_for()
    for nth, seat in enumerate(seats):
        for domain in ALL:
            tap = {"domain": domain, "score": nth % 6, "round": 1, "after": 0}
            sent(server, seat, f"/vote/{workshop.code}", tap)
    page.get_by_text("9 of 9 have finished").wait_for()
    pressed(page, "Reveal")
    pressed(page, "Reveal now")
    page.wait_for_url("**/gaps?*")

    clock.goes_on(15)
    at_the_sheet(page, server, workshop.code)
    on_to(page, "Reveal, and look")
    clock.goes_on(10)
    at_the_sheet(page, server, workshop.code)
    on_to(page, "Talk: where you")
    expect(page.get_by_text("What a conversation came to is not written down yet.")).to_be_visible()
    page.get_by_role("link", name="Open Talk").first.click()
    page.wait_for_url("**/talk?*")

    clock.goes_on(15)
    at_the_sheet(page, server, workshop.code)
    on_to(page, "Break")
    clock.goes_on(5)
    at_the_sheet(page, server, workshop.code)
    on_to(page, "Plan small tests")  # what was left out is passed over
    expect(page.get_by_text("No test that two partners own is in the plan yet.")).to_be_visible()
    page.get_by_role("link", name="Open Plan").first.click()
    owners = page.get_by_role("combobox", name="Which partners own it together")
    for partner in PARTNERS[:2]:
        owners.click()
        page.get_by_role("option", name=partner).click()
        settled(page)
    page.keyboard.press("Escape")
    captured(page, "If we share one list, then fewer wait", "Discharge lead")

    clock.goes_on(20)
    at_the_sheet(page, server, workshop.code)
    on_to(page, "Close: three questions")
    expect(page.get_by_text("The three questions are not asked yet.")).to_be_visible()
    said_at_the_end(browser, page, room)
    clock.goes_on(5)
    at_the_sheet(page, server, workshop.code)
    pressed(page, "End the session")
    says(page, "The run sheet is over")


def said_at_the_end(
    browser: Browser, page: Page, room: tuple[Server, Workshop, list[Caller]]
) -> None:
    """Ask the three questions; a commitment that is not shared stays on its phone."""
    server, workshop, seats = room
    page.get_by_role("link", name="Open Room").first.click()
    pressed(page, "End with three questions on the seats")
    phone = context(browser, PHONE).new_page()
    phone.context.add_cookies([{"name": SEAT_COOKIE, "value": seats[0].seat, "url": server.url}])
    phone.goto(f"{server.url}/score?workshop={workshop.code}")
    phone.get_by_label("What did you learn about another partner?").fill(
        "Their budget ends in March"
    )
    phone.get_by_label("What will you try before next time?").fill("I ring them before I write")
    asked = []
    phone.on("request", lambda request: asked.append(request.post_data or ""))
    pressed(phone, "Send to the room")
    expect(phone.get_by_text("Saved. You can change it")).to_be_visible()
    assert not any("I ring them" in body for body in asked)
    for nth, seat in enumerate(seats[1:4]):
        words = {"learned": f"Learned {nth}", "will_try": "", "would_stop": ""}
        sent(server, seat, f"/last-words/{workshop.code}", words)
    expect(page.get_by_text("4 have answered. Shown from 5 answers")).to_be_visible()
    pressed(page, "Show what was said")
    expect(page.get_by_text("Fewer than 5 have answered each question.")).to_be_visible()
    last = {"learned": "Learned last", "will_try": "", "would_stop": ""}
    sent(server, seats[4], f"/last-words/{workshop.code}", last)
    expect(page.get_by_text("5 have answered.", exact=True)).to_be_visible()
    pressed(page, "Show what was said")
    expect(page.get_by_text(LEARNED)).to_be_visible()
    expect(phone.get_by_text("I ring them before I write")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("I ring them before I write")).to_be_visible()
    late = requests.post(
        f"{server.url}/last-words/{workshop.code}",
        json.dumps(last),
        cookies={SEAT_COOKIE: seats[5].seat},
        timeout=20,
    )
    assert (late.status_code, "not asked any more" in late.text) == (409, True)
