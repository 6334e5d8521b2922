"""The same load on the floor."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

from websockets.asyncio.client import ClientConnection, connect

from benchmarks.machine import cpu_seconds, no_collecting
from benchmarks.room import free_port, until_open
from benchmarks.votes import Drawing, Vote, acknowledged, percentile, visible, vote_all

ROOT = Path(__file__).parent.parent.parent


A_PERSON_SEES: Final = 0.02  # seconds: gathered for no longer, a vote is seen no sooner


async def floor_load(plan: list[list[Vote]], together: float = A_PERSON_SEES) -> dict[str, float]:
    """Run a plan on the floor; give its figures, each named `floor ...`.

    Its projector hears of votes at most once in `together` seconds.
    """
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "floor.duckdb")
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.floor", str(port), file, str(together)], cwd=ROOT
        )
        try:
            await until_open(port, process)
            return await _loaded(port, process.pid, plan)
        finally:
            process.kill()  # it would wait for its projector, and nothing is to be kept
            process.wait(20)


async def _loaded(port: int, process: int, plan: list[list[Vote]]) -> dict[str, float]:
    drawings: list[Drawing] = []
    async with AsyncExitStack() as stack:
        wall = await stack.enter_async_context(_connection(port, "projector"))
        watching = asyncio.create_task(_watch(wall, drawings))
        seats = [
            await stack.enter_async_context(_connection(port, f"seat/{number}"))
            for number in range(len(plan))
        ]
        await asyncio.sleep(1)
        with no_collecting():
            before = cpu_seconds(process)
            clicks = await vote_all(plan, lambda seat, vote: _cast(seats[seat], vote))
            await asyncio.sleep(2)
            spent = cpu_seconds(process) - before
        watching.cancel()
    acks, walls = acknowledged(clicks), visible(clicks, drawings)
    return {
        "floor ack p50": percentile(acks, 0.5),
        "floor ack p95": percentile(acks, 0.95),
        "floor ack p99": percentile(acks, 0.99),
        "floor wall p50": percentile(walls, 0.5),
        "floor wall p95": percentile(walls, 0.95),
        "floor cpu a vote": 1000 * spent / len(clicks),
    }


def _connection(port: int, path: str) -> connect:
    return connect(
        f"ws://127.0.0.1:{port}/{path}", compression=None, ping_interval=None, proxy=None
    )


async def _cast(socket: ClientConnection, vote: Vote) -> None:
    await socket.send(json.dumps({"domain": vote.domain, "score": vote.score}))
    await socket.recv()


async def _watch(socket: ClientConnection, drawings: list[Drawing]) -> None:
    async for message in socket:
        drawings.append(Drawing(time.perf_counter(), json.loads(message)["count"]))
