"""A join storm: many laptops, nothing cached, at random times within some seconds."""

import asyncio
import random
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.browser import ColdPage, cold_page
from benchmarks.machine import cpu_seconds
from benchmarks.page import Listening, Pace, Page, Tab, connected, pace_of
from benchmarks.room import Server, join, project, serving
from benchmarks.votes import percentile
from benchmarks.wire import Kept

LINES: Final = 6  # connections that a browser opens to one server
GZIP: Final = {"accept-encoding": "gzip"}


class _Laptop(NamedTuple):
    seconds: float
    received: int
    page: Page
    listening: Listening


async def storm(app: Path, laptops: int, seed: int, within: float) -> dict[str, float]:
    """Record a cold page in Chromium, then let the laptops load the same files.

    Args:
        app: its folder.
        laptops: how many.
        seed: of the times at which they come.
        within: seconds in which all of them come.
    """
    chance = random.Random(seed)
    times = sorted(chance.uniform(0, within) for _ in range(laptops))
    pace = pace_of(app)
    async with serving(app) as recorded:
        cold = await cold_page(recorded)
    # Another server: the laptops are the first to ask it for a seat's files.
    async with serving(app) as server:
        projector = await project(server, pace)
        await asyncio.sleep(2)
        before = cpu_seconds(server.process.pid)
        done = await asyncio.gather(
            *(_laptop(server, n, after, cold, pace) for n, after in enumerate(times))
        )
        spent = cpu_seconds(server.process.pid) - before
        await projector.leave()
        faults = sum(len(_faults(laptop.page)) for laptop in done) + len(server.faults())
        for laptop in done:
            laptop.listening.close()
            await laptop.page.close()
    waits = [laptop.seconds for laptop in done]
    return {
        "cold page": cold.total / 1e6,
        "cold answers": cold.answers / 1e6,
        "files": len(cold.before) + len(cold.after),
        "received": max(laptop.received for laptop in done) / 1e6,
        "storm p50": percentile(waits, 0.5),
        "storm p95": percentile(waits, 0.95),
        "storm last": max(waits),
        "cpu a laptop": 1000 * spent / laptops,
        "errors": faults,
    }


async def _laptop(server: Server, number: int, after: float, cold: ColdPage, pace: Pace) -> _Laptop:
    await asyncio.sleep(after)
    began = time.perf_counter()
    lines = [Kept(server.port) for _ in range(LINES)]
    cookies = await join(server, number, lines[0])
    await lines[0].get(f"/score?workshop={server.code}", GZIP)
    await _fetch(lines, cold.before)
    query = f"workshop={server.code}"
    page = await connected(Tab(server.port, "score", query, cookies))
    listening = Listening(page, "phones", server.code, pace)
    await _fetch(lines[:-1], cold.after)  # the push line holds one connection
    seconds = time.perf_counter() - began
    received = sum(line.received for line in lines)
    for line in lines:
        line.close()
    return _Laptop(seconds, received, page, listening)


async def _fetch(lines: list[Kept], paths: Iterable[str]) -> None:
    left = iter(paths)

    async def one(line: Kept) -> None:
        for path in left:
            await line.get(path, GZIP)

    await asyncio.gather(*(one(line) for line in lines))


def _faults(page: Page) -> list[str]:
    votes = "ballot" in page.components
    return [*page.faults, *([] if votes else ["no voting screen"])]
