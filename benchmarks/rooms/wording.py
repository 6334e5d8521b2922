"""The page docs/rooms-simulated.md: what falls short, how the rooms are made, a table a showing."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Final

from benchmarks.rooms.judging import SIZES, Figures, Share, asked_of, shortfalls
from benchmarks.rooms.planting import Plant, Showing

TIME: Final = "## Time"
COLUMNS: Final = {
    "card": "among the cards",
    "merged": "named on another card",
    "right": "kind named",
    "agreed": "planted called agreed",
    "untouched": "untouched called agreed",
    "close": "agreed or close",
    "calm": '"nothing divides"',
    "no_line": '"no line beneath"',
    "clear": "a clear gap",
}
NOT_PLANTED: Final = ("untouched", "close", "no_line", "clear")
HOW: Final = (
    "Written by `python -m benchmarks.rooms`, {rooms} rooms a row. One difference is planted on one"
    " domain of eight, drawn at random; the other seven hold nothing. Three to eight partners, one"
    " to three tiers (two or three where the tier is planted), never more teams than half the seats"
    " (a third where every team has three); how many a partner sends, and how many come of a tier,"
    " differs up to fourfold. Domain levels are the Salford means of April 2012, leniency of a seat"
    " sd 0.3, noise sd 0.65, rounded into 0 to 5. Of each room 5 to 15 % of the answers are blank,"
    ' half of them "cannot say", half no answer; one seat in ten gives one score to everything. All'
    " showings but guard 3 with every team of three share their rooms, score by score."
)
READ: Final = (
    "In per cent of rooms, with the 95 % interval of Wilson in brackets; * where it falls short of"
    " what is asked. *Among the cards*: the planted domain has one of the three cards; *named on"
    " another card*: it is only one of the further domains of a card. *Kind named*: that card names"
    " the partner that stands off, a tier, or for camps and plain spread no group at all. *Nothing"
    " divides* is said of the room, or of the planted domain. *Untouched* is a share of domains,"
    " with the interval of as many rooms; *agreed or close* is a share of the same."
)
WHY_CLOSE: Final = (
    "*Agreed* is never said beside two partners, or two tiers, that print averages 1.0 or more"
    " apart: one tab on, Gaps shows them. The more small groups are shown, the more untouched"
    " domains have two that differ by as much by chance, and are called close instead, with what"
    " stands off beside it. So in open rooms the asked share of *agreed* cannot be had together"
    " with that rule; *agreed or close* is what such a room is told of its calm domains."
)


def page(
    figures: Figures,
    four_apart: Mapping[str, Share],
    rooms: int,
    times: Mapping[str, Sequence[float]],
) -> str:
    """Give the page: shortfalls first, then a table for each showing, six laptops, the time."""
    parts = [
        "# Rooms with one difference planted in them",
        shortfalls(figures, four_apart),
        HOW.format(rooms=rooms),
        READ,
        WHY_CLOSE,
        *tables(figures),
        "## Six laptops, one domain 4 apart, seven within 1",
        four_apart_said(four_apart),
    ]
    return "\n\n".join([*parts, time_told(times)])


def tables(figures: Figures) -> list[str]:
    """Give a heading and a table for each showing that was judged."""
    parts: list[str] = []
    for showing in Showing:
        rows = [
            _line(plant, showing, size, shares)
            for (plant, of, size), shares in figures.items()
            if of is showing
        ]
        if rows:
            parts += [f"## {showing.value.capitalize()}", "\n".join((*_head(), *rows))]
    return parts


def four_apart_said(shares: Mapping[str, Share]) -> str:
    """Say how often the domain 4 apart has the first card, and how often calm is claimed."""
    return (
        f'First card: {_share(shares["first"])}. "Nothing divides": {_share(shares["calm"])}. '
        f"A clear gap: {_share(shares['clear'])}."
    )


def time_told(times: Mapping[str, Sequence[float]]) -> str:
    """Give the last part of the page: how long the whole reading takes, from its seconds."""
    asked = "Work of one core, nothing kept from before (asked: everything of 40 seats in 100 ms):"
    lines = "\n".join(_time(what, seconds) for what, seconds in times.items())
    return f"{TIME}\n\n{asked}\n\n{lines}\n"


def _head() -> tuple[str, str]:
    names = ("planted", "seats", *COLUMNS.values())
    return f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"


def _line(plant: Plant, showing: Showing, size: int, shares: Mapping[str, Share]) -> str:
    cells = [_cell(plant, showing, size, name, shares[name]) for name in COLUMNS]
    return f"| {' | '.join((plant.value, str(size), *cells))} |"


def _cell(plant: Plant, showing: Showing, size: int, name: str, share: Share) -> str:
    if plant is Plant.NOTHING and name not in NOT_PLANTED:
        return "-"
    asked = asked_of(plant, showing, name)
    short = asked is not None and size in SIZES and not asked.holds(share, size)
    return _share(share) + " *" * short


def _share(share: Share) -> str:
    low, high = share.interval
    return f"{share.per_cent:g} ({low:.0f}-{high:.0f})"


def _time(what: str, seconds: Sequence[float]) -> str:
    slow = sorted(seconds)[min(len(seconds) - 1, round(0.95 * len(seconds)))]
    return (
        f"- {what}: median {1000 * median(seconds):.0f} ms, 95 in 100 within {1000 * slow:.0f} ms"
    )
