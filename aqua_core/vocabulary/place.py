"""Who meets, and when: a place, its waves, its partners, their teams at three tiers."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, Final, NamedTuple

from pydantic import Field, model_validator

from aqua_core.errors import ChoiceRefused
from aqua_core.vocabulary.framework import Kind
from aqua_core.vocabulary.points import HIGHEST, LOWEST
from aqua_core.vocabulary.text import (
    LONGEST_NAME,
    Word,
    a_choice,
    a_line,
    a_name,
    a_name_or_none,
    needed,
)

EARLIEST: Final = date(1900, 1, 1)
"""Before it no place began and no wave was scored: such a day is a slip."""


class Sector(StrEnum):
    """What a partner is in the local system."""

    COMMISSIONER = "commissioner"
    ACUTE = "acute"
    COMMUNITY = "community"
    MENTAL_HEALTH = "mental health"
    COUNCIL = "council"
    PRIMARY_CARE = "primary care"
    AMBULANCE = "ambulance"
    VOLUNTARY = "voluntary"
    CARE_PROVIDERS = "care providers"
    HOUSING = "housing"
    INDEPENDENT = "independent"
    USERS_AND_CARERS = "users and carers"


class Tier(StrEnum):
    """A team's seniority in its partner, most senior first; users and carers have none.

    Files of before say "middle", which also is a score's word: it is read, and written no more.
    """

    BOARD = "board"
    MIDDLE = "managers"
    FRONT_LINE = "front line"
    NONE = "outside the tiers"

    @classmethod
    def _missing_(cls, value: object) -> "Tier | None":
        return cls.MIDDLE if value == _MIDDLE_BEFORE else None


_MIDDLE_BEFORE: Final = "middle"


class Holder(StrEnum):
    """Who holds a seat: one person, or one laptop on which a whole team has agreed its score."""

    PERSON = "each person scores"
    LAPTOP = "each team scores together on one laptop"


OPEN: Final = 1
"""The guard of a room that is shown open: every team, however small."""
GUARDS: Final = (3, 5, OPEN)
"""The guards to choose from, the usual one first (NHS practice: 3, 5 or 8)."""


def clean_guard(given: Any, holder: Holder) -> int:
    """Give the guard as it is kept: the fewest scores with which a group is shown alone.

    A team that shares a laptop has agreed its score aloud, so its room is open whatever is given.

    Raises:
        ChoiceRefused: it is none of GUARDS.
    """
    if holder is Holder.LAPTOP:
        return OPEN
    if type(given) is not int or given not in GUARDS:
        raise ChoiceRefused("Choose what will be shown: small groups together, or every team.")
    return given


class Place(Word):
    """A health and social care economy. The persona is a fictional resident; "" for none."""

    name: Annotated[str, a_name("the place")]
    persona: Annotated[str, a_name_or_none("the persona")] = ""


class KeptPlace(Place):
    """A place as the file keeps it, with what its workshops and waves hang on.

    `joined_to` is the id of the place that this one counts as; "" where it stands for itself.
    `invented` marks the place of a sample. `next_wave_on` is the day its room agreed to meet again.
    """

    id: str
    began_on: date
    next_wave_on: date | None = None
    invented: bool = False
    joined_to: str = ""


class ToDo(StrEnum):
    """The one thing to do at a place."""

    GO_ON = "go on with today's workshop"
    LOOK_AT_TESTS = "look at the tests whose day has passed"
    PREPARE = "prepare the workshop that is set up"
    OPEN = "open the place"


class PlanBefore(Word):
    """An earlier workshop whose plan holds so many tests that go on: a pack leaves them there."""

    workshop_id: str
    held_on: date
    tests: Annotated[int, Field(ge=1)]


class PlaceRow(Word):
    """A place in the list of places. Codes are "" and days None where there is nothing.

    `code` is that of the workshop that the thing to do leads to, else of the newest. `tests` counts
    those that are open, `waiting` those of them whose review day has passed without an answer.
    `people` and `partners` are those of the last wave; None where nobody knows. `by_team` says that
    `people` counts teams on laptops. `missing` are earlier plans that hold tests and are not here.
    """

    place: KeptPlace
    workshops: int
    to_do: ToDo
    code: str
    meets_on: date | None
    review_on: date | None
    tests: int
    waiting: int
    wave_on: date | None
    people: int | None
    partners: int | None
    by_team: bool = False
    missing: tuple[PlanBefore, ...] = ()


class Met(NamedTuple):
    """A workshop as the list of places needs it: of which place and wave, and what came of it.

    `place_id` is the place that it counts to; `revealed` says that a score of it was, `by_team`
    that teams share laptops in it.
    """

    code: str
    place_id: str
    wave_id: str
    held_on: date
    ordinal: int
    closed: bool
    revealed: bool
    by_team: bool = False


class Came(NamedTuple):
    """Who came to a workshop.

    `scored` are the seats of which a score was shown, `partners` the names of those that they sat
    for; of a workshop that came in a pack, both are of who had joined.
    """

    scored: int
    partners: frozenset[str]


class Tried(NamedTuple):
    """A small test that goes on, by the code of the workshop whose plan holds it.

    `answered` says that it was, on the day of its review or since: its next one is not set.
    """

    code: str
    review_on: date
    answered: bool = False


class Running(NamedTuple):
    """A workshop among those of its place.

    `place_id` is the place that it counts to; `joined` says that it has a seat.
    """

    code: str
    place_id: str
    wave_id: str
    held_on: date
    ordinal: int
    closed: bool
    joined: bool


class Ended(NamedTuple):
    """A small test that ended: of which workshop and domain, when, and whether it was adopted."""

    code: str
    domain: str
    test: str
    ended_on: date
    won: bool
    measure: str = ""


class Printed(NamedTuple):
    """A published wave of a place: its day, and how many scored."""

    place_id: str
    dated: date
    people: int | None


class AtPlaces(NamedTuple):
    """What the list of places is made of: `came` is known of `last_seen`, by code.

    `tried` go on, soonest review first. `missing` are plans that packs told of and that are not
    here, by the code of the workshop that came in the pack.
    """

    met: Sequence[Met]
    came: Mapping[str, Came]
    tried: Sequence[Tried]
    printed: Sequence[Printed]
    missing: Mapping[str, Sequence[PlanBefore]] = MappingProxyType({})


class Partner(Word):
    """An organisation in a place; `late` where it came once something had been opened.

    No file says `late`: it decides who guesses whom, and nobody guesses in what a file brings.
    """

    id: str
    name: Annotated[str, a_name("the partner")]
    sector: Annotated[Sector, a_choice("the sector", Sector)]
    late: bool = Field(default=False, exclude=True)


class Team(Word):
    """Who sits together and is compared: one partner at one tier, with a name.

    A partner may have several at a tier: then each name says which, as by its locality.
    """

    id: str
    name: Annotated[str, a_name("the team", LONGEST_NAME + len(f", {Tier.NONE}"))]
    partner: Partner
    tier: Annotated[Tier, a_choice("the tier", Tier)]

    @model_validator(mode="after")
    def _as_its_tier_is_called_now(self) -> "Team":
        before, now = (f"{self.partner.name}, {tier}" for tier in (_MIDDLE_BEFORE, Tier.MIDDLE))
        if self.tier is Tier.MIDDLE and f"{self.name}, ".startswith(f"{before}, "):
            object.__setattr__(self, "name", now + self.name.removeprefix(before))
        return self


MOST_PEOPLE = 5_000
People = Annotated[int, Field(ge=1, le=MOST_PEOPLE)] | None
"""How many scored; None where it is not known."""


class WaveKind(StrEnum):
    """Where a wave's figures come from."""

    MEASURED = "measured"
    PUBLISHED = "published"


