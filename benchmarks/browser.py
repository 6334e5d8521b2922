"""Real Chromium: what it fetches, and how it compares with the simulation."""

import asyncio
import random
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from playwright.async_api import Browser, CDPSession, Page, async_playwright

from benchmarks.figures.load import SECONDS, voted
from benchmarks.page import pace_of
from benchmarks.room import HOST, Server, leave_all, project, serving, take_seats
from benchmarks.votes import Click, Drawing, Vote, percentile, schedule, visible

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")


@asynccontextmanager
async def launched(*arguments: str) -> AsyncIterator[Browser]:
    """Run a browser with nothing kept from earlier.

    Raises:
        RuntimeError: this machine has none.
    """
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        raise RuntimeError("No Chromium on this machine.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", *arguments]
        )
        yield browser
        await browser.close()


_OWN_WAY: Final = ("/join/", "/push/", "/score", "/_stcore/health", "/_stcore/host-config")
_ARGUMENTS: Final = ("--no-proxy-server", f"--host-resolver-rules=MAP {HOST} 127.0.0.1")
_VOTING: Final = "input[type=radio]"


class ColdPage(NamedTuple):
    """Bytes of the answers with their heads, and the files: those before the websocket, and after.

    The frames of the websocket come on top of the answers, and are in `total` too.
    """

    total: int
    answers: int
    before: tuple[str, ...]
    after: tuple[str, ...]


class _Ledger:
    """Writes down what the browser fetches, in order."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[str, bool]] = {}
        self.bytes: dict[str, int] = {}
        self.offered: set[str] = set()
        self.frames = 0
        self.connected = False

    def watch(self, session: CDPSession) -> None:
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.requestWillBeSentExtraInfo", self._offered)
        session.on("Network.loadingFinished", self._loaded)
        session.on("Network.loadingFailed", self._failed)
        session.on("Network.responseReceived", self._answered)
        session.on("Network.webSocketCreated", self._connect)
        session.on("Network.webSocketFrameReceived", self._framed)

    def _asked(self, event: dict[str, Any]) -> None:
        address = urlsplit(event["request"]["url"])
        path = address.path + (f"?{address.query}" if address.query else "")
        if address.scheme == "http" and not path.startswith(_OWN_WAY):
            self.files[event["requestId"]] = (path, self.connected)
        answer = event.get("redirectResponse")
        if answer:
            self.bytes[f"{event['requestId']} redirect"] = answer["encodedDataLength"]

    def _offered(self, event: dict[str, Any]) -> None:
        for name, value in event["headers"].items():
            if name.lower() == "accept-encoding":
                self.offered.add(value)

    def _loaded(self, event: dict[str, Any]) -> None:
        self.bytes[event["requestId"]] = int(event["encodedDataLength"])

    def _answered(self, event: dict[str, Any]) -> None:
        # What the join page let it fetch ahead is there already, and asked of nobody.
        if event["response"].get("fromDiskCache") or event["response"].get("fromPrefetchCache"):
            self.files.pop(event["requestId"], None)

    def _failed(self, event: dict[str, Any]) -> None:
        # A file that the page's own policy forbids is never fetched.
        self.files.pop(event["requestId"], None)

    def _connect(self, _: dict[str, Any]) -> None:
        self.connected = True

    def _framed(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        text = frame["payloadData"]
        self.frames += len(text) if frame["opcode"] == 1 else len(text) * 3 // 4

    def page(self) -> ColdPage:
        answers = sum(self.bytes.values())
        early = dict.fromkeys(path for path, late in self.files.values() if not late)
        later = dict.fromkeys(path for path, late in self.files.values() if late)
        return ColdPage(answers + self.frames, answers, tuple(early), tuple(later))


async def cold_page(server: Server) -> ColdPage:
    """Join with a fresh browser and load the voting page, with gzip as the best coding offered.

    Raises:
        RuntimeError: the browser offered a better coding than a phone in the room would.
    """
    async with launched(*_ARGUMENTS) as browser:
        page = await browser.new_page(viewport={"width": 1366, "height": 768})
        ledger = _Ledger()
        session = await page.context.new_cdp_session(page)
        ledger.watch(session)
        await session.send("Network.enable")
        await _join(page, server)
    if ledger.offered != {"gzip, deflate"}:
        raise RuntimeError(f"The browser offered {ledger.offered}, a phone offers gzip, deflate.")
    return ledger.page()


async def _join(page: Page, server: Server) -> None:
    await page.goto(f"http://{HOST}:{server.port}/join/{server.code}")
    await page.locator("button[name=team]").first.click()
    await page.locator(_VOTING).first.wait_for(state="attached")
    # The last fonts and parts come a moment after the screen can be used.
    await page.wait_for_timeout(1500)


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
