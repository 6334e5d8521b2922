"""How the scores on a domain spread, and how far a room agrees on it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil
from statistics import fmean, median

from aqua_core.rules import whole as whole_rules
from aqua_core.rules.groups import groups_of, points_by_group
from aqua_core.rules.guard import Telling, Told, pooled_partners, told_on
from aqua_core.vocabulary import Cast, Compare, Domain, Group, Mark, Spread, Workshop
from aqua_core.vocabulary.reading import HowAgreed, HowHigh, Thirds

APART_FROM = Fraction(1)
"""The published line, A/6 (Burke & Dunlap 2002), is one point on a scale of six."""
_STANDS_OFF = 1.0
"""Points between two groups from which one stands off, and the room is close and not agreed."""
LEVELS_APART = 2
"""Points between two groups from which they are apart: their statements describe two places."""
_NEARLY_ALL = Fraction(2, 3)
_A_FEW = Fraction(1, 5)
FEW = 17
"""Scores below which the published line is reached by answers at random in more than 5 %."""

_AGREEMENT_LINES = {
    **dict(enumerate((Fraction(0), Fraction(1, 4), Fraction(2, 5), Fraction(1, 2)), start=3)),
    **dict(enumerate((Fraction(4, 7), Fraction(5, 8), Fraction(7, 9), Fraction(4, 5)), start=7)),
    **dict(enumerate((Fraction(9, 11), Fraction(5, 6), Fraction(12, 13)), start=11)),
    **dict(enumerate((Fraction(13, 14), Fraction(14, 15), Fraction(15, 16)), start=14)),
}


def middle_of(points: Sequence[int]) -> Fraction:
    """Give the median (0 to 5): the middle score, or the mean of the two middle ones.

    Raises:
        ValueError: no points; whoever asks must have seen that somebody scored.
    """
    if not points:
        raise ValueError("nobody scored, so there is no middle")
    ordered, half = sorted(points), len(points) // 2
    if len(ordered) % 2:
        return Fraction(ordered[half])
    return Fraction(ordered[half - 1] + ordered[half], 2)


def spread(points: Sequence[int]) -> Fraction:
    """Give the average deviation from the median, in points: mean of abs(v - median), 0 to 2.5.

    "People sit 0.8 of a level from the middle score." Burke, Finkelstein & Dusig (1999).

    Raises:
        ValueError: no points.
    """
    doubled = int(2 * middle_of(points))
    return Fraction(sum(abs(2 * point - doubled) for point in points), 2 * len(points))


def agreement_line(scored: int) -> Fraction | None:
    """Give the largest spread that counts as agreement among this many scores, in points.

    The exact 5 % point of people who answer 0 to 5 at random, and never more than the published
    A/6 = 1.0 (Burke & Dunlap 2002): that alone is reached at random by 64 % of rooms of three.

    Returns:
        None below three scores, where agreement can never be shown. 1 from 17 scores on, and
        then a spread of exactly 1 is not agreed.
    """
    return None if scored < 3 else _AGREEMENT_LINES.get(scored, APART_FROM)


def within_the_line(points: Sequence[int]) -> bool | None:
    """Tell whether the spread is within the agreement line; None below three scores."""
    line = agreement_line(len(points))
    if line is None:
        return None
    return (wide := spread(points)) <= line and wide < APART_FROM


def agrees(points: Sequence[int]) -> bool | None:
    """Tell whether the room stands close; None below three scores.

    Within the agreement line, two thirds or more on two neighbouring levels, and fewer than one in
    five two or more levels from the middle score. From 13 scores on the line alone says no more
    than "closer than answers at random": thirteen 0 and twenty-seven 3 are within it.
    """
    close = within_the_line(points)
    return close and _neighbours(points) >= _NEARLY_ALL and _far_off(points) < _A_FEW


def _neighbours(points: Sequence[int]) -> Fraction:
    """Give the largest share of scores that two neighbouring levels hold."""
    given = Counter(points)
    return Fraction(max(given[level] + given[level + 1] for level in given), len(points))


def _far_off(points: Sequence[int]) -> Fraction:
    """Give the share of scores two or more levels from the middle score."""
    middle = middle_of(points)
    return Fraction(sum(abs(point - middle) >= 2 for point in points), len(points))


def thirds_of(points: Sequence[int]) -> Thirds:
    """Count who gave 0 or 1, 2 or 3, 4 or 5. RAND/UCLA appropriateness; Fitch et al. (2001)."""
    low = sum(1 for point in points if point <= 1)
    high = sum(1 for point in points if point >= 4)
    return Thirds(low=low, middle=len(points) - low - high, high=high)


def disagree(thirds: Thirds) -> bool:
    """Tell whether k or more stand low and k or more high; k = max(2, ceil(0.3 n)).

    RAND's rule for panels (Fitch et al. 2001), with two people as the least a camp can be.
    """
    fewest = max(2, ceil(Fraction(3, 10) * thirds.scored))
    return min(thirds.low, thirds.high) >= fewest


def two_camps(thirds: Thirds) -> bool:
    """Tell whether the room disagrees, with fewer in the middle than in either camp."""
    return disagree(thirds) and thirds.middle < min(thirds.low, thirds.high)


def how_agreed(points: Sequence[int], along_a_line: bool = False, width: float = 0.0) -> HowAgreed:
    """Give one of the words; apart is said first, because a small camp leaves the spread low.

    Args:
        points: of everyone who scored the domain.
        along_a_line: whether a gap along a line counts here.
        width: points between the two groups furthest apart of those that are shown; 0 for none.

    Returns:
        APART on two camps, a line, two groups two levels apart, or a spread of 1.0 or more; AGREED
        where the room stands close, CLOSE where it does and a group stands off; UNCLEAR
        otherwise: too few, or too mixed.
    """
    if not points:
        return HowAgreed.UNCLEAR
    divided = along_a_line or width >= LEVELS_APART or two_camps(thirds_of(points))
    if divided or spread(points) >= APART_FROM:
        return HowAgreed.APART
    if not agrees(points):
        return HowAgreed.UNCLEAR
    return HowAgreed.CLOSE if width >= _STANDS_OFF else HowAgreed.AGREED


def how_high(level: Fraction | float) -> HowHigh:
    """Give a word for a level (points, 0 to 5): low below 2, high from 3.5."""
    if level < 2:
        return HowHigh.LOW
    return HowHigh.HIGH if level >= 3.5 else HowHigh.MIDDLING


def spread_of(
    workshop: Workshop, casts: Sequence[Cast], domain: Domain, compare: Compare
) -> Spread:
    """Give the scores on one domain as marks a group and point.

    Args:
        workshop: its teams.
        casts: revealed scores of every domain, at most one a seat and domain: who answered another
            one and left this one out is counted.
        domain: which one.
        compare: what a group is.

    Returns:
        Marks by points, then by group; groups too small to be shown alone appear as one pool.
        Without marks when the whole room is below the guard, or too small and too alike to be
        shown apart or together. `median` and `mean` are over seats;
        `average` weighs each partner the same, whoever is compared (see `by_partner`).
    """
    here = [cast for cast in casts if cast.domain == domain.key]
    points = [(cast.team_id, cast.score) for cast in here if isinstance(cast.score, int)]
    told = told_on(workshop, here, domain.key)
    marks = () if told.withheld else _marks(points, told.groups(compare))
    values = [mark.points for mark in marks for _ in range(mark.seats)]
    average, heads = _averages(workshop, points, told) if marks else (None, None)
    return Spread(
        domain=domain,
        marks=marks,
        scored=len(points),
        cannot_say=whole_rules.could_not_say(casts, domain.key),
        unanswered=whole_rules.left_out(casts, domain.key),
        median=median(values) if values else None,
        mean=fmean(values) if values else None,
        deviation=float(spread(values)) if values else None,
        average=average,
        by_heads=heads,
        too_alike=told.telling is Telling.TOO_ALIKE,
    )


def _averages(
    workshop: Workshop, points: Sequence[tuple[str, int]], told: Told
) -> tuple[float, float | None]:
    by_side = points_by_group(points, groups_of(workshop.teams, Compare.PARTNER))
    average = whole_rules.by_partner(by_side, pooled_partners(workshop, told))
    return float(average), whole_rules.heads_where_it_differs(
        average, whole_rules.by_heads(by_side.values())
    )


def _marks(points: Sequence[tuple[str, int]], groups: Mapping[str, Group]) -> tuple[Mark, ...]:
    seats = Counter((value, groups[team_id]) for team_id, value in points)
    in_order = sorted(seats, key=lambda mark: (mark[0], mark[1].slot))
    return tuple(
        Mark(group=group, points=value, seats=seats[value, group]) for value, group in in_order
    )
