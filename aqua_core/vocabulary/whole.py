"""What the room sees over all its domains: how high, how agreed, and who could not say."""

from aqua_core.vocabulary.framework import Domain
from aqua_core.vocabulary.reading import Deviation, Heads, HowAgreed, HowHigh, Points
from aqua_core.vocabulary.result import Group
from aqua_core.vocabulary.word import Word


class Level(Word):
    """One domain over the whole room.

    `counts[n]` seats gave n points; empty when too few scored, and then every figure is None.
    `middle` is the median. `average` weighs each partner the same; `by_heads` weighs each seat the
    same, and stands only where it differs from `average` by 0.3 or more.
    """

    domain: Domain
    how_high: HowHigh | None
    how_agreed: HowAgreed
    counts: tuple[Heads, ...]
    middle: Points | None
    spread: Deviation | None
    average: Points | None
    by_heads: Points | None
    cannot_say: Heads


class CouldNot(Word):
    """How many seats of one group could not say, of those that answered."""

    group: Group
    cannot_say: Heads
    answered: Heads


class Blanks(Word):
    """One domain: who could not say, small groups as one pool at the end.

    Without `sides` when fewer answered than may be shown.
    """

    domain: Domain
    sides: tuple[CouldNot, ...]

    @property
    def cannot_say(self) -> int:
        """How many seats shown could not say."""
        return sum(side.cannot_say for side in self.sides)

    @property
    def answered(self) -> int:
        """How many seats shown gave an answer, points or cannot say."""
        return sum(side.answered for side in self.sides)
