"""What earlier waves said, as published: read-only, means without votes."""

from decimal import Decimal
from typing import NamedTuple

from aqua_core.rules.published_means import mean_of
from aqua_core.vocabulary import Kind, PublishedWaves


class MeansSaid(NamedTuple):
    """The mean of some domains: one a wave (0-5, two decimals), and the last less the first."""

    name: str
    means: tuple[Decimal, ...]
    change: Decimal


def means_said(published: PublishedWaves) -> tuple[MeansSaid, ...]:
    """Give the means of all domains, of physiology and of anatomy."""
    kinds = (("All eight", None), ("Physiology", Kind.PHYSIOLOGY), ("Anatomy", Kind.ANATOMY))
    return tuple(_said(name, mean_of(published, kind)) for name, kind in kinds)


def _said(name: str, means: tuple[Decimal, ...]) -> MeansSaid:
    return MeansSaid(name, means, means[-1] - means[0])
