"""Real Chromium beside the simulation: two voters and a projector, in the same run."""

import asyncio
import random
import time
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Page

from benchmarks.browser.launched import launched
from benchmarks.figures.load import SECONDS, voted
from benchmarks.room.projector import project
from benchmarks.room.seat import leave_all, take_seats
from benchmarks.room.server import Server, serving
from benchmarks.votes import Click, Drawing, Vote, percentile, schedule, visible
from benchmarks.wire.listening import pace_of

VOTERS: Final = 2
WRITE_DOWN: Final = (Path(__file__).parent / "write_down.js").read_text(encoding="utf-8")
CLICK: Final = """(radio) => {
  const now = performance.timeOrigin + performance.now()
  radio.click()
  return now
}"""
REACHED: Final = "(count) => window.seen.find(([, seen]) => seen >= count)?.[0]"


async def chromium(app: Path, seats: int, seed: int) -> dict[str, float]:
    """Let simulated and real seats vote together; give the figures of both.

    The simulated ones are named as in the load, the real ones `chromium ...`. A projector that
    does not say "n of m answers" gives no figure of its own.
    """
    pace = pace_of(app)
    async with serving(app) as server, launched() as browser:
        projector = await project(server, pace)
        wall = await _wall(browser, server, projector.page.tab.cookies)
        voters = [await _voter(browser, server) for _ in range(VOTERS)]
        sitting = await take_seats(server, range(seats), pace)
        plan = schedule(seats, server.domains, SECONDS, seed)
        real = asyncio.gather(*(_vote(voter, number) for number, voter in enumerate(voters)))
        figures, clicks = await voted(server, projector, sitting, plan)
        votes = [click for clicks_of_one in await real for click in clicks_of_one]
        figures |= _acknowledged(votes)
        figures |= await _visible(wall, clicks + votes)
        await leave_all(sitting)
        await projector.leave()
    return figures


async def _wall(browser: Browser, server: Server, cookies: dict[str, str]) -> Page:
    context = await browser.new_context(viewport={"width": 1920, "height": 1080})
    address = f"http://localhost:{server.port}"
    name = "discovery_room_facilitator"
    await context.add_cookies([{"name": name, "value": cookies[name], "url": address}])
    page = await context.new_page()
    await page.goto(f"{address}/room?workshop={server.code}")
    await page.get_by_text(server.code).first.wait_for()
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


async def _vote(page: Page, number: int) -> list[Click]:
    chance = random.Random(number)
    votes = []
    for count in range(1, 9):
        await asyncio.sleep(chance.uniform(0.5, 1.5) * SECONDS / 9)
        sent = await page.locator("input[type=radio]").nth(2).evaluate(CLICK)
        found = await page.wait_for_function(REACHED, arg=count, polling=50)
        votes.append(_click(sent, await found.json_value()))
        onward = "Check your answers" if count == 8 else "Next"
        await page.get_by_role("button", name=onward, exact=True).click()
    return votes


def _click(sent: float, saved: float) -> Click:
    # From the browser's clock (1970) to this process's: both are this machine's.
    clock = time.time() - time.perf_counter()
    return Click(-1, Vote(0, "", 0), 0, sent / 1000 - clock, saved / 1000 - clock, "")


def _acknowledged(votes: list[Click]) -> dict[str, float]:
    waits = [1000 * (vote.acknowledged - vote.sent) for vote in votes]
    return {"chromium ack p50": percentile(waits, 0.5), "chromium ack p95": percentile(waits, 0.95)}


async def _visible(wall: Page, clicks: list[Click]) -> dict[str, float]:
    clock = time.time() - time.perf_counter()
    seen: list[tuple[float, int]] = await wall.evaluate("window.seen")
    drawings = [Drawing(at / 1000 - clock, count) for at, count in seen]
    if not any(drawing.votes for drawing in drawings):
        return {}
    walls = visible(clicks, drawings)
    return {
        "chromium wall p50": percentile(walls, 0.5),
        "chromium wall p95": percentile(walls, 0.95),
    }
