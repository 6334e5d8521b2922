"""What a room has in passing and in no file: what its walls follow, its Wi-Fi, who knocked.

A laptop has it in memory, and a restart forgets it. Where processes share the room it is a row that
a crash of the database empties, and it goes a day after it last changed.
"""

import threading
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

from pydantic import TypeAdapter

from aqua_core.live import once_a_revision
from aqua_core.store.database import reading, writing_beside
from aqua_core.store.facts import is_shared
from aqua_core.store.shared import passing

T = TypeVar("T")
_A_DAY: Final = 86_400.0  # seconds
_every: Final[list["Passing[Any]"]] = []


class Passing(Generic[T]):
    """One kind of it: a value for each workshop, by its code.

    Whoever changes one then says so by `live`, as of a deed: until then it may be known as before.

    Args:
        kind: tells it from others.
        holds: the type of a value, which has to be one of JSON.
        nothing: what a workshop has of which nothing was said.
    """

    def __init__(self, kind: str, holds: Any, nothing: T) -> None:
        self.kind = kind
        self._said: TypeAdapter[T] = TypeAdapter(holds)
        self._nothing = nothing
        self._here: dict[str, T] = {}
        self._lock = threading.Lock()
        _every.append(self)

    def now(self, code: str) -> T:
        """Give what a workshop has; asked once a revision where processes share the room."""
        if not is_shared():
            return self._here.get(code, self._nothing)
        return once_a_revision(code, ("in passing", self.kind), lambda: self.asked(code))

    def asked(self, code: str) -> T:
        """Give it as it is at this moment, of which nobody may have heard yet."""
        if not is_shared():
            return self._here.get(code, self._nothing)
        with reading() as cursor:
            return self._read(passing.mark_about(cursor, self.kind, code))

    def change(self, code: str, to: Callable[[T], T]) -> T:
        """Make another value of the one that is there, and give it; of two at once one waits."""
        if not is_shared():
            with self._lock:
                self._here[code] = made = to(self._here.get(code, self._nothing))
            return made
        with writing_beside("", f"{self.kind} {code}") as cursor:
            before = self._read(passing.mark_about(cursor, self.kind, code))
            made = to(before)
            if made == self._nothing:
                passing.take(cursor, self.kind, code)
            elif made != before:
                said = self._said.dump_json(made).decode()
                passing.put(cursor, self.kind, passing.Waiting(code, said), _A_DAY)
        return made

    def put(self, code: str, value: T) -> None:
        """Let a workshop have this value from now on."""
        self.change(code, lambda _: value)

    def forget(self, code: str) -> None:
        """Have nothing of a workshop any more."""
        self.put(code, self._nothing)
        self._here.pop(code, None)

    def _read(self, said: str | None) -> T:
        return self._nothing if said is None else self._said.validate_json(said)


def forget_all_in_passing(workshop: str) -> None:
    """Have nothing at all of a workshop that is erased, by its code."""
    for kind in _every:
        kind.forget(workshop)
