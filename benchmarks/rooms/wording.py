"""The tables as docs/rooms-simulated.md says them."""

from collections.abc import Mapping

from aqua_core.vocabulary import Holder

SHORT = (
    "Twelve people in six teams of two: no tier and no team may be named, because two small"
    " groups would follow from one another; there a line between tiers can only be said as a wide"
    " spread, with the remark that lines are hidden. And of twelve scores around 1 and 4 so many"
    " land on 2 or 3 that RAND's rule, four low, four high, fewer between, often does not hold:"
    " the room is then told of a wide spread, which is what it shows. Counted as one kind, camps"
    " and spread inside teams, the method's 88 per cent is reached at every size. With every group"
    " named, 24 seats also show a clear prompt without cause a little more often than asked."
)

Row = Mapping[str, float | list[str]]

HEAD = (
    "| seats | most prompts | prompts a room | on a planted domain (97) | of the right kind (88) "
    "| camps and spread as one kind | nothing planted: a clear prompt (7, 4, 3, 1) "
    "| nothing planted: any prompt |\n|---|---|---|---|---|---|---|---|"
)
SHARES = ("on planted", "right", "right side", "empty clear", "empty any")
TITLES = {
    Holder.PERSON: "One person a seat: groups below three are not named",
    Holder.LAPTOP: "The same rooms with every group named (what the statistics alone can do)",
}


def page(tables: Mapping[tuple[Holder, int], Row], rooms: int, middle: float, slow: float) -> str:
    """Give the page: a table for each way of holding seats, then what is wrong and the time."""
    parts = [
        "# Rooms with a known disagreement planted in them",
        f"Written by `python -m benchmarks.rooms`: {rooms} rooms of each size with five differences"
        " planted on eight domains (one partner 1.6 off; board to front line 1.8; camps at 1 and 4"
        " across teams, and along partners; plain spread, noise 1.7; agreement on three), and as"
        " many with nothing planted. Three to five partners by two or three tiers, domain levels"
        " the Salford means of April 2012, leniency of a seat sd 0.3, noise sd 0.65, 3 % blanks."
        " Shares in per cent; in brackets what the method asks for.",
    ]
    for holder in Holder:
        mine = {size: row for (held, size), row in tables.items() if held is holder}
        parts += [f"## {TITLES[holder]}", "\n".join((HEAD, *map(_line, mine, mine.values())))]
        parts += ["Wrong kinds, most frequent first:", "\n".join(map(_wrong, mine, mine.values()))]
    parts += [
        "## What falls short",
        SHORT,
        "## Time",
        f"40 seats by 8 domains, everything, one core: median {1000 * middle:.0f} ms,"
        f" 95 in 100 within {1000 * slow:.0f} ms.",
    ]
    return "\n\n".join(parts) + "\n"


def _line(size: int, row: Row) -> str:
    shares = " | ".join(f"{100 * float(row[name]):.1f}" for name in SHARES)  # type: ignore[arg-type]
    return f"| {size} | {row['most']} | {row['topics']:.2f} | {shares} |"


def _wrong(size: int, row: Row) -> str:
    return f"- {size} seats: {'; '.join(map(str, row['wrong']))}"  # type: ignore[arg-type]
