"""Halls of a thousand seats each, on several processes behind the proxy: whole pages that vote."""

import asyncio
import time
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.hosted.servers import Room, held_in, proxied, room_in, served
from benchmarks.machine import cpu_seconds, no_collecting
from benchmarks.page import pace_of
from benchmarks.room import Projector, Seat, leave_all, post, project, take_seats
from benchmarks.votes import Click, acknowledged, percentile, schedule, visible, vote_all
from pages._room import FACILITATOR_COOKIE
from tests.kit.notation import ALL
from tests.kit.serving import ROOT, Server

_HALL: Final = 1_000  # seats that one workshop takes
_FAULTS: Final = ("Traceback", "A page failed", "A limit was reached")


class Door(NamedTuple):
    """Where the seats and the wall of one room come in: what `benchmarks.room` asks of a server."""

    port: int
    room: Room

    @property
    def code(self) -> str:
        """Its join code."""
        return self.room.workshop.code


async def hung(door: Door) -> Projector:
    """Open the projected page, as who leads the room."""
    cookies = {FACILITATOR_COOKIE: door.room.caller.facilitator}
    return await project(door, pace_of(ROOT), cookies)


class Filled(NamedTuple):
    """What came of the votes of some halls; times in milliseconds."""

    sent: int
    faults: list[str]
    unseen: int
    missing: int
    rate: float
    acks: list[float]
    walls: list[float]
    cpu_a_vote: float


def halls(folder: Path, address: str, seats: int, processes: int, rate: float) -> Filled:
    """Fill halls of a thousand, and let every seat score eight domains, so many votes a second."""
    rooms = [room_in(folder, address, 0) for _ in range(0, seats, _HALL)]
    with (
        served(folder, [address] * processes) as servers,
        proxied(folder, servers) as port,
    ):
        doors = [Door(port, room) for room in rooms]
        filled = asyncio.run(_filled(doors, servers, rate))
        said = "\n".join(server.printed() for server in servers).splitlines()
    faults = [line for line in said if any(fault in line for fault in _FAULTS)]
    rows = held_in(address, rooms[0].workshop.code)
    missing = filled.sent - len({(seat, domain) for seat, domain, _ in rows})
    return filled._replace(faults=[*filled.faults, *faults], missing=missing)


async def _filled(doors: list[Door], servers: list[Server], rate: float) -> Filled:
    walls = [await hung(door) for door in doors]
    sitting = [await take_seats(door, range(_HALL), pace_of(ROOT)) for door in doors]
    everyone = [seat for seats in sitting for seat in seats]
    await asyncio.sleep(2)
    with no_collecting():
        cpu, began = _cpu(servers), time.perf_counter()
        clicks = await _voted(everyone, rate)
        lasted = time.perf_counter() - began
        await asyncio.sleep(3)
        cpu = _cpu(servers) - cpu
    shown = [
        wait
        for number, wall in enumerate(walls)
        for wait in visible(_of_hall(clicks, number), wall.drawings)
    ]
    pages = [*(wall.page for wall in walls), *(seat.page for seat in everyone)]
    faults = [fault for page in pages for fault in page.faults]
    faults += [click.fault for click in clicks if click.fault]
    await leave_all(everyone)
    for wall in walls:
        await wall.leave()
    return Filled(
        sent=len(clicks),
        faults=faults,
        unseen=sum(wait == float("inf") for wait in shown),
        missing=0,
        rate=len(clicks) / lasted,
        acks=acknowledged(clicks),
        walls=shown,
        cpu_a_vote=1000 * cpu / len(clicks),
    )


async def _voted(seats: list[Seat], rate: float) -> list[Click]:
    plan = schedule(len(seats), ALL, len(seats) * len(ALL) / rate, 1)
    return await vote_all(plan, lambda seat, vote: post(seats[seat], vote))


def _of_hall(clicks: list[Click], number: int) -> list[Click]:
    return [click for click in clicks if click.seat // _HALL == number]


def _cpu(servers: list[Server]) -> float:
    return sum(cpu_seconds(server.process.pid) for server in servers if server.process)


def said_of(filled: Filled) -> str:
    """Say how fast it went."""
    acks, walls = filled.acks, filled.walls
    return (
        f"{filled.rate:.0f} votes a second; acknowledged after {percentile(acks, 0.5):.0f} / "
        f"{percentile(acks, 0.95):.0f} ms, on the wall {percentile(walls, 0.5):.0f} / "
        f"{percentile(walls, 0.95):.0f} (half / 95 %); {filled.cpu_a_vote:.1f} ms of processor "
        "a vote"
    )
