"""The reveal: from the press until every connected seat shows its result."""

import asyncio
import math
import time
from pathlib import Path
from typing import Final

from benchmarks.figures.load import cast_all
from benchmarks.page import Page, load, pace_of
from benchmarks.room import Projector, Seat, leave_all, project, serving, take_seats, wrong_in_file
from benchmarks.votes import percentile, schedule

HEADING: Final = b"Your team and the room"
PATIENCE: Final = 60.0
SECONDS: Final = 30.0


class _Watch:
    """When a seat's page had been drawn with its result."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seen = False
        self.done: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        page.told.append(self._hear)
        page.finished.append(self._finish)

    def _hear(self, raw: bytes) -> None:
        self.seen = self.seen or HEADING in raw

    def _finish(self) -> None:
        if self.seen and not self.done.done():
            self.done.set_result(time.perf_counter())


async def reveal(app: Path, seats: int, seed: int) -> dict[str, float]:
    """Let every seat vote, then reveal, and time each seat's result."""
    pace = pace_of(app)
    async with serving(app) as server:
        projector = await project(server, pace)
        sitting = await take_seats(server, range(seats), pace)
        clicks = await cast_all(sitting, schedule(seats, server.domains, SECONDS, seed))
        await asyncio.sleep(2)
        waits = await _revealed(projector, sitting)
        pages = [projector.page, *(seat.page for seat in sitting)]
        faults = [fault for page in pages for fault in page.faults]
        await leave_all(sitting)
        await projector.leave()
        server.stop()
        wrong = wrong_in_file(server, sitting, clicks, faults)
    return {
        "reveal p50": percentile(waits, 0.5),
        "reveal p95": percentile(waits, 0.95),
        "reveal last": max(waits),
    } | wrong


async def _revealed(projector: Projector, seats: list[Seat]) -> list[float]:
    watches = [_Watch(seat.page) for seat in seats]
    await projector.page.press("Reveal")
    await projector.page.rested()
    pressed = time.perf_counter()
    await projector.page.press("Reveal now")
    onward = asyncio.create_task(_onward(projector))
    await asyncio.wait([watch.done for watch in watches], timeout=PATIENCE)
    onward.cancel()
    return [watch.done.result() - pressed if watch.done.done() else math.inf for watch in watches]


async def _onward(projector: Projector) -> None:
    # The projector's browser opens the gaps at once: that work is part of the reveal.
    while not projector.page.onward:
        await asyncio.sleep(0.01)
    tab = projector.page.tab
    name, _, query = projector.page.onward.lstrip("/").partition("?")
    await load(tab.port, name, query, tab.cookies)
