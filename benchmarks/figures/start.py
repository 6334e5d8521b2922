"""From starting the server to the first usable page."""

import asyncio
import time
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.page import load
from benchmarks.room import Server, serving
from benchmarks.wire import Kept

ASKED: Final = 50


async def start(app: Path) -> dict[str, float]:
    """Start the server and load its first page without a cookie."""
    async with serving(app) as server:
        answered = time.perf_counter()
        page = await load(server.port, "", "", {})
        drawn = time.perf_counter()
        kept = await _on_a_kept_line(server)
        faults = page.faults
        await page.close()
        await asyncio.sleep(0)
    if faults:
        raise RuntimeError(f"The first page has faults: {faults}")
    return {"start": drawn - server.began, "port open": answered - server.began, "join kept": kept}


async def _on_a_kept_line(server: Server) -> float:
    """Give the median milliseconds of the join page on a line that stays open."""
    line, waits = Kept(server.port), []
    for _ in range(ASKED):
        began = time.perf_counter()
        await line.get(f"/join/{server.code}")
        waits.append(1000 * (time.perf_counter() - began))
    line.close()
    return median(waits)
