"""Run charts: whether a row of figures does more than chance would.

The verdict is Anhoej's: an unusually long run on one side of the median, or unusually few
crossings of it (Anhoej J, Olesen AV (2014) Run charts revisited. PLoS ONE 9(11): e113825). A shift
of six and a trend of five (Perla RJ, Provost LP, Murray SK (2011) The run chart. BMJ Qual Saf
20:46-51) are a second opinion: of 4,000 charts of 24 random readings 16 and 26 % have one, and 3 %
Anhoej's verdict. Values on the median neither break nor add to a run.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise
from math import comb
from typing import NamedTuple

from aqua_core.vocabulary.measure import FEWEST_JUDGED, LongRun, Phase, Reading, RunPhase, Signs

_SHIFT, _TREND = 6, 5


class Limits(NamedTuple):
    """By chance alone no run is longer than the one, and no fewer crossings than the other."""

    longest_run: int
    crossings: int


def limits_of(useful: int) -> Limits:
    """Give the limits for so many useful points, at least 1.

    round(log2(useful) + 3), and the smallest k with P(Binomial(useful - 1, 1/2) <= k) >= 0.05
    (Anhoej and Olesen 2014).
    """
    # In whole numbers: log2 of 2 n² is 1 + 2 log2 n, so its half, cut, rounds log2 n; none is tied.
    rounded = ((2 * useful * useful).bit_length() - 1) // 2
    steps, crossings, ways = useful - 1, 0, 1
    while 20 * ways < 2**steps:
        crossings += 1
        ways += comb(steps, crossings)
    return Limits(rounded + 3, crossings)


def _median_of(values: Sequence[Decimal]) -> Decimal | None:
    """Give the middle value, of an even number the mean of the two middle ones; None of none."""
    ordered, half = sorted(values), len(values) // 2
    if not ordered:
        return None
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def signs_of(series: Sequence[Decimal | None], usual: Decimal | None = None) -> Signs:
    """Hold a row of figures against its median, or against one that was frozen.

    Args:
        series: in time order; None for a gap, which is left out of everything.
        usual: a median that was frozen; None for that of the series.
    """
    values = [value for value in series if value is not None]
    median = _median_of(values) if usual is None else usual
    sides = [value > median for value in values if median is not None and value != median]
    runs = [len([*run]) for _, run in groupby(sides)]
    trend, direction = _longest_trend(values)
    limits = limits_of(len(sides)) if sides else None
    judged = len(sides) >= FEWEST_JUDGED
    longest, crossings = max(runs, default=0), max(len(runs) - 1, 0)
    long_run = longest > limits.longest_run if limits and judged else None
    few = crossings < limits.crossings if limits and judged else None
    return Signs(
        points=len(values),
        missing=len(series) - len(values),
        median=median,
        useful=len(sides),
        on_median=len(values) - len(sides),
        longest_run=longest,
        crossings=crossings,
        longest_run_limit=limits.longest_run if limits else None,
        crossings_limit=limits.crossings if limits else None,
        longest_trend=trend,
        trend_direction=direction,
        judged=judged,
        anhoej_long_run=long_run,
        anhoej_few_crossings=few,
        anhoej=bool(long_run or few) if judged else None,
        shift=longest >= _SHIFT if judged else None,
        trend=trend >= _TREND if judged else None,
    )


def phased(readings: Sequence[Reading], phases: Sequence[Phase]) -> tuple[RunPhase, ...]:
    """Part the readings of one measure where a phase begins, and hold each part against its usual.

    Args:
        readings: in time order.
        phases: in any order; readings before the first of them are a phase of their own.

    Returns:
        The phases that have a reading, the first one first.
    """
    ordered = sorted(phases, key=lambda phase: phase.begins_on)
    starts = [phase.begins_on for phase in ordered]
    found = []
    for at, of_phase in groupby(
        readings, key=lambda reading: sum(start <= reading.dated for start in starts)
    ):
        frozen_on = ordered[at - 1].usual_until if at else None
        found.append(_run_phase(tuple(of_phase), frozen_on))
    return tuple(found)


def _run_phase(readings: tuple[Reading, ...], frozen_on: date | None) -> RunPhase:
    before = [r.value for r in readings if frozen_on and r.dated <= frozen_on]
    frozen = _median_of(before)
    signs = signs_of([reading.value for reading in readings], frozen)
    return RunPhase(
        readings=readings,
        usual=signs.median,
        frozen_on=frozen_on if before else None,
        signs=signs,
        long_run=_long_run(readings, signs),
    )


def _long_run(readings: Sequence[Reading], signs: Signs) -> LongRun | None:
    """Give the newest run that is longer than the limit; None where none is, or nothing judged."""
    if not signs.anhoej_long_run or signs.median is None or signs.longest_run_limit is None:
        return None
    usual = signs.median
    useful = [reading for reading in readings if reading.value != usual]
    runs = [
        (above, [*run]) for above, run in groupby(useful, key=lambda reading: reading.value > usual)
    ]
    above, run = next(
        (above, run) for above, run in reversed(runs) if len(run) > signs.longest_run_limit
    )
    return LongRun(
        begins_on=run[0].dated,
        ends_on=run[-1].dated,
        points=len(run),
        above=above,
        lasts=run[-1] == useful[-1],
    )


def _longest_trend(values: Sequence[Decimal]) -> tuple[int, str | None]:
    """Give the points of the longest climb or fall, and which; like values in a row count once."""
    once = [value for value, _ in groupby(values)]
    ups = [later > earlier for earlier, later in pairwise(once)]
    climbs = [(len([*steps]) + 1, "up" if up else "down") for up, steps in groupby(ups)]
    return max(climbs, key=lambda climb: climb[0], default=(min(len(once), 1), None))
