"""What a place lets others see of a wave, and the band that is made of what several do."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from aqua_core.vocabulary.keys import DomainKey
from aqua_core.vocabulary.place import EARLIEST, Tier
from aqua_core.vocabulary.points import HIGHEST, LOWEST
from aqua_core.vocabulary.reading import HowAgreed
from aqua_core.vocabulary.text import Word

CONSENT: Final = (
    "This place lets other places count this wave, without its name, until it takes that back."
)


class ScoredAbout(StrEnum):
    """About how many scored: the number itself stays at home."""

    UNDER_12 = "fewer than 12"
    FROM_12 = "12 to 23"
    FROM_24 = "24 to 47"
    FROM_48 = "48 or more"

    @classmethod
    def of(cls, scored: int) -> "ScoredAbout":
        """Give the words for a number."""
        fewest = ((48, cls.FROM_48), (24, cls.FROM_24), (12, cls.FROM_12))
        return next((words for least, words in fewest if scored >= least), cls.UNDER_12)


def _to_a_tenth(average: float) -> float:
    if average != round(average, 1):
        raise ValueError("an average on a card has one decimal")
    return average


def _in_order(tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
    if list(tiers) != [tier for tier in Tier if tier in tiers]:
        raise ValueError("the tiers stand once each, most senior first")
    return tiers


class DomainOnCard(Word):
    """One domain of a card: its average (0 to 5, one decimal) and how agreed the room was."""

    key: DomainKey
    average: Annotated[float, Field(ge=LOWEST, le=HIGHEST), AfterValidator(_to_a_tenth)]
    agreed: HowAgreed


class WaveCard(Word):
    """What a place lets other places see of a wave: no name, and nothing that its room withheld.

    `id` and `place` are random and say nothing; `place` is the same on every card of a place.
    `wording` is a hash of what was scored, `tiers` are those that came, most senior first.
    """

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    place: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    dated: Annotated[date, Field(ge=EARLIEST)]
    wording: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    scored: ScoredAbout
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1), AfterValidator(_in_order)]
    consent: Literal[
        "This place lets other places count this wave, without its name, until it takes that back."
    ] = CONSENT
    domains: Annotated[tuple[DomainOnCard, ...], Field(min_length=1, max_length=12)]


class Band(Word):
    """From where to where the middle half of places stands on one domain: quarters of a point."""

    low: float
    high: float


class Stands(StrEnum):
    """Where a place stands beside the band."""

    INSIDE = "inside the middle half"
    ABOVE = "above the middle half"
    BELOW = "below the middle half"


class Published(Word):
    """A band as it was published: it is shown as it is until the next one.

    `places` counts those it is made of, `before` those of the one before; None for the first.
    `bands` has a domain a key, None where none can be drawn without giving a place away.
    `cards` are the ids of the cards behind it, which say nothing else.
    """

    published_on: date
    places: int
    before: int | None = None
    bands: dict[str, Band | None]
    cards: tuple[str, ...]


class DomainBeside(Word):
    """One domain of a place beside the band; `band` and `ours` are None where not drawn."""

    name: str
    band: Band | None
    ours: float | None
    stands: Stands | None = None


class Beside(Word):
    """A place beside the middle half of places that are alike; `next_on` is the next day for one.

    `domains` are in the instrument's order, `place` is our own.
    """

    place: str
    published: Published
    next_on: date
    domains: tuple[DomainBeside, ...]
