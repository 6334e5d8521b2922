"""How high and how agreed the room is on each domain: two words, never one."""

from collections.abc import Sequence

from aqua_core.rules.groups import groups_of, points_by_group
from aqua_core.rules.guard.telling import pooled_partners, told_on
from aqua_core.rules.whole.blanks import could_not_say, left_out
from aqua_core.rules.whole.weighing import by_heads, by_partner, heads_where_it_differs
from aqua_core.vocabulary import POINTS, Cast, Compare, Domain, Workshop
from aqua_core.vocabulary.reading import DomainReading, HowAgreed
from aqua_core.vocabulary.whole import Level


def levels_of(
    workshop: Workshop,
    casts: Sequence[Cast],
    domains: Sequence[str],
    readings: Sequence[DomainReading],
) -> tuple[Level, ...]:
    """Give each domain its level and its agreement, in the instrument's order.

    Nothing here is of a group: the counts are the room's own, which the marks on one domain show,
    and `average` follows from the partners' means and the pool's (see `by_partner`).

    Args:
        workshop: its teams and instrument.
        casts: revealed scores, at most one a seat and domain.
        domains: keys of the domains that were revealed.
        readings: of the same casts; a domain nobody cast on has none.
    """
    read = {reading.domain: reading for reading in readings}
    revealed = [domain for domain in workshop.instrument.domains if domain.key in domains]
    return tuple(_level(workshop, casts, domain, read.get(domain.key)) for domain in revealed)


def _partner_points(workshop: Workshop, casts: Sequence[Cast], domain: str) -> dict[str, list[int]]:
    """Give the points of each partner on one domain, by the partner's id."""
    given = [
        (cast.team_id, cast.score)
        for cast in casts
        if cast.domain == domain and isinstance(cast.score, int)
    ]
    return points_by_group(given, groups_of(workshop.teams, Compare.PARTNER))


def _level(
    workshop: Workshop, casts: Sequence[Cast], domain: Domain, reading: DomainReading | None
) -> Level:
    told = told_on(workshop, casts, domain.key)
    if reading is None or reading.level is None or told.withheld:
        return _unknown(domain, casts)
    points = _partner_points(workshop, casts, domain.key)
    pooled = pooled_partners(workshop, told)
    average, heads = by_partner(points, pooled), by_heads(points.values())
    everyone = [each for given in points.values() for each in given]
    return Level(
        domain=domain,
        how_high=reading.how_high,
        how_agreed=reading.how_agreed,
        counts=tuple(everyone.count(each) for each in POINTS),
        middle=reading.level,
        spread=reading.spread,
        average=float(average),
        by_heads=heads_where_it_differs(average, heads),
        cannot_say=could_not_say(casts, domain.key),
        unanswered=left_out(casts, domain.key),
        off=reading.off,
    )


def _unknown(domain: Domain, casts: Sequence[Cast]) -> Level:
    return Level(
        domain=domain,
        how_high=None,
        how_agreed=HowAgreed.CANNOT_SAY,
        counts=(),
        middle=None,
        spread=None,
        average=None,
        by_heads=None,
        cannot_say=could_not_say(casts, domain.key),
        unanswered=left_out(casts, domain.key),
    )
