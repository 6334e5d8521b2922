"""What the scores of a room say: how high, how agreed, and where disagreement sits."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from aqua_core.vocabulary.framework import Domain
from aqua_core.vocabulary.points import HIGHEST, LOWEST
from aqua_core.vocabulary.result import Compare, Group
from aqua_core.vocabulary.text import Word

Heads = Annotated[int, Field(ge=0)]
Points = Annotated[float, Field(ge=LOWEST, le=HIGHEST)]
_WholePoints = Annotated[int, Field(ge=LOWEST, le=HIGHEST)]
Deviation = Annotated[float, Field(ge=0, le=2.5)]
Share = Annotated[float, Field(ge=0, le=1)]


class HowAgreed(StrEnum):
    """How close a room is on one domain. `UNCLEAR`: too few scores, or too mixed.

    `CLOSE`: the scores lie as close as agreed ones, yet two that are shown stand a point or more
    apart; teams on laptops within one level.
    """

    AGREED = "agreed"
    CLOSE = "close"
    APART = "apart"
    UNCLEAR = "unclear"


class HowHigh(StrEnum):
    """Where the middle score lies; said beside how agreed, never instead of it."""

    LOW = "low"
    MIDDLING = "middling"
    HIGH = "high"


class Chance(StrEnum):
    """What may be said of chance. `FEW`: too few scores to tell; `NONE`: it is not in question."""

    CLEAR = "clear"
    COULD_BE = "could be chance"
    FEW = "so few that it may be chance"
    NONE = "none"


class Direction(StrEnum):
    """Which way a group stands from everyone else."""

    LOWER = "lower"
    HIGHER = "higher"


class Pattern(StrEnum):
    """What a room's scores can show; each pattern has its own question in the prompts file."""

    PARTNERS_APART = "partners apart"
    TIERS_APART = "tiers apart"
    TEAMS_APART = "teams apart"
    ONE_APART = "one team stands apart"
    COULD_BE_CHANCE = "could be chance"
    CAMPS_ALONG_A_LINE = "two camps along a line"
    CAMPS_THROUGH_TEAMS = "two camps through the teams"
    WIDE_SPREAD = "wide spread inside teams"
    AGREED_LOW = "agreed low"
    AGREED_MIDDLING = "agreed middling"
    AGREED_HIGH = "agreed high"
    TOO_MIXED = "too mixed to say"
    MANY_CANNOT_SAY = "many cannot say"
    TOO_FEW = "too few to say"
    TOO_ALIKE = "too small and too alike to be shown"
    QUIET_ROOM = "quiet room"
    MOVED = "moved after debate"
    MOVED_TO_SENIOR = "moved towards the most senior tier"
    MISREAD = "one side misread by another"
    FELL = "fell since last wave"


class LeftOut(StrEnum):
    """Why something that was looked at is not one of the room's conversations."""

    SET_ASIDE = "the facilitator set it aside"
    THREE_ARE_ENOUGH = "three conversations are enough for one sitting"
    SAME_DOMAIN = "this domain has its conversation already"
    NOTHING_DIVIDES = "nothing divides the room here"
    TOO_MIXED = "neither agreed nor apart"
    TOO_FEW = "too few scored"
    TOO_ALIKE = "small groups too alike to be shown apart"


class Doubt(StrEnum):
    """Why a difference may mean less than it seems; said on its card."""

    FEW_SCORES = "one side is one score or two"
    ONE_TIER = "the room cannot tell organisation from tier here"
    TURNS_ROUND = "among equals the gap is the other way round"


class Thirds(Word):
    """How many seats gave 0 or 1, 2 or 3, 4 or 5 (RAND/UCLA; Fitch et al. 2001)."""

    low: Heads
    middle: Heads
    high: Heads

    @property
    def scored(self) -> int:
        """How many seats gave points."""
        return self.low + self.middle + self.high


class Side(Word):
    """One side of a disagreement in counts. `group` is None for everyone else, or everyone."""

    group: Group | None
    thirds: Thirds


class End(Word):
    """One end of the scores of teams that share laptops: the points, and the teams that chose them.

    Teams in the workshop's order.
    """

    points: _WholePoints
    teams: tuple[Group, ...]


class Off(Word):
    """Two groups that are shown on a close domain, `points` apart as their averages are printed."""

    line: Compare
    lowest: Group
    highest: Group
    points: Points


