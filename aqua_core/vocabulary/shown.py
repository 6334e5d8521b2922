"""All that a room may see of its scores after the reveal, as one value."""

from typing import NamedTuple

from aqua_core.vocabulary.beside import Row, ShownBeside
from aqua_core.vocabulary.programme import Safe
from aqua_core.vocabulary.reading import (
    Blanks,
    Deviation,
    DomainReading,
    Heads,
    Level,
    LookedAt,
    Pattern,
    Points,
    Quiet,
    Share,
    Topic,
)
from aqua_core.vocabulary.result import Compare, Gap, Spread
from aqua_core.vocabulary.talk import Misreading
from aqua_core.vocabulary.text import Word

_STRAIGHT_LEAST = 2
_STRAIGHT_SHARE = 0.2
_TIGHT_LEAST = 6
_FLAT_RANGE = 0.5


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
        return self.straight >= max(_STRAIGHT_LEAST, _STRAIGHT_SHARE * self.ballots)

    @property
    def tight(self) -> bool:
        """Whether people sit within half a point of the middle score on enough domains."""
        return self.tight_domains >= _TIGHT_LEAST

    @property
    def flat(self) -> bool:
        """Whether the means of the domains all lie within half a point."""
        return self.range_of_means is not None and self.range_of_means <= _FLAT_RANGE

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


class BeenHere(Word):
    """How many say that they were in this room last time, of those who answered that."""

    yes: Heads
    answered: Heads


class Results(Word):
    """What is shown of scores as they were given: the first part of `Shown`, worked out at once.

    A domain that is being scored is in no field. `rounds` holds the number of the round that is
    shown, by domain key; `looks` says more of the domains that have several. Gaps, spreads and
    blanks have one entry a domain in `rounds`, in the instrument's order. `first_spreads` are of
    the first look at each domain that was looked at again. `misreadings` stand furthest apart
    first. `been_here` is None where nobody was asked, and where either side is a group too small
    to be shown. `on_paper` counts the seats of which the facilitator typed the scores. `safe` is
    None where too few said whether it is safe to speak. `beside` is what was asked beside the
    framework, in the order in which it came.
    """

    rounds: dict[str, int]
    looks: tuple[LookShown, ...]
    gaps: dict[Compare, tuple[Gap, ...]]
    spreads: dict[Compare, tuple[Spread, ...]]
    first_spreads: dict[Compare, tuple[Spread, ...]]
    blanks: dict[Compare, tuple[Blanks, ...]]
    misreadings: tuple[Misreading, ...]
    been_here: BeenHere | None = None
    on_paper: int = 0
    safe: Safe | None = None
    beside: tuple[ShownBeside, ...] = ()

    @property
    def looked_again(self) -> tuple[str, ...]:
        """The keys of the domains of which two looks are shown, in the instrument's order."""
        return tuple(spread.domain.key for spread in self.first_spreads[Compare.PARTNER])

    @property
    def talked_beside(self) -> dict[str, Row]:
        """Every row beside the framework by the key under which it is talked about."""
        return {key: row for held in self.beside for key, row in held.talked_under.items()}

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
