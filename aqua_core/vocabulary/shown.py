"""All that a room may see of its scores after the reveal, as one value."""

from typing import NamedTuple

from aqua_core.vocabulary.reading import DomainReading, LookedAt, Topic
from aqua_core.vocabulary.result import Compare, Gap, Spread
from aqua_core.vocabulary.second_look import Movement
from aqua_core.vocabulary.talk import Misreading
from aqua_core.vocabulary.whole import Blanks, Level
from aqua_core.vocabulary.word import Word


class TwoLooks(NamedTuple):
    """Two looks at one domain. `movement` is None where it may not be told."""

    before: Spread
    after: Spread
    movement: Movement | None


class LookShown(Word):
    """Which look of a domain is shown, and which is the newest; both count from 1.

    `scores` is how many scores the newest has; "cannot say" is one.
    """

    domain: str
    shown: int
    newest: int
    scores: int


class Results(Word):
    """What is shown of scores as they were given: the first part of `Shown`, worked out at once.

    A domain that is being scored is in no field. `rounds` holds the number of the round that is
    shown, by domain key; `looks` says more of the domains that have several. Gaps, spreads and
    blanks have one entry a domain in `rounds`, in the instrument's order. `first_spreads` are of
    the first look at each domain that was looked at again. `misreadings` stand furthest apart
    first.
    """

    rounds: dict[str, int]
    looks: tuple[LookShown, ...]
    gaps: dict[Compare, tuple[Gap, ...]]
    spreads: dict[Compare, tuple[Spread, ...]]
    first_spreads: dict[Compare, tuple[Spread, ...]]
    blanks: dict[Compare, tuple[Blanks, ...]]
    misreadings: tuple[Misreading, ...]

    @property
    def looked_again(self) -> tuple[str, ...]:
        """The keys of the domains of which two looks are shown, in the instrument's order."""
        return tuple(spread.domain.key for spread in self.first_spreads[Compare.PARTNER])

    def by_domain(self, compare: Compare) -> dict[str, Spread]:
        """Give every score on each domain, by its key, in the instrument's order."""
        return {spread.domain.key: spread for spread in self.spreads[compare]}


class Shown(Results):
    """All that a room may see of its scores. Nothing else of them leaves `rules/`.

    Beside the results what they say, which hangs on what chance could do: levels, one a domain in
    `rounds`, conversations and what else was looked at. `movements` are without what only the
    facilitator is told. `lines_hidden` says that on some domain a group that scored is too small to
    be named.
    """

    levels: tuple[Level, ...]
    topics: tuple[Topic, ...]
    looked_at: tuple[LookedAt, ...]
    domains: tuple[DomainReading, ...]
    lines_hidden: bool
    movements: tuple[Movement, ...]

    @property
    def too_few(self) -> bool:
        """Whether no domain has enough scores for anything to be said."""
        return all(reading.level is None for reading in self.domains)

    def two_looks(self, domain: str, compare: Compare) -> TwoLooks | None:
        """Give the first look and the one that is shown; None where there is only one."""
        before = {spread.domain.key: spread for spread in self.first_spreads[compare]}
        if domain not in before:
            return None
        moved = (movement for movement in self.movements if movement.domain == domain)
        return TwoLooks(before[domain], self.by_domain(compare)[domain], next(moved, None))
