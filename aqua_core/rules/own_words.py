"""What differs between two wordings of an instrument, and what a further version is called."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from aqua_core.rules.both_waves import wording_of
from aqua_core.vocabulary import Domain, Instrument
from aqua_core.vocabulary.own_words import Rewording

_MOST_PARTS: Final = 3
_LONGEST_KEY: Final = 40


def words_by_domain(instrument: Instrument) -> Mapping[str, str]:
    """Give the hash of each domain's wording, by its key: what two wordings are compared by."""
    return {domain.key: wording_of(domain) for domain in instrument.domains}


def same_words(one: Instrument, other: Instrument) -> bool:
    """Tell whether two instruments ask the same of a room, whatever their versions are called."""
    return words_by_domain(one) == words_by_domain(other)


def lines_broken(before: Instrument, after: Instrument) -> tuple[str, ...]:
    """Name the domains that both have and that are worded otherwise in each."""
    old, new = words_by_domain(before), words_by_domain(after)
    return tuple(
        domain.short
        for domain in after.domains
        if domain.key in old and old[domain.key] != new[domain.key]
    )


def rewordings(before: Instrument, after: Instrument) -> tuple[Rewording, ...]:
    """Give all that two versions say otherwise, in the order of the newer one.

    The version itself and its source are none of it: both are given to what is saved.
    """
    whole = _parts_of_whole(before), _parts_of_whole(after)
    return (*_differing("", *whole), *_of_domains(before, after), *_order(before, after))


def _of_domains(before: Instrument, after: Instrument) -> Iterator[Rewording]:
    for domain in after.domains:
        old = before.domain(domain.key)
        yield from _differing(domain.short, _parts(old) if old else {}, _parts(domain))
    for domain in before.domains:
        if after.domain(domain.key) is None:
            yield Rewording(called=domain.short, part="Domain", before=domain.name, after="")


def _order(before: Instrument, after: Instrument) -> Iterator[Rewording]:
    old = [domain.key for domain in before.domains if after.domain(domain.key)]
    new = [domain.key for domain in after.domains if before.domain(domain.key)]
    if old != new:
        said = (", ".join(names[key] for key in keys) for names, keys in _named(before, after))
        yield Rewording(called="", part="Order", before=next(said), after=next(said))


def _named(*instruments: Instrument) -> Iterator[tuple[Mapping[str, str], list[str]]]:
    for instrument in instruments:
        yield instrument.names, list(instrument.names)


def _differing(
    called: str, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[Rewording]:
    for part, said in after.items():
        if before.get(part) != said:
            yield Rewording(called=called, part=part, before=before.get(part, ""), after=said)


def _parts_of_whole(instrument: Instrument) -> dict[str, str]:
    levels = {f"Level {points}": level for points, level in enumerate(instrument.levels)}
    return {"Name": instrument.name, **levels}


def _parts(domain: Domain) -> dict[str, str]:
    statements = {f"{points}": statement for points, statement in enumerate(domain.statements)}
    named = {"Domain": domain.name, "Short name": domain.short, "Kind": domain.kind.value}
    return {**named, "Question": domain.question, **statements}


def version_after(parent: str, known: Collection[str]) -> str:
    """Give the number of a version that comes after its parent and that none has: 2, 2.1, 2.2."""
    *first, last = map(int, parent.split("."))
    if len(first) + 1 < _MOST_PARTS and not first:
        first, last = [last], 0
    while True:
        last += 1
        version = ".".join(map(str, (*first, last)))
        if version not in known:
            return version


def key_of(name: str, taken: Collection[str]) -> str:
    """Give the key of a domain that a place adds: its name in small letters, and nobody else's."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    key = re.sub("[^a-z]+", "_", letters).strip("_")[: _LONGEST_KEY - 2]
    if len(key) < 2:
        key = "local"
    return next(
        made
        for made in (key, *(f"{key}_{letter}" for letter in "bcdefghijklmnop"))
        if made not in taken
    )
