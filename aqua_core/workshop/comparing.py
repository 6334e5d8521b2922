"""What follows from the gaps and spreads that are shown: the two kinds, and own averages."""

from collections.abc import Mapping

from aqua_core.rules.whole import kinds, own_average
from aqua_core.vocabulary import Gap, Spread


def kinds_of(gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """Give where each group stands on physiology and on anatomy; none before a reveal."""
    return kinds.kinds_of(gaps)


def spreads_of_kinds(spreads: Mapping[str, Spread]) -> dict[str, Spread]:
    """Give every score on physiology and on anatomy, by the kind's key; none before a reveal."""
    return kinds.spreads_of_kinds(spreads)


def own_averages_of(gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """Give the gaps with each group measured from its own average; none before a reveal."""
    return own_average.against_own_average(gaps)
