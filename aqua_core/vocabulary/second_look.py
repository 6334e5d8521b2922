"""What a second look shows: who moved, and what the facilitator alone is told about ballots."""

from aqua_core.vocabulary.reading import (
    Deviation,
    DomainReading,
    Heads,
    LookedAt,
    Pattern,
    Points,
    Quiet,
    Share,
    Topic,
)
from aqua_core.vocabulary.word import Word

STRAIGHT_LEAST = 2
STRAIGHT_SHARE = 0.2
TIGHT_LEAST = 6
FLAT_RANGE = 0.5


class Pull(Word):
    """Whether those who moved went towards the most senior tier's round 1 median.

    `towards` of the `moved` ended nearer to it. Only for `could_tell` of them does that mean
    anything: the room's own median lay another way; `told` of those went towards the tier.
    """

    moved: Heads
    towards: Heads
    could_tell: Heads
    told: Heads


class Movement(Word):
    """The same seats in round 1 and round 2 of one domain; spreads are in points.

    `by_coin` is how often coins alone would send as many one way (exact sign test, two-sided).
    `pull` is None when there is no tier above the others that may be shown.
    """

    domain: str
    seats: Heads
    up: Heads
    down: Heads
    before: Deviation
    after: Deviation
    by_coin: Share
    pull: Pull | None
    pattern: Pattern | None


class Tells(Word):
    """Counts over the ballots of a room, for the facilitator alone: never projected.

    Each is a reason to ask, and none says who. `range_of_means` (points) is None while fewer than
    two domains are scored; `pulled` counts domains.
    """

    ballots: Heads
    straight: Heads
    copied_pairs: Heads
    tight_domains: Heads
    range_of_means: Points | None
    pulled: Heads
    uneven_blanks: bool

    @property
    def straight_lines(self) -> bool:
        """Whether enough ballots hold one score in all domains."""
        return self.straight >= max(STRAIGHT_LEAST, STRAIGHT_SHARE * self.ballots)

    @property
    def tight(self) -> bool:
        """Whether people sit within half a point of the middle score on enough domains."""
        return self.tight_domains >= TIGHT_LEAST

    @property
    def flat(self) -> bool:
        """Whether the means of the domains all lie within half a point."""
        return self.range_of_means is not None and self.range_of_means <= FLAT_RANGE

    @property
    def tells(self) -> int:
        """How many of the six tells there are."""
        return sum(
            (
                self.tight,
                self.flat,
                self.straight_lines,
                self.copied_pairs > 0,
                self.pulled > 0,
                self.uneven_blanks,
            )
        )

    @property
    def earns_a_note(self) -> bool:
        """Whether the facilitator is told: two tells, or straight lines or copies alone."""
        return self.tells >= 2 or self.straight_lines or self.copied_pairs > 0


class RoomReading(Word):
    """A room in words: at most three topics, the rest as looked at, every domain in its order.

    `quiet` is None unless the room is agreed throughout; its kind and `tells` are the
    facilitator's alone. There are no topics then, unless lines are hidden. `lines_hidden` says that
    on some domain a group that scored is too small to be named, so a line along it would not be
    seen.
    """

    topics: tuple[Topic, ...]
    looked_at: tuple[LookedAt, ...]
    domains: tuple[DomainReading, ...]
    movements: tuple[Movement, ...]
    quiet: Quiet | None
    tells: Tells
    lines_hidden: bool
