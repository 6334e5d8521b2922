"""What a place gives of a wave for analysis over several places: figures and kinds, no words."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import Field

from aqua_core.vocabulary.card import WaveCard
from aqua_core.vocabulary.framework import Kind
from aqua_core.vocabulary.keys import DomainKey
from aqua_core.vocabulary.place import EARLIEST, Sector, Tier
from aqua_core.vocabulary.plan import Impact, Move, Scale
from aqua_core.vocabulary.points import HIGHEST, LOWEST
from aqua_core.vocabulary.text import Word

GIVEN_CONSENT: Final = (
    "This place gives what its room was shown of this wave and the kinds of its tests, without its "
    "name and without a word that somebody wrote, to be counted and analysed with other places, "
    "until it takes that back."
)
MOST_SCORES: Final = 20_000
"""Rows: 12 domains in two looks, of forty partners and four tiers at six points, are 7,500."""
MOST_TESTS: Final = 2_000
_Day = Annotated[date, Field(ge=EARLIEST)]


class HowItStands(StrEnum):
    """How a small test stands; one that was taken on goes on in a later plan of its place."""

    GOES_ON = "goes on"
    ADOPTED = "adopted"
    ABANDONED = "abandoned"
    STOPPED = "stopped"
    TAKEN_ON = "taken on"


class Side(StrEnum):
    """Of whom a count of scores is."""

    EVERYONE = "everyone"
    PARTNER = "partner"
    TIER = "tier"


class GivenScores(Word):
    """So many seats of one group gave a domain these points; None could not say.

    `look` is 1, or 2 for the newest look at what was looked at again. `part` counts the groups of a
    side from 1 in the room's order; 0 is several small ones together, None everyone.
    """

    domain: DomainKey
    look: Annotated[int, Field(ge=1, le=2)]
    side: Side
    part: Annotated[int, Field(ge=0, le=200)] | None = None
    sector: Sector | None = None
    tier: Tier | None = None
    points: Annotated[int, Field(ge=LOWEST, le=HIGHEST)] | None
    seats: Annotated[int, Field(ge=1, le=10_000)]


class GivenTest(Word):
    """One small test by its kinds: no text of it, and no lead but the sector that leads.

    `domain` is None where it is about something beside the framework; `owners` counts the partners
    that own it together.
    """

    domain: DomainKey | None
    sector: Sector
    scale: Scale
    shows_at: Impact
    move: Move
    owners: Annotated[int, Field(ge=1, le=200)]
    planned_on: _Day
    review_on: _Day
    cycles: Annotated[int, Field(ge=0, le=1_000)]
    stands: HowItStands


class GivenWave(Word):
    """A wave as it is given: what a card of it holds, its scores as they were shown, its tests.

    `card` has the id and the place of its wave card, where there is one too. `kinds` has every
    domain that the others speak of. An open room gives no scores: it sees every team, however
    small, and that is not for others.
    """

    card: WaveCard
    consent: Literal[
        "This place gives what its room was shown of this wave and the kinds of its tests, without "
        "its name and without a word that somebody wrote, to be counted and analysed with other "
        "places, until it takes that back."
    ] = GIVEN_CONSENT
    kinds: dict[DomainKey, Kind]
    scores: Annotated[tuple[GivenScores, ...], Field(max_length=MOST_SCORES)] = ()
    tests: Annotated[tuple[GivenTest, ...], Field(max_length=MOST_TESTS)] = ()


class Counted(NamedTuple):
    """How many tests of one kind go on, how many ended, and how many of these were adopted.

    `of` is the key of a domain, a kind of domain or of move; "" for what says none.
    """

    of: str
    goes_on: int
    ended: int
    adopted: int


class TriedOver(NamedTuple):
    """The tests of several places together; what a later plan took on counts there."""

    domains: tuple[Counted, ...]
    kinds: tuple[Counted, ...]
    moves: tuple[Counted, ...]


class GivenColumn(NamedTuple):
    """A column of the file: its form as DuckDB names it, and what it holds."""

    form: str
    holds: str


class RowOf(StrEnum):
    """Of what a row of the file is; columns that are not of it are empty."""

    DOMAIN = "domain"
    SCORES = "scores"
    TEST = "test"


GIVEN_COLUMNS: Final = {
    "wave": GivenColumn("VARCHAR", "a random id: one file, one wave"),
    "place": GivenColumn("VARCHAR", "a random id, the same in every file of a place"),
    "dated": GivenColumn("DATE", "the day of the wave"),
    "wording": GivenColumn("VARCHAR", "a hash of the words that were scored"),
    "scored": GivenColumn("VARCHAR", "about how many scored"),
    "tiers": GivenColumn("VARCHAR[]", "the tiers that came, most senior first"),
    "consent": GivenColumn("VARCHAR", "the sentence that the place agreed to"),
    "row": GivenColumn("VARCHAR", "what the row is of: domain, scores or test"),
    "domain": GivenColumn("VARCHAR", "the domain's key; empty for a test beside the framework"),
    "kind": GivenColumn("VARCHAR", "which kind of domain: physiology or anatomy"),
    "average": GivenColumn("DOUBLE", "domain: the average, one decimal; each partner counts alike"),
    "agreed": GivenColumn("VARCHAR", "domain: agreed, close, apart or unclear"),
    "look": GivenColumn("INTEGER", "scores: 1, or 2 for the newest look at what had a second one"),
    "side": GivenColumn("VARCHAR", "scores: of everyone, a partner or a tier"),
    "part": GivenColumn("INTEGER", "scores: the number of the group; 0 is small ones together"),
    "sector": GivenColumn(
        "VARCHAR", "scores: the partner's sector; test: of the partner that leads"
    ),
    "tier": GivenColumn("VARCHAR", "scores: the tier"),
    "points": GivenColumn("INTEGER", "scores: 0 to 5; empty for those who could not say"),
    "seats": GivenColumn("INTEGER", "scores: how many seats of the group gave these points"),
    "scale": GivenColumn("VARCHAR", "test: micro, meso or macro; an empty text where not said"),
    "shows_at": GivenColumn("VARCHAR", "test: leaders, teams or outcomes; or an empty text"),
    "move": GivenColumn("VARCHAR", "test: technical, improvement or relational; or an empty text"),
    "owners": GivenColumn("INTEGER", "test: how many partners own it together"),
    "planned_on": GivenColumn("DATE", "test: the day of the workshop that planned it"),
    "review_on": GivenColumn("DATE", "test: the day on which it is looked at again"),
    "cycles": GivenColumn("INTEGER", "test: how many cycles were begun"),
    "stands": GivenColumn(
        "VARCHAR", "test: goes on, adopted, abandoned, stopped, or taken on by a later plan"
    ),
}
"""The columns of a file, in order: those of the wave stand on every row, `row` says what else."""
