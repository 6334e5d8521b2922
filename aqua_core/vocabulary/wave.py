"""A place's published result on a date: means without votes."""

from aqua_core.vocabulary.framework import Kind
from aqua_core.vocabulary.word import Word


class PublishedDomain(Word):
    """One row of a published table: a mean (0-5, two decimals) for each wave."""

    name: str
    kind: Kind
    means: tuple[float, ...]


class PublishedWaves(Word):
    """A published table: `waves` are the dates as printed, `source` stands beside every figure."""

    place: str
    source: str
    waves: tuple[str, ...]
    domains: tuple[PublishedDomain, ...]
