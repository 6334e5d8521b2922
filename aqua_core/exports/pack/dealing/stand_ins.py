"""Scores that stand in for those of a room: screens are the same, and no small group is in them.

What is told apart stays as it was. What is told together is dealt out anew by a rule that looks at
nothing but what screens show, so two rooms that show the same give the same stand-ins.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import eq
from typing import Final

from aqua_core.exports.pack.dealing.one_round import (
    Casts,
    dealt,
    dealt_in_teams,
    portions_told,
    stays_as_it_is,
)
from aqua_core.exports.pack.dealing.pairing import paired
from aqua_core.rules.gaps import gaps_of
from aqua_core.rules.guard.telling import Told, told_on
from aqua_core.rules.reading.movement import movement_told
from aqua_core.rules.spread import spread_of
from aqua_core.rules.whole.blanks import blanks_of
from aqua_core.vocabulary import Cast, Compare, Workshop

TRIES: Final = 200
"""Deals tried for one domain: where blanks are moved about, other groups may come into the pool. Of
domains of small rooms half need one, 99 in 100 fewer than 50."""

Asked = tuple[str, int]
"""A domain's key, and the number of a round."""


def stand_ins(
    workshop: Workshop, casts: Sequence[Cast]
) -> tuple[tuple[Cast, ...], frozenset[Asked]]:
    """Give stand-ins for revealed scores, and (domain, number) of rounds that are withheld.

    Args:
        workshop: its teams, instrument and holder.
        casts: revealed scores of the first and the newest round of each domain, at most one a
            seat, domain and round.

    Returns:
        A cast for each given, of the same seats, in an order that says nothing of seats. A first
        round for which no deal shows what is told of movement is left out. In a withheld round
        each score is NOT_TOLD; who could not say is told as screens tell it.
    """
    kept = list(casts)
    deals: dict[tuple[object, ...], Casts | None] = {}
    while True:
        told = _told(workshop, kept)
        here = _in_order(kept, told)
        found: dict[str, Casts | None] = {}
        for domain, rounds in _rounds_of(workshop, told).items():
            looks = [here[asked] for asked in rounds]
            same = tuple((c.domain, c.round, c.seat_id, c.score) for each in looks for c in each)
            if same not in deals:
                deals[same] = _domain_dealt(workshop, looks, told)
            found[domain] = deals[same]
        behind = {domain for domain, each in found.items() if each is None}
        if not behind:
            break
        # Anew for all: which seats are told alike hangs on every round that is kept.
        newest = {rounds[-1] for rounds in _rounds_of(workshop, told).values()}
        kept = [c for c in kept if c.domain not in behind or (c.domain, c.round) in newest]
    held = frozenset(asked for asked, each in told.items() if each.withheld)
    return tuple(cast for each in found.values() for cast in each or ()), held


def _told(workshop: Workshop, casts: Sequence[Cast]) -> dict[Asked, Told]:
    rounds: dict[Asked, Casts] = defaultdict(list)
    for cast in casts:
        rounds[cast.domain, cast.round].append(cast)
    return {asked: told_on(workshop, here, asked[0]) for asked, here in rounds.items()}


def _rounds_of(workshop: Workshop, told: Mapping[Asked, Told]) -> dict[str, list[Asked]]:
    keys = [domain.key for domain in workshop.instrument.domains]
    rounds = {key: sorted(asked for asked in told if asked[0] == key) for key in keys}
    return {key: each for key, each in rounds.items() if each}


def _in_order(casts: Sequence[Cast], told: Mapping[Asked, Told]) -> dict[Asked, Casts]:
    """Put seats by team and by their answers that are told apart; the others decide nothing."""
    apart = {
        (asked, team)
        for asked, each in told.items()
        for portion in portions_told(each)
        if len(portion) == 1 and not each.withheld
        for team in portion
    }
    seats: dict[tuple[str, str], Casts] = defaultdict(list)
    for cast in casts:
        seats[cast.team_id, cast.seat_id].append(cast)

    def said(cast: Cast) -> tuple[Asked, str]:
        asked = cast.domain, cast.round
        return asked, str(cast.score) if (asked, cast.team_id) in apart else ""

    rows = sorted(seats.values(), key=lambda row: (row[0].team_id, sorted(map(said, row))))
    here: dict[Asked, Casts] = defaultdict(list)
    for cast in (cast for row in rows for cast in row):
        here[cast.domain, cast.round].append(cast)
    return here


def _domain_dealt(
    workshop: Workshop, looks: Sequence[Casts], told: Mapping[Asked, Told]
) -> Casts | None:
    """Deal one domain, one or two rounds of it; None where no deal of two shows the same."""
    ones = [told[each[0].domain, each[0].round] for each in looks]
    if all(map(stays_as_it_is, ones)):
        return [cast for each in looks for cast in each]
    if len(looks) == 1:
        return _one_dealt(workshop, looks[0], ones[0])
    (first, newest), (told_first, told_newest) = looks, ones
    return _two_dealt(workshop, (first, newest), (told_first, told_newest))


def _one_dealt(workshop: Workshop, casts: Casts, told: Told) -> Casts:
    wanted = list(_screens(workshop, casts))
    for deal in range(TRIES):
        tried = dealt(casts, told, random.Random(f"{casts[0].domain} {deal}"))
        if tried and _shows(workshop, tried, wanted):
            return tried
    dice = random.Random(f"{casts[0].domain} blanks stay in their teams")
    return dealt_in_teams(casts, told, dice) or casts


def _two_dealt(
    workshop: Workshop, looks: tuple[Casts, Casts], told: tuple[Told, Told]
) -> Casts | None:
    domain = looks[0][0].domain
    wanted = movement_told(workshop, [*looks[0], *looks[1]], domain)
    shown = [list(_screens(workshop, each)) for each in looks]
    for deal in range(TRIES):
        dice = random.Random(f"{domain} twice {deal}")
        # Where movement is told of a pool, the same seats scored both times; but for a team that
        # stands in it with blanks alone, and that is rare.
        same = wanted is not None and deal % 8 != 7
        first = _anew(looks[0], told[0], dice, {c.seat_id for c in looks[1]} if same else None)
        if not first or not _shows(workshop, first, shown[0]):
            continue
        scored = {cast.seat_id for cast in first if isinstance(cast.score, int)}
        newest = _anew(looks[1], told[1], dice, scored if same else None)
        if newest and wanted:
            newest = paired(workshop, (first, newest), told[1], wanted, f"{domain} {deal}")
        if not newest or not _shows(workshop, newest, shown[1]):
            continue
        if movement_told(workshop, [*first, *newest], domain) == wanted:
            return [*first, *newest]
    return None


def _anew(
    casts: Casts, told: Told, dice: random.Random, may_score: set[str] | None
) -> Casts | None:
    return casts if stays_as_it_is(told) else dealt(casts, told, dice, may_score)


def _shows(workshop: Workshop, casts: Sequence[Cast], wanted: Sequence[object]) -> bool:
    """Tell whether screens show the same; the first that does not is the last that is asked."""
    return all(map(eq, _screens(workshop, casts), wanted))


def _screens(workshop: Workshop, casts: Sequence[Cast]) -> Iterator[object]:
    """Give all that screens show of one round of one domain, under every comparison."""
    key = casts[0].domain
    domain = workshop.instrument.domain(key)
    assert domain is not None, "a cast is on a domain of the instrument"
    for compare in reversed(Compare):  # teams first: of what differs they show the most
        yield gaps_of(workshop, casts, [key], compare)
        yield spread_of(workshop, casts, domain, compare)
        yield blanks_of(workshop, casts, [key], compare)
