"""The load on the app: every seat scores eight domains within half a minute."""

import asyncio
import time
from pathlib import Path

from benchmarks.floor.load import floor_load
from benchmarks.machine import cpu_seconds, no_collecting
from benchmarks.page import pace_of
from benchmarks.report import said
from benchmarks.room import (
    Projector,
    Seat,
    Server,
    leave_all,
    post,
    project,
    serving,
    take_seats,
    wrong_in_file,
)
from benchmarks.votes import (
    Click,
    Vote,
    acknowledged,
    percentile,
    schedule,
    visible,
    vote_all,
)

SECONDS = 30.0


async def load(app: Path, seats: int, seed: int, past: int = 0) -> dict[str, float]:
    """Run the load on the app, without the floor; give its figures."""
    pace = pace_of(app)
    async with serving(app, past) as server:
        plan = schedule(seats, server.domains, SECONDS, seed)
        projector = await project(server, pace)
        sitting = await take_seats(server, range(seats), pace)
        await asyncio.sleep(2)
        figures, clicks = await voted(server, projector, sitting, plan)
        pages = [projector.page, *(seat.page for seat in sitting)]
        faults = [fault for page in pages for fault in page.faults]
        await leave_all(sitting)
        await projector.leave()
        server.stop()
        return figures | wrong_in_file(server, sitting, clicks, faults)


async def load_and_floor(app: Path, seats: int, seed: int) -> dict[str, float]:
    """Run the load on the app and on the floor; give the figures of both, and their ratio."""
    plan = schedule(seats, [str(number) for number in range(8)], SECONDS, seed)
    floor = await floor_load(plan) if seed % 2 else {}  # the order alternates
    figures = await load(app, seats, seed)
    print(f"    app: {said(figures)}", flush=True)
    figures |= floor or await floor_load(plan)
    return figures | {
        "wall ratio": figures["wall p95"] / figures["floor wall p95"],
        "cpu ratio": figures["cpu a vote"] / figures["floor cpu a vote"],
    }


async def voted(
    server: Server, projector: Projector, seats: list[Seat], plan: list[list[Vote]]
) -> tuple[dict[str, float], list[Click]]:
    """Let the seats vote; give the figures, and every click."""
    projector.begin()
    with no_collecting():
        cpu, own, began = cpu_seconds(server.process.pid), time.process_time(), time.perf_counter()
        clicks = await cast_all(seats, plan)
        lasted, own = time.perf_counter() - began, time.process_time() - own
        await asyncio.sleep(2)
        cpu = cpu_seconds(server.process.pid) - cpu
    return _figures(clicks, projector) | {
        "cpu a vote": 1000 * cpu / len(clicks),
        "generator cpu": 100 * own / lasted,
    }, clicks


async def cast_all(seats: list[Seat], plan: list[list[Vote]]) -> list[Click]:
    """Let every seat tap by its plan."""
    return await vote_all(plan, lambda seat, vote: post(seats[seat], vote))


def _figures(clicks: list[Click], projector: Projector) -> dict[str, float]:
    acks, walls = acknowledged(clicks), visible(clicks, projector.drawings)
    late = [1000 * (click.sent - click.planned) for click in clicks]
    return {
        "ack p50": percentile(acks, 0.5),
        "ack p95": percentile(acks, 0.95),
        "ack p99": percentile(acks, 0.99),
        "wall p50": percentile(walls, 0.5),
        "wall p95": percentile(walls, 0.95),
        "late p95": percentile(late, 0.95),
        "drawings": len(projector.drawings),
    }
