"""A second look: the first and the newest round of a domain, together."""

from typing import NamedTuple

from aqua_core.live import once_a_revision
from aqua_core.rules.spread import spread_of
from aqua_core.rules.stages import rounds_to_read
from aqua_core.store.database import reading
from aqua_core.store.rounds import rounds_of
from aqua_core.store.votes import casts_of
from aqua_core.vocabulary import Cast, Compare, Spread, Workshop
from aqua_core.vocabulary.second_look import Movement
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.noticing import movements_now
from aqua_core.workshop.reading import workshop_now


class TwoLooks(NamedTuple):
    """Two rounds of one domain as they are shown. `movement` is None where it may not be told."""

    before: Spread
    after: Spread
    movement: Movement | None


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


def _looked_again(workshop: Workshop) -> tuple[str, ...]:
    with reading() as cursor:
        rounds = rounds_of(cursor, workshop.id)
        casts = casts_of(cursor, workshop.id)
    scored = {(cast.domain, cast.round) for cast in casts} & rounds_to_read(rounds)
    shown = [domain for domain, _ in scored]
    return tuple(each.key for each in workshop.instrument.domains if shown.count(each.key) > 1)


def _spreads(workshop: Workshop, domain: str, compare: Compare) -> tuple[Spread, Spread] | None:
    with reading() as cursor:
        casts = casts_of(cursor, workshop.id)
        may_be_read = rounds_to_read(rounds_of(cursor, workshop.id))
    here = [each for each in casts if each.domain == domain]
    rounds = sorted({each.round for each in here if (domain, each.round) in may_be_read})
    scored = workshop.instrument.domain(domain)
    if len(rounds) < 2 or scored is None:
        return None

    def spread(number: int) -> Spread:
        cast: list[Cast] = [each for each in here if each.round == number]
        return spread_of(workshop, cast, scored, compare)

    return spread(rounds[0]), spread(rounds[-1])
