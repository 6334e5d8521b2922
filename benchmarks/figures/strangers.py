"""Seats that vote beside strangers: their answers, the memory, and the end of the server."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.figures.load import SECONDS, voted
from benchmarks.floor.load import floor_load
from benchmarks.machine import resident_bytes
from benchmarks.page import pace_of
from benchmarks.room import Server, leave_all, project, serving, take_seats, wrong_in_file
from benchmarks.votes import schedule

ROOT = Path(__file__).parent.parent.parent
SETTLED = 5.0


async def strangers(app: Path, seats: int, seed: int) -> dict[str, float]:
    """Let the seats vote while strangers press, stop the server under them; with the floor."""
    pace = pace_of(app)
    async with serving(app) as server:
        server.pressed = True
        plan = schedule(seats, server.domains, SECONDS, seed)
        projector = await project(server, pace)
        sitting = await take_seats(server, range(seats), pace)
        await asyncio.sleep(2)
        before = resident_bytes(server.process.pid)
        async with _pressed(server) as most:
            await asyncio.sleep(SETTLED)
            figures, clicks = await voted(server, projector, sitting, plan)
            pages = [projector.page, *(seat.page for seat in sitting)]
            faults = [fault for page in pages for fault in page.faults]
            figures["end"] = await _ended(server)
        await leave_all(sitting)
        await projector.leave()
        figures |= {"memory": (most[0] - before) / 1e6}
        figures |= wrong_in_file(server, sitting, clicks, faults)
        figures["log"] = server.log.stat().st_size / 1000
    return figures | await floor_load(plan)


async def _ended(server: Server) -> float:
    began = time.perf_counter()
    server.process.terminate()
    while server.process.poll() is None and time.perf_counter() - began < 30:
        await asyncio.sleep(0.02)
    return time.perf_counter() - began


@asynccontextmanager
async def _pressed(server: Server) -> AsyncIterator[list[int]]:
    most = [0]
    crowd = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.strangers", str(server.port)], cwd=ROOT
    )
    weighing = asyncio.create_task(_weigh(server, most))
    try:
        yield most
    finally:
        weighing.cancel()
        crowd.kill()
        crowd.wait()


async def _weigh(server: Server, most: list[int]) -> None:
    while server.process.poll() is None:
        most[0] = max(most[0], resident_bytes(server.process.pid))
        await asyncio.sleep(0.25)
