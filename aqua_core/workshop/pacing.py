"""How often is too often: a small, bounded memory of the times at which something was done."""

import threading
from collections import OrderedDict, deque
from collections.abc import Hashable
from time import monotonic
from typing import Final

MINUTE: Final = 60.0


class Pace:
    """Remembers when each of a few did something, and tells who has done it too often.

    `most` times a minute are allowed to each. Of those remembered, the one quiet for longest is
    forgotten first: nobody can fill the memory.
    """

    def __init__(self, most: int, remembered: int) -> None:
        self._most = most
        self._remembered = remembered
        self._times: OrderedDict[Hashable, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def too_often(self, who: Hashable) -> bool:
        """Tell whether somebody has used up this minute."""
        with self._lock:
            times = self._times.get(who, deque())
            return len(times) == self._most and monotonic() - times[0] < MINUTE

    def count(self, who: Hashable) -> None:
        """Remember that somebody has done it now."""
        with self._lock:
            self._times.setdefault(who, deque(maxlen=self._most)).append(monotonic())
            self._times.move_to_end(who)
            if len(self._times) > self._remembered:
                self._times.popitem(last=False)
