"""Vote with Streamlit's own radio: choose, wait for "n of 8 saved", press Next."""

import asyncio
import re
from contextlib import suppress
from typing import Final

from websockets.exceptions import ConnectionClosed

from benchmarks.room.seat import Seat
from benchmarks.votes import Refused, Vote
from benchmarks.wire.asking import chosen, pressed

_SAVED: Final = re.compile(rb"(\d+) of \d+ saved")
_NEXT: Final = ("Next", "Check your answers")


class NativeBallot:
    """The voting page of one seat, which shows one domain after the other."""

    def __init__(self, seat: Seat) -> None:
        self._page = seat.page
        self._answered = 0
        self._saved = asyncio.Event()
        self._turning: asyncio.Task[None] | None = None
        seat.page.told.append(self._hear)

    async def vote(self, vote: Vote) -> None:
        """Choose, and wait until the page says that it is saved; then the page is turned.

        Raises:
            Refused: the page did not say so within a minute.
        """
        self._answered += 1
        self._saved.clear()
        await self._choose(vote)
        try:
            await asyncio.wait_for(self._saved.wait(), 60)
        except TimeoutError as fault:
            raise Refused("a score was not shown as saved within a minute") from fault
        self._turning = asyncio.create_task(self._turn())

    async def turned(self) -> None:
        """Wait until the next domain is on the screen."""
        if self._turning:
            with suppress(TimeoutError, ConnectionClosed):
                await self._turning

    async def _choose(self, vote: Vote) -> None:
        radio = self._page.radio
        place = 6 if vote.score == "cannot say" else int(vote.score)
        await self._page.ask(self._page.fragment, chosen(radio.id, radio.options[place]))

    async def _turn(self) -> None:
        await self._page.rested()
        label = _NEXT[self._answered == 8]
        button, fragment = self._page.buttons[label]
        await self._page.ask(fragment, pressed(button))
        await self._page.rested()

    def _hear(self, raw: bytes) -> None:
        found = _SAVED.search(raw)
        if found and int(found[1]) >= self._answered:
            self._saved.set()
