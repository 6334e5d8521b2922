"""How often is too often: a small, bounded memory of when somebody did something."""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from time import monotonic
from typing import Final

MINUTE: Final = 60.0


class Tries:
    """Lets each do something `most` times a minute. `clock` gives seconds that only ever grow.

    Of those remembered (a hall has 300 seats), the one quiet for longest is forgotten first:
    nobody can fill the memory.
    """

    def __init__(
        self, most: int, remembered: int = 10_000, clock: Callable[[], float] | None = None
    ) -> None:
        self.most = most
        self._remembered = remembered
        self._clock = clock
        self._lock = threading.Lock()
        self._times: OrderedDict[Hashable, deque[float]] = OrderedDict()

    def left(self, who: Hashable) -> int:
        """Give how often somebody may do it now, 0 or more."""
        with self._lock:
            return self.most - len(self._recent(who))

    def take(self, who: Hashable) -> bool:
        """Count one time; False, and nothing is counted, when none is left.

        A try is taken before it is known whether it is wrong: 28 that are asked at once would each
        find one left.
        """
        with self._lock:
            times = self._recent(who)
            if len(times) >= self.most:
                return False
            times.append(self._now())
            self._times[who] = times
            self._times.move_to_end(who)
            if len(self._times) > self._remembered:
                self._times.popitem(last=False)
            return True

    def forgive(self, who: Hashable) -> None:
        """Forget how often somebody did it: it was right."""
        with self._lock:
            self._times.pop(who, None)

    def _recent(self, who: Hashable) -> deque[float]:
        times = self._times.get(who) or deque()
        while times and self._now() - times[0] >= MINUTE:
            times.popleft()
        return times

    def _now(self) -> float:
        return self._clock() if self._clock else monotonic()
