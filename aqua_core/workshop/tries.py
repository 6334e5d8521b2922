"""How often an address may be wrong: so many times within so many seconds."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

_ADDRESSES: Final = 10_000  # a hall has 300; whoever changes addresses may not fill the memory


class Tries:
    """Wrong tries an address. `clock` gives seconds that only ever grow."""

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.most = most
        self.seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong: dict[str, deque[float]] = {}

    def left(self, address: str) -> int:
        """Give how often this address may still be wrong now, 0 or more."""
        with self._lock:
            return self.most - len(self._recent(address))

    def take(self, address: str) -> bool:
        """Take one try, before it is known whether it is wrong; False when none is left.

        Taken first: 28 that are asked at once would each find one left.
        """
        with self._lock:
            wrong = self._recent(address)
            if len(wrong) >= self.most:
                return False
            self._make_room()
            wrong.append(self._clock())
            self._wrong[address] = wrong
            return True

    def forgive(self, address: str) -> None:
        """Forget the tries of an address: it was right."""
        with self._lock:
            self._wrong.pop(address, None)

    def _recent(self, address: str) -> deque[float]:
        wrong = self._wrong.get(address) or deque()
        while wrong and self._clock() - wrong[0] >= self.seconds:
            wrong.popleft()
        return wrong

    def _make_room(self) -> None:
        if len(self._wrong) >= _ADDRESSES:
            del self._wrong[next(iter(self._wrong))]
