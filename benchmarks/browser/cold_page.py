"""What a real Chromium fetches to show a cold voting page: addresses and bytes on the wire."""

from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from playwright.async_api import CDPSession, Page

from benchmarks.browser.launched import launched
from benchmarks.room.server import Server

_OWN_WAY: Final = ("/join/", "/push/", "/score", "/_stcore/health", "/_stcore/host-config")
# Over plain http Chromium offers brotli to localhost alone; a phone knows another name.
_HOST: Final = "room.test"
_ARGUMENTS: Final = ("--no-proxy-server", f"--host-resolver-rules=MAP {_HOST} 127.0.0.1")
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
    await page.goto(f"http://{_HOST}:{server.port}/join/{server.code}")
    await page.locator("button[name=team]").first.click()
    await page.locator(_VOTING).first.wait_for(state="attached")
    # The last fonts and parts come a moment after the screen can be used.
    await page.wait_for_timeout(1500)
