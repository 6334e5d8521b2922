"""Short codes that wait to be typed on another screen: in memory alone, and only as a hash.

A code follows from the secret of the browser that shows it, so that browser can be shown it again
and nothing that is kept here tells it to anybody else.
"""

import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Hashable
from time import monotonic
from typing import Generic, NamedTuple, TypeVar

from aqua_core.errors import NoSuchCode
from aqua_core.vocabulary.short_code import SHORT_CODE_LENGTH, SHORT_CODE_LETTERS

About = TypeVar("About", bound=Hashable)
_LETTER_BITS = 5


class _Waiting(NamedTuple):
    salt: bytes
    code_hash: bytes
    until: float  # of the monotonic clock, in seconds
    asked_again: bool = False


class ShortCodes(Generic[About]):
    """Codes that wait, one for each thing they are about.

    Each waits `seconds`. Of more than `most`, the youngest that was never asked for again is given
    up, and where all were, the one asked for longest ago: 110 requests without a cookie changed
    the code of a wall that stood there waiting.
    """

    def __init__(self, seconds: float, most: int) -> None:
        self._seconds = seconds
        self._most = most
        self._waiting: OrderedDict[About, _Waiting] = OrderedDict()
        self._lock = threading.Lock()

    def make(self, about: About, secret: str) -> str:
        """Give a fresh code; the one before it is worth nothing any more."""
        salt = secrets.token_bytes(16)
        code = _code(secret, salt)
        with self._lock:
            self._waiting[about] = _Waiting(salt, _hash(code), monotonic() + self._seconds)
            self._waiting.move_to_end(about)
            if len(self._waiting) > self._most:
                del self._waiting[self._given_up(about)]
        return code

    def shown(self, about: About, secret: str) -> str | None:
        """Give the code that still waits to the browser that shows it, or None."""
        with self._lock:
            found = self._waiting.get(about)
            if found is None or found.until <= monotonic():
                return None
            self._waiting[about] = found._replace(asked_again=True)
            self._waiting.move_to_end(about)
        return _code(secret, found.salt)

    def find(self, code: str) -> About:
        """Give what a code is about.

        Raises:
            NoSuchCode: nobody shows it, it was used, or its time is over.
        """
        now, code_hash = monotonic(), _hash(code)
        with self._lock:
            for about, each in self._waiting.items():
                if each.code_hash == code_hash and each.until > now:
                    return about
        raise NoSuchCode(
            "This code does not work: it was used, or its time is over. Make a new one."
        )

    def spend(self, about: About) -> None:
        """Make the code about this worth nothing."""
        with self._lock:
            self._waiting.pop(about, None)

    def _given_up(self, newest: About) -> About:
        now, others = monotonic(), [each for each in self._waiting if each != newest]
        over = [each for each in others if self._waiting[each].until <= now]
        never_again = [each for each in others if not self._waiting[each].asked_again]
        return [*others[:1], *never_again[-1:], *over[:1]][-1]


def _code(secret: str, salt: bytes) -> str:
    drawn = int.from_bytes(hmac.new(secret.encode(), salt, hashlib.sha256).digest())
    mask = len(SHORT_CODE_LETTERS) - 1
    return "".join(
        SHORT_CODE_LETTERS[drawn >> _LETTER_BITS * place & mask]
        for place in range(SHORT_CODE_LENGTH)
    )


def _hash(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
