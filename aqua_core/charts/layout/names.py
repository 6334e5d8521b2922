"""Names in a picture: what they are called and where they end."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aqua_core.charts.layout.canvas import wide
from aqua_core.vocabulary import Gap, Group, Spread, Standing, Tier
from aqua_core.vocabulary.points import half_up

_LONG = 12
"""Ems of a name from which on what all names share is left out: "Independent care homes" is 11."""
_LINKS = frozenset({"of", "for", "in", "the", "and", "at", "&", "-"})


def labels_of(groups: Iterable[Group]) -> dict[str, str]:
    """Give what each group is called in one picture, by its id.

    Long names lose the words that all of them begin or end with: "Greater Manchester Police" and
    "Greater Manchester Ambulance" are told apart by their last. The pool keeps its own.
    """
    named = {group.id: (group.slot, group.name) for group in groups}
    own = {group_id: parted(name) for group_id, (slot, name) in named.items() if slot >= 0}
    heads = list(dict.fromkeys(head for head, _ in own.values()))
    short = dict(zip(heads, _without_shared(heads), strict=True))
    whole = {group_id: name for group_id, (_, name) in named.items()}
    return whole | {group_id: _joined(short[head], tier) for group_id, (head, tier) in own.items()}


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
    if len(names) < 2 or max(wide(name, 1) for name in names) < _LONG:
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


def groups_of(groups: Sequence[Group]) -> list[Group]:
    """Give each group once, in the order of the slots; pooled groups come last."""
    once = {group.id: group for group in groups}.values()
    return sorted(once, key=lambda group: (group.slot < 0, group.slot))


COUNTED = 3
"""Groups that tie at an end from which on they are counted and no longer named."""
_MOST_NAMED = 12
"""Groups that each get a name and a colour in one picture. Of 24, the legend took eight lines of
the page and left rows of 33 px: then the ends of each row are named, and the table names all."""


@dataclass(frozen=True)
class Ends:
    """Who is named left of the lowest mark and right of the highest; "" for nobody."""

    left: str
    right: str


def crowded(gaps: Sequence[Gap]) -> bool:
    """Tell whether more groups are shown than one picture can name."""
    return len({side.group.id for gap in gaps for side in gap.standings}) > _MOST_NAMED


_TOO_FEW = "too few to compare"
_NOT_APART = "not compared"
_WHOLE_ROOM = "whole room only"


def no_gap(gap: Gap, scores: Spread | None = None) -> str:
    """Say what stands in place of a gap; groups that are hidden may be large, and not too few.

    Args:
        gap: without a width.
        scores: every score on its domain, where these are shown beside these words.
    """
    if scores and scores.marks and not gap.standings:
        return _WHOLE_ROOM
    return _NOT_APART if gap.held_back else _TOO_FEW


def at_ends(gap: Gap) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """Give everyone who stands lowest, and everyone who stands highest; ties stand together.

    A tie is what is printed alike: 2.27 and 2.33 both stand at 2.3 in the table below.
    """
    if not gap.standings:
        return (), ()
    least, most = half_up(gap.lowest.mean, 1), half_up(gap.highest.mean, 1)
    lowest = tuple(side for side in gap.standings if half_up(side.mean, 1) == least)
    highest = tuple(side for side in gap.standings if half_up(side.mean, 1) == most)
    return lowest, highest


def together(names: Sequence[str], called: str, joint: str = " and ") -> str:
    """Name one or two; count three or more: "3 teams"."""
    return joint.join(names) if len(names) < COUNTED else f"{len(names)} {called}"
