"""The whole room: blanks, kinds of domain, levels and a team against the room's average."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from statistics import fmean

from aqua_core.rules.groups import groups_of, points_by_group
from aqua_core.rules.guard import pooled_partners, told_on
from aqua_core.vocabulary import (
    CANNOT_SAY,
    POINTS,
    Cast,
    Compare,
    Domain,
    Gap,
    Group,
    Kind,
    Mark,
    Spread,
    Standing,
    Workshop,
)
from aqua_core.vocabulary.reading import Blanks, CouldNot, DomainReading, HowAgreed, Level


def blanks_of(
    workshop: Workshop, casts: Sequence[Cast], domains: Sequence[str], compare: Compare
) -> tuple[Blanks, ...]:
    """Count who could not say on each revealed domain, in the instrument's order.

    Groups are pooled exactly as their scores are on the same domain. Were they pooled by their
    answers instead, a group could stand alone here and in the pool there: what it could not say,
    taken from its answers, gives how many scored, and so how many did in the small group pooled
    with it. A group that gave no score at all counts by its answers, and is pooled if they are few.

    Args:
        workshop: its teams and instrument.
        casts: revealed scores, at most one a seat and domain.
        domains: keys of the domains that were revealed.
        compare: what a group is.
    """
    revealed = [domain for domain in workshop.instrument.domains if domain.key in domains]
    return tuple(_blanks(workshop, casts, domain, compare) for domain in revealed)


def could_not_say(casts: Sequence[Cast], domain: str) -> int:
    """Count the seats that answered a domain with "cannot say"."""
    return sum(1 for cast in casts if cast.domain == domain and cast.score == CANNOT_SAY)


def left_out(casts: Sequence[Cast], domain: str) -> int:
    """Count the seats that answered another domain and not this one; never part of cannot say."""
    here = {cast.seat_id for cast in casts if cast.domain == domain}
    return len({cast.seat_id for cast in casts} - here)


def _blanks(workshop: Workshop, casts: Sequence[Cast], domain: Domain, compare: Compare) -> Blanks:
    here = [cast for cast in casts if cast.domain == domain.key]
    told = told_on(workshop, here, domain.key)
    groups = told.counted[compare]
    answered = Counter(groups[cast.team_id] for cast in here)
    unsure = Counter(groups[cast.team_id] for cast in here if cast.score == CANNOT_SAY)
    in_order = sorted(answered, key=lambda group: (group.slot < 0, group.slot))
    enough = len(here) >= workshop.guard
    return Blanks(
        domain=domain,
        sides=tuple(
            CouldNot(group=group, cannot_say=unsure[group], answered=answered[group])
            for group in in_order
            if enough
        ),
        cannot_say=could_not_say(casts, domain.key),
        answered=len(here),
        unanswered=left_out(casts, domain.key),
    )


def against_own_average(gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """Measure each group from its own average over the domains, so that strictness goes.

    A group's figure on a domain is its mean there less the average of its means over the domains
    on which it is shown: points, -5 to 5, adding up to 0 over those domains. Where everyone in the
    group answered every domain this is each person against their own average, averaged. Where
    somebody left a domain blank it is not, on purpose: a person's own average is then divided by
    another number than their neighbour's, and the sum over the group less the sum over its domains
    gives that one person's scores away (shown in `tests/rules/test_small_groups.py`). So this view
    is worked out from the means that are shown, and nothing else: it cannot say more than they.

    Args:
        gaps: as they stand, in any order.

    Returns:
        The same domains in the same order; a group shown on one domain only is left out, because
        against itself it would always stand at 0.
    """
    own = _own_averages(gaps)
    return tuple(_relative(gap, own) for gap in gaps)


def exact(side: Standing) -> Fraction:
    """Give a group's mean as the fraction it is: its points are whole numbers."""
    return Fraction(round(side.mean * side.scored), side.scored)


def _own_averages(gaps: Sequence[Gap]) -> dict[str, Fraction]:
    means: dict[str, list[Fraction]] = {}
    for gap in gaps:
        for side in gap.standings:
            means.setdefault(side.group.id, []).append(exact(side))
    return {
        group: sum(found, Fraction(0)) / len(found)
        for group, found in means.items()
        if len(found) > 1
    }


def _relative(gap: Gap, own: dict[str, Fraction]) -> Gap:
    stands = {
        side.group: (exact(side) - own[side.group.id], side.scored)
        for side in gap.standings
        if side.group.id in own
    }
    in_order = sorted(stands, key=lambda group: (stands[group][0], group.slot))
    steps = [stands[group][0] for group in in_order]
    return gap.model_copy(
        update={
            "standings": tuple(
                Standing(group=group, mean=float(stands[group][0]), scored=stands[group][1])
                for group in in_order
            ),
            "middle": float(sum(steps, Fraction(0)) / len(steps)) if len(steps) > 1 else None,
            "by_heads": None,
            "relative": True,
        }
    )


