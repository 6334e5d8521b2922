"""What a real Chromium fetches to show a cold voting page: addresses and bytes on the wire."""

from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from playwright.async_api import CDPSession, Page, async_playwright

from benchmarks.room.server import Server

_OWN_WAY: Final = ("/join/", "/push/", "/score", "/_stcore/health", "/_stcore/host-config")
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
        self.files: list[tuple[str, bool]] = []
        self.bytes: dict[str, int] = {}
        self.frames = 0
        self.connected = False

    def watch(self, session: CDPSession) -> None:
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._loaded)
        session.on("Network.webSocketCreated", self._connect)
        session.on("Network.webSocketFrameReceived", self._framed)

    def _asked(self, event: dict[str, Any]) -> None:
        address = urlsplit(event["request"]["url"])
        path = address.path + (f"?{address.query}" if address.query else "")
        if address.scheme == "http" and not path.startswith(_OWN_WAY):
            self.files.append((path, self.connected))
        answer = event.get("redirectResponse")
        if answer:
            self.bytes[f"{event['requestId']} redirect"] = answer["encodedDataLength"]

    def _loaded(self, event: dict[str, Any]) -> None:
        self.bytes[event["requestId"]] = int(event["encodedDataLength"])

    def _connect(self, _: dict[str, Any]) -> None:
        self.connected = True

    def _framed(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        text = frame["payloadData"]
        self.frames += len(text) if frame["opcode"] == 1 else len(text) * 3 // 4

    def page(self) -> ColdPage:
        answers = sum(self.bytes.values())
        files = [list(dict.fromkeys(p for p, late in self.files if late is w)) for w in (0, 1)]
        return ColdPage(answers + self.frames, answers, tuple(files[0]), tuple(files[1]))


async def cold_page(server: Server) -> ColdPage:
    """Join with a fresh browser and load the voting page, with gzip as the best coding offered."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = await browser.new_page(viewport={"width": 1366, "height": 768})
        ledger = _Ledger()
        session = await page.context.new_cdp_session(page)
        ledger.watch(session)
        await session.send("Network.enable")
        await session.send("Network.setAcceptedEncodings", {"encodings": ["gzip", "deflate"]})
        await _join(page, server)
        await browser.close()
        return ledger.page()


async def _join(page: Page, server: Server) -> None:
    await page.goto(f"http://localhost:{server.port}/join/{server.code}")
    await page.locator("button[name=team]").first.click()
    await page.locator(_VOTING).first.wait_for(state="attached")
    # The last fonts and parts come a moment after the screen can be used.
    await page.wait_for_timeout(1500)
