"""The same in a real browser: every screen of a room full of odd texts, with nothing held back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from aqua_core.vocabulary import Workshop, clean_text
from pages._views import View
from tests.kit.chromium import LAPTOP, settled
from tests.kit.gestures import at_home, goes_on, pressed, sit_down
from tests.kit.odd_texts import NAMES, TEXTS, WORDINGS, odd_room, score, talk_and_plan
from tests.kit.one_room import opened_in
from tests.kit.serving import Server, serving

# The ballot stands in a shadow of its own, which a search of the page does not enter.
ROOTS = """const roots = [document]
  for (const root of roots)
    for (const each of root.querySelectorAll("*")) if (each.shadowRoot) roots.push(each.shadowRoot)
  const all = (what) => roots.flatMap((root) => [...root.querySelectorAll(what)])
"""
DRAWN = f"""() => {{ {ROOTS}
  return all(
    "a[href*='evil'], a[href^='javascript:'], [src*='evil'], [onerror], [onload], .katex, math," +
    "[data-testid=stMain] :is(script, iframe, object, del, blockquote, hr)," +
    ".ballot :is(a, img, code, del, li)," +
    "[data-testid=stMarkdownContainer] :is(img, code, pre, ol)"
  ).map((each) => each.outerHTML.slice(0, 200)) }}"""
OPEN = """() => document.querySelectorAll("details:not([open]) > summary")
    .forEach((each) => each.click())"""
TOLD = f"""() => {{ {ROOTS}
  return all("input, textarea").map((each) => each.value)
    .concat(all("svg text, svg title").map((each) => each.textContent))
    .concat(document.body.innerText, all(".ballot").map((each) => each.innerText)).join("\\n") }}"""


@dataclass
class Watch:
    """What a page did that it should not: dialogs, requests elsewhere, things drawn from texts."""

    server: Server
    dialogs: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    drawn: dict[str, list[str]] = field(default_factory=dict)
    missing: dict[str, list[str]] = field(default_factory=dict)
    screens: int = 0

    def over(self, page: Page) -> Page:
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: self._asked(request.url))
        return page

    def _asked(self, url: str) -> None:
        if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).hostname != "localhost":
            self.foreign.append(url)

    def screen(self, page: Page, name: str, texts: tuple[str, ...]) -> None:
        """Open all that can be opened, wait for the texts, and look at what else was drawn."""
        settled(page)
        self.screens += 1
        for _ in range(20):
            page.evaluate(OPEN)
            page.wait_for_timeout(250)
            gone = unseen([*texts], read(page.evaluate(TOLD)))
            if not gone:
                break
        if gone:
            self.missing.setdefault(name, []).extend(gone)
        if found := page.evaluate(DRAWN):
            self.drawn[name] = found


def read(text: str) -> str:
    return " ".join(text.replace("\u2060", "").split())


def unseen(texts: list[str], words: str) -> list[str]:
    return [text for text in texts if read(text) not in words]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Workshop, Workshop]]:
    folder = tmp_path_factory.mktemp("odd")
    with opened_in(folder) as facilitator:
        workshop = odd_room(facilitator, date.today())
        score(workshop)
        talk_and_plan(facilitator, workshop, date.today())
        scoring = odd_room(facilitator, date.today(), NAMES[1])
    with serving(folder) as server:
        yield server, workshop, scoring


def a_page(browser: Browser, watch: Watch) -> Page:
    # Without the policy of the pages: what a text would fetch or run is not held back by it.
    context = browser.new_context(viewport=LAPTOP, bypass_csp=True)  # type: ignore[arg-type]
    return watch.over(context.new_page())


@pytest.mark.long
def test_no_screen_draws_runs_or_follows_what_was_typed(browser: Browser, odd) -> None:
    server, workshop, scoring = odd
    watch = Watch(server)
    domains = workshop.instrument.domains
    shorts = [domain.short for domain in domains]

    def seen(page: Page, name: str, *texts: str) -> None:
        watch.screen(page, name, texts)

    wall = a_page(browser, watch)
    at_home(wall, server)
    seen(wall, "home", workshop.place.name)
    at = lambda path: wall.goto(f"{server.url}/{path}?workshop={workshop.code}")  # noqa: E731

    at("room")
    expect(wall.get_by_text("The scores are revealed")).to_be_visible()
    seen(wall, "room", workshop.place.name, *NAMES)
    at("gaps")
    for view in View:
        wall.get_by_role("radio", name=view.value, exact=True).click()
        expect(wall.get_by_test_id("stVegaLiteChart")).to_be_visible()
        settled(wall)
        kinds, level = view is View.KINDS, view is View.LEVEL
        seen(wall, view.value, *([] if kinds else shorts), *([] if level else NAMES))
    hovered = {told(wall, mark) for mark in range(6)}
    at("one-domain")
    expect(wall.get_by_test_id("stVegaLiteChart")).to_be_visible()
    seen(wall, "one domain", *domains[0].statements, *workshop.instrument.levels, *NAMES)
    at("talk")
    expect(wall.get_by_role("button", name="Write it down")).to_be_visible()
    seen(wall, "talk", *(f"“{clean_text('the note', 500, text)}”" for text in TEXTS))
    at("plan")
    expect(wall.get_by_role("button", name="Download")).to_be_visible()
    seen(wall, "plan", *TEXTS)
    at("only-for-you")
    pressed(wall, "Nobody else sees this screen")
    expect(wall.get_by_role("heading", name="How high, how agreed")).to_be_visible()
    seen(wall, "only for you", *(domain.short for domain in domains))

    seat = a_page(browser, watch)
    for held in (workshop, scoring):
        seat.goto(f"{server.url}/join/{held.code}")
        words = read(seat.inner_text("body"))
        assert unseen([held.place.name, *NAMES], words) == []
        assert seat.evaluate(DRAWN) == []
        sit_down(seat, NAMES[1])
        if held is workshop:
            expect(seat.get_by_role("heading", name="Your team and the room")).to_be_visible()
            seen(seat, "result", *shorts)
        else:
            for domain in domains:
                heading = seat.get_by_role("heading", name=domain.name, exact=True)
                heading.wait_for()
                seen(seat, "ballot", domain.name, domain.question, *domain.statements)
                goes_on(seat)
            seen(seat, "answers to check", *(domain.short for domain in domains))

    assert (watch.dialogs, watch.foreign, watch.drawn, watch.missing) == ([], [], {}, {})
    assert [name for name in NAMES if any(told.startswith(f"{name}, ") for told in hovered)]
    assert watch.screens == 14 + len(WORDINGS)
    assert "Traceback" not in server.printed()
    print(
        f"{watch.screens} screens, {len(TEXTS)} texts, {len(NAMES)} names, {len(WORDINGS)} wordings"
    )


def told(page: Page, mark: int) -> str:
    """Give what a chart tells of a group's mark on hover."""
    page.locator("[data-testid=stVegaLiteChart] .mark-symbol path").nth(mark).hover(force=True)
    return read(page.locator("#vg-tooltip-element").inner_text())
