"""The small parts of a sentence: counts in words, seats in thirds, a group as it is called."""

from collections.abc import Mapping, Sequence
from typing import Final

from aqua_core.vocabulary import Compare, Group
from aqua_core.vocabulary.points import said
from aqua_core.vocabulary.reading import Off, Thirds

Names = Mapping[str, str]
"""The name of each domain by its key."""

SHOWN: Final = 300
"""Characters of a long text that a screen shows: four lines of a projected card."""
_LAST_WORD: Final = 24
"""Characters that are left out rather than cut a word."""

_IN_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def in_words(count: int) -> str:
    """Give a small count as a word, a larger one in figures."""
    return _IN_WORDS[count] if count < len(_IN_WORDS) else str(count)


def counted(count: int, noun: str) -> str:
    """Count things that take an s: "1 seat", "2 seats", "0 seats"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def erased(places: Sequence[str], left: Sequence[str]) -> str:
    """Say of which places something is erased, and which files somebody made by hand beside it."""
    *others, last = places
    gone = f"{', '.join(others)} and {last} are erased." if others else f"{last} is erased."
    if not left:
        return gone
    still = "They are" if others else "It is"
    return (
        f"{gone} {still} still in {', '.join(left)}, which somebody copied by hand: delete that "
        "too."
    )


def beginning(text: str, most: int = SHOWN, ending: str = " …") -> str:
    """Give the first characters of a text and an ending, and a shorter one whole; lines stay."""
    if len(text) <= most:
        return text
    kept = text[:most]
    last = max(kept.rfind(" "), kept.rfind("\n"))
    return f"{(kept[:last] if last >= most - _LAST_WORD else kept).rstrip()}{ending}"


def called(group: Group, line: Compare | None) -> str:
    """Give a group as the room calls it: a partner or a team by name, a tier as its teams."""
    return f"{group.name} teams" if line is Compare.TIER else group.name


def off_said(off: Off) -> str:
    """Say who stands off on a close domain: "Council stands 1.2 below Trust"."""
    low, high = (called(group, off.line) for group in (off.lowest, off.highest))
    stands = "stand" if off.line is Compare.TIER else "stands"
    return f"{low} {stands} {said(off.points, 1)} below {high}"


def apart(points: float) -> str:
    """Give a gap with one decimal: "1.6 points"."""
    figure = said(points, 1)
    return f"{figure} {'point' if figure == '1.0' else 'points'}"


def counts(thirds: Thirds) -> str:
    """Say how many stand where, leaving out what nobody gave: "4 say 0 or 1, 1 says 4 or 5"."""
    stands = ((thirds.low, "0 or 1"), (thirds.middle, "2 or 3"), (thirds.high, "4 or 5"))
    return ", ".join(
        f"{heads} {'says' if heads == 1 else 'say'} {where}" for heads, where in stands if heads
    )
