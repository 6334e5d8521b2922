"""What people choose: one of a few words, or a day. What was not offered is named and refused."""

import re
from contextlib import suppress
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, Final

from pydantic import BeforeValidator

from aqua_core.errors import ChoiceRefused, DateRefused

_ISO: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def a_choice(what: str, kind: type[StrEnum]) -> BeforeValidator:
    """Read a field as one of the words of `kind` (see clean_choice)."""
    return BeforeValidator(partial(clean_choice, what, kind))


def a_day(sentence: str) -> BeforeValidator:
    """Read a field as a day (see clean_day)."""
    return BeforeValidator(partial(clean_day, sentence))


def clean_choice(what: str, kind: type[StrEnum], given: Any) -> StrEnum:
    """Give the word that was chosen.

    Args:
        what: is chosen, with its article: "the scale".
        kind: every word that is offered.
        given: anything that came from outside; a word, or its text exactly.

    Raises:
        ChoiceRefused: anything else. The sentence lists the words.
    """
    if isinstance(given, str) and given in list(kind):
        return kind(given)
    *words, last = (each.value for each in kind if each)  # "" is not said, and not offered
    raise ChoiceRefused(f"Choose {what}: {', '.join(words)} or {last}.")


def clean_day(sentence: str, given: Any) -> date:
    """Give the day, from a date or from its text as 2026-12-22.

    Raises:
        DateRefused: anything else: a time, another way to write a day, or a day that no calendar
            has. The sentence says what the day is for.
    """
    if type(given) is date:
        return given
    if isinstance(given, str) and _ISO.fullmatch(given):
        with suppress(ValueError):  # 31 February
            return date.fromisoformat(given)
    raise DateRefused(sentence)
