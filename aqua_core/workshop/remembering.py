"""What earlier waves said, as published: read-only, means without votes."""

from aqua_core.rules.over_time import over_time_published
from aqua_core.vocabulary import PublishedWaves
from aqua_core.vocabulary.over_time import OverTime


def published_over_time(published: PublishedWaves) -> OverTime | None:
    """Give a published table at its true days; None where a wave is not called by its month."""
    return over_time_published(published)
