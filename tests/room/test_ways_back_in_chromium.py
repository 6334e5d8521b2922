"""A room that was opened by mistake and revealed too early, as its facilitator and seats see it."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kit.chromium import LAPTOP, PHONE, PROJECTOR, settled
from tests.kit.gestures import choose, goes_on, join, opened, pressed, revealed, set_up, signed_in
from tests.kit.serving import Server

PICTURES = os.environ.get("WAYS_BACK_PICTURES", "")


def picture(page: Page, name: str) -> None:
    settled(page)
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


@pytest.mark.long
def test_a_round_is_taken_back_and_one_revealed_too_early_is_gone_on_with(
    browser: Browser, server: Server
) -> None:
    wall = signed_in(browser, server, PROJECTOR)
    code = set_up(wall, "Bolton")
    council = join(browser, server, code, "Council", PHONE)
    trust = join(browser, server, code, "Hospital trust", LAPTOP)

    # Opened by mistake: one has tapped; the question comes first, and its calm answer is no.
    opened(wall, seats=2)
    choose(council, 5, "1 of 8 saved")
    expect(wall.get_by_text("1 of 16 answers", exact=True)).to_be_visible()
    picture(wall, "scoring-1080")
    pressed(wall, "Take this round back")
    expect(wall.get_by_text("1 of 16 answers are in.")).to_be_visible()
    picture(wall, "ask-1080")
    pressed(wall, "No, keep it open")
    expect(wall.get_by_role("button", name="Take it back")).to_have_count(0)
    pressed(wall, "Take this round back")
    pressed(wall, "Take it back")
    said = "The facilitator took this round back. Nothing of it will be shown."
    for seat in (council, trust):
        expect(seat.get_by_text(said)).to_be_visible()
        expect(seat.get_by_text("You are in")).to_be_visible()
        expect(seat.get_by_text("came after the reveal")).to_have_count(0)
    expect(wall.get_by_text("The round was taken back.")).to_be_visible()
    picture(wall, "taken-back-1080")
    picture(council, "taken-back-phone")

    # Opened again, revealed too early, and gone on with: the council's answers are still there.
    opened(wall, seats=2)
    for seat in (council, trust):
        expect(seat.get_by_text(said)).to_have_count(0)
        choose(seat, 2, "1 of 8 saved")
    for step in range(2, 9):
        pressed(council, "Next")
        choose(council, step % 6, f"{step} of 8 saved")
    revealed(wall)
    had = "This laptop had answered 1 of 8 when the scores were revealed."
    expect(trust.get_by_text(had)).to_be_visible()
    picture(trust, "late-laptop")
    wall.goto(f"{server.url}/room?workshop={code}")
    expect(wall.get_by_text("1 of 2 had not finished.")).to_be_visible()
    picture(wall, "revealed-1080")
    pressed(wall, "Go on scoring")
    expect(wall.get_by_text("Whoever goes on has seen the result")).to_be_visible()
    picture(wall, "go-on-1080")
    pressed(wall, "Open it again")
    expect(wall.get_by_text("1 of 2 has finished")).to_be_visible()
    picture(wall, "going-on-1080")
    wall.set_viewport_size(LAPTOP)
    picture(wall, "going-on-laptop")
    expect(council.get_by_role("heading", name="Check your answers")).to_be_visible()
    expect(council.get_by_text("What you answered before is kept")).to_be_visible()
    picture(council, "going-on-phone")
    # On leadership both had answered: it is not gone on with.
    expect(trust.get_by_role("heading", name="Governance")).to_be_visible()
    picture(trust, "going-on-seat")
    for step in range(1, 8):
        choose(trust, step % 6, f"{step} of 7 saved")
        goes_on(trust)
    revealed(wall)
    expect(wall.get_by_test_id("stVegaLiteChart")).to_be_visible()
    expect(wall.get_by_text("second look")).to_have_count(0)

    # A second look says on the phone that it is one; with one score it does not replace the first.
    wall.goto(f"{server.url}/room?workshop={code}")
    wall.get_by_text("Score more, or score again").click()
    picture(wall, "revealed-again-laptop")
    wall.get_by_test_id("stMain").get_by_text("Leadership", exact=True).click()
    opened(wall, seats=2)
    expect(council.get_by_text("A second look. The first time, your team gave 2.")).to_be_visible()
    picture(council, "second-look-phone")
    choose(council, 5, "1 of 1 saved")
    expect(wall.get_by_text("1 of 2 has finished")).to_be_visible()
    revealed(wall)
    wall.wait_for_url(re.compile("/one-domain"))  # the reveal is done
    wall.goto(f"{server.url}/gaps?workshop={code}")
    thin = "The second look on Leadership has 1 score, so the first is still shown."
    expect(wall.get_by_text(thin)).to_be_visible()
    picture(wall, "gaps-laptop")
    wall.goto(f"{server.url}/one-domain?workshop={code}&domain=leadership")
    expect(wall.get_by_text(thin)).to_be_visible()
    picture(wall, "domain-laptop")
    assert "Traceback" not in server.printed()
