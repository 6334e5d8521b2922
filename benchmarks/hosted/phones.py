"""Seats and walls as browsers keep them: a line that breaks is opened anew, a tap is sent again."""

import asyncio
import json
import random
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from websockets.exceptions import WebSocketException

from aqua_core.workshop.admitting import Caller
from benchmarks.page import Tab, load
from benchmarks.votes import Click, Drawing, Vote
from benchmarks.wire import Kept, hear
from pages._room import FACILITATOR_COOKIE, SEAT_COOKIE
from tests.kit.notation import ALL

_LINE_AGAIN: Final = 0.4  # seconds, as pages/_listening.js waits
_TAP_AGAIN: Final = 1.0  # seconds, as pages/_ballot_sending.js waits
_PATIENCE: Final = 8.0
_COUNT: Final = re.compile(r"(\d+) of \d+ answers")
_GONE: Final = (OSError, EOFError, TimeoutError, WebSocketException)


class Phone:
    """A seat's device. `stood` holds when its page was drawn whole, `clicks` each saved tap."""

    def __init__(self, port: int, code: str, seat: Caller) -> None:
        self.code = code
        self.cookies = {SEAT_COOKIE: seat.seat}
        self.stood: list[float] = []
        self.cut_at: list[float] = []
        self.clicks: list[Click] = []
        self._tab = Tab(port, "score", f"workshop={code}", self.cookies)
        self._line = Kept(port)

    async def stay(self) -> None:
        """Keep the page open until cancelled."""
        while True:
            with suppress(*_GONE):
                page = await load(self._tab.port, self._tab.page, self._tab.query, self.cookies)
                self.cookies |= page.tab.cookies
                if not page.faults:
                    self.stood.append(time.perf_counter())
                try:
                    await page.cut()
                    self.cut_at.append(time.perf_counter())
                finally:
                    await page.close()
            await asyncio.sleep(_LINE_AGAIN)

    async def vote(self, seat: int, plan: Sequence[Vote], began: float) -> None:
        """Tap by a plan; each tap is sent until it is answered as saved."""
        for vote in plan:
            await asyncio.sleep(max(0.0, began + vote.at - time.perf_counter()))
            sent = time.perf_counter()
            while not await self._is_saved(vote):
                await asyncio.sleep(_TAP_AGAIN)
            now = time.perf_counter()
            self.clicks.append(Click(seat, vote, began + vote.at, sent, now, ""))

    async def _is_saved(self, vote: Vote) -> bool:
        body = json.dumps({"domain": vote.domain, "round": 1, "after": 0, "score": vote.score})
        brought = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = {"content-type": "application/json", "cookie": brought}
        sent = self._line.ask("POST", f"/vote/{self.code}", head, body.encode())
        with suppress(*_GONE):
            answer = await asyncio.wait_for(sent, _PATIENCE)
            self.cookies |= answer.cookies()
            assert answer.status == 200 or answer.status >= 500, answer
            return answer.status == 200
        return False


class Wall:
    """A line that brings counts; `drawings` holds each, and when it came."""

    def __init__(self, port: int, code: str, caller: Caller) -> None:
        self.drawings: list[Drawing] = []
        self._port = port
        self._path = f"/push/{code}?channel=counts"
        self._cookie = f"{FACILITATOR_COOKIE}={caller.facilitator}"

    async def stay(self) -> None:
        """Listen until cancelled."""
        while True:
            with suppress(*_GONE):
                await hear(self._port, self._path, self._cookie, lambda _: None, self._draw)
            await asyncio.sleep(_LINE_AGAIN)

    def shows(self, votes: int, since: float) -> float:
        """Give when it first showed so many votes after a moment; infinity for never."""
        right = (drawn.at for drawn in self.drawings if drawn.at >= since and drawn.votes >= votes)
        return next(right, float("inf"))

    def _draw(self, said: str) -> None:
        if found := _COUNT.search(said):
            self.drawings.append(Drawing(time.perf_counter(), int(found[1])))


def plan_of(seats: int, seconds: float) -> list[list[Vote]]:
    """Plan one answer a seat and domain, at random times."""
    chance = random.Random(1)
    return [
        [
            Vote(at, key, chance.randrange(6))
            for at, key in zip(sorted(chance.uniform(0, seconds) for _ in ALL), ALL, strict=True)
        ]
        for _ in range(seats)
    ]