class DomainReading(Word):
    """One domain in words. The figures are None when the room is below the guard.

    `level` is the median and `spread` the average deviation from it, both in points. `cannot_say`
    counts seats that answered so; `unanswered` those that answered other domains, and not this one.
    `off` says what stands off where the room is close.
    """

    domain: str
    pattern: Pattern
    how_agreed: HowAgreed
    how_high: HowHigh | None
    level: Points | None
    spread: Deviation | None
    thirds: Thirds | None
    two_camps: bool
    scored: Heads
    cannot_say: Heads
    unanswered: Heads
    off: Off | None = None


class AlsoOn(Word):
    """A further domain on which the same group stands the same way, `points` apart."""

    domain: str
    points: Points


class Topic(Word):
    """What one conversation would be about. Sentences are made elsewhere.

    `points` is the gap between the group and everyone else, the spread where no line is named, or
    the levels between the ends where teams share laptops. `chance` is a claim only when it is
    clear; `one_in` then completes "about once in ... times", and is None where nothing may be said.
    `close`: the room as a whole is close on this domain. `others` are the merged domains, widest
    first. `strictness` says that the gap goes when each seat is measured from its own mean.
    `lines_hidden` says that some teams are too small for the room to know where the line runs.
    `sides`: the group, then everyone else (of a tier: the other tiers of the partners that can be
    compared); everyone in one entry where no line is named. `ends`:
    the lowest and the highest score where teams share laptops, else empty.
    """

    pattern: Pattern
    domain: str
    line: Compare | None = None
    group: Group | None = None
    direction: Direction | None = None
    points: Points
    chance: Chance
    one_in: int | None = None
    sides: tuple[Side, ...]
    ends: tuple[End, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    close: bool = False
    others: tuple[AlsoOn, ...] = ()
    strictness: bool = False
    lines_hidden: bool = False


class LookedAt(Word):
    """What did not become a conversation, and why. Figures as in a topic; None when not shown."""

    pattern: Pattern
    domain: str
    line: Compare | None = None
    group: Group | None = None
    direction: Direction | None = None
    points: Points | None
    ends: tuple[End, ...] = ()
    why: LeftOut


class Quiet(StrEnum):
    """What a quiet room's agreement rests on. For the facilitator: the question stays the same."""

    GENUINE = "agreed from the start"
    REACHED = "agreed after debate"
    TELLS = "agreed, with signs worth a private thought"
    LINE_BENEATH = "agreed, with a line that may run beneath"
    AS_FAR_AS_SHOWN = "agreed, as far as can be shown"
    WITHIN_A_LEVEL = "every team within one level"


class Sight(Word):
    """What one comparison would show, groups by name and in the workshop's order.

    `without` are the partners whose teams would be left out where tiers or teams are compared.
    `most` are all that could be shown alone, whoever could not say; `never` are partners of which
    that holds of nothing, as they have too few people, or a team that has.
    """

    compare: Compare
    alone: tuple[str, ...]
    together: tuple[str, ...]
    without: tuple[str, ...]
    most: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether anything could be compared: two groups or more would be shown alone."""
        return len(self.alone) > 1

    @property
    def whole(self) -> bool:
        """Whether every group would be shown alone, with all its teams."""
        return not self.together and not self.without


class TooSmall(Word):
    """A partner or a team below the guard: how many people it has, and how many it lacks."""

    name: str
    people: int
    lacks: int


class Foreseen(Word):
    """What a reveal would show if everybody in the room gave points on a domain.

    `sights` holds the partners, and tiers and teams where they are another comparison.
    `partners` are below the guard; `teams` are too, and stand in partners that reach it.
    `ones` are the teams of one person in an open room: their scores would be seen as that person's.
    """

    guard: int
    people: int
    sights: tuple[Sight, ...]
    partners: tuple[TooSmall, ...]
    teams: tuple[TooSmall, ...]
    ones: tuple[str, ...]

    @property
    def withheld(self) -> bool:
        """Whether no score would be shown at all: fewer people than the guard."""
        return self.people < self.guard

    def sight(self, compare: Compare) -> Sight | None:
        """Give what one comparison would show; None where it is no other than the partners."""
        return next((sight for sight in self.sights if sight.compare is compare), None)


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
