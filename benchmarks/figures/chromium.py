"""Real Chromium beside the simulation: two voters and a projector, in the same run."""

import asyncio
import time
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Browser, Page, async_playwright

from benchmarks.figures.load import SECONDS, voted
from benchmarks.room.projector import project
from benchmarks.room.seat import leave_all, take_seats
from benchmarks.room.server import Server, serving
from benchmarks.votes import Click, percentile, schedule
from benchmarks.wire.listening import pace_of

VOTERS: Final = 2
# Each change of the page is written down with the browser's clock, in milliseconds since 1970.
WRITE_DOWN: Final = """
(() => {
  const words = (root) => [root.textContent,
    ...[...root.querySelectorAll("*")].filter((e) => e.shadowRoot).map((e) => words(e.shadowRoot)),
  ].join(" ")
  const seen = (window.seen = [])
  const look = () => {
    const found = words(document.body).match(/(\\d+) of \\d+ (?:saved|answers)/)
    const count = found ? Number(found[1]) : 0
    const now = performance.timeOrigin + performance.now()
    if (!seen.length || seen.at(-1)[1] !== count) seen.push([now, count])
    requestAnimationFrame(look)
  }
  look()
})()
"""


async def chromium(app: Path, seats: int, seed: int) -> dict[str, float]:
    """Let simulated and real seats vote together; give the figures of both."""
    pace = pace_of(app)
    async with serving(app) as server, async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        projector = await project(server, pace)
        wall = await _wall(browser, server, projector.page.tab.cookies)
        voters = [await _voter(browser, server) for _ in range(VOTERS)]
        sitting = await take_seats(server, range(seats), pace)
        plan = schedule(seats, server.domains, SECONDS, seed)
        real = [asyncio.create_task(_vote(voter)) for voter in voters]
        figures, clicks = await voted(server, projector, sitting, plan)
        waits = [wait for voter in real for wait in await voter]
        figures |= {"chromium ack p50": percentile(waits, 0.5), "chromium ack most": max(waits)}
        figures |= await _behind(wall, clicks)
        await leave_all(sitting)
        await projector.leave()
        await browser.close()
    return figures


async def _wall(browser: Browser, server: Server, cookies: dict[str, str]) -> Page:
    context = await browser.new_context(viewport={"width": 1920, "height": 1080})
    address = f"http://localhost:{server.port}"
    secret = cookies["discovery_room_facilitator"]
    await context.add_cookies(
        [{"name": "discovery_room_facilitator", "value": secret, "url": address}]
    )
    page = await context.new_page()
    await page.goto(f"{address}/room?workshop={server.code}")
    await page.get_by_text("have finished").first.wait_for()
    await page.evaluate(WRITE_DOWN)
    return page


async def _voter(browser: Browser, server: Server) -> Page:
    context = await browser.new_context(viewport={"width": 1366, "height": 768})
    page = await context.new_page()
    await page.goto(f"http://localhost:{server.port}/join/{server.code}")
    await page.locator("button[name=team]").first.click()
    await page.locator("input[type=radio]").first.wait_for(state="attached")
    await page.evaluate(WRITE_DOWN)
    return page


async def _vote(page: Page) -> list[float]:
    waits = []
    for number in range(1, 9):
        await asyncio.sleep(SECONDS / 9)
        clicked = await page.evaluate(
            """() => {
              const inside = (root) => [...root.querySelectorAll("*")].flatMap((e) =>
                [e, ...(e.shadowRoot ? inside(e.shadowRoot) : [])])
              const radio = inside(document).find((e) => e.matches("input[type=radio]"))
              const now = performance.timeOrigin + performance.now()
              radio.click()
              return now
            }"""
        )
        waits.append(await _reached(page, number) - clicked)
        await page.get_by_role(
            "button", name="Check your answers" if number == 8 else "Next"
        ).click()
        await page.wait_for_timeout(400)
    return waits


async def _reached(page: Page, count: int) -> float:
    found: Any = await page.wait_for_function(
        "(count) => window.seen.find(([, seen]) => seen >= count)?.[0]", arg=count
    )
    return float(await found.json_value())


async def _behind(wall: Page, clicks: list[Click]) -> dict[str, float]:
    """Give the projector's delay: when its own count first reached each acknowledged vote."""
    seen: list[list[float]] = await wall.evaluate("window.seen")
    if max(count for _, count in seen) < len(clicks):
        return {}  # this page does not count answers
    clock = time.time() - time.perf_counter()
    waits, saved = [], sorted(clicks, key=lambda click: click.acknowledged)
    for number, click in enumerate(saved, start=1):
        shown = [
            at for at, count in seen if count >= number and at / 1000 - clock >= click.acknowledged
        ]
        waits.append(shown[0] - 1000 * (clock + click.sent) if shown else float("inf"))
    return {
        "chromium wall p50": percentile(waits, 0.5),
        "chromium wall p95": percentile(waits, 0.95),
    }
