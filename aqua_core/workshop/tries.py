"""How often somebody may guess, or do what costs others something: so many times a minute.

Paces (of votes, of words) are of one seat, whose browser stays with its process: each process keeps
them by itself. Guesses are counted for all where processes share the room, in its database.
"""

import secrets
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from contextlib import suppress
from time import monotonic
from typing import Final, NamedTuple

from aqua_core.errors import FileUnusable
from aqua_core.store.database import reading, writing_beside
from aqua_core.store.facts import is_shared
from aqua_core.store.shared import passing
from aqua_core.workshop.admitting import plain_hash

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


class _Counted:
    """Tries of one kind, counted in the database; of an address it keeps a hash for a minute."""

    def __init__(self, kind: str, most: int) -> None:
        self._kind = f"try of a {kind}"
        self._most = most

    def left(self, who: str) -> int:
        """Give how many somebody has left, 0 or more."""
        with reading() as cursor:
            return max(0, self._most - passing.count_tries(cursor, self._kind, plain_hash(who)))

    def take(self, who: str, what: str) -> bool:
        """Count one, unless it is counted already; False when none is left."""
        mark = plain_hash(who)
        with writing_beside("", f"{self._kind} {mark}") as cursor:
            passing.drop_over(cursor)
            if passing.mark_about(cursor, self._kind, passing.tried(mark, what)) is not None:
                return True
            if passing.count_tries(cursor, self._kind, mark) >= self._most:
                return False
            passing.put(cursor, self._kind, passing.Waiting(passing.tried(mark, what)), MINUTE)
            return True

    def was_wrong(self, who: str, what: str) -> None:
        """Keep one counted, whoever gives it back."""
        self.take(who, what)
        with writing_beside("", self._kind) as cursor:
            passing.ask_again(cursor, self._kind, passing.tried(plain_hash(who), what))

    def give_back(self, who: str, what: str = "") -> None:
        """Take one back that is not known to be wrong; without `what`, the newest."""
        with writing_beside("", self._kind) as cursor:
            passing.give_try_back(cursor, self._kind, plain_hash(who), what)

    def forgive(self, who: str, what: str = "") -> None:
        """Take one back, or without `what` all that somebody tried."""
        with writing_beside("", self._kind) as cursor:
            passing.drop_tries(cursor, self._kind, plain_hash(who), what)


class TriesOfAll(Tries):
    """Tries that processes which share the room count as one.

    Args:
        kind: what is tried; it tells them from others.
        most: a minute.
    """

    def __init__(self, kind: str, most: int) -> None:
        super().__init__(most)
        self._shared = _Counted(kind, most)

    def left(self, who: Hashable) -> int:
        """Give how often somebody may do it now, 0 or more."""
        return self._shared.left(str(who)) if is_shared() else super().left(who)

    def take(self, who: Hashable) -> bool:
        """Count one time; False, and nothing is counted, when none is left."""
        if is_shared():
            return self._shared.take(str(who), secrets.token_hex(8))
        return super().take(who)

    def give_back(self, who: Hashable) -> None:
        """Take one time back: it was not wrong."""
        self._shared.give_back(str(who)) if is_shared() else super().give_back(who)

    def forgive(self, who: Hashable) -> None:
        """Forget how often somebody did it: it was right."""
        self._shared.forgive(str(who)) if is_shared() else super().forgive(who)


class Guesses:
    """Lets each address ask for `most` different unknown codes a minute.

    The same code again is no new guess: where a workshop was erased, the 300 phones of its room go
    on asking for one. Nor is a code that the address was let in by before, which tells it nothing
    new: whoever guesses from a room's own address keeps nobody there from scoring.

    Where processes share the room, a code is counted in its database until it is known to be right.
    What is known already each process knows by itself, so that nobody of a hall waits for that.
    """

    def __init__(self, most: int, remembered: int = 10_000) -> None:
        self.most = most
        self._remembered = remembered
        self._shared = _Counted("join code", most)
        self._lock = threading.Lock()
        self._asked: OrderedDict[Hashable, _Asked] = OrderedDict()

    def knows(self, who: str, code: str) -> bool:
        """Tell whether an address was let in by a code before: it may ask for it without a word."""
        with self._lock:
            return code in self._of(who).known

    def left(self, who: str) -> int:
        """Give how many new codes an address may ask for now, 0 or more."""
        with self._lock:
            here = max(0, self.most - len(self._of(who).guessed))
        with suppress(FileUnusable):
            return min(here, self._shared.left(who)) if here and is_shared() else here
        return here

    def take(self, who: str, code: str) -> bool:
        """Count a code before it is known whether it is right; False when it may not be asked."""
        if (may := self._taken(who, code, here_alone=not is_shared())) is not None:
            return may
        with suppress(FileUnusable):  # whoever cannot count a code cannot look it up either
            if not self._shared.take(who, code):
                return False
        return self._taken(who, code, here_alone=True) is True

    def _taken(self, who: str, code: str, *, here_alone: bool) -> bool | None:
        """Count it as far as this process knows; None where it has to be asked of all."""
        with self._lock:
            asked = self._of(who)
            if code in asked.known or code in asked.guessed:
                return True
            if len(asked.guessed) >= self.most:
                return False
            if here_alone:
                asked.guessed[code] = (monotonic(), False)
            return True if here_alone else None

    def was_wrong(self, who: str, code: str) -> None:
        """Count a code for its minute, whatever is answered to others who asked for it."""
        with self._lock:
            asked = self._of(who)
            asked.known.pop(code, None)
            at, known = asked.guessed.get(code, (monotonic(), False))
            asked.guessed[code] = (at, True)
        if is_shared() and not known:
            with suppress(FileUnusable):
                self._shared.was_wrong(who, code)

    def was_right(self, who: str, code: str) -> None:
        """Give a code back: this address knows it now."""
        with self._lock:
            asked = self._of(who)
            counted = asked.guessed.pop(code, None)
            asked.known[code] = None
            if len(asked.known) > _KNOWN:
                asked.known.popitem(last=False)
        if is_shared() and counted:
            with suppress(FileUnusable):
                self._shared.forgive(who, code)

    def give_back(self, who: str, code: str) -> None:
        """Give a code back that nobody could look up, unless it is known to be wrong."""
        with self._lock:
            guessed = self._of(who).guessed
            counted = code in guessed and not guessed[code][1]
            if counted:
                del guessed[code]
        if is_shared() and counted:
            with suppress(FileUnusable):
                self._shared.give_back(who, code)

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
