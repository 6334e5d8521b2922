"""Whole servers over one database: a vote on one, the wall on the other; and one that is killed."""

import http.client
import json
import os
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from aqua_core.store.database import close_database, open_database, open_shared, reading
from aqua_core.vocabulary import Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.revealing import open_scoring
from pages._room import FACILITATOR_COOKIE, SEAT_COOKIE
from pages._server.pressed import ROOM_DATABASE
from tests.kit.notation import ALL, made, seated
from tests.kit.one_room import facilitating
from tests.kit.serving import Server

SEATS: Final = 40
_EVERY: Final = 0.025  # seconds between two votes
_COUNT: Final = re.compile(r"(\d+) of \d+ answers")


class Room(NamedTuple):
    """A workshop that scores, who leads it, and its seats."""

    workshop: Workshop
    caller: Caller
    seats: list[Caller]

    @property
    def taps(self) -> list[tuple[Caller, str]]:
        """Every answer that can be given, once."""
        return [(seat, key) for key in ALL for seat in self.seats]


def room_in(folder: Path, address: str) -> Room:
    """Set up a room of forty seats that scores, in a database or else in a file."""
    open_shared(address) if address else open_database(folder / "room.duckdb")
    try:
        caller = facilitating()
        workshop = made(caller, "Council", "Trust")
        seats = [seated(workshop, ("Council", "Trust")[n % 2]) for n in range(SEATS)]
        open_scoring(caller, workshop.code, ALL)
    finally:
        close_database()
    return Room(workshop, caller, seats)


@contextmanager
def served(folder: Path, address: str, many: int) -> Iterator[list[Server]]:
    """Run so many servers over a database, or one over a file."""
    os.environ[ROOM_DATABASE] = address
    servers = [Server(folder / "room.duckdb", folder / f"{number}.log") for number in range(many)]
    try:
        yield [server.start() for server in servers]
    finally:
        del os.environ[ROOM_DATABASE]
        for server in servers:
            server.stop(kill=True)


def send(line: http.client.HTTPConnection, code: str, tap: tuple[Caller, str], points: int) -> int:
    """Send one tap; give the status of its answer."""
    seat, domain = tap
    body = json.dumps({"domain": domain, "round": 1, "after": 0, "score": points})
    cookie = {"Cookie": f"{SEAT_COOKIE}={seat.seat}", "Content-Type": "application/json"}
    line.request("POST", f"/vote/{code}", body, cookie)
    answer = line.getresponse()
    answer.read()
    return answer.status


def seen_on_wall(votes_at: Server, wall_at: Server, room: Room) -> list[float]:
    """Give the seconds from each tap until the wall's line counted it."""
    code, counted = room.workshop.code, list[tuple[float, int]]()
    wall = http.client.HTTPConnection("localhost", wall_at.port, timeout=20)
    cookie = {"Cookie": f"{FACILITATOR_COOKIE}={room.caller.facilitator}"}
    wall.request("GET", f"/push/{code}?channel=counts", headers=cookie)
    said = wall.getresponse()

    def count() -> None:
        with suppress(OSError, ValueError, http.client.HTTPException):
            while line := said.readline():
                if found := _COUNT.search(line.decode()):
                    counted.append((time.perf_counter(), int(found[1])))

    threading.Thread(target=count, daemon=True).start()
    votes, began = http.client.HTTPConnection("localhost", votes_at.port), list[float]()
    for number, tap in enumerate(room.taps):
        time.sleep(_EVERY)
        began.append(time.perf_counter())
        assert send(votes, code, tap, number % 6) == 200
    time.sleep(1.0)
    return [
        next((at for at, held in counted if held > number), float("inf")) - start
        for number, start in enumerate(began)
    ]


class Killed(NamedTuple):
    """What came of the votes of a room whose server was killed."""

    acknowledged: int
    lost: int
    doubled: int
    back_after: float


def kill_one(folder: Path, address: str) -> Killed:
    """Kill one of two servers in the voting; whoever was on it goes on at the other."""
    room = room_in(folder, address)
    acknowledged, gaps = dict[tuple[str, str], int](), list[float]()
    with served(folder, address, 2) as (first, second):
        taps = room.taps
        voting = [
            threading.Thread(
                target=_vote_on, args=(room, taps[at::4], (first, second), acknowledged, gaps)
            )
            for at in range(4)
        ]
        for thread in voting:
            thread.start()
        while len(acknowledged) < len(taps) // 3:
            time.sleep(0.005)
        first.stop(kill=True)
        for thread in voting:
            thread.join()
    return _compared(address, room, acknowledged, gaps)


def _vote_on(
    room: Room,
    taps: list[tuple[Caller, str]],
    servers: tuple[Server, Server],
    acknowledged: dict[tuple[str, str], int],
    gaps: list[float],
) -> None:
    at, (first, second) = 0.0, servers
    line = http.client.HTTPConnection("localhost", first.port, timeout=10)
    for number, tap in enumerate(taps):
        try:
            status = send(line, room.workshop.code, tap, number % 6)
        except (OSError, http.client.HTTPException):
            at = time.perf_counter()
            line = http.client.HTTPConnection("localhost", second.port, timeout=10)
            status = send(line, room.workshop.code, tap, number % 6)
            gaps.append(time.perf_counter() - at)
        if status == 200:
            acknowledged[tap[0].seat, tap[1]] = number % 6


def _compared(
    address: str,
    room: Room,
    acknowledged: dict[tuple[str, str], int],
    gaps: list[float],
) -> Killed:
    open_shared(address)
    try:
        with reading() as cursor:
            rows = cursor.execute("SELECT seat_id, domain, points FROM vote").fetchall()
    finally:
        close_database()
    held = Counter((domain, points) for _, domain, points in rows)
    given = Counter((domain, points) for (_, domain), points in acknowledged.items())
    doubled = len(rows) - len({(seat, domain) for seat, domain, _ in rows})
    return Killed(given.total(), (given - held).total(), doubled, max(gaps, default=0.0))
