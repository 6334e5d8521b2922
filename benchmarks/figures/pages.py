"""What a facilitator and a seat wait for in real Chromium: a press until its answer is painted."""

import asyncio
import json
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Final

from playwright.async_api import Browser, BrowserContext, Error, Page

from benchmarks.browser import launched
from benchmarks.figures.load import cast_all
from benchmarks.page import pace_of
from benchmarks.room import Server, leave_all, serving, take_seats
from benchmarks.votes import schedule

PLACES: Final = 200  # each with an earlier workshop
TESTS: Final = 20  # small tests of the plan
TIMES: Final = 3
PATIENCE: Final = 60.0
POLLED: Final = 0.02
LAPTOP: Final = {"width": 1366, "height": 768}
PICTURE: Final = '[data-testid="stVegaLiteChart"] :is(canvas, svg)'
BALLOT: Final = "input[type=radio]"
CARD: Final = '[class*="st-key-card-a"]'
ROW: Final = "table.places tbody tr"

PRESSED: Final = """(pressed) => {
  const now = performance.timeOrigin + performance.now()
  pressed.click()
  return now
}"""
# In every document, also in the next one: when so many of each were painted first.
WATCH: Final = """(() => {
  const now = () => performance.timeOrigin + performance.now()
  const parts = () => [...document.querySelectorAll('[data-testid="stBidiComponentIsolated"]')]
  const roots = () => [document, ...parts().map((part) => part.shadowRoot)]
  const found = (wanted) =>
    roots().reduce((sum, root) => sum + (root?.querySelectorAll(wanted).length ?? 0), 0)
  window.watched = (wanted, least) => new Promise((told) => {
    const look = () => found(wanted) < least
      ? requestAnimationFrame(look)
      : requestAnimationFrame(() => requestAnimationFrame(() => told(now())))
    look()
  })
  window.first = {}
  for (const wanted of WANTED) watched(wanted, 1).then((at) => (window.first[wanted] = at))
})()"""
PAINTED: Final = "([wanted, least]) => watched(wanted, least)"
FIRST: Final = "(wanted) => window.first[wanted] ?? 0"
ELEMENTS: Final = "document.querySelectorAll('*').length"
ORIGIN: Final = "performance.timeOrigin"


async def pages(app: Path, seats: int, seed: int) -> dict[str, float]:
    """Open a long plan and a long first page, join, and reveal what so many seats scored."""
    pace = pace_of(app)
    async with serving(app, PLACES, TESTS) as server, launched() as browser:
        page = await _facilitator(browser, server)
        figures = await _plan_and_home(page, server)
        waits = [await _tap_to_ballot(browser, server) for _ in range(TIMES)]
        sitting = await take_seats(server, range(seats), pace)
        await cast_all(sitting, schedule(seats, server.domains, 5.0, seed))
        figures |= {"tap to ballot": median(waits), "reveal": await _reveal(page, server)}
        await leave_all(sitting)
    return figures


async def _plan_and_home(page: Page, server: Server) -> dict[str, float]:
    opened: dict[str, list[float]] = {"plan": [], "home": []}
    figures = {}
    for _ in range(TIMES):
        for name, wanted, least in (("plan", CARD, TESTS), ("home", ROW, 1)):
            await page.goto(f"http://localhost:{server.port}/room?workshop={server.code}")
            await page.get_by_role("button", name="Reveal", exact=True).wait_for()
            await asyncio.sleep(1)
            link = page.get_by_role("link", name=name.capitalize(), exact=True)
            opened[name].append(await painted(page, await link.evaluate(PRESSED), wanted, least))
            await asyncio.sleep(1)
            figures[f"{name} elements"] = float(await page.evaluate(ELEMENTS))
            await page.reload()
            began = await page.evaluate(ORIGIN)
            opened.setdefault(f"{name} anew", []).append(await painted(page, began, wanted, least))
    return figures | {name: median(waits) for name, waits in opened.items()}


async def _tap_to_ballot(browser: Browser, server: Server) -> float:
    context = await _context(browser)
    page = await context.new_page()
    await page.goto(f"http://localhost:{server.port}/join/{server.code}")
    pressed = await page.locator("button[name=team]").first.evaluate(PRESSED)
    waited = await first_painted(page, pressed, BALLOT)
    await context.close()
    return waited


async def _reveal(page: Page, server: Server) -> float:
    await page.goto(f"http://localhost:{server.port}/room?workshop={server.code}")
    await page.get_by_role("button", name="Reveal", exact=True).click()
    now = page.get_by_role("button", name="Reveal now")
    await now.wait_for()
    await asyncio.sleep(1)
    return await first_painted(page, await now.evaluate(PRESSED), PICTURE)


async def painted(page: Page, pressed: float, wanted: str, least: int) -> float:
    """Give the seconds from a press (ms of the browser's clock) until so many are painted here."""
    async with asyncio.timeout(PATIENCE):
        return (await page.evaluate(PAINTED, [wanted, least]) - pressed) / 1000


async def first_painted(page: Page, pressed: float, wanted: str) -> float:
    """Give the seconds from a press until the first is painted, in this document or the next."""
    async with asyncio.timeout(PATIENCE):
        while True:
            with suppress(Error):  # it is being left
                if at := await page.evaluate(FIRST, wanted):
                    return (at - pressed) / 1000
            await asyncio.sleep(POLLED)


async def _context(browser: Browser) -> BrowserContext:
    context = await browser.new_context(viewport=LAPTOP)  # type: ignore[arg-type]
    await context.add_init_script(WATCH.replace("WANTED", json.dumps([PICTURE, BALLOT])))
    return context


async def _facilitator(browser: Browser, server: Server) -> Page:
    cookies = await server.sign_in()
    context = await _context(browser)
    name = "discovery_room_facilitator"
    address = f"http://localhost:{server.port}"
    await context.add_cookies([{"name": name, "value": cookies[name], "url": address}])
    return await context.new_page()
