"""What the room sees over all its domains: how high, how agreed, and who could not say."""

from aqua_core.vocabulary.framework import Domain
from aqua_core.vocabulary.reading import Deviation, Heads, HowAgreed, HowHigh, Off, Points
from aqua_core.vocabulary.result import Group
from aqua_core.vocabulary.word import Word


class Level(Word):
    """One domain over the whole room.

    `counts[n]` seats gave n points; empty when too few scored, and then every figure is None.
    `middle` is the median. `average` weighs each partner the same; `by_heads` weighs each seat the
    same, and stands only where it differs from `average` by 0.3 or more. `cannot_say` counts that
    answer alone; `unanswered` counts seats that answered another domain and not this one. `off`
    says what stands off where the room is close.
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
    unanswered: Heads = 0
    off: Off | None = None


class CouldNot(Word):
    """How many seats of one group could not say, of those that answered."""

    group: Group
    cannot_say: Heads
    answered: Heads


class Blanks(Word):
    """One domain: who could not say, small groups as one pool at the end.

    Without `sides` when fewer answered than may be shown. The counts are the whole room's:
    `answered` gave points or cannot say, `unanswered` answered another domain and not this one.
    """

    domain: Domain
    sides: tuple[CouldNot, ...]
    cannot_say: Heads
    answered: Heads
    unanswered: Heads = 0
