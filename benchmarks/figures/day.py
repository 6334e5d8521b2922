"""Whether a day makes the room slower: eight rounds on every domain, one after the other.

Each round begins when the pages that its opening draws anew are drawn: those of 200 seats take some
seconds, and with two seconds between an opening and the first tap they counted as growth.
"""

import asyncio
from pathlib import Path
from time import monotonic
from typing import Final

from benchmarks.figures.load import SECONDS
from benchmarks.machine import cpu_seconds, no_collecting, slowness
from benchmarks.page import Pace, pace_of
from benchmarks.report import said
from benchmarks.room import Projector, Seat, Server, leave_all, post, project, serving, take_seats
from benchmarks.votes import acknowledged, percentile, schedule, vote_all

ROUNDS: Final = 8
_RESTS: Final = 0.1  # seconds of the processor in one: 200 pages that wait take 0.02


async def day(app: Path, seats: int, seed: int) -> dict[str, float]:
    """Let the seats score every domain eight times; set the last round beside the first.

    "drawn last" are the seconds from the last opening until the server rests; "machine" is how
    much slower the machine itself is about the last round than about the first.
    """
    pace = pace_of(app)
    async with serving(app) as server:
        projector = await project(server, pace)
        sitting = await take_seats(server, range(seats), pace)
        rounds = []
        for number in range(1, ROUNDS + 1):
            rounds.append(await _round(server, sitting, number, seed))
            print(f"    round {number}: {said(rounds[-1])}", flush=True)
            if number < ROUNDS:
                projector = await _opened_again(server, projector, pace)
        faults = [fault for seat in sitting for fault in seat.page.faults] + server.faults()
        await leave_all(sitting)
        await projector.leave()
    first, last = rounds[0], rounds[-1]
    return {
        "ack growth": last["ack p95"] / first["ack p95"],
        "cpu growth": last["cpu a vote"] / first["cpu a vote"],
        "machine": last["machine"] / first["machine"],
        "ack p95 first": first["ack p95"],
        "ack p95 last": last["ack p95"],
        "drawn last": last["drawn"],
        "errors": len(faults) + sum(of_one["errors"] for of_one in rounds),
    }


async def _round(server: Server, seats: list[Seat], number: int, seed: int) -> dict[str, float]:
    plan = schedule(len(seats), server.domains, SECONDS, seed + number)
    drawn = await _at_rest(server)
    slow = slowness()
    with no_collecting():
        before = cpu_seconds(server.process.pid)
        clicks = await vote_all(plan, lambda seat, vote: post(seats[seat], vote, number))
        await asyncio.sleep(2)
        spent = cpu_seconds(server.process.pid) - before
    waits = acknowledged(clicks)
    return {
        "ack p95": percentile(waits, 0.95),
        "ack p99": percentile(waits, 0.99),
        "cpu a vote": 1000 * spent / len(clicks),
        "machine": (slow + slowness()) / 2,
        "drawn": drawn,
        "errors": float(sum(bool(click.fault) for click in clicks)),
    }


async def _at_rest(server: Server) -> float:
    began, spent = monotonic(), 0.0
    while (so_far := cpu_seconds(server.process.pid)) - spent > _RESTS:
        spent = so_far
        await asyncio.sleep(1)
    return monotonic() - began


async def _opened_again(server: Server, projector: Projector, pace: Pace) -> Projector:
    """Reveal the round and open the next one, as the facilitator does on Room."""
    await projector.page.press("Reveal")
    await projector.page.rested()
    await projector.page.press("Reveal now")
    await projector.page.rested()
    await projector.leave()
    again = await project(server, pace, projector.page.tab.cookies)
    await again.page.choose_all_and_press("Domains to score", "Open scoring")
    await again.page.rested()
    return again
