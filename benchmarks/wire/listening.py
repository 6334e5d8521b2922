"""What pages/_listening.js does in a browser: hear a revision, and ask while the page rests."""

import asyncio
import re
import time
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.wire.page import Page, Script
from benchmarks.wire.push_line import hear

_REST: Final = re.compile(r"const REST = (\d+)")
_AGAIN: Final = re.compile(r"atRest \? (\d+)")


class Pace(NamedTuple):
    """Seconds: how long a page must rest before it asks, and when a lost request is asked again."""

    rest: float
    again: float


def pace_of(app: Path) -> Pace:
    """Read the pace from the app's own script.

    Raises:
        ValueError: the script no longer says it in this way; the simulation must be adapted.
    """
    said = (app / "pages" / "_listening.js").read_text(encoding="utf-8")
    rest, again = _REST.search(said), _AGAIN.search(said)
    if not rest or not again:
        raise ValueError("pages/_listening.js has another pace: adapt benchmarks/wire/listening.py")
    return Pace(int(rest[1]) / 1000, int(again[1]) / 1000)


class Listening:
    """The listener of one page. Keep it as long as the page is open."""

    def __init__(self, page: Page, channel: str, code: str, pace: Pace) -> None:
        self._page = page
        self._pace = pace
        self._latest = ""
        self._later: asyncio.TimerHandle | None = None
        self._asked: set[asyncio.Task[None]] = set()
        path = f"/push/{code}?channel={channel}"
        self._line = asyncio.create_task(hear(page.tab.port, path, self._hear))

    def close(self) -> None:
        """Close the line."""
        self._line.cancel()
        if self._later:
            self._later.cancel()

    def _hear(self, revision: str) -> None:
        self._latest = revision
        self._ask()

    def _ask(self) -> None:
        if self._later:
            self._later.cancel()
        if self._latest in ("", self._page.shown):
            return
        rested = time.perf_counter() - self._page.ran >= self._pace.rest
        at_rest = self._page.script is Script.RESTING and rested
        if at_rest:
            asked = asyncio.create_task(self._page.trigger(self._latest))
            self._asked.add(asked)
            asked.add_done_callback(self._asked.discard)
        wait = self._pace.again if at_rest else self._pace.rest / 2
        self._later = asyncio.get_running_loop().call_later(wait, self._ask)
