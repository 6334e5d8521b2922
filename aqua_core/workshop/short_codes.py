"""Short codes that wait where several processes share the room."""

import json
import secrets
from collections.abc import Callable, Hashable
from typing import Any, Final, Generic, Protocol, TypeVar

from aqua_core.errors import NoSuchCode
from aqua_core.rules.short_codes import code_drawn, code_hash
from aqua_core.store.database import reading, writing_beside
from aqua_core.store.shared import passing

About = TypeVar("About", bound=Hashable)
NO_CODE: Final = "This code does not work: it was used, or its time is over. Make a new one."


class Codes(Protocol[About]):
    """Codes that wait, one for each thing they are about."""

    def make(self, about: About, secret: str) -> str:
        """Give a fresh code; the one before it is worth nothing any more."""
        ...

    def shown(self, about: About, secret: str) -> str | None:
        """Give the code that still waits to the browser that shows it, or None."""
        ...

    def find(self, code: str) -> About:
        """Give what a code is about, or raise NoSuchCode."""
        ...

    def spend(self, about: About) -> None:
        """Make the code about this worth nothing."""
        ...


class SharedCodes(Generic[About]):
    """Codes as `Codes` has them, in the database that processes share.

    Args:
        kind: tells them from codes for other things.
        seconds: how long one waits.
        most: how many may wait.
        read: makes what a code is about of its JSON.
    """

    def __init__(self, kind: str, seconds: float, most: int, read: Callable[[Any], About]) -> None:
        self._kind = kind
        self._seconds = seconds
        self._most = most
        self._read = read

    def make(self, about: About, secret: str) -> str:
        """Give a fresh code."""
        salt, named = secrets.token_bytes(16), json.dumps(about)
        code = code_drawn(secret, salt)
        with writing_beside("", self._kind) as cursor:
            waiting = passing.Waiting(named, code_hash(code).hex(), salt)
            passing.put(cursor, self._kind, waiting, self._seconds)
            passing.give_up(cursor, self._kind, named, self._most)
        return code

    def shown(self, about: About, secret: str) -> str | None:
        """Give the code that still waits, or None."""
        with writing_beside("", self._kind) as cursor:
            salt = passing.ask_again(cursor, self._kind, json.dumps(about))
        return code_drawn(secret, salt) if salt else None

    def find(self, code: str) -> About:
        """Give what a code is about.

        Raises:
            NoSuchCode: nobody shows it, it was used, or its time is over.
        """
        with reading() as cursor:
            about = passing.about_mark(cursor, self._kind, code_hash(code).hex())
        if about is None:
            raise NoSuchCode(NO_CODE)
        return self._read(json.loads(about))

    def spend(self, about: About) -> None:
        """Make the code about this worth nothing."""
        with writing_beside("", self._kind) as cursor:
            passing.take(cursor, self._kind, json.dumps(about))
