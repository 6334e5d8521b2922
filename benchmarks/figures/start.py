"""From starting the server to the first usable page."""

import asyncio
import time
from pathlib import Path

from benchmarks.page import load
from benchmarks.room import serving


async def start(app: Path) -> dict[str, float]:
    """Start the server and load its first page without a cookie."""
    async with serving(app) as server:
        answered = time.perf_counter()
        page = await load(server.port, "", "", {})
        drawn = time.perf_counter()
        faults = page.faults
        await page.close()
        await asyncio.sleep(0)
    if faults:
        raise RuntimeError(f"The first page has faults: {faults}")
    return {"start": drawn - server.began, "port open": answered - server.began}
