"""What is asked of the reading of a planted room, and where the figures fall short of it."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from benchmarks.rooms.counting import Share
from benchmarks.rooms.planting import Plant, Showing

SIZES: Final = (12, 24, 40, 60)
Cell = tuple[Plant, Showing, int]
Figures = Mapping[Cell, Mapping[str, Share]]


class Asked(NamedTuple):
    """Per cent of rooms at 12, 24, 40 and 60 seats: at least, or at most."""

    what: str
    name: str
    plants: tuple[Plant, ...]
    showings: tuple[Showing, ...]
    limits: tuple[float, float, float, float]
    at_least: bool = True

    def holds(self, share: Share, size: int) -> bool:
        """Tell whether the share, as it is printed, reaches what is asked."""
        limit = self.limits[SIZES.index(size)]
        return share.per_cent >= limit if self.at_least else share.per_cent <= limit


_LINES = (Plant.PARTNER, Plant.TIER)
_SHOWN = (Showing.OPEN, Showing.EVEN)
_SMALL = (Showing.UNEVEN,)
_PEOPLE = tuple(each for each in Showing if each is not Showing.LAPTOPS)
_CARD, _AGREED = "planted domain among the cards", "planted domain called agreed"

ASKED: Final = (
    Asked(_CARD, "card", (Plant.PARTNER,), _SHOWN, (70, 80, 90, 95)),
    Asked(_CARD, "card", (Plant.TIER,), _SHOWN, (65, 80, 90, 95)),
    Asked(_CARD, "card", _LINES, _SMALL, (70, 70, 75, 80)),
    Asked(_AGREED, "agreed", (Plant.TIER,), _SMALL, (40, 35, 30, 33), at_least=False),
    Asked("no line said to run beneath", "no_line", _LINES, tuple(Showing), (2,) * 4, False),
    Asked("a clear gap claimed", "clear", (Plant.NOTHING,), _PEOPLE, (5, 4, 3, 3), False),
    Asked("a clear gap claimed", "clear", tuple(Plant), (Showing.LAPTOPS,), (0,) * 4, False),
    Asked(
        "untouched domains called agreed",
        "untouched",
        _LINES,
        (*_SHOWN, *_SMALL),
        (75, 80, 80, 80),
    ),
)
FIRST, NEVER_CALM = 100.0, 0.0
"""Of six laptops, one domain 4 apart and seven within 1: the first card, never a calm word."""


def asked_of(plant: Plant, showing: Showing, name: str) -> Asked | None:
    """Give what is asked of one column of a table, or None."""
    fitting = (
        each
        for each in ASKED
        if each.name == name and plant in each.plants and showing in each.showings
    )
    return next(fitting, None)


def shortfalls(figures: Figures, four_apart: Mapping[str, Share] | None = None) -> str:
    """Say in one paragraph which figures fall short of what is asked, and by how much."""
    found = [said for each in ASKED if (said := _missed(each, figures))]
    if four_apart is not None:
        found += _four_apart_missed(four_apart)
    if not found:
        return "Nothing falls short: every figure reaches what is asked of it."
    return f"**What falls short.** {'; '.join(found)}."


def _missed(asked: Asked, figures: Figures) -> str:
    missed = [
        f"{plant.value}, {showing.value.partition(':')[0]}, {size} seats: {share.per_cent:g}"
        f" (asked {asked.limits[SIZES.index(size)]:g})"
        for (plant, showing, size), shares in figures.items()
        if plant in asked.plants
        and showing in asked.showings
        and not asked.holds(share := shares[asked.name], size)
    ]
    most = "at least" if asked.at_least else "at most"
    return f"{asked.what}, {most}, per cent: {', '.join(missed)}" if missed else ""


def _four_apart_missed(four_apart: Mapping[str, Share]) -> list[str]:
    first, calm = four_apart["first"].per_cent, four_apart["calm"].per_cent
    missed = []
    if first < FIRST:
        missed.append(f"six laptops 4 apart on one domain: the first card in {first:g} (asked 100)")
    if calm > NEVER_CALM:
        missed.append(f'six laptops 4 apart on one domain: "nothing divides" in {calm:g} (asked 0)')
    return missed
