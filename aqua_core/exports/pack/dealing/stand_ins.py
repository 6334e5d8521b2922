"""Scores that stand in for those of a room: screens are the same, and no small group is in them.

What is told apart stays as it was. What is told together is dealt out anew by a rule that looks at
nothing but what screens show, so two rooms that show the same give the same stand-ins.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import eq
from typing import Final

from aqua_core.exports.pack.dealing.one_round import (
    Casts,
    Deal,
    dealt,
    stays_as_it_is,
)
from aqua_core.exports.pack.dealing.pairing import paired
from aqua_core.exports.pack.dealing.seating import in_order, looks_of, with_ballots
from aqua_core.rules.gaps import gaps_of
from aqua_core.rules.guard.telling import Told, told_on
from aqua_core.rules.lines.seating import Asked
from aqua_core.rules.reading.movement import may_be_followed, movement_told
from aqua_core.rules.spread import spread_of
from aqua_core.rules.whole.blanks import blanks_of
from aqua_core.vocabulary import Cast, Compare, Seat, Workshop
from aqua_core.vocabulary.second_look import Movement

TRIES: Final = 400
"""Deals tried for one domain: where blanks are moved about, other groups may come into the pool. Of
4,627 domains of small rooms two in three needed one, 99 in 100 up to 24, and one more than 200."""
TRIES_OF_TWO: Final = 200
"""Deals tried for two looks: where none fits, of 200 seats one domain takes 2 s."""


def stand_ins(
    workshop: Workshop, casts: Sequence[Cast], seats: Collection[Seat] = ()
) -> tuple[tuple[Cast, ...], frozenset[Asked]]:
    """Give stand-ins for revealed scores, and (domain, number) of rounds that are withheld.

    Args:
        workshop: its teams, instrument and holder.
        casts: revealed scores of the first and the newest round of each domain, at most one a
            seat, domain and round.
        seats: of the workshop, those who said nothing too.

    Returns:
        A cast for each given, of the same teams, in an order that says nothing of seats. A first
        round for which no deal shows what is told of movement is left out. In a withheld round
        each score is NOT_TOLD; who could not say is told as screens tell it.
    """
    kept = list(casts)
    deals: dict[tuple[object, ...], Casts | None] = {}
    while True:
        told = _told(workshop, kept)
        followed = {key for key in looks_of(told) if may_be_followed(workshop, kept, key)}
        here = in_order(kept, told, seats, followed)
        found: dict[str, Casts | None] = {}
        for domain, rounds in looks_of(told).items():
            looks = [here[asked] for asked in rounds]
            wanted = movement_told(workshop, kept, domain)
            same = (wanted, *((c.domain, c.round, c.seat_id, c.score) for e in looks for c in e))
            if same not in deals:
                deals[same] = _domain_dealt(workshop, looks, told, wanted)
            found[domain] = deals[same]
        behind = {domain for domain, each in found.items() if each is None}
        if not behind:
            break
        # Anew for all: which seats are told alike hangs on every round that is kept.
        newest = {rounds[-1] for rounds in looks_of(told).values()}
        kept = [c for c in kept if c.domain not in behind or (c.domain, c.round) in newest]
    held = frozenset(asked for asked, each in told.items() if each.withheld)
    return tuple(cast for each in found.values() for cast in each or ()), held


def _told(workshop: Workshop, casts: Sequence[Cast]) -> dict[Asked, Told]:
    rounds: dict[Asked, Casts] = defaultdict(list)
    for cast in casts:
        rounds[cast.domain, cast.round].append(cast)
    return {asked: told_on(workshop, here, asked[0]) for asked, here in rounds.items()}


def _domain_dealt(
    workshop: Workshop,
    looks: Sequence[Casts],
    told: Mapping[Asked, Told],
    wanted: Movement | None,
) -> Casts | None:
    """Deal one domain, one or two rounds of it; None where no deal of two shows the same."""
    ones = [told[each[0].domain, each[0].round] for each in looks]
    if all(map(stays_as_it_is, ones)):
        return [cast for each in looks for cast in each]
    if len(looks) == 1:
        return _one_dealt(workshop, looks[0], ones[0])
    (first, newest), (told_first, told_newest) = looks, ones
    return _two_dealt(workshop, (first, newest), (told_first, told_newest), wanted)


def _one_dealt(workshop: Workshop, casts: Casts, told: Told) -> Casts:
    wanted = list(_screens(workshop, casts))
    last = None
    for at in range(TRIES):
        tried = dealt(casts, told, Deal(_dice(casts, at), lumps=_lumps(at)))
        if tried and _shows(workshop, tried, wanted):
            return tried
        last = tried or last
    # Better a screen that shows another grouping than one score where it was.
    assert last is not None, "the points of a pool fit it however its blanks are dealt"
    return last


def _dice(casts: Casts, at: int) -> random.Random:
    return random.Random(f"{casts[0].domain} {at}")


def _lumps(at: int) -> bool:
    """Tell whether a deal may give whole teams blanks alone: each second one, after a few."""
    return at > 10 and bool(at % 2)


def _two_dealt(
    workshop: Workshop,
    looks: tuple[Casts, Casts],
    told: tuple[Told, Told],
    wanted: Movement | None,
) -> Casts | None:
    domain = looks[0][0].domain
    shown = [list(_screens(workshop, each)) for each in looks]
    alone = {t for each in told[1].answers if len(each) == 1 for t in each}
    own = [c for c in looks[1] if c.team_id in alone and not told[1].withheld]
    for at in range(TRIES_OF_TWO):
        dice = random.Random(f"{domain} twice {at}")
        # Where movement is told of a pool, the same seats scored both times; but for a team that
        # stands in it with blanks alone, and that is rare.
        same = wanted is not None and at % 8 != 7
        how = Deal(dice, alone_too=True, lumps=_lumps(at))
        may = {c.seat_id for c in looks[1]} if same else None
        first = dealt(looks[0], told[0], how._replace(may_score=may))
        if not first or not _shows(workshop, first, shown[0]):
            continue
        scored = {cast.seat_id for cast in first if isinstance(cast.score, int)}
        newest = dealt(looks[1], told[1], how._replace(may_score=scored if same else None))
        if newest and wanted:
            newest = paired(workshop, (first, newest), told[1], wanted, f"{domain} {at}")
        if not newest or not _shows(workshop, newest, shown[1]):
            continue
        if movement_told(workshop, [*first, *newest], domain) == wanted:
            first, newest = with_ballots(first, newest, own)
            return [*first, *newest]
    return None


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
