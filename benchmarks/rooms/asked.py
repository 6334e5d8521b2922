"""What is asked of the reading of a planted room, and where the figures fall short of it."""

from collections.abc import Mapping, Sequence
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

    def may_hold(self, share: Share, size: int) -> bool:
        """Tell whether so few rooms leave room for what is asked: the interval reaches it."""
        limit, (low, high) = self.limits[SIZES.index(size)], share.interval
        return high >= limit if self.at_least else low <= limit


_LINES = (Plant.PARTNER, Plant.TIER)
_SHOWN = (Showing.OPEN, Showing.EVEN)
_SMALL = (Showing.UNEVEN,)
_PEOPLE = tuple(each for each in Showing if each is not Showing.LAPTOPS)
_CARD, _AGREED = "Planted domain among the cards", "Planted domain called agreed"
_CLEAR = "A clear gap claimed"

ASKED: Final = (
    Asked(_CARD, "card", (Plant.PARTNER,), _SHOWN, (70, 80, 90, 95)),
    Asked(_CARD, "card", (Plant.TIER,), _SHOWN, (65, 80, 90, 95)),
    Asked(_CARD, "card", _LINES, _SMALL, (70, 70, 75, 80)),
    Asked(_AGREED, "agreed", (Plant.TIER,), _SMALL, (40, 35, 30, 33), at_least=False),
    Asked("No line said to run beneath", "no_line", _LINES, tuple(Showing), (2,) * 4, False),
    Asked(_CLEAR, "clear", (Plant.NOTHING,), _PEOPLE, (5, 4, 3, 3), False),
    Asked(_CLEAR, "clear", tuple(Plant), (Showing.LAPTOPS,), (0,) * 4, False),
    Asked(
        "Untouched domains called agreed",
        "untouched",
        _LINES,
        (*_SHOWN, *_SMALL),
        (75, 80, 80, 80),
    ),
)
_WHATS: Final = tuple(dict.fromkeys(asked.what for asked in ASKED))
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
    """Say in one paragraph which figures fall short, each beside what is asked of it."""
    missed = [each for asked in ASKED for each in _missed(asked, figures)]
    found = [_said(what, [each for each in missed if each.asked.what == what]) for what in _WHATS]
    found += _four_apart_missed(four_apart) if four_apart else []
    if not any(found):
        return "Nothing falls short: every figure reaches what is asked of it."
    return " ".join(["**What falls short.**", *filter(None, found)])


class _Missed(NamedTuple):
    asked: Asked
    row: str
    said: str


def _missed(asked: Asked, figures: Figures) -> list[_Missed]:
    return [
        _Missed(
            asked,
            f"{plant.value}, {showing.value.partition(':')[0]}",
            f"{share.per_cent:g} ({asked.limits[SIZES.index(size)]:g}) at {size}",
        )
        for (plant, showing, size), shares in figures.items()
        if plant in asked.plants
        and showing in asked.showings
        and not asked.holds(share := shares[asked.name], size)
    ]


def _said(what: str, missed: Sequence[_Missed]) -> str:
    """Give one sentence on one thing that is asked, a clause for each row; "" for none."""
    if not missed:
        return ""
    most = "at least" if missed[0].asked.at_least else "at most"
    rows = {each.row: "" for each in missed}
    for row in rows:
        rows[row] = ", ".join(each.said for each in missed if each.row == row)
    clauses = "; ".join(f"{row}: {said}" for row, said in rows.items())
    return f"{what}, in per cent (asked: {most}) at so many seats: {clauses}."


def _four_apart_missed(four_apart: Mapping[str, Share]) -> list[str]:
    first, calm = four_apart["first"].per_cent, four_apart["calm"].per_cent
    missed = []
    if first < FIRST:
        missed.append(f"Six laptops 4 apart on one domain: first card in {first:g} % (100).")
    if calm > NEVER_CALM:
        missed.append(f'Six laptops 4 apart on one domain: "nothing divides" in {calm:g} % (0).')
    return missed
