"""A ballot in a real browser: a tap is never lost, and never looks saved before it is."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.kit.chromium import LAPTOP, PHONE, PROJECTOR, context
from tests.kit.cutting import Cable, cable
from tests.kit.gestures import (
    SAMPLE,
    choose,
    code_on,
    goes_on,
    join,
    opened,
    pressed,
    revealed,
    set_up,
    signed_in,
    sit_down,
    tap,
)
from tests.kit.notation import INSTRUMENT
from tests.kit.serving import Server

AWAY = "No connection. Your answer is safe on this device and will be sent."


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wall(browser: Browser, server: Server) -> Page:
    page = signed_in(browser, server, LAPTOP)
    set_up(page, "Oldham")
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


def test_all_seven_choices_stand_open_and_none_is_chosen(seat: Page) -> None:
    expect(seat.get_by_role("radio")).to_have_count(7)
    expect(seat.get_by_role("radio", checked=True)).to_have_count(0)
    expect(seat.get_by_role("button", name="Back")).to_be_disabled()


@pytest.mark.long
def test_a_device_handed_on_shows_and_sends_nothing_of_the_person_before(seat: Page) -> None:
    choose(seat, 3, "1 of 8 saved")
    goes_on(seat)
    seat.route("**/vote/*", lambda route: route.abort())
    tap(seat, 5)
    seat.get_by_text(AWAY).wait_for()
    seat.get_by_role("link", name="Hand this device on").click()
    expect(seat.get_by_text("1 of your 8 answers is saved.")).to_be_visible()
    pressed(seat, "I have finished: hand it on")
    sit_down(seat, "Council")
    seat.get_by_role("heading", name="Leadership").wait_for()
    seat.unroute("**/vote/*")
    seat.wait_for_timeout(1500)  # what waits is sent again within a second
    expect(seat.get_by_role("radio", checked=True)).to_have_count(0)
    goes_on(seat)

    expect(seat.get_by_role("radio", checked=True)).to_have_count(0)
    expect(seat.get_by_text(re.compile("[1-8] of 8 saved"))).to_have_count(0)


def test_a_seat_goes_through_its_ballot_by_keyboard_alone(seat: Page) -> None:
    seat.get_by_role("radio").first.focus()
    seat.keyboard.press("ArrowDown")
    seat.keyboard.press("ArrowDown")
    seat.get_by_text("1 of 8 saved").wait_for()
    expect(seat.get_by_role("radio").nth(2)).to_be_checked()

    # Past the line and Back, onto Next: the heading of the next domain takes the focus.
    seat.keyboard.press("Tab")
    expect(seat.get_by_label("What makes you say so?")).to_be_focused()
    seat.keyboard.press("Tab")
    seat.keyboard.press("Tab")
    seat.keyboard.press("Enter")
    expect(seat.get_by_role("heading", name="Governance")).to_be_focused()


MEASURED = """() => {
  const roots = [...document.querySelectorAll("*")].map((each) => each.shadowRoot)
  const root = roots.find((each) => each?.querySelector(".ballot"))
  const all = (found) => [...root.querySelectorAll(found)].map((e) => e.getBoundingClientRect())
  const held = all(".guess label, textarea, .steps button, .named").filter((r) => r.height)
  return {
    first: Math.min(...all(".choices label").map((r) => r.top)),
    last: Math.max(...all(".choices label").map((r) => r.bottom)),
    line: all("textarea")[0].bottom,
    promise: all(".promise")[0],
    buttons: all(".steps")[0].top,
    smallest: Math.min(...held.flatMap((r) => [r.width, r.height])),
  }
}"""


@pytest.mark.long
def test_a_line_beside_a_score_is_not_in_the_way_and_not_lost(seat: Page) -> None:
    found = seat.evaluate(MEASURED)
    assert 0 <= found["first"] < found["last"] < found["line"] <= found["buttons"]
    assert (found["smallest"] >= 44, found["buttons"] <= PHONE["height"]) == (True, True)
    # Whose words these are and who will see what: in sight under the line, over the buttons.
    assert found["line"] <= found["promise"]["top"]
    assert found["promise"]["bottom"] <= found["buttons"] + 1
    told = seat.get_by_text("Nobody sees a name.").first
    expect(told).to_contain_text("These statements are Discovery Room's own.")
    field = seat.get_by_label("What makes you say so?")
    field.fill("Ask sally@nhs.net")
    seat.get_by_role("alert").get_by_text("it looks like an e-mail address").wait_for()
    seat.route("**/reason/*", lambda route: route.abort())
    field.fill("Nobody decides")
    seat.get_by_text(AWAY).wait_for()
    field.press_sequentially(", and")
    seat.reload()  # in the middle of a word
    expect(field).to_have_value("Nobody decides, and")

    seat.unroute("**/reason/*")
    seat.get_by_text("Saved", exact=True).wait_for()
    choose(seat, 2, "1 of 8 saved")
    expect(field).to_have_value("Nobody decides, and")


@pytest.mark.long
def test_every_domain_stands_whole_on_a_phone(seat: Page) -> None:
    for domain in INSTRUMENT.domains:
        seat.get_by_role("heading", name=domain.name).wait_for()
        found = seat.evaluate(MEASURED)
        assert found["last"] < found["line"] <= found["buttons"], domain.key
        goes_on(seat)


@pytest.mark.long
def test_answers_are_checked_and_changed_from_the_last_screen(seat: Page) -> None:
    tap(seat, 4)
    for _ in range(7):
        pressed(seat, "Next")
    goes_on(seat)
    seat.get_by_text("1 of 8 are answered.").wait_for()
    leadership = seat.get_by_role("button", name=re.compile("Leadership"))
    expect(leadership).to_contain_text(INSTRUMENT.domains[0].statements[4])
    expect(seat.get_by_role("button", name=re.compile("Culture"))).not_to_contain_text("partner")

    leadership.click()
    expect(seat.get_by_role("radio").nth(4)).to_be_checked()
    tap(seat, 6)
    pressed(seat, "Next")
    seat.reload()

    # The same screen, and the answer as it was changed.
    seat.get_by_role("heading", name="Governance").wait_for()
    seat.get_by_role("button", name="Back").click()
    expect(seat.get_by_role("radio").nth(6)).to_be_checked()


@pytest.mark.long
def test_how_to_choose_stands_over_the_choices_and_opens_what_the_words_mean(seat: Page) -> None:
    seat.get_by_text("Choose the highest that is all true here").click()

    expect(seat.get_by_text("More than half of those needed")).to_be_visible()
    expect(seat.get_by_role("radio", checked=True)).to_have_count(0)
    expect(seat.get_by_text("These statements are Discovery Room's own.")).to_have_count(1)


def test_a_refused_tap_does_not_look_saved(seat: Page) -> None:
    choose(seat, 1, "1 of 8 saved")

    def refuse(route: Route) -> None:
        route.fulfill(status=409, json={"said": "Scoring has closed."})

    seat.route("**/vote/*", refuse)
    tap(seat, 5)

    seat.get_by_role("status").get_by_text("Scoring has closed.").wait_for()
    expect(seat.get_by_role("radio").nth(1)).to_be_checked()
    seat.unroute("**/vote/*")
    choose(seat, 2, "1 of 8 saved")
    expect(seat.get_by_role("radio").nth(2)).to_be_checked()


@pytest.mark.long
def test_a_full_disk_is_said_and_the_tap_is_sent_again(seat: Page) -> None:
    full = {"said": "Not saved: the laptop could not write to its disk."}
    seat.route("**/vote/*", lambda route: route.fulfill(status=503, json=full))
    tap(seat, 3)
    seat.get_by_text(full["said"]).wait_for()
    seat.unroute("**/vote/*")

    seat.get_by_text("1 of 8 saved").wait_for()
    expect(seat.get_by_role("radio").nth(3)).to_be_checked()


def test_taps_on_a_broken_line_survive_a_reload_and_arrive(seat: Page) -> None:
    seat.route("**/vote/*", lambda route: route.abort())
    tap(seat, 3)
    seat.get_by_text(AWAY).wait_for()
    pressed(seat, "Next")
    tap(seat, 0)
    seat.reload()
    seat.get_by_role("heading", name="Governance").wait_for()
    seat.get_by_text(AWAY).wait_for()
    expect(seat.get_by_role("radio").nth(0)).to_be_checked()

    seat.unroute("**/vote/*")

    seat.get_by_text("2 of 8 saved").wait_for()


@pytest.mark.long
def test_an_answer_that_is_not_ours_is_no_answer(seat: Page) -> None:
    strange = iter([{}, {"answers": {}}, {"answers": None, "taps": 3}, {"answers": {}, "taps": {}}])
    seat.route("**/vote/*", lambda route: route.fulfill(json=next(strange)), times=4)
    tap(seat, 3)
    seat.get_by_text(AWAY).wait_for()

    seat.get_by_text("1 of 8 saved").wait_for()


@pytest.mark.long
def test_a_tab_that_may_keep_nothing_still_saves(seat: Page) -> None:
    seat.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
    seat.reload()
    choose(seat, 4, "1 of 8 saved")


@pytest.mark.long
def test_two_tabs_of_one_seat_agree_with_the_last_tap(seat: Page) -> None:
    other = seat.context.new_page()
    other.goto(seat.url)
    other.get_by_role("heading", name="Leadership").wait_for()
    for page, choice in ((seat, 3), (other, 1), (seat, 5), (other, 0)):
        with page.expect_response(lambda answer: '"taps"' in answer.text()):
            tap(page, choice)
        page.get_by_text("1 of 8 saved").wait_for()
        expect(page.get_by_role("radio").nth(choice)).to_be_checked()
    seat.wait_for_timeout(300)

    seat.reload()

    seat.get_by_text("1 of 8 saved").wait_for()
    expect(seat.get_by_role("radio").nth(0)).to_be_checked()


@pytest.mark.long
def test_a_tap_that_came_after_the_reveal_is_told(seat: Page, wall: Page) -> None:
    choose(seat, 1, "1 of 8 saved")
    seat.route("**/vote/*", lambda route: route.abort())
    tap(seat, 5)
    seat.get_by_text(AWAY).wait_for()

    revealed(wall)

    seat.get_by_role("heading", name="Your team and the room").wait_for()
    seat.get_by_text("Your last tap came after the reveal and was not saved.").wait_for()
    seat.get_by_text("The same as a table").click()
    expect(seat.get_by_role("row", name=re.compile("^Leadership 1 "))).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize("seconds", [8, 20, 130])
def test_a_cable_that_is_pulled_loses_no_tap(
    browser: Browser, server: Server, seconds: int
) -> None:
    with cable(server.port) as line:
        wall, seats = a_room_on(line, browser, server)
        line.pull()
        pulled = time.monotonic()
        for number, seat in enumerate(seats):
            pressed(seat, "Next")
            tap(seat, number)
        for page in (wall, *seats):
            page.get_by_text("Reconnecting").wait_for()
        assert time.monotonic() - pulled < 4  # six pages, one after the other
        seats[0].get_by_text(AWAY).wait_for()
        expect(wall.get_by_role("dialog")).to_have_count(0)
        wall.wait_for_timeout((seconds - (time.monotonic() - pulled)) * 1000)

        line.plug()
        plugged = time.monotonic()
        for seat in seats:
            seat.get_by_text("2 of 8 saved").wait_for()
        wall.get_by_text("8 of 32 answers").wait_for()
        back = time.monotonic() - plugged

        assert back < 3, back
        for number, seat in enumerate(seats):
            expect(seat.get_by_role("heading", name="Governance")).to_be_visible()
            expect(seat.get_by_role("radio").nth(number)).to_be_checked()
        for page in (wall, *seats):
            expect(page.get_by_text("Reconnecting")).to_be_hidden()
        revealed(wall)
        for seat in seats:
            seat.get_by_role("heading", name="Your team and the room").wait_for()


def a_room_on(line: Cable, browser: Browser, server: Server) -> tuple[Page, list[Page]]:
    wall = context(browser, PROJECTOR).new_page()
    wall.goto(server.link().replace(str(server.port), str(line.port)))
    wall.get_by_role("button", name=SAMPLE).wait_for()
    code = set_up(wall, "Rochdale")
    opened(wall)
    seats = []
    for size in (PHONE, PHONE, LAPTOP, LAPTOP):
        page = context(browser, size).new_page()
        page.goto(f"{line.url}/join/{code}")
        sit_down(page, "Council")
        page.get_by_role("heading", name="Leadership").wait_for()
        choose(page, 3, "1 of 8 saved")
        seats.append(page)
    wall.get_by_text("4 of 32 answers").wait_for()
    return wall, seats
