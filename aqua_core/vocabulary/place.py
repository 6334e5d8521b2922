"""Who meets: a place, its partners, and their teams at three tiers."""

from enum import StrEnum
from typing import Annotated, Any, Final

from aqua_core.errors import ChoiceRefused
from aqua_core.vocabulary.choice import a_choice
from aqua_core.vocabulary.text import LONGEST_NAME, a_name, a_name_or_none
from aqua_core.vocabulary.word import Word


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
    """A team's seniority in its partner, most senior first."""

    BOARD = "board"
    MIDDLE = "middle"
    FRONT_LINE = "front line"


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


class Partner(Word):
    """An organisation in a place."""

    id: str
    name: Annotated[str, a_name("the partner")]
    sector: Annotated[Sector, a_choice("the sector", Sector)]


class Team(Word):
    """Who sits together and is compared: one partner at one tier, with a name."""

    id: str
    name: Annotated[str, a_name("the team", LONGEST_NAME + len(", front line"))]
    partner: Partner
    tier: Annotated[Tier, a_choice("the tier", Tier)]
