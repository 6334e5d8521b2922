"""Shorter names where many long ones share a page: what all of them share is left out."""

from collections.abc import Iterable, Iterator, Sequence

from aqua_core.charts.plan.canvas import wide
from aqua_core.vocabulary import Group, Tier

LONG = 12
"""Ems of a name from which on what all names share is left out: "Independent care homes" is 11."""
_LINKS = frozenset({"of", "for", "in", "the", "and", "at", "&", "-"})


def labels_of(groups: Iterable[Group]) -> dict[str, str]:
    """Give what each group is called in one picture, by its id.

    Long names lose the words that all of them begin or end with: "Greater Manchester Police" and
    "Greater Manchester Ambulance" are told apart by their last. The pool keeps its own.
    """
    named = {group.id: (group.slot, group.name) for group in groups}
    own = {each: parted(name) for each, (slot, name) in named.items() if slot >= 0}
    heads = list(dict.fromkeys(head for head, _ in own.values()))
    short = dict(zip(heads, _without_shared(heads), strict=True))
    whole = {each: name for each, (_, name) in named.items()}
    return whole | {each: _joined(short[head], tier) for each, (head, tier) in own.items()}


def parted(name: str) -> tuple[str, str]:
    """Part a team's name into its partner and its tier; the tier is "" where it names none."""
    head, comma, tail = name.rpartition(", ")
    return (head, tail) if comma and tail in list(Tier) else (name, "")


def cuts(name: str) -> Iterator[str]:
    """Give a name whole, then shorter by a word each time, and always with the tier it ends on."""
    head, tier = parted(name)
    words = head.split()
    yield name
    for kept in range(len(words) - 1, 0, -1):
        yield _joined(f"{' '.join(words[:kept])}…", tier)


def _joined(head: str, tier: str) -> str:
    return f"{head}, {tier}" if tier else head


def _without_shared(names: Sequence[str]) -> list[str]:
    if len(names) < 2 or max(wide(name, 1) for name in names) < LONG:
        return list(names)
    words = [name.split() for name in names]
    first = _shared(words)
    words = [own[first:] for own in words]
    last = _shared([own[::-1] for own in words])
    short = [" ".join(_unlinked(own[: len(own) - last])) for own in words]
    told = len(set(short)) == len(names) and all(map(_is_a_name, short))
    return short if told else list(names)


def _is_a_name(words: str) -> bool:
    """Tell whether what is left can stand alone: neither "for" nor the 2 of "Locality 2"."""
    return words.lower() not in _LINKS and sum(map(str.isalpha, words)) > 1


def _shared(words: Sequence[Sequence[str]]) -> int:
    """Count the words that all begin with, leaving each a word of its own."""
    most = min(len(own) for own in words) - 1
    same = [len({own[n] for own in words}) == 1 for n in range(most)]
    return same.index(False) if False in same else most


def _unlinked(words: Sequence[str]) -> Sequence[str]:
    """Leave out a link that has lost what it led to: "Council of" is "Council"."""
    while len(words) > 1 and words[-1].lower() in _LINKS:
        words = words[:-1]
    return words
