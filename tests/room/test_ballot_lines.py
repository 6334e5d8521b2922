"""What stands beside a score, in a real browser: optional, never lost, never in the way.

A seat takes four seconds to sit down: the one test of these that always runs is in test_ballot.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.kit.chromium import LAPTOP, PHONE
from tests.kit.gestures import choose, code_on, join, opened, revealed, set_up, signed_in, tap
from tests.kit.serving import Server
from tests.room.test_ballot import AWAY, MEASURED

pytestmark = pytest.mark.slow
POINT, NAMED = "What makes you say so?", "Name my team beside it"
PERSONAL = "The room may read this, and it looks like an e-mail address. Take it out."


@pytest.fixture(scope="module")
def wall(browser: Browser, server: Server) -> Page:
    page = signed_in(browser, server, LAPTOP)
    set_up(page, "Tameside")
    page.get_by_text("Also ask everyone to guess one other partner's score").click()
    opened(page)
    return page


@pytest.fixture(scope="module")
def code(wall: Page) -> str:
    return code_on(wall)


@pytest.fixture
def seat(browser: Browser, server: Server, code: str) -> Iterator[Page]:
    page = join(browser, server, code, "Council", PHONE)
    page.get_by_role("heading", name="Leadership").wait_for()
    yield page
    page.context.close()


def test_a_line_is_written_on_a_phone_named_and_there_after_a_reload(seat: Page) -> None:
    tap(seat, 3)
    field = seat.get_by_label(POINT)
    field.click()
    seat.get_by_text("without your name or seat").wait_for()
    field.press_sequentially("Two boards")
    seat.get_by_text(NAMED).click()
    seat.get_by_text("Saved", exact=True).wait_for()
    expect(seat.get_by_text("with your team beside it")).to_be_visible()
    seat.get_by_role("radio", name="4", exact=True).check()
    seat.get_by_text("1 of 8 saved").wait_for()

    seat.evaluate("sessionStorage.clear()")
    seat.reload()
    seat.get_by_role("heading", name="Governance").wait_for()
    seat.get_by_role("button", name="Back").click()

    expect(field).to_have_value("Two boards")
    expect(seat.get_by_label(NAMED)).to_be_checked()
    expect(seat.get_by_role("radio", name="4", exact=True)).to_be_checked()


@pytest.mark.long
def test_a_refused_line_stays_in_its_field_with_the_sentence_beside_it(seat: Page) -> None:
    field = seat.get_by_label(POINT)
    field.fill("Ask sally@nhs.net")
    field.blur()
    seat.get_by_role("alert").get_by_text(PERSONAL).wait_for()
    seat.reload()
    expect(seat.get_by_role("alert")).to_have_text(PERSONAL)
    expect(field).to_have_value("Ask sally@nhs.net")
    choose(seat, 2, "1 of 8 saved")

    field.fill("x" * 150)
    seat.get_by_text("10 too many").wait_for()
    seat.get_by_text("Keep the reason to 140 characters (this has 150).").wait_for()
    expect(field).to_have_value("x" * 150)
    field.fill("Ask Sally")
    seat.get_by_text("Saved", exact=True).wait_for()
    expect(seat.get_by_role("alert")).to_be_empty()


@pytest.mark.long
def test_a_line_and_a_guess_on_a_broken_line_survive_a_reload_and_arrive(seat: Page) -> None:
    for kind in ("vote", "reason", "guess"):
        seat.route(f"**/{kind}/*", lambda route: route.abort())
    tap(seat, 1)
    field = seat.get_by_label(POINT)
    field.fill("Nobody decides")
    seat.get_by_role("radio", name="5", exact=True).check()
    seat.get_by_role("status").get_by_text(AWAY).wait_for()
    field.press_sequentially(", and")
    seat.reload()  # in the middle of a word
    expect(field).to_have_value("Nobody decides, and")
    expect(seat.get_by_role("radio", name="5", exact=True)).to_be_checked()

    for kind in ("reason", "guess", "vote"):
        seat.unroute(f"**/{kind}/*")

    seat.get_by_text("1 of 8 saved").wait_for()
    seat.get_by_text("Saved", exact=True).wait_for()


@pytest.mark.long
def test_a_push_changes_nothing_under_whoever_types(
    browser: Browser, server: Server, code: str, seat: Page
) -> None:
    sent: list[str] = []
    seat.on("request", lambda asked: sent.append(asked.url) if "/reason/" in asked.url else None)
    field = seat.get_by_label(POINT)
    field.click()
    field.press_sequentially("Two bo")
    full = {"said": "Not saved: the laptop could not write to its disk."}
    seat.route("**/reason/*", lambda route: route.fulfill(status=503, json=full), times=2)
    other = seat.context.new_page()  # another tab of the seat scores, and its page is drawn anew
    other.goto(seat.url)
    other.get_by_role("heading", name="Leadership").wait_for()
    choose(other, 4, "1 of 8 saved")
    seat.evaluate("dispatchEvent(new Event('online'))")
    field.press_sequentially("ards")

    expect(field).to_have_value("Two boards")
    expect(field).to_be_focused()
    seat.get_by_text("Saved", exact=True).wait_for()
    expect(field).to_be_focused()
    assert len(sent) >= 2


def test_a_refused_guess_does_not_look_saved(seat: Page) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=409, json={"said": "This round asks for no guess."})

    choose(seat, 1, "1 of 8 saved")
    seat.route("**/guess/*", refuse)
    guess = seat.get_by_role("radio", name="2", exact=True)
    guess.click()
    seat.get_by_role("status").get_by_text("This round asks for no guess.").wait_for()

    expect(guess).not_to_be_checked()


@pytest.mark.long
def test_a_line_and_a_guess_are_given_by_keyboard_alone(seat: Page) -> None:
    seat.get_by_role("radio").first.focus()
    seat.keyboard.press("ArrowDown")
    seat.keyboard.press("Tab")
    seat.keyboard.press("ArrowRight")  # from the 0 of the guess to its 1
    seat.keyboard.press("Tab")
    seat.keyboard.type("Two boards")
    seat.keyboard.press("Tab")
    seat.keyboard.press("Space")
    seat.get_by_text("Saved", exact=True).wait_for()
    expect(seat.get_by_label(NAMED)).to_be_checked()
    expect(seat.get_by_role("radio", name="1", exact=True)).to_be_checked()

    seat.keyboard.press("Tab")
    seat.keyboard.press("Enter")
    expect(seat.get_by_role("heading", name="Governance")).to_be_focused()


@pytest.mark.long
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_the_seven_choices_still_fit_and_everything_is_large_enough_for_a_thumb(
    seat: Page, size: dict[str, int]
) -> None:
    seat.set_viewport_size(size)  # type: ignore[arg-type]
    for step in range(8):
        found = seat.evaluate(MEASURED)
        assert found["first"] >= 0, step
        assert found["last"] <= found["buttons"] <= size["height"], (step, found)
        assert found["smallest"] >= 44, (step, found)
        seat.locator(".next").click()


@pytest.mark.long
def test_what_came_too_late_can_still_be_said_aloud(seat: Page, wall: Page) -> None:
    tap(seat, 1)
    seat.get_by_role("radio", name="4", exact=True).check()
    seat.get_by_text("1 of 8 saved").wait_for()
    seat.route("**/reason/*", lambda route: route.abort())
    seat.get_by_label(POINT).fill("We never told them")
    seat.get_by_role("status").get_by_text(AWAY).wait_for()

    revealed(wall)

    seat.get_by_role("heading", name="Your team and the room").wait_for()
    seat.get_by_text("Not saved before the reveal").wait_for()
    expect(seat.get_by_text("We never told them")).to_be_visible()
    seat.get_by_role("heading", name="What your team guessed").wait_for()
    expect(seat.get_by_role("listitem")).to_have_text(
        ["Leadership: your team guessed 4 for GP practices, too few to show"]
    )
