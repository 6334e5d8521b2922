"""A masterclass: six places score at their tables at the same time, each with its own wall."""

import asyncio
import copy
import time
from pathlib import Path
from typing import Final

from benchmarks.figures.load import SECONDS, cast_all
from benchmarks.floor.load import floor_load
from benchmarks.machine import cpu_seconds, no_collecting
from benchmarks.page import Listening, pace_of
from benchmarks.page import load as opened
from benchmarks.report import said
from benchmarks.room import (
    Projector,
    Seat,
    Server,
    leave_all,
    project,
    serving,
    take_seats,
    wrong_in_file,
)
from benchmarks.votes import Click, acknowledged, percentile, schedule, visible

TABLES: Final = 6
TOGETHER: Final = 0.1  # seconds for which the floor beside it gathers votes
RESTED: Final = 20.0


async def tables(app: Path, seats: int, seed: int) -> dict[str, float]:
    """Let six tables of `seats` score at once, and the same votes on the floor."""
    plan = schedule(TABLES * seats, [str(number) for number in range(8)], SECONDS, seed)
    floor = await floor_load(plan, TOGETHER) if seed % 2 else {}  # the order alternates
    figures = await _masterclass(app, seats, seed)
    print(f"    app: {said(figures)}", flush=True)
    figures |= floor or await floor_load(plan, TOGETHER)
    return figures | {
        "ack ratio": figures["ack p95"] / figures["floor ack p95"],
        "wall ratio": figures["wall p95"] / figures["floor wall p95"],
    }


async def _masterclass(app: Path, seats: int, seed: int) -> dict[str, float]:
    pace = pace_of(app)
    async with serving(app, tables=TABLES) as server:
        *codes, gathering = server.codes
        plan = schedule(TABLES * seats, server.domains, SECONDS, seed)
        at_tables = [_at_table(server, code) for code in codes]
        cookies = await server.sign_in()
        walls = [await project(table, pace, cookies) for table in at_tables]
        desk = await opened(server.port, "masterclass", f"gathering={gathering}", cookies)
        listening = Listening(desk, "teams", gathering, pace)
        numbers = range(seats)
        sitting = [await take_seats(table, numbers, pace) for table in at_tables]
        everyone = [seat for table in sitting for seat in table]
        await asyncio.sleep(2)
        figures = {"idle cpu": await _rested(server)}
        for wall in walls:
            wall.begin()
        with no_collecting():
            clicks = await cast_all(everyone, plan)
            await asyncio.sleep(2)
        figures |= _figures(clicks, walls, seats)
        pages = [desk, *(wall.page for wall in walls), *(seat.page for seat in everyone)]
        faults = [fault for page in pages for fault in page.faults]
        listening.close()
        await leave_all(everyone)
        for wall in walls:
            await wall.leave()
        await desk.close()
        server.stop()
        return figures | _wrong(at_tables, sitting, clicks, faults)


def _at_table(server: Server, code: str) -> Server:
    table = copy.copy(server)
    table.code = code
    return table


async def _rested(server: Server) -> float:
    before, began = cpu_seconds(server.process.pid), time.perf_counter()
    await asyncio.sleep(RESTED)
    spent = cpu_seconds(server.process.pid) - before
    return 100 * spent / (time.perf_counter() - began)


def _figures(clicks: list[Click], walls: list[Projector], seats: int) -> dict[str, float]:
    acks = acknowledged(clicks)
    seen = [
        wait
        for number, wall in enumerate(walls)
        for wait in visible([c for c in clicks if c.seat // seats == number], wall.drawings)
    ]
    return {
        "ack p95": percentile(acks, 0.95),
        "ack p99": percentile(acks, 0.99),
        "wall p95": percentile(seen, 0.95),
        "late p95": percentile([1000 * (c.sent - c.planned) for c in clicks], 0.95),
    }


def _wrong(
    at_tables: list[Server], sitting: list[list[Seat]], clicks: list[Click], faults: list[str]
) -> dict[str, float]:
    found = {"lost": 0.0, "doubled": 0.0, "errors": 0.0}
    for number, (table, there) in enumerate(zip(at_tables, sitting, strict=True)):
        own = range(number * len(there), (number + 1) * len(there))
        given = [c._replace(seat=c.seat - own.start) for c in clicks if c.seat in own]
        wrong = wrong_in_file(table, there, given, [] if number else faults)
        found["lost"] += wrong["lost"]
        found["doubled"] += wrong["doubled"]
        found["errors"] = max(found["errors"], wrong["errors"])
    return found
