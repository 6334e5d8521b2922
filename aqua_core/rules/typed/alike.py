"""Names that a room cannot tell apart on a screen, though a computer can."""

from collections.abc import Iterable, Mapping
from typing import Final

from aqua_core.vocabulary.text import same_name

# Letters of the Cyrillic and Greek alphabets that are drawn as a Latin one; the typographic
# apostrophe is drawn as the plain one. Unicode's own list (UTS 39) has 6,000 more, none of which
# a keyboard in a British office types by mistake.
_DRAWN_AS: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсух" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ" + "’",
    "ABESIJKMHOPCTYXaesijopcyx" + "ABEZHIKMNOPTYXaikvopux" + "'",
)


def drawn_alike(name: str) -> str:
    """Give what two names share when they look the same: alphabet, case and width folded.

    Args:
        name: as clean_name gives it.
    """
    return same_name(name.translate(_DRAWN_AS))


def twin_of(name: str, others: Iterable[str]) -> str | None:
    """Give the first of the other names that looks like this one, or None."""
    known: Mapping[str, str] = {drawn_alike(each): each for each in reversed([*others])}
    return known.get(drawn_alike(name))
