"""What a table of published means adds up to, how many people fit it, and what lags in it."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import count
from math import prod
from statistics import median
from typing import NamedTuple

from aqua_core.vocabulary.framework import Kind
from aqua_core.vocabulary.place import PublishedDomain, PublishedWaves
from aqua_core.vocabulary.points import HIGHEST, half_up

MOST_PEOPLE = 120
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


def change(waves: PublishedWaves) -> tuple[Decimal, ...]:
    """Give the last mean of each domain less its first (-5 to 5, two decimals, half up).

    Returns: a change a domain, in the table's order; () when there are fewer than two waves.
    """
    if len(waves.waves) < 2:
        return ()
    means = [_exact(domain) for domain in waves.domains]
    return tuple(half_up(last - first, 2) for first, *_, last in means)


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
        Numbers up to `MOST_PEOPLE`; None where no number up to there fits.
    """
    means = sorted({round(mean * 10**places) for wave in waves for mean in wave})
    ways = [
        next(
            (n for n in range(1, MOST_PEOPLE + 1) if all(_fits(n, m, places, up) for m in means)),
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