def kinds_of(gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """Give where each group stands on each kind of domain: physiology, then anatomy.

    A group's figure on a kind is the average of its means over the domains of that kind, each
    domain weighing the same (points, 0 to 5); `middle` weighs each group the same. A group that is
    not shown on one of these domains has no figure on the kind: over fewer domains it would be
    another figure. All follows from the means that are shown, so nothing new can be worked out.

    Args:
        gaps: of the revealed domains, in the instrument's order.

    Returns:
        One gap a kind that has revealed domains; the kind stands in its domain's place. `scored`
        is how many scores a group gave on all domains of the kind.
    """
    parts = {kind: [gap for gap in gaps if gap.domain.kind is kind] for kind in Kind}
    return tuple(_gap(kind, part) for kind, part in parts.items() if part)


def spreads_of_kinds(spreads: Mapping[str, Spread]) -> dict[str, Spread]:
    """Put the scores of each kind's domains together, by the kind's key.

    `average` weighs each domain the same; None where one of them is withheld. Every mark is one
    that the domain's own spread shows, so nothing new can be worked out.
    """
    parts = {kind: [s for s in spreads.values() if s.domain.kind is kind] for kind in Kind}
    return {kind.value: _together(kind, part) for kind, part in parts.items() if part}


def _together(kind: Kind, spreads: Sequence[Spread]) -> Spread:
    seats = Counter[tuple[int, Group]]()
    for spread in spreads:
        seats.update({(mark.points, mark.group): mark.seats for mark in spread.marks})
    averages = [spread.average for spread in spreads if spread.average is not None]
    whole = len(averages) == len(spreads)
    return spreads[0].model_copy(
        update={
            "domain": _named(kind, spreads[0].domain),
            "marks": tuple(
                Mark(group=group, points=points, seats=count)
                for (points, group), count in sorted(seats.items(), key=_by_points_and_slot)
            ),
            "scored": sum(spread.scored for spread in spreads),
            "average": fmean(averages) if whole else None,
        }
    )


def _by_points_and_slot(counted: tuple[tuple[int, Group], int]) -> tuple[int, int]:
    (points, group), _ = counted
    return points, group.slot


def _named(kind: Kind, domain: Domain) -> Domain:
    name = kind.value.capitalize()
    return domain.model_copy(update={"key": kind.value, "name": name, "short": name})


def _gap(kind: Kind, gaps: Sequence[Gap]) -> Gap:
    means = _means(gaps)
    in_order = sorted(means, key=lambda group: (means[group][0], group.slot))
    figures = [means[group][0] for group in in_order]
    return Gap(
        domain=_named(kind, gaps[0].domain),
        standings=tuple(
            Standing(group=group, mean=float(means[group][0]), scored=means[group][1])
            for group in in_order
        ),
        middle=float(sum(figures, Fraction(0)) / len(figures)) if len(figures) > 1 else None,
        held_back=len(_groups(gaps)) - len(means) + max(gap.held_back for gap in gaps),
    )


def _means(gaps: Sequence[Gap]) -> dict[Group, tuple[Fraction, int]]:
    sides = {
        group: [side for gap in gaps for side in gap.standings if side.group == group]
        for group in _groups(gaps)
    }
    return {
        group: (sum(map(exact, found), Fraction(0)) / len(found), sum(s.scored for s in found))
        for group, found in sides.items()
        if len(found) == len(gaps)
    }


def _groups(gaps: Sequence[Gap]) -> set[Group]:
    return {side.group for gap in gaps for side in gap.standings}


DIFFERS = Fraction(3, 10)
"""Points from which both ways are said: less is lost in how people round."""


def by_heads(groups: Collection[Sequence[int]]) -> Fraction:
    """Give the mean over all seats (0 to 5): sum of all points / number of all scores.

    Raises:
        ZeroDivisionError: nobody scored; whoever asks must have seen that somebody did.
    """
    return Fraction(sum(map(sum, groups)), sum(map(len, groups)))


def by_partner(points: Mapping[str, Sequence[int]], pooled: Collection[str]) -> Fraction:
    """Give the mean in which each partner weighs the same (points, 0 to 5).

    (sum of the shown partners' means + p * the pool's mean) / (shown partners + p), p being how
    many partners are in the pool: each of them is taken to stand where the pool stands. A small
    partner's own mean would follow from the whole otherwise; so the figure says nothing that the
    means of the shown partners and of the pool do not say.

    Args:
        points: of each partner, by its id; partners without points are left out.
        pooled: ids of all partners in the pool. Those in which nobody gave points count in p: the
            average would else say how many did.
    """
    pool = [points[partner] for partner in pooled if partner in points]
    means = [by_heads([given]) for partner, given in points.items() if partner not in pooled]
    means += [by_heads(pool) for _ in pooled]
    return sum(means, Fraction(0)) / len(means)


def heads_where_it_differs(average: Fraction, heads: Fraction) -> float | None:
    """Give the figure by heads where the two ways differ by 0.3 or more; otherwise None."""
    return float(heads) if abs(average - heads) >= DIFFERS else None


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
    everyone = [score for given in points.values() for score in given]
    return Level(
        domain=domain,
        how_high=reading.how_high,
        how_agreed=reading.how_agreed,
        counts=tuple(everyone.count(point) for point in POINTS),
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
        how_agreed=HowAgreed.UNCLEAR,
        counts=(),
        middle=None,
        spread=None,
        average=None,
        by_heads=None,
        cannot_say=could_not_say(casts, domain.key),
        unanswered=left_out(casts, domain.key),
    )
