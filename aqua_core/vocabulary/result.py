"""What a room sees after the reveal."""

from enum import StrEnum

from aqua_core.vocabulary.framework import Domain
from aqua_core.vocabulary.points import step_said
from aqua_core.vocabulary.text import Word


class Compare(StrEnum):
    """Who is compared with whom."""

    PARTNER = "partner"
    TIER = "tier"
    TEAM = "team"


class Group(Word):
    """One side of a comparison. `slot` fixes its colour and shape, whatever is filtered."""

    id: str
    name: str
    slot: int


class Standing(Word):
    """Where one group stands on one domain: mean of its points (0-5) and how many scored."""

    group: Group
    mean: float
    scored: int


class Gap(Word):
    """One domain, its groups from the lowest mean to the highest.

    `middle` is the mean of the means shown, each group weighing the same; `by_heads` is the
    mean over the seats of the same groups, where it differs by 0.3 or more, else None. `held_back`
    counts groups that scored and of which some or all are told only in the pool. Where `relative`,
    each figure is a step from the group's own average, -5 to 5.
    """

    domain: Domain
    standings: tuple[Standing, ...]
    middle: float | None
    held_back: int
    by_heads: float | None = None
    relative: bool = False

    @property
    def width(self) -> float | None:
        """The highest mean less the lowest, as the two are said to 0.1 of a point.

        None when fewer than two groups may be shown.
        """
        if len(self.standings) < 2:
            return None
        return float(step_said(self.lowest.mean, self.highest.mean, 1))

    @property
    def lowest(self) -> Standing:
        """The group with the lowest mean."""
        return self.standings[0]

    @property
    def highest(self) -> Standing:
        """The group with the highest mean."""
        return self.standings[-1]


class Mark(Word):
    """How many seats of one group gave a domain these points."""

    group: Group
    points: int
    seats: int


class Spread(Word):
    """Every score on one domain, as marks; `cannot_say` counts the seats that chose that answer.

    `unanswered` counts the seats that answered some domain and left this one out.
    `median`, `mean` and `deviation`, the average deviation from the median, are over all seats
    shown, in points; None when nothing may be shown.
    `average` weighs each partner the same; `by_heads` is `mean` where the two differ by 0.3 or
    more, else None. `too_alike` says why a room that reaches the guard has no marks: small groups
    whose scores are so alike that any picture of them would give somebody away.
    """

    domain: Domain
    marks: tuple[Mark, ...]
    scored: int
    cannot_say: int
    unanswered: int = 0
    median: float | None
    mean: float | None
    deviation: float | None = None
    average: float | None = None
    by_heads: float | None = None
    too_alike: bool = False


class Whose(StrEnum):
    """Whose figure stands beside a seat's own score: the nearest that may be compared."""

    TEAM = "team"
    PARTNER = "partner"
    ROOM = "room"


class SeatResult(Word):
    """One row of a seat's own result: its own score beside the nearest that may be compared.

    `figure` is the mean of its team or its partner, `lowest` and `highest` the means of the groups
    at the ends; of the room, `figure` is the median, the ends are the lowest and highest score, and
    `spread` the average deviation from the median. All are points, and None with `whose` where no
    score of the domain may be shown. `private` says that nearer groups are held back, `unscored`
    that no points of its team are in what is shown, where other teams are, `nobody` that the domain
    was given no score at all.
    """

    domain: Domain
    whose: Whose | None = None
    figure: float | None = None
    lowest: float | None = None
    highest: float | None = None
    spread: float | None = None
    private: bool = False
    unscored: bool = False
    nobody: bool = False
    mine: int | str | None = None
