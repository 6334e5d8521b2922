"""How often is too often: a small, bounded memory of when somebody did something."""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from time import monotonic
from typing import Final, NamedTuple

MINUTE: Final = 60.0
_KNOWN: Final = 50  # codes of one address: a laptop runs a few workshops


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

    def give_back(self, who: Hashable) -> None:
        """Take one time back: it was not wrong."""
        with self._lock:
            if times := self._recent(who):
                times.pop()

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


class Guesses:
    """Lets each address ask for `most` different unknown codes a minute.

    The same code again is no new guess: where a workshop was erased, the 300 phones of its room go
    on asking for one. Nor is a code that the address was let in by before, which tells it nothing
    new: whoever guesses from a room's own address keeps nobody there from scoring.
    """

    def __init__(self, most: int, remembered: int = 10_000) -> None:
        self.most = most
        self._remembered = remembered
        self._lock = threading.Lock()
        self._asked: OrderedDict[Hashable, _Asked] = OrderedDict()

    def left(self, who: Hashable) -> int:
        """Give how many new codes an address may ask for now, 0 or more."""
        with self._lock:
            return max(0, self.most - len(self._of(who).guessed))

    def take(self, who: Hashable, code: str) -> bool:
        """Count a code before it is known whether it is right; False when it may not be asked."""
        with self._lock:
            asked = self._of(who)
            if code in asked.known or code in asked.guessed:
                return True
            if len(asked.guessed) >= self.most:
                return False
            asked.guessed[code] = (monotonic(), False)
            return True

    def was_wrong(self, who: Hashable, code: str) -> None:
        """Count a code for its minute, whatever is answered to others who asked for it."""
        with self._lock:
            asked = self._of(who)
            asked.known.pop(code, None)
            at = asked.guessed[code][0] if code in asked.guessed else monotonic()
            asked.guessed[code] = (at, True)

    def was_right(self, who: Hashable, code: str) -> None:
        """Give a code back: this address knows it now."""
        with self._lock:
            asked = self._of(who)
            asked.guessed.pop(code, None)
            asked.known[code] = None
            if len(asked.known) > _KNOWN:
                asked.known.popitem(last=False)

    def give_back(self, who: Hashable, code: str) -> None:
        """Give a code back that nobody could look up, unless it is known to be wrong."""
        with self._lock:
            guessed = self._of(who).guessed
            if code in guessed and not guessed[code][1]:
                del guessed[code]

    def _of(self, who: Hashable) -> "_Asked":
        asked = self._asked.setdefault(who, _Asked({}, OrderedDict()))
        self._asked.move_to_end(who)
        if len(self._asked) > self._remembered:
            self._asked.popitem(last=False)
        now = monotonic()
        for code in [code for code, (at, _) in asked.guessed.items() if now - at >= MINUTE]:
            del asked.guessed[code]
        return asked


class _Asked(NamedTuple):
    """What one address asked for: codes with their second and whether wrong; and codes it knows."""

    guessed: dict[str, tuple[float, bool]]
    known: OrderedDict[str, None]
