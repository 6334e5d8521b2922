"""Whether what a pack holds hangs together: bounds, keys, and what refers to them."""

import re
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator
from datetime import date
from math import isfinite
from typing import Any, Final, NamedTuple

from aqua_core.errors import BadPack
from aqua_core.exports.pack.packed import Packed
from aqua_core.rules.groups import POOL, groups_of
from aqua_core.vocabulary import (
    MOST_TEAMS,
    Act,
    Compare,
    Domain,
    Group,
    Partner,
    Team,
    TopicMove,
    Workshop,
    same_name,
)
from aqua_core.vocabulary.shown import Shown
from aqua_core.vocabulary.word import Word

MOST_SEATS: Final = 1_000
MOST_TEXTS: Final = 2_000
"""Notes, actions and all else that is written one by one while nobody votes: 5,000 took 6 s."""
LARGEST_NUMBER: Final = 10_000
FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2200, 12, 31)
"""Days that a plan can count from: from later ones a calendar runs out of years."""

_TEXTS: Final = (
    *("notes", "card_acts", "outcomes", "actions", "cycles"),
    *("look_backs", "support", "unclear"),
)
_ID: Final = re.compile("[A-Za-z0-9_-]{1,40}")
_REASON_ID: Final = re.compile("r[0-9a-f]{16}")


class _Held(NamedTuple):
    """A value inside a pack, the word that holds it, and under which name."""

    by: Word
    name: str
    value: Any


def check_amount(packed: Packed) -> None:
    """Check that a pack holds no more than can be written while others wait.

    Raises:
        BadPack: it holds more seats or texts.
    """
    seats = sum(team.seats for team in packed.progress)
    texts = sum(len(getattr(packed, name)) for name in _TEXTS)
    texts += sum(max(reason.alike, 1) for reason in packed.reasons)
    for count, most, what in (
        (seats, MOST_SEATS, "seats"),
        (texts, MOST_TEXTS, "notes, actions and other texts"),
    ):
        if count > most:
            raise BadPack(
                f"A pack takes {most:,} {what}, and this workshop has {count:,}. Take the report "
                "and the plan instead."
            )


def check_meaning(packed: Packed) -> None:
    """Check what no single value says of itself.

    Raises:
        ValueError: something is out of bounds, stands twice, or is not there.
    """
    workshop = packed.workshop
    _needed(len(workshop.teams) <= MOST_TEAMS, "too many teams")
    _needed(len(workshop.partners) > 1, "nobody to talk with")
    keys = {domain.key for domain in workshop.instrument.domains}
    known = _known(workshop)
    for word in (packed, workshop, *workshop.teams, *workshop.partners):
        for held in _inside(word):
            _check(held, keys, known)
    for held in _inside(packed.shown):
        _check_shown(held, packed.shown)
    _check_once(packed)
    _check_progress(packed)
    _check_owners(packed)
    _check_reasons(packed)
    _check_card_acts(packed)


def _inside(word: Word) -> Iterator[_Held]:
    """Give every value inside a word; what names a domain, group, partner or team is one value."""
    for name in type(word).model_fields:
        yield from _parts(_Held(word, name, getattr(word, name)))


def _parts(held: _Held) -> Iterator[_Held]:
    match held.value:
        case Workshop() | Domain() | Group() | Partner() | Team():
            yield held
        case Word():
            yield from _inside(held.value)
        case tuple():
            for part in held.value:
                yield from _parts(held._replace(value=part))
        case dict():
            yield held
            for part in held.value.values():
                yield from _parts(held._replace(value=part))
        case _:
            yield held


def _known(workshop: Workshop) -> frozenset[Word]:
    """Give every domain, group, partner and team that a pack of this workshop may name."""
    groups = (group for by in Compare for group in groups_of(workshop.teams, by).values())
    return frozenset(
        (*workshop.instrument.domains, *workshop.teams, *workshop.partners, *groups, POOL)
    )


