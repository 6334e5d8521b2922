"""A place's own words: the versions of an instrument that it saved, and what one changed."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from aqua_core.vocabulary.framework import LONGEST_SOURCE, Instrument
from aqua_core.vocabulary.text import Word

NOT_AQUAS: Final = "not AQuA's"
"""What the source of our wording says of itself, and every version of it too."""
_REWORDED: Final = re.compile(r" Reworded (?:in .+|here), from version [0-9.]+\.$")
_MAY_REWORD: Final = " Places may reword it."


class OwnWords(Word):
    """A version of an instrument that a place saved as its own.

    `sequence` counts what the places of a file save, from 1; `parent` is the version that it was
    reworded from.
    """

    sequence: int
    place_id: str
    parent: str
    saved_on: date
    instrument: Instrument


class Rewording(Word):
    """What one part says in two versions: before it was added, or after it was taken out, "".

    `called` is the domain's short name, "" for the instrument as a whole.
    """

    called: str
    part: str
    before: str
    after: str


def source_after(source: str, place: str, version: str) -> str:
    """Give what a place's own version says of where it comes from: all that its parent says.

    Args:
        source: of the parent; what that says of an earlier rewording is said anew.
        place: whose words they are.
        version: of the parent.
    """
    begun = _REWORDED.sub("", source)
    return next(said for said in _sources(begun, place, version) if len(said) <= LONGEST_SOURCE)


def _sources(begun: str, place: str, version: str) -> Iterator[str]:
    whole, short = (
        f" Reworded {where}, from version {version}." for where in (f"in {place}", "here")
    )
    yield begun + whole
    yield begun.replace(_MAY_REWORD, "") + whole
    yield begun + short
    yield begun


def reworded_of(source: str) -> str:
    """Give what a source says of a place that reworded it, a blank first; "" for nothing."""
    found = _REWORDED.search(source)
    return found[0] if found else ""
