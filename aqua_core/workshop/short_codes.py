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


class ShortCodes(Generic[About]):
    """Codes that wait, one for each thing they are about.

    Each waits `seconds`; of more than `most`, the one asked for longest ago is given up.
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
                self._waiting.popitem(last=False)
        return code

    def shown(self, about: About, secret: str) -> str | None:
        """Give the code that still waits to the browser that shows it, or None."""
        with self._lock:
            found = self._waiting.get(about)
            if found is None or found.until <= monotonic():
                return None
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


def _code(secret: str, salt: bytes) -> str:
    drawn = int.from_bytes(hmac.new(secret.encode(), salt, hashlib.sha256).digest())
    mask = len(SHORT_CODE_LETTERS) - 1
    return "".join(
        SHORT_CODE_LETTERS[drawn >> _LETTER_BITS * place & mask]
        for place in range(SHORT_CODE_LENGTH)
    )


def _hash(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