def _check(held: _Held, domains: Collection[str], known: Collection[Word]) -> None:
    value = held.value
    match value:
        case Workshop() | bool() | None:
            return
        case Domain() | Group() | Partner() | Team():
            _needed(value in known, "of another workshop")
        case dict():
            names = set(value)
            _needed(names == set(Compare) or names <= set(domains), "no such comparison or domain")
        case int() | float():
            _needed(isfinite(value) and abs(value) <= LARGEST_NUMBER, f"{held.name} is too large")
        case date():
            _needed(FIRST_DAY <= value <= LAST_DAY, f"{held.name} is too far off")
        case str() if held.name == "domain":
            _needed(value in domains or (not value and isinstance(held.by, TopicMove)), "no domain")
        case str() if held.name == "id" or (held.name.endswith("_id") and value):
            _needed(_ID.fullmatch(value) is not None, "an id is odd")


def _check_shown(held: _Held, shown: Shown) -> None:
    """Check that nothing is shown of a domain that is not."""
    named = held.value.key if isinstance(held.value, Domain) else held.value
    if held.name == "domain":
        _needed(named in shown.rounds, "a domain is shown that is not")


def _check_once(packed: Packed) -> None:
    for keys in (
        [(each.domain, each.number) for each in packed.rounds],
        [each.id for each in packed.reasons],
        [(each.domain, each.number, same_name(each.said)) for each in packed.reasons],
        [each.domain for each in packed.outcomes],
        [each.id for each in packed.actions],
        [(each.action_id, each.number) for each in packed.cycles],
        [each.action_id for each in packed.look_backs],
        [each.id for each in packed.support],
        [each.id for each in packed.unclear],
        [each.id for each in packed.workshop.teams],
    ):
        _check_none_twice(keys)


def _check_none_twice(keys: Iterable[Hashable]) -> None:
    found = list(keys)
    _needed(len(set(found)) == len(found), "something stands twice")


def _check_progress(packed: Packed) -> None:
    teams = tuple(each.team for each in packed.progress)
    _needed(teams == packed.workshop.teams, "the teams are others")
    revealed = {(each.domain, each.number) for each in packed.rounds if each.revealed}
    _needed(len(revealed) == len(packed.rounds), "a round is sealed")
    _needed(set(packed.shown.rounds.items()) <= revealed, "a round is shown that is not there")


def _check_owners(packed: Packed) -> None:
    partners = {partner.id for partner in packed.workshop.partners}
    owners = [set(action.partners) for action in packed.actions]
    _needed(all(each and each <= partners for each in owners), "an owner is not of the place")
    actions = {action.id for action in packed.actions}
    _needed({cycle.action_id for cycle in packed.cycles} <= actions, "a cycle of no action")
    named = {team for each in packed.outcomes for team in each.stays_apart}
    named |= {each.team_id for each in packed.reasons} - {""}
    _needed(named <= {team.id for team in packed.workshop.teams}, "no such team")


def _check_reasons(packed: Packed) -> None:
    """Check that no seat gave two on one look."""
    rounds = {(each.domain, each.number) for each in packed.rounds}
    seats = sum(each.seats for each in packed.progress)
    alike: Counter[tuple[str, int]] = Counter()
    for each in packed.reasons:
        alike[each.domain, each.number] += each.alike
        _needed(_REASON_ID.fullmatch(each.id) is not None, "the id of a reason is odd")
        _needed(each.alike > 0, "nobody wrote a reason")
        _needed(each.alike == 1 or not each.team_id, "a team is named beside what several wrote")
    _needed(set(alike) <= rounds, "a reason is on no round")
    _needed(all(each <= seats for each in alike.values()), "more than all seats")


def _check_card_acts(packed: Packed) -> None:
    """Check that they stand in their order, and that none takes another back."""
    for at, each in enumerate(packed.card_acts, start=1):
        _needed(each.sequence == at, "an act is out of its order")
        _needed(each.act is not Act.UNDO, "what was taken back is in no pack")


def _needed(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)
