"""What a room has of browsers and networks: small windows, zoom, paper, proxies, translation."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from pages._room import FACILITATOR_COOKIE, SEAT_COOKIE
from tests.kit.chromium import LAPTOP, PHONE, settled
from tests.kit.notation import INSTRUMENT, made, seated
from tests.kit.one_room import opened_in
from tests.kit.serving import Server, serving

pytestmark = pytest.mark.slow
PARTNERS = ("Council", "Hospital trust", "GP practices")
BASES = (0, 4, 2)
WINDOWS = [
    *((683, 768), (700, 768), (720, 900), (960, 1080), (1024, 768), (1280, 720), (1366, 640)),
    *((1536, 730), (1920, 940), (1080, 1920), (2560, 1080), (3840, 2160)),
]
TRANSLATED = (Path(__file__).parent / "translated.js").read_text(encoding="utf-8")
HEARD = (Path(__file__).parent / "heard.js").read_text(encoding="utf-8")
AXIS = """() => [...document.querySelectorAll("svg.marks text")]
  .filter((text) => /^[0-5]$/.test(text.textContent))
  .map((text) => [Number(text.textContent), text.getBoundingClientRect().left])"""


class Given(NamedTuple):
    """A running server, a workshop that is revealed and one that waits, and who looks."""

    server: Server
    revealed: str
    waiting: str
    facilitator: str
    seat: str
    waiting_seat: str
    again: str
    again_seat: str


@pytest.fixture(scope="module")
def given(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Given]:
    folder = tmp_path_factory.mktemp("any-browser")
    with opened_in(folder) as facilitator:
        code, seat = revealed_room(facilitator)
        waiting = made(facilitator, *PARTNERS, place="Bolton")
        waits = seated(waiting, "Council")
        for name in PARTNERS[1:]:
            seated(waiting, name)
        again = made(facilitator, *PARTNERS, place="Oldham")
        goes = seated(again, "Council")
        open_scoring(facilitator, again.code, [domain.key for domain in INSTRUMENT.domains])
        kept = (facilitator.facilitator, seat.seat, waits.seat, again.code, goes.seat)
    with serving(folder) as server:
        yield Given(server, code, waiting.code, *kept)


def revealed_room(facilitator: Caller) -> tuple[str, Caller]:
    workshop = made(facilitator, *PARTNERS)
    seats = {name: [seated(workshop, name) for _ in range(3)] for name in PARTNERS}
    open_scoring(facilitator, workshop.code, [domain.key for domain in INSTRUMENT.domains])
    for name, base in zip(PARTNERS, BASES, strict=True):
        for number, seat in enumerate(seats[name]):
            for nth, domain in enumerate(INSTRUMENT.domains):
                points = min(5, base + (number + nth) % 2)
                submit_score(seat, workshop.code, domain.key, points)
    reveal(facilitator, workshop.code)
    return workshop.code, seats["Council"][0]


def looking(browser: Browser, given: Given, path: str, **how: Any) -> Page:
    """Open a page, as the facilitator or in a seat."""
    opens = how.pop("opens", True)
    how.setdefault("viewport", LAPTOP)
    context = browser.new_context(**how)
    seats = {given.waiting: given.waiting_seat, given.again: given.again_seat}
    seat = seats.get(path[-4:], given.seat)
    cookies = {FACILITATOR_COOKIE: given.facilitator, SEAT_COOKIE: seat}
    context.add_cookies(
        [{"name": name, "value": value, "url": given.server.url} for name, value in cookies.items()]
    )
    page = context.new_page()
    if opens:
        page.goto(f"{given.server.url}/{path}")
        settled(page)
    return page


def drawn(page: Page) -> Page:
    page.locator("svg.marks text").first.wait_for()
    page.wait_for_timeout(400)
    return page


def test_a_page_stands_before_it_is_answered_who_may_frame_it(
    browser: Browser, given: Given
) -> None:
    """Two answers more before anything is asked: on a slow Wi-Fi each is a wait of its own."""
    page = looking(browser, given, f"gaps?workshop={given.revealed}", opens=False)
    page.route(re.compile("/_stcore/(host-config|health)$"), lambda _: None)

    page.goto(f"{given.server.url}/gaps?workshop={given.revealed}")

    drawn(page)


AHEAD = "() => performance.getEntriesByName('drawn ahead').length"


def test_room_draws_a_picture_of_no_workshop_ahead_where_nobody_sees_it(
    browser: Browser, given: Given
) -> None:
    page = looking(browser, given, f"room?workshop={given.waiting}")

    page.wait_for_function(AHEAD)

    assert page.locator("svg.marks, [data-testid='stVegaLiteChart']").count() == 0


FITS = "high => document.querySelector('svg.marks').getBoundingClientRect().bottom <= high"


def foot(page: Page, selector: str) -> float:
    return float(
        page.evaluate("q => document.querySelector(q).getBoundingClientRect().bottom", selector)
    )


@pytest.mark.long
def test_a_picture_fits_every_window_the_right_way_round(browser: Browser, given: Given) -> None:
    page = looking(browser, given, f"gaps?workshop={given.revealed}")
    for wide, high in WINDOWS:
        page.set_viewport_size({"width": wide, "height": high})
        for view in ("Ranked gaps", "How high"):
            page.get_by_test_id("stButtonGroup").get_by_text(view, exact=True).click()
            settled(page)
            drawn(page)
            # The scale follows a window by steps: on a busy machine the last comes after a second.
            page.wait_for_function(FITS, arg=high)
            axis = dict(page.evaluate(AXIS))

            assert [axis[n] for n in range(6)] == sorted(axis.values()), (wide, high, view)
            assert axis[0] > 0, (wide, high, view)
            assert axis[5] < wide, (wide, high, view)
    page.context.close()


@pytest.mark.long
def test_the_controls_of_a_conversation_cover_nothing_of_it(browser: Browser, given: Given) -> None:
    page = looking(browser, given, f"talk?workshop={given.revealed}")
    for wide, high in WINDOWS:
        page.set_viewport_size({"width": wide, "height": high})
        drawn(page)

        controls = page.locator(".st-key-controls").bounding_box()
        assert controls is not None
        assert foot(page, ".st-key-card") <= controls["y"] + 3, (wide, high)
        assert controls["y"] + controls["height"] <= high, (wide, high)
    page.context.close()


@pytest.mark.long
@pytest.mark.parametrize("path", ["room", "gaps", "one-domain", "talk", "plan"])
def test_a_browsers_zoom_enlarges_what_is_read(browser: Browser, given: Given, path: str) -> None:
    sizes = []
    for zoom in (1, 2):
        small = {"width": 1920 // zoom, "height": 1080 // zoom}
        page = looking(
            browser,
            given,
            f"{path}?workshop={given.revealed}",
            viewport=small,
            device_scale_factor=zoom,
        )
        if path not in ("room", "plan"):
            drawn(page)
        page.locator(".st-key-way p").first.wait_for()
        settled(page)  # else the row of links is measured before it is laid out
        seen = page.evaluate(
            "() => ['.st-key-way p', 'svg.marks text']"
            ".map((q) => document.querySelector(q)?.getBoundingClientRect().height ?? 0)"
        )
        sizes.append(seen)
        page.context.close()

    # In CSS px: a zoom of 200 % makes each of them twice as large.
    assert all(after >= before * 0.97 for before, after in zip(*sizes, strict=True)), sizes


@pytest.mark.long
def test_axe_finds_nothing_at_a_zoom_of_200_per_cent(browser: Browser, given: Given) -> None:
    of_it = ("room", "gaps", "one-domain", "talk", "plan", "over-time", "only-for-you", "score")
    paths = [*(f"{path}?workshop={given.revealed}" for path in of_it), "", "set-up", "salford"]
    dark = [f"{path}?workshop={given.revealed}" for path in ("gaps", "plan", "take-away")]
    small = {"width": 960, "height": 540}
    how: dict[str, Any] = {"viewport": small, "device_scale_factor": 2, "bypass_csp": True}
    found = {}
    for path, scheme in (*product(paths, ["light"]), *product(dark, ["dark"])):
        page = looking(browser, given, path, color_scheme=scheme, **how)
        violations = Axe().run(page).response["violations"]
        found[path, scheme] = [fault["id"] for fault in violations]
        page.context.close()

    # Streamlit's own uploader: its frame is no widget, and has a label all the same.
    taken = found[dark[-1], "dark"]
    found[dark[-1], "dark"] = [fault for fault in taken if fault != "presentation-role-conflict"]
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.long
def test_a_page_is_printed_whole_and_light_also_from_a_dark_screen(
    browser: Browser, given: Given
) -> None:
    page = looking(browser, given, f"gaps?workshop={given.revealed}", color_scheme="dark")
    drawn(page)
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 1047, "height": 718})  # A4 across, less its margins
    page.wait_for_timeout(600)

    for part in ("body", "[data-testid=stApp]", "[data-testid=stMain]"):
        expect(page.locator(part)).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(page.get_by_text("The gap is 4.0 points")).to_have_css("color", "rgb(27, 27, 27)")
    assert "invert(1)" in page.evaluate(
        "() => getComputedStyle(document.querySelector('svg.marks')).filter"
    )
    axis = dict(page.evaluate(AXIS))
    assert 0 < axis[0] < axis[5] < 1047
    assert (
        page.evaluate("() => document.querySelector('svg.marks').getBoundingClientRect().right")
        < 1048
    )
    assert (
        page.evaluate(
            "() => getComputedStyle(document.querySelector('[data-testid=stMain]')).overflow"
        )
        == "visible"
    )
    page.context.close()


BROKEN: dict[str, tuple[Callable[[Page], Any], str]] = {
    "a proxy stops its line": (
        lambda page: page.route_web_socket(re.compile(".*"), lambda line: line.close()),
        "This page is not connected yet.",
    ),
    "the browser is too old for its script": (
        lambda page: page.route(
            re.compile(r"/static/js/index\..*\.js"),
            lambda route: route.fulfill(body="const x = (?<;", content_type="text/javascript"),
        ),
        "This browser cannot show Discovery Room",
    ),
    "its script is withheld": (
        lambda page: page.route(re.compile(r"/static/js/"), lambda route: route.abort()),
        "This browser cannot show Discovery Room",
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("what", BROKEN)
def test_a_page_that_stays_blank_says_why_within_seconds(
    browser: Browser, given: Given, what: str
) -> None:
    page = looking(browser, given, "", opens=False, viewport=PHONE)
    stop, sentence = BROKEN[what]
    stop(page)
    page.goto(f"{given.server.url}/score?workshop={given.revealed}")

    expect(page.get_by_text(sentence)).to_be_visible(timeout=8_000)
    expect(page.get_by_role("link", name="Try again")).to_be_visible()
    page.unroute_all()
    page.context.close()


@pytest.mark.long
def test_a_page_that_opens_says_nothing_of_it(browser: Browser, given: Given) -> None:
    page = looking(browser, given, f"score?workshop={given.revealed}")
    page.wait_for_timeout(7_000)

    expect(page.locator("#first-words")).to_be_hidden()
    page.context.close()


@pytest.mark.long
@pytest.mark.parametrize("path", ["plan", "talk", "room", "take-away", ""])
def test_without_web_fonts_no_name_of_an_icon_is_seen(
    browser: Browser, given: Given, path: str
) -> None:
    page = looking(browser, given, "", opens=False)
    page.route(re.compile(r"\.(woff2?|ttf)($|\?)"), lambda route: route.abort())
    page.goto(f"{given.server.url}/{path}?workshop={given.revealed}")
    settled(page)
    page.wait_for_timeout(500)

    icons = page.locator("[data-testid=stIconMaterial]")
    assert not any(icon.is_visible() for icon in icons.all())
    page.context.close()


def test_icons_are_drawn_where_their_font_comes(browser: Browser, given: Given) -> None:
    page = looking(browser, given, f"plan?workshop={given.revealed}")

    expect(page.locator("[data-testid=stIconMaterial]:visible")).not_to_have_count(0)
    page.context.close()


@pytest.mark.long
def test_projected_pages_ask_the_laptop_to_stay_awake(browser: Browser, given: Given) -> None:
    page = looking(browser, given, "", opens=False)
    page.add_init_script(
        "window.asked = 0;"
        "navigator.wakeLock.request = async () => (window.asked++, new EventTarget())"
    )
    for path in ("room", "gaps", "one-domain", "talk", "plan", "over-time"):
        page.goto(f"{given.server.url}/{path}?workshop={given.revealed}")
        assert page.evaluate("window.asked") == 1, path
    for path in ("set-up", f"score?workshop={given.revealed}"):
        page.goto(f"{given.server.url}/{path}")
        assert page.evaluate("window.asked") == 0, path
    page.context.close()


@pytest.mark.long
def test_under_a_translation_counts_and_stage_go_on_and_are_said_once(
    browser: Browser, given: Given
) -> None:
    room = looking(browser, given, f"room?workshop={given.waiting}")
    seat = looking(browser, given, f"score?workshop={given.waiting}", viewport=PHONE)
    room.evaluate(TRANSLATED)
    seat.evaluate(TRANSLATED)
    seat.evaluate(HEARD)
    expect(seat).to_have_title(re.compile("^Waiting for scoring to open"))
    heading = room.locator(".st-key-finished h2")

    joins = browser.new_context(viewport=PHONE).new_page()  # type: ignore[arg-type]
    joins.goto(f"{given.server.url}/join/{given.waiting}")
    joins.get_by_role("button", name="GP practices", exact=True).click()
    expect(heading).to_have_text("Bolton: 4 have joined")

    room.get_by_role("button", name="Open scoring").click()
    expect(heading).to_have_text("0 of 4 have finished; about 1,000 are expected")
    expect(seat.get_by_role("heading", name="Leadership")).to_be_visible()
    expect(seat).to_have_title(re.compile("^Scoring is open"))
    expect(room).to_have_title(re.compile("^Scoring is open"))
    seat.wait_for_timeout(1_000)
    assert heard(seat) == ["Scoring is open"]

    seat.locator("label").nth(3).click()
    expect(seat.get_by_text("1 of 8 saved")).to_be_visible()
    seat.evaluate("window.said.length = 0")
    expect(room.get_by_text("1 of 32 answers")).to_be_visible()
    settled(room)
    room.get_by_role("button", name="Reveal", exact=True).click()
    room.get_by_role("button", name=re.compile("^Reveal (now|all the same)$")).click()
    expect(seat.get_by_role("heading", name="Your team and the room")).to_be_visible()
    expect(seat).to_have_title(re.compile("^The scores are revealed"))
    seat.wait_for_timeout(1_000)
    assert heard(seat) == ["The scores are revealed"]
    for page in (room, seat, joins):
        page.context.close()


def heard(page: Page) -> list[str]:
    return [words for words in json.loads(page.evaluate("JSON.stringify(window.said)")) if words]


@pytest.mark.long
def test_where_colours_are_forced_a_chosen_view_looks_chosen(
    browser: Browser, given: Given
) -> None:
    page = looking(browser, given, f"gaps?workshop={given.revealed}", forced_colors="active")
    drawn(page)
    chosen, left = (
        page.get_by_test_id("stButtonGroup").get_by_role("radio", name=name)
        for name in ("Ranked gaps", "Radar")
    )

    expect(chosen).to_have_css("border-top-style", "double")
    expect(left).not_to_have_css("border-top-style", "double")
    picture = page.locator("svg.marks").first
    expect(picture).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(picture).to_have_css("forced-color-adjust", "none")
    page.context.close()


INKS = """e => [e, ...e.querySelectorAll("p, span")].map((part) => getComputedStyle(part).color)"""


@pytest.mark.long
@pytest.mark.parametrize("path", ["room", "gaps", "talk", "plan", "kept"])
def test_on_dark_nothing_that_is_pressed_is_said_in_the_dark_of_its_button(
    browser: Browser, given: Given, path: str
) -> None:
    """The primary colour is made for white letters on it: on the dark ground it has 3.4 to 1."""
    page = looking(browser, given, f"{path}?workshop={given.revealed}", color_scheme="dark")

    def look(pressed: str) -> None:
        for part in (one for one in page.locator(pressed).all() if one.is_visible()):
            part.hover(force=True)
            page.wait_for_timeout(50)
            assert "rgb(47, 111, 165)" not in part.evaluate(INKS), part.inner_text()

    look('[data-testid="stMain"] :is(button, summary, a)')
    names = page.get_by_role("button", name="Names and teams")
    if names.count():
        names.click()
        page.get_by_role("tab").first.wait_for()
        look('[role="dialog"] :is(button, [role="tab"])')
    page.context.close()


@pytest.mark.long
@pytest.mark.parametrize("agent", ["Mozilla/5.0 (Linux; Android 14) Chrome/156 Mobile", None])
@pytest.mark.parametrize("width", [390, 630])
@pytest.mark.parametrize("path", ["room", "gaps", "talk"])
def test_a_phone_and_a_window_as_narrow_keep_their_own_size(
    browser: Browser, given: Given, path: str, width: int, agent: str | None
) -> None:
    window = {"width": width, "height": 844}
    page = looking(
        browser, given, f"{path}?workshop={given.revealed}", viewport=window, user_agent=agent
    )

    expect(page.locator("html")).to_have_css("font-size", "16px")
    expect(page.get_by_test_id("stMainBlockContainer")).to_have_css("zoom", "1")
    wide = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= width
    page.context.close()


@pytest.mark.long
@pytest.mark.parametrize("path", ["set-up", "plan", "talk", "take-away", "only-for-you"])
def test_fields_on_an_ipad_are_large_enough_not_to_be_zoomed_into(
    browser: Browser, given: Given, path: str
) -> None:
    page = looking(
        browser,
        given,
        f"{path}?workshop={given.revealed}",
        viewport={"width": 1180, "height": 820},
        has_touch=True,
        is_mobile=True,
    )
    for _ in range(10):  # a field that is just drawn grows into its size
        small = page.evaluate(
            """() => [...document.querySelectorAll("input, textarea, select")]
              .filter((field) => !["checkbox", "radio", "file"].includes(field.type))
              .map((field) => [field.outerHTML, parseFloat(getComputedStyle(field).fontSize)])
              .filter(([, size]) => size < 16)"""
        )
        if not small:
            break
        page.wait_for_timeout(200)

    assert small == []
    page.context.close()


@pytest.mark.long
def test_what_a_phone_is_told_moves_nothing_and_covers_no_button(
    browser: Browser, given: Given
) -> None:
    seat = looking(browser, given, f"score?workshop={given.again}", viewport=PHONE)
    first = seat.locator("label").first
    first.wait_for()
    stood = first.bounding_box()
    seat.locator("label").nth(2).click()
    expect(seat.get_by_text("1 of 8 saved")).to_be_visible()
    assert first.bounding_box() == stood

    seat.context.set_offline(True)
    seat.locator("label").nth(3).click()
    safe = seat.get_by_text("No connection. Your answer is safe on this device")
    expect(safe).to_be_visible()
    cut = seat.get_by_text("Reconnecting")
    expect(cut).to_be_visible()
    assert first.bounding_box() == stood
    for down in (300, 0):
        seat.locator("[data-testid=stMain]").evaluate("(main, y) => main.scrollTo(0, y)", down)
        pill, sentence = cut.bounding_box(), safe.bounding_box()
        assert pill
        assert sentence
        assert pill["y"] + pill["height"] <= sentence["y"], (pill, sentence)
    seat.get_by_role("button", name="Next").click(timeout=2_000)  # nothing lies over it
    seat.context.set_offline(False)
    seat.context.close()
