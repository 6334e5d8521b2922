"""The tables as docs/rooms-simulated.md says them."""

from collections.abc import Mapping, Sequence
from statistics import median

from aqua_core.vocabulary import Holder
from benchmarks.rooms.shortfalls import Row, Tables, shortfalls

TIME = "## Time"
ASKED = "40 seats by 8 domains, one core, nothing kept from before (asked: within 100 ms):"
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


def page(tables: Tables, rooms: int, times: Mapping[str, Sequence[float]]) -> str:
    """Give the page: a table for each way of holding seats, what is short, and the time (s)."""
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
        shortfalls(tables),
    ]
    return "\n\n".join([*parts, time_told(times)])


def time_told(times: Mapping[str, Sequence[float]]) -> str:
    """Give the last part of the page: how long the whole reading takes, from its seconds."""
    lines = "\n".join(_time(what, each) for what, each in times.items())
    return f"{TIME}\n\n{ASKED}\n\n{lines}\n"


def _line(size: int, row: Row) -> str:
    shares = " | ".join(f"{100 * float(row[name]):.1f}" for name in SHARES)  # type: ignore[arg-type]
    return f"| {size} | {row['most']} | {row['topics']:.2f} | {shares} |"


def _wrong(size: int, row: Row) -> str:
    return f"- {size} seats: {'; '.join(map(str, row['wrong']))}"  # type: ignore[arg-type]


def _time(what: str, seconds: Sequence[float]) -> str:
    slow = sorted(seconds)[round(0.95 * len(seconds))]
    return (
        f"- {what}: median {1000 * median(seconds):.0f} ms, 95 in 100 within {1000 * slow:.0f} ms"
    )
