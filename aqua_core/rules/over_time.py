"""A place over time as one value: its waves, a row a domain, and whether the domain moved."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import count, pairwise
from math import prod
from statistics import fmean, median
from typing import NamedTuple

from aqua_core.rules import both_waves, moving
from aqua_core.vocabulary import Domain, Kind, PublishedWaves
from aqua_core.vocabulary.over_time import (
    Change,
    DomainOverTime,
    EndedTest,
    OverTime,
    Untold,
    Verdict,
    WaveOnPage,
)
from aqua_core.vocabulary.place import PublishedDomain
from aqua_core.vocabulary.points import HIGHEST, half_up
from aqua_core.vocabulary.shown import BeenHere

_MOST_PEOPLE = 120
"""People up to which a fit is looked for; more fit nearly any two decimals."""


def mean_of(waves: PublishedWaves, kind: Kind | None) -> tuple[Decimal, ...]:
    """Average the domains of each wave, each domain weighing the same.

    Args:
        waves: a table with a mean (0-5) for every domain and wave.
        kind: only the domains of this kind; None for all of them.

    Returns: a mean a wave (0-5, two decimals, half up), in the table's order; () when the table
        has no domain of this kind.
    """
    domains = [domain for domain in waves.domains if kind in (None, domain.kind)]
    columns = zip(*(_exact(domain) for domain in domains), strict=True)
    return tuple(half_up(sum(column, Decimal()) / len(column), 2) for column in columns)


class Fits(NamedTuple):
    """The fewest people whose whole scores give every mean of some waves as printed.

    `half_up` is the same where an exact half was always rounded up, and not either way.
    """

    people: int | None
    half_up: int | None


def fits_from(waves: Sequence[Sequence[float]], places: int = 2) -> Fits:
    """Give the fewest people that fit all means of all these waves (GRIM: Brown & Heathers 2017).

    A mean of n whole scores is a whole number over n, so few n give a printed mean. It says nothing
    where teams weigh the same, halves were scored, or more people left one domain blank.

    Args:
        waves: means (0 to 5) as printed, a row a wave.
        places: decimals they are printed with.

    Returns:
        Numbers up to `_MOST_PEOPLE`; None where no number up to there fits.
    """
    means = sorted({round(mean * 10**places) for wave in waves for mean in wave})
    ways = [
        next(
            (n for n in range(1, _MOST_PEOPLE + 1) if all(_fits(n, m, places, up) for m in means)),
            None,
        )
        for up in (False, True)
    ]
    return Fits(*ways)


def fits_by_luck(means: Sequence[float], people: int, places: int = 2) -> float:
    """Give the chance that some number up to `people` fits the means of a wave by accident.

    Each distinct mean fits n people by accident with a chance of n / 10^places.
    """
    distinct = len(set(means))
    misses = (1 - float(min(1.0, n / 10**places) ** distinct) for n in range(1, people + 1))
    return 1 - prod(misses)


def lagging(table: Mapping[str, Sequence[float | None]]) -> tuple[str, ...]:
    """Give the domains that stand low twice and moved least, in the table's order.

    A domain lags that is below this place's middle domain in the last two waves, and moved less
    from the first wave to the last than its middle move. It names some domain in 87 to 95 % of
    places in which nothing lags, so it describes and judges nothing.

    Args:
        table: means (0 to 5) as printed or said, one a wave, by domain; None for none. A domain
            without a first or one of the last two is not judged; medians are over those that have
            the mean.
    """
    exact = {key: [_decimal(mean) for mean in means] for key, means in table.items()}
    if any(len(means) < 2 for means in exact.values()):
        return ()
    lines = [_middle(means[at] for means in exact.values()) for at in (-2, -1)]
    moves = {key: _less(means[-1], means[0]) for key, means in exact.items()}
    least = _middle(moves.values())
    return tuple(
        key
        for key, means in exact.items()
        if _below(means[-2], lines[0]) and _below(means[-1], lines[1]) and _below(moves[key], least)
    )


def _fits(people: int, mean: int, places: int, up: bool) -> bool:
    """Tell whether some whole sum over so many people prints as this mean, in last places."""
    scale = 10**places
    # sum / people * scale lies within half a last place: 2 sum scale in (2 mean +- 1) people.
    low, high = (2 * mean - 1) * people, (2 * mean + 1) * people
    first = max(0, -(-low // (2 * scale)))
    last = HIGHEST * people
    for total in count(first):
        if total > last or 2 * total * scale > high:
            return False
        if not (up and 2 * total * scale == high):
            return True
    return False


def _middle(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _below(value: Decimal | None, line: Decimal | None) -> bool:
    return value is not None and line is not None and value < line


def _less(value: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if value is None or other is None else value - other


def _decimal(mean: float | None) -> Decimal | None:
    return None if mean is None else Decimal(repr(mean))


def _exact(domain: PublishedDomain) -> tuple[Decimal, ...]:
    return tuple(Decimal(repr(mean)) for mean in domain.means)


_BY_LUCK = 0.05
"""Chance of a fit by accident above which nothing is said of how many people fit."""

Tests = Mapping[str, Sequence[EndedTest]]


class TakenWave(NamedTuple):
    """A wave as it is put in: `averages` (0 to 5) are everyone's, by domain key, as it shows them.

    `scores` is None of published means: they stand at their day and are not judged.
    """

    wave: WaveOnPage
    averages: Mapping[str, float]
    scores: both_waves.WaveScores | None


def over_time_of(  # noqa: PLR0913
    place: str,
    waves: Sequence[TakenWave],
    domains: Sequence[Domain],
    *,
    since: int,
    each_time: bool,
    seed: int,
    tests: Tests | None = None,
    returned: BeenHere | None = None,
) -> OverTime:
    """Put the waves of a place side by side, and say what moved since one of them.

    Args:
        place: its name.
        waves: two or more, earliest first.
        domains: of the newest instrument; what another wave calls the same key is the same domain.
        since: the wave that the last one is compared with, counted from 0.
        each_time: whether averages are of the partners that scored each time, or everyone's;
            published averages stay as printed.
        seed: of the shuffles: the same for the same waves.
        tests: small tests that ended, by domain key.
        returned: who said that they were there the time before, where that may be told.
    """
    lines = {domain.key: _averages(waves, domain.key, each_time) for domain in domains}
    pairs = {key: (line[since], line[-1]) for key, line in lines.items()}
    moves, whole = _moves(waves[since], waves[-1], pairs, seed)
    breaks = {key: _breaks(waves, key) for key in lines}
    behind = lagging({key: _as_said(_unbroken(lines[key], breaks[key])) for key in lines})
    rows = (_row(domain, lines, breaks, moves) for domain in domains)
    ended = {key: tuple((tests or {}).get(key, ())) for key in lines}
    more = {key: {"lags": key in behind, "tests": ended[key]} for key in lines}
    return OverTime(
        place=place,
        waves=tuple(taken.wave for taken in waves),
        since=since,
        domains=tuple(row.model_copy(update=more[row.key]) for row in rows),
        whole=whole,
        returned=returned,
    )


def over_time_published(published: PublishedWaves) -> OverTime | None:
    """Put a published table side by side, from its first wave to its last; nothing is judged.

    Returns:
        The table at its true days; None where a wave is not called by a month or a day.
    """
    days = published.dated
    if len(days) < 2:
        return None
    behind = lagging({domain.name: domain.means for domain in published.domains})
    means = list(zip(*(domain.means for domain in published.domains), strict=True))
    waves = zip(days, published.waves, means, strict=True)
    fits = fits_from(means)
    return OverTime(
        place=published.place,
        waves=tuple(
            _printed_wave(published, n, day, called, here)
            for n, (day, called, here) in enumerate(waves)
        ),
        since=0,
        domains=tuple(
            DomainOverTime(
                key=domain.name,
                name=domain.name,
                kind=domain.kind,
                averages=domain.means,
                breaks=(False,) * (len(days) - 1),
                move=_shown_only(domain.means[0], domain.means[-1]),
                lags=domain.name in behind,
            )
            for domain in published.domains
        ),
        whole=_shown_only(fmean(means[0]), fmean(means[-1])),
        kinds=tuple(_kind(published, kind) for kind in Kind if mean_of(published, kind)),
        means=tuple(map(float, mean_of(published, None))),
        source=published.source,
        fits_all=fits.people,
        fits_all_half_up=fits.half_up,
    )


def _row(
    domain: Domain,
    lines: Mapping[str, tuple[float | None, ...]],
    breaks: Mapping[str, tuple[bool, ...]],
    moves: Mapping[str, Change],
) -> DomainOverTime:
    return DomainOverTime(
        key=domain.key,
        name=domain.short,
        kind=domain.kind,
        averages=lines[domain.key],
        breaks=breaks[domain.key],
        move=moves[domain.key],
    )


def _kind(published: PublishedWaves, kind: Kind) -> DomainOverTime:
    means = tuple(float(mean) for mean in mean_of(published, kind))
    return DomainOverTime(
        key=kind.value,
        name=kind.value.capitalize(),
        kind=kind,
        averages=means,
        breaks=(False,) * (len(means) - 1),
        move=_shown_only(means[0], means[-1]),
    )


def _averages(waves: Sequence[TakenWave], key: str, each_time: bool) -> tuple[float | None, ...]:
    if not each_time:
        return tuple(taken.averages.get(key) for taken in waves)
    scored = [taken.scores for taken in waves if taken.scores is not None]
    found = iter(both_waves.averages_of_all(scored, key))
    own = [next(found) if taken.scores is not None else taken.averages.get(key) for taken in waves]
    return tuple(None if average is None else float(average) for average in own)


def _moves(
    first: TakenWave, last: TakenWave, averages: Mapping[str, moving.Pair], seed: int
) -> tuple[dict[str, Change], Change]:
    if first.scores is not None and last.scores is not None:
        return both_waves.moves_between(first.scores, last.scores, averages, seed)
    both = [(one, two) for one, two in averages.values() if one is not None and two is not None]
    whole = (fmean(one for one, _ in both), fmean(two for _, two in both)) if both else (None, None)
    return {key: _shown_only(*pair) for key, pair in averages.items()}, _shown_only(*whole)


def _shown_only(before: float | None, after: float | None) -> Change:
    return Change(
        verdict=Verdict.CANNOT_BE_TOLD, before=before, after=after, untold=Untold.PUBLISHED
    )


def _breaks(waves: Sequence[TakenWave], key: str) -> tuple[bool, ...]:
    words = [taken.scores.wording.get(key) if taken.scores else None for taken in waves]
    return tuple(None not in both and len(set(both)) > 1 for both in pairwise(words))


def _unbroken(line: Sequence[float | None], breaks: Sequence[bool]) -> Sequence[float | None]:
    """Give a line whose averages may be compared; none where the wording changed on the way."""
    return [None] * len(line) if any(breaks) else line


def _as_said(line: Sequence[float | None]) -> list[float | None]:
    # Judged by their unrounded averages, a domain lagged whose printed change was the larger.
    return [None if mean is None else float(half_up(mean, 1)) for mean in line]


def _printed_wave(
    published: PublishedWaves, n: int, day: date, called: str, means: Sequence[float]
) -> WaveOnPage:
    """Give a printed wave: how many scored, where one number is printed, else how many fit."""
    printed = {domain.people[n] if domain.people else None for domain in published.domains}
    if printed == {None}:
        return WaveOnPage(held_on=day, called=called, fits_from=_people(means))
    return WaveOnPage(
        held_on=day, called=called, scored=printed.pop() if len(printed) == 1 else None
    )


def _people(means: Sequence[float]) -> int | None:
    people = fits_from([means]).people
    told = people is not None and fits_by_luck(means, people) <= _BY_LUCK
    return people if told else None
