"""Voters first: what a line may ask for, so that a tap never waits for pages nobody sees.

No page of ours meets a limit; each is said once in the window where the app was started.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from typing import Final

REACHED: Final = "A limit was reached"
_log: Final = logging.getLogger("discovery_room")
_times: Final[Counter[str]] = Counter()


def reached(limit: str) -> None:
    """Count that a limit was reached, and say so the first time."""
    _times[limit] += 1
    if _times[limit] == 1:
        _log.warning("%s: %s. The room goes on; this is said once.", REACHED, limit)


def reached_in_all() -> str:
    """Say how often each limit was reached, or ""."""
    return ", ".join(f"{limit}: {times} times" for limit, times in _times.items())


class Pace:
    """So many turns at once, and then so many a second; whoever comes early waits, in order.

    The generic cell rate algorithm (ITU-T I.371): one time is kept instead of a count.
    """

    def __init__(self, at_once: int, a_second: float, now: Callable[[], float]) -> None:
        self._step = 1 / a_second
        self._lead = at_once * self._step
        self._now = now
        self._due = now() - self._lead

    def wait(self) -> float:
        """Take a turn; give the seconds until it comes, 0 for at once."""
        now = self._now()
        self._due = max(self._due, now - self._lead) + self._step
        return max(0.0, self._due - now)

    def is_rested(self) -> bool:
        """Tell whether as many turns are left as at the beginning."""
        return self._due <= self._now() - self._lead


class Places:
    """A few places for what is done at the same time; one that is not given back in time is."""

    def __init__(self, number: int, seconds: float) -> None:
        self._free = asyncio.Semaphore(number)
        self._seconds = seconds

    async def take(self) -> Callable[[], None]:
        """Wait for a place; give what gives it back, however often it is called."""
        await self._free.acquire()
        held = [asyncio.get_running_loop().call_later(self._seconds, lambda: leave())]

        def leave() -> None:
            while held:
                held.pop().cancel()
                self._free.release()

        return leave
