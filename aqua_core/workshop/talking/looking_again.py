"""A second look: the first and the newest round of a domain, together."""

from typing import NamedTuple

from aqua_core.live import once_a_revision
from aqua_core.rules.spread import spread_of
from aqua_core.rules.stages import Chain, chains_of, looks, scores_in
from aqua_core.store.database import reading
from aqua_core.store.rounds import rounds_of
from aqua_core.store.votes import casts_of
from aqua_core.vocabulary import Compare, Spread, Workshop
from aqua_core.vocabulary.second_look import Movement
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.noticing import movements_now
from aqua_core.workshop.reading import workshop_now


class TwoLooks(NamedTuple):
    """Two rounds of one domain as they are shown. `movement` is None where it may not be told."""

    before: Spread
    after: Spread
    movement: Movement | None


class LookShown(NamedTuple):
    """Which look of a domain is shown, and which is the newest; both count from 1.

    `scores` is how many scores from 0 to 5 the newest has.
    """

    domain: str
    shown: int
    newest: int
    scores: int


def looks_shown(caller: Caller, code: str) -> tuple[LookShown, ...]:
    """Give which look is shown of each domain that has several, in the instrument's order.

    Raises:
        NotSignedIn: the caller may not watch it.
        NoSuchWorkshop: no open workshop has this code.
    """
    workshop = workshop_now(caller, code)
    return once_a_revision(workshop.code, "looks shown", lambda: _looks_shown(workshop))


def two_looks(caller: Caller, code: str, domain: str, compare: Compare) -> TwoLooks | None:
    """Give the first and the newest revealed round of a domain; None with fewer than two.

    None too while it is being scored again: its first round would steer the second.

    Raises:
        NotSignedIn: the caller may not watch it.
        NoSuchWorkshop: no open workshop has this code.
    """
    workshop = workshop_now(caller, code)
    spreads = once_a_revision(
        workshop.code, ("two looks", domain, compare), lambda: _spreads(workshop, domain, compare)
    )
    if spreads is None:
        return None
    moved = (each for each in movements_now(caller, code) if each.domain == domain)
    return TwoLooks(*spreads, next(moved, None))


def looked_again(caller: Caller, code: str) -> tuple[str, ...]:
    """Give the domains of which two rounds or more are shown, in the instrument's order.

    Raises:
        NotSignedIn: the caller may not watch it.
        NoSuchWorkshop: no open workshop has this code.
    """
    workshop = workshop_now(caller, code)
    return once_a_revision(workshop.code, "looked again", lambda: _looked_again(workshop))


def _looks_shown(workshop: Workshop) -> tuple[LookShown, ...]:
    with reading() as cursor:
        rounds = rounds_of(cursor, workshop.id)
        scores = scores_in(casts_of(cursor, workshop.id))
    read = looks(rounds, scores)
    found = []
    for domain in (each.key for each in workshop.instrument.domains if each.key in read):
        chains = chains_of(rounds, domain)
        shown, newest = chains.index(read[domain][-1]) + 1, len(chains)
        if newest > 1:
            found.append(LookShown(domain, shown, newest, scores.get((domain, chains[-1][-1]), 0)))
    return tuple(found)


def _looked_again(workshop: Workshop) -> tuple[str, ...]:
    with reading() as cursor:
        read = looks(rounds_of(cursor, workshop.id), scores_in(casts_of(cursor, workshop.id)))
    domains = (each.key for each in workshop.instrument.domains)
    return tuple(each for each in domains if len(read.get(each, ())) > 1)


def _spreads(workshop: Workshop, domain: str, compare: Compare) -> tuple[Spread, Spread] | None:
    with reading() as cursor:
        casts = casts_of(cursor, workshop.id)
        read = looks(rounds_of(cursor, workshop.id), scores_in(casts)).get(domain, ())
    scored = workshop.instrument.domain(domain)
    if len(read) < 2 or scored is None:
        return None

    def spread(look: Chain) -> Spread:
        cast = [each for each in casts if (each.domain, each.round) == (domain, look[-1])]
        return spread_of(workshop, cast, scored, compare)

    return spread(read[0]), spread(read[-1])