class PublishedMean(Word):
    """The mean of one domain (0-5, two decimals), and of how many it is."""

    domain: str
    mean: Annotated[float, Field(ge=LOWEST, le=HIGHEST)]
    people: People = None


class WaveDraft(Word):
    """A published wave as it is typed: its day, where it is printed, its means by domain key."""

    dated: date
    source: Annotated[str, a_line("the source"), needed("Say where these means were published.")]
    people: People = None
    means: Annotated[tuple[PublishedMean, ...], Field(min_length=1)]


class Wave(Word):
    """A place's result on a date.

    `codes` are the workshops behind a measured one, the first one first, `shown` whether anything
    of it was revealed; `source` and `means` are
    those of a published one, `people` too: None where it is not known how many scored.
    """

    id: str
    version: int
    kind: WaveKind
    dated: date
    source: str = ""
    people: People = None
    means: tuple[PublishedMean, ...] = ()
    codes: tuple[str, ...] = ()
    shown: bool = True


class PublishedDomain(Word):
    """One row of a published table: a mean (0-5, two decimals) for each wave.

    `people` says of how many each is; () where the table says it of none.
    """

    name: str
    kind: Kind
    means: tuple[float, ...]
    people: tuple[People, ...] = ()


class PublishedWaves(Word):
    """A published table: `waves` are the dates as printed, `source` stands beside every figure.

    `dated` are the same as days, the first of a month where no day is printed; () where a wave is
    named otherwise.
    """

    place: str
    source: str
    waves: tuple[str, ...]
    domains: tuple[PublishedDomain, ...]
    dated: tuple[date, ...] = ()
