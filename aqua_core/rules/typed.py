"""What people type: names that are alike, and details that identify a person."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from aqua_core.errors import LooksPersonal
from aqua_core.vocabulary.text import Word, same_name, typed_in

# Letters of the Cyrillic and Greek alphabets that are drawn as a Latin one; typographic quotes and
# dashes are drawn as the plain ones. Unicode's own list (UTS 39) has 6,000 more, none of which
# a keyboard in a British office types by mistake.
_DRAWN_AS: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсух" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ" + "‘’′“”‐–—−",
    "ABESIJKMHOPCTYXaesijopcyx" + "ABEZHIKMNOPTYXaikvopux" + "'''\"\"----",
)


def folded(name: str) -> str:
    """Give what two names share when they look the same: alphabet, case and width folded.

    Args:
        name: as clean_name gives it.
    """
    return same_name(name.translate(_DRAWN_AS))


def twin_of(name: str, others: Iterable[str]) -> str | None:
    """Give the first of the other names that looks like this one, or None."""
    known: Mapping[str, str] = {folded(other): other for other in reversed([*others])}
    return known.get(folded(name))


_E_MAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# 0161 496 0000, (020) 7946 0000, 07700 900123, +44 161 496 0000, +44 (0)161 496 0000.
_TELEPHONE: Final = re.compile(
    r"(?<!\d)(?:(?:\+|00)44[ .-]?(?:\(0\))?[ .-]?\(?|\(?0)"
    r"\d{2,4}\)?(?:[ .-]?\d{2,4}){2,3}(?!\d)"
)
_TELEPHONE_DIGITS: Final = range(9, 11)
"""Digits of a British number after its 0 or +44."""
_NHS_NUMBER: Final = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")


def personal_details(text: str) -> str:
    """Name what the text seems to hold: "an e-mail address", or "" for nothing of the kind.

    Looks for an e-mail address, a British telephone number and an NHS number.

    Args:
        text: at most a few hundred characters.
    """
    read = unicodedata.normalize("NFKC", text)
    if _E_MAIL.search(read):
        return "an e-mail address"
    if any(map(is_nhs_number, _NHS_NUMBER.findall(read))):
        return "an NHS number"
    return "a telephone number" if any(map(_rings, _TELEPHONE.findall(read))) else ""


def check_nobody_in(text: str) -> None:
    """Ask before a text is kept that seems to hold somebody's details.

    Raises:
        LooksPersonal: it does; said once more, it is kept as it is.
    """
    if details := personal_details(text):
        raise LooksPersonal(f"This looks like {details}. Take it out, or keep it as it is.")


def check_nobody_in_word(word: Word) -> None:
    """Ask about the first text of a word that looks like somebody's details.

    Raises:
        LooksPersonal: one does; said once more, all are kept as they are.
    """
    for what, text in typed_in(word).items():
        if details := personal_details(text):
            raise LooksPersonal(
                f"“{what}” holds what looks like {details}. Take it out, or keep it as it is."
            )


def is_nhs_number(written: str) -> bool:
    """Tell whether ten digits, spaces and dashes apart, pass the check of an NHS number.

    The tenth digit is 11 less the remainder by 11 of the first nine weighed 10 to 2; 11 counts
    as 0, and 10 is no number (NHS Data Dictionary, NHS NUMBER). A ten-digit figure passes by
    accident about 1 time in 11, so dates and sums are hardly ever asked about.
    """
    digits = [int(mark) for mark in written if mark.isdecimal()]
    if len(digits) != 10:
        return False
    weighed = sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False))
    return (11 - weighed % 11) % 11 == digits[9]


def _rings(written: str) -> bool:
    digits = "".join(mark for mark in written if mark.isdecimal())
    return len(re.sub("^(?:(?:00)?44)?0?", "", digits)) in _TELEPHONE_DIGITS
