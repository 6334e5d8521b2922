"""How a short code is drawn from a secret, and what is kept of it."""

import hashlib
import hmac
from typing import Final

from aqua_core.vocabulary.event import SHORT_CODE_LENGTH, SHORT_CODE_LETTERS

_LETTER_BITS: Final = 5


def code_drawn(secret: str, salt: bytes) -> str:
    """Give the code that a secret and a salt come to."""
    drawn = int.from_bytes(hmac.new(secret.encode(), salt, hashlib.sha256).digest())
    mask = len(SHORT_CODE_LETTERS) - 1
    return "".join(
        SHORT_CODE_LETTERS[drawn >> _LETTER_BITS * place & mask]
        for place in range(SHORT_CODE_LENGTH)
    )


def code_hash(code: str) -> bytes:
    """Give what is kept of a code."""
    return hashlib.sha256(code.encode()).digest()
