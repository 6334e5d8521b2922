"""What a table of published means adds up to: a mean a wave, a change a domain."""

from decimal import Decimal

from aqua_core.vocabulary.figures import half_up
from aqua_core.vocabulary.framework import Kind
from aqua_core.vocabulary.wave import PublishedDomain, PublishedWaves


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


def _exact(domain: PublishedDomain) -> tuple[Decimal, ...]:
    return tuple(Decimal(repr(mean)) for mean in domain.means)
