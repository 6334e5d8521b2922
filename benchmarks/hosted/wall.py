"""How long a vote takes to a wall: on one process, or from one to another."""

import http.client
import json
import re
import threading
import time
from contextlib import suppress
from typing import Final

from aqua_core.workshop.admitting import Caller
from benchmarks.hosted.servers import Room
from pages._room import FACILITATOR_COOKIE, SEAT_COOKIE
from tests.kit.serving import Server

_EVERY: Final = 0.025  # seconds between two votes
_COUNT: Final = re.compile(r"(\d+) of \d+ answers")


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
        assert _sent(votes, code, tap, number % 6) == 200
    time.sleep(1.0)
    return [
        next((at for at, held in counted if held > number), float("inf")) - start
        for number, start in enumerate(began)
    ]


def _sent(line: http.client.HTTPConnection, code: str, tap: tuple[Caller, str], points: int) -> int:
    seat, domain = tap
    body = json.dumps({"domain": domain, "round": 1, "after": 0, "score": points})
    cookie = {"Cookie": f"{SEAT_COOKIE}={seat.seat}", "Content-Type": "application/json"}
    line.request("POST", f"/vote/{code}", body, cookie)
    answer = line.getresponse()
    answer.read()
    return answer.status
