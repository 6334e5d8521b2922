"""What earlier waves said, as published: read-only, means without votes."""

from decimal import Decimal

from aqua_core.rules.published_means import mean_of
from aqua_core.vocabulary import Kind, PublishedWaves


def means_said(published: PublishedWaves) -> tuple[tuple[str, tuple[Decimal, ...]], ...]:
    """Give the mean of all domains, of physiology and of anatomy: a name, and a mean a wave."""
    return (
        ("All eight", mean_of(published, None)),
        ("Physiology", mean_of(published, Kind.PHYSIOLOGY)),
        ("Anatomy", mean_of(published, Kind.ANATOMY)),
    )
