"""What a room sees after the reveal."""

from enum import StrEnum

from aqua_core.vocabulary.framework import Domain
from aqua_core.vocabulary.word import Word


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

    `width` is the highest mean less the lowest, in points; None when fewer than two groups may be
    shown. `middle` is the mean of the means shown, each group weighing the same; `by_heads` is the
    mean over the seats of the same groups, where it differs by 0.3 or more, else None. `held_back`
    counts groups that scored and of which some or all are told only in the pool.
    """

    domain: Domain
    standings: tuple[Standing, ...]
    width: float | None
    middle: float | None
    held_back: int
    by_heads: float | None = None

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
    """Every score on one domain, as marks; `cannot_say` counts the seats that could not.

    `median` and `mean` are over all seats shown, in points; None when nothing may be shown.
    `average` weighs each partner the same; `by_heads` is `mean` where the two differ by 0.3 or
    more, else None. `too_alike` says why a room that reaches the guard has no marks: small groups
    whose scores are so alike that any picture of them would give somebody away.
    """

    domain: Domain
    marks: tuple[Mark, ...]
    scored: int
    cannot_say: int
    median: float | None
    mean: float | None
    average: float | None = None
    by_heads: float | None = None
    too_alike: bool = False


class SeatResult(Word):
    """One row of a seat's own result: my team between the lowest and highest group."""

    domain: Domain
    lowest: float | None
    highest: float | None
    team: float | None
    mine: int | str | None
