"""What differs between two wordings of an instrument, and what a further version is called."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from aqua_core.rules.both_waves import wording_of
from aqua_core.vocabulary import Domain, Instrument
from aqua_core.vocabulary.own_words import Rewording

_LONGEST_KEY: Final = 40


def same_words(one: Instrument, other: Instrument) -> bool:
    """Tell whether two instruments ask the same of a room, whatever their versions are called."""
    return _words_by_domain(one) == _words_by_domain(other)


def lines_broken(before: Instrument, after: Instrument) -> tuple[str, ...]:
    """Name the domains that both have and that are worded otherwise in each."""
    old, new = _words_by_domain(before), _words_by_domain(after)
    return tuple(
        domain.short
        for domain in after.domains
        if domain.key in old and old[domain.key] != new[domain.key]
    )


def _words_by_domain(instrument: Instrument) -> Mapping[str, str]:
    """Give the hash of each domain's wording, by its key: what two wordings are compared by."""
    return {domain.key: wording_of(domain) for domain in instrument.domains}


def rewordings(before: Instrument, after: Instrument) -> tuple[Rewording, ...]:
    """Give all that two versions say otherwise, in the order of the newer one.

    The version itself and its source are none of it: both are given to what is saved.
    """
    whole = {"Name": before.name}, {"Name": after.name}
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
        was, now = (", ".join(one.names.values()) for one in (before, after))
        yield Rewording(called="", part="Order", before=was, after=now)


def _differing(
    called: str, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[Rewording]:
    for part, said in after.items():
        if before.get(part) != said:
            yield Rewording(called=called, part=part, before=before.get(part, ""), after=said)


def _parts(domain: Domain) -> dict[str, str]:
    statements = {f"{points}": statement for points, statement in enumerate(domain.statements)}
    named = {"Domain": domain.name, "Short name": domain.short, "Kind": domain.kind.value}
    return {**named, "Question": domain.question, **statements}


def version_after(parent: str, known: Collection[str]) -> str:
    """Give the number of a version that comes after its parent and that none has: 2, 2.1, 2.2."""
    *first, last = map(int, parent.split("."))
    if not first:
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


def words_to_choose(
    last: Instrument,
    scored: Instrument | None,
    installed: Sequence[Instrument],
    own: Sequence[Instrument],
) -> tuple[Instrument, str]:
    """Choose the words of a place's next workshop, by what they say and never by a number alone.

    Args:
        last: what it was set up with last time.
        scored: what its newest result was scored by; None while it has none.
        installed: what a workshop can use, at least one.
        own: the versions that the place saved, the newest first.

    Returns:
        The words, and why these where they are others than last time's or a newer version is
        there; "" for neither.
    """
    if own:
        return own[0], _own_said(own[0], last, scored)
    versions = [instrument for instrument in installed if instrument.key == last.key]
    newest = max(versions, key=_age, default=last)
    same = [version for version in versions if same_words(version, last)]
    if same:
        chosen = next((version for version in same if version.version == last.version), same[0])
        return chosen, _newer_said(chosen, newest)
    if any(version.version == last.version for version in versions):
        return newest, (
            f"Version {last.version} of {last.name} has other words here than last time: "
            f"version {newest.version} is chosen. {_broken_said(scored, newest)}".strip()
        )
    if versions:
        return newest, (
            f"Version {last.version} of {last.name}, used last time, is not installed any "
            f"more: version {newest.version} is chosen."
        )
    return installed[0], (
        f"{last.name}, used last time, is not installed any more: {installed[0].name} is chosen."
    )


def _own_said(own: Instrument, last: Instrument, scored: Instrument | None) -> str:
    """Say that the place's own words are chosen, where they are others than last time's."""
    if same_words(own, last):
        return ""
    chosen = f"Your own words, version {own.version}, are chosen."
    return f"{chosen} {_broken_said(scored, own)}".strip()


def _broken_said(scored: Instrument | None, chosen: Instrument) -> str:
    broken = lines_broken(scored, chosen) if scored else ()
    if not broken:
        return ""
    lines = "its line" if len(broken) == 1 else "their lines"
    anew = f"Worded anew since this place scored last: {', '.join(broken)}."
    return f"{anew} There {lines} over time will break."


def _newer_said(chosen: Instrument, newest: Instrument) -> str:
    if same_words(newest, chosen):
        return ""
    return (
        f"Version {newest.version} of {newest.name} is newer. Version {chosen.version} stays "
        "chosen, so that both times can be compared."
    )


def _age(instrument: Instrument) -> tuple[int, ...]:
    return tuple(int(part) for part in instrument.version.split("."))
