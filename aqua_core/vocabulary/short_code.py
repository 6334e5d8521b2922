"""A short code: read from one screen and typed on another, worth something for minutes only."""

from typing import Any, Final

from aqua_core.errors import TextRefused
from aqua_core.vocabulary.text import code_as_typed

# Crockford's base 32: no I, L, O or U. Eight of them are 40 bits.
SHORT_CODE_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SHORT_CODE_LENGTH: Final = 8

_LOOK_ALIKES: Final = str.maketrans("OIL", "011")


def clean_short_code(typed: Any) -> str:
    """Give a short code as it was made: case, spaces, dashes, full width and look-alikes aside.

    Raises:
        TextRefused: empty, of another length, or with other marks than letters and digits.
    """
    code = code_as_typed(typed, "Type the code shown on the other screen.")
    if len(code) != SHORT_CODE_LENGTH:
        raise TextRefused(f"This code has {SHORT_CODE_LENGTH} characters; you typed {len(code)}.")
    return code.translate(_LOOK_ALIKES)


def short_code_said(code: str) -> str:
    """Give a short code as a screen shows it: XXXX-XXXX."""
    return f"{code[:4]}-{code[4:]}"
