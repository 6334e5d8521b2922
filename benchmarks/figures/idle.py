"""What connected seats cost while nobody votes: processor time, and memory."""

import asyncio
import time
from pathlib import Path

from benchmarks.machine import cpu_seconds, resident_bytes
from benchmarks.page import pace_of
from benchmarks.room import leave_all, project, serving, take_seats

SETTLED = 5.0
WATCHED = 30.0
WARM = 20


async def idle(app: Path, seats: int) -> dict[str, float]:
    """Watch the server while every seat is connected and rests."""
    pace = pace_of(app)
    async with serving(app) as server:
        projector = await project(server, pace)
        sitting = await take_seats(server, range(seats), pace)
        await asyncio.sleep(SETTLED)
        process = server.process.pid
        before, began = cpu_seconds(process), time.perf_counter()
        await asyncio.sleep(WATCHED)
        spent = (cpu_seconds(process) - before) / (time.perf_counter() - began)
        await leave_all([*sitting])
        await projector.leave()
    return {"idle cpu": 100 * spent}


async def memory(app: Path, seats: int) -> dict[str, float]:
    """Weigh the server before and after so many more seats are connected."""
    pace = pace_of(app)
    async with serving(app) as server:
        warm = await take_seats(server, range(WARM), pace)
        await asyncio.sleep(SETTLED)
        before = resident_bytes(server.process.pid)
        more = await take_seats(server, range(WARM, WARM + seats), pace)
        await asyncio.sleep(SETTLED)
        after = resident_bytes(server.process.pid)
        await leave_all([*warm, *more])
    return {"memory a seat": (after - before) / seats / 2**20, "memory": after / 2**20}
