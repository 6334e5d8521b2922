"""Figures of the results in sentences: why a domain is called apart, and each table once more."""

from collections.abc import Sequence
from typing import Final

from aqua_core.charts.plan.ends import at_ends, no_gap, together
from aqua_core.charts.sentences.wording import apart, counts, off_said
from aqua_core.charts.words import listed, without_points
from aqua_core.rules.reading.agreement import APART_FROM, two_camps
from aqua_core.vocabulary import POINTS, Gap, Spread, Standing
from aqua_core.vocabulary.figures import said
from aqua_core.vocabulary.reading import HowAgreed, Thirds
from aqua_core.vocabulary.whole import Level

TOO_FEW: Final = "too few or too alike to be shown"


def gap_in_words(gap: Gap) -> str:
    """Say who stands lowest and who highest on a domain, and how far apart."""
    name = gap.domain.short
    if gap.width is None or gap.middle is None:
        return f"{name}: {no_gap(gap)}."
    average = said(gap.middle, 1)
    if said(gap.width, 1) == "0.0":
        return f"{name}: the partners stand level, at {average}."
    low, high = map(named, at_ends(gap))
    return (
        f"{name}: lowest {low}, highest {high}, a gap of {apart(gap.width)}; "
        f"the average of the partners is {average}."
    )


def named(sides: Sequence[Standing]) -> str:
    """Name who stands together at an end, and where: "GPs and Trust 1.3"."""
    who = together([side.group.name for side in sides], "partners")
    return f"{who} {said(sides[0].mean, 1)}"


def level_in_words(level: Level) -> str:
    """Say how high and how agreed a domain is, why, and how many seats gave which points."""
    unsure = f" {without_points(level.cannot_say, level.unanswered)}".rstrip()
    name = level.domain.short
    if level.average is None or level.middle is None:
        return f"{name}: {TOO_FEW}.{unsure}"
    heads = "" if level.by_heads is None else f" ({said(level.by_heads, 1)} by heads)"
    return (
        f"{name}: {level.how_high}, {why_agreed(level)}. {_given(level.counts)} "
        f"The middle score is {said(level.middle, 1)}, the average {said(level.average, 1)}{heads}."
        f"{unsure}"
    )


def why_agreed(level: Level) -> str:
    """Say how agreed a domain is and by what: "apart: scores lie 1.4 points from ..."."""
    spread = level.spread or 0.0
    lie = f"scores lie {apart(spread)} from the middle score, on average"
    if level.how_agreed is HowAgreed.AGREED:
        return f"agreed: {lie}"
    if level.how_agreed is HowAgreed.CLOSE:
        off = f", though {off_said(level.off)}" if level.off else ""
        return f"close{off}: {lie}"
    if level.how_agreed is HowAgreed.CANNOT_SAY:
        return f"unclear, too few or too mixed: {lie}"
    thirds = _thirds(level.counts)
    if two_camps(thirds):
        return f"apart, in two camps: {counts(thirds)}"
    # What is apart without camps and without a wide spread is so between groups, or laptops.
    return f"apart: {lie}" if spread >= APART_FROM else f"apart between groups; {lie}"


def points_of(spread: Spread) -> tuple[int, ...]:
    """Count the seats at each of the points, 0 to 5; empty where the scores are not shown."""
    if not spread.marks:
        return ()
    given = dict.fromkeys(POINTS, 0)
    for mark in spread.marks:
        given[mark.points] += mark.seats
    return tuple(given.values())


def _given(given: Sequence[int]) -> str:
    each = [
        f"{seats} {'is' if seats == 1 else 'are'} {n}" for n, seats in enumerate(given) if seats
    ]
    return f"Of {sum(given)} scores {listed(each)}."


def _thirds(given: Sequence[int]) -> Thirds:
    return Thirds(low=sum(given[:2]), middle=sum(given[2:4]), high=sum(given[4:]))
