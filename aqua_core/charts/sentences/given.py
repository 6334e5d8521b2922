"""What is said of waves that places give for analysis, and of all these places together."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from aqua_core.charts.sentences.wording import counted
from aqua_core.vocabulary.given import Counted
from aqua_core.vocabulary.points import day_said

HOLDS: Final = (
    "The file holds the day, each domain's average, the counts as this room was shown them with "
    "sectors for partners' names, and of each test its domain, scale, kind, sector that leads and "
    "how it stands. No text, no role and no name."
)
OPEN_ROOM: Final = (
    "Of a room in which every team is shown, and of laptops, it holds averages and no counts."
)
WHERE_FROM: Final = (
    "A place gives a wave on its own page. What places of this room give is counted here; files "
    "of others are read while this page is open, and nothing of them is kept but a band that is "
    "published."
)
NO_WAVE: Final = "No place gives a wave yet."
SO_FAR: Final = "From five places up their tests are counted here, and a band can be published."
NO_TEST: Final = "No place gave a test."
NOT_TO_BE_ASKED: Final = (
    "Who has the files can ask more of them than this page does. Never ask which place stands "
    "highest, and nothing of fewer than five."
)


def given_since(day: date) -> str:
    """Say that a wave is given, as it stood on a day."""
    return f"Given as it stood on {day_said(day)}."


def over_said(waves: int, places: int) -> str:
    """Say how many waves of how many places there are."""
    return f"{counted(waves, 'wave')} of {counted(places, 'place')}."


def rows_of(counts: tuple[Counted, ...], names: Mapping[str, str], none: str) -> list[list[str]]:
    """Give a row a kind of tests: its name, how many go on, ended, were adopted.

    Args:
        counts: what is counted, in any order.
        names: of what has a name here, in the order in which it stands; the rest follows.
        none: what is said where a test says none.
    """
    places = {key: at for at, key in enumerate(names)}
    ordered = sorted(counts, key=lambda held: (not held.of, places.get(held.of, len(places))))
    return [
        [
            names.get(held.of, held.of.replace("_", " ").capitalize()) if held.of else none,
            *(str(figure) for figure in (held.goes_on, held.ended, held.adopted)),
        ]
        for held in ordered
    ]
