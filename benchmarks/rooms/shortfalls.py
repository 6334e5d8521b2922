"""What the method asks for and a table does not reach, in sentences made of the table's figures."""

from collections.abc import Mapping

from aqua_core.vocabulary import Holder

Row = Mapping[str, float | list[str]]
Tables = Mapping[tuple[Holder, int], Row]

ASKED = {"on planted": 97.0, "right": 88.0, "right side": 88.0}
"""Per cent of prompts, at least."""
CLEAR = {12: 7.0, 24: 4.0, 40: 3.0, 60: 1.0}
"""Per cent of rooms with nothing planted that may show a clear prompt, at most."""
SAID = {
    "on planted": "on a planted domain",
    "right": "of the right kind",
    "right side": "of the right kind with camps and spread as one",
}
NOTHING_PLANTED = "a clear prompt where nothing was planted"
HELD = {Holder.PERSON: "one person a seat", Holder.LAPTOP: "every group named"}
SMALL, CAMPS = "board to front line", "camps at 1 and 4 across teams: said wide spread"
WHY_SMALL = (
    "Twelve people in six teams of two: no tier and no team may be named, because two small groups"
    " would follow from one another, and where teams told together all gave the same points the"
    " room is told as one or not at all. A line can then only be said as a wide spread or as camps"
    " through the teams, with the remark that lines are hidden."
)
WHY_CAMPS = (
    "Of twelve scores around 1 and 4 so many land on 2 or 3 that RAND's rule, four low, four high,"
    " fewer between, often does not hold: the room is then told of a wide spread, which is what it"
    " shows."
)


def shortfalls(tables: Tables) -> str:
    """Name each figure that is short of what was asked, then why where that is known."""
    found = [*_shares(tables), *_clear(tables)]
    if not found:
        return "Every figure reaches what the method asks for."
    return " ".join([f"Short of what was asked: {'; '.join(found)}.", *_reasons(tables)])


def _shares(tables: Tables) -> list[str]:
    missed = {
        name: {key: asked for key, row in tables.items() if _per_cent(row[name]) < asked}
        for name, asked in ASKED.items()
    }
    return [_short(SAID[name], name, keys, tables) for name, keys in missed.items() if keys]


def _clear(tables: Tables) -> list[str]:
    name = "empty clear"
    missed = {
        key: CLEAR[key[1]] for key, row in tables.items() if _per_cent(row[name]) > CLEAR[key[1]]
    }
    return [_short(NOTHING_PLANTED, name, missed, tables)] if missed else []


def _short(what: str, name: str, missed: Mapping[tuple[Holder, int], float], tables: Tables) -> str:
    """Say where a figure misses what is asked, beside what is asked."""
    cases = [
        f"{_per_cent(tables[holder, size][name]):.1f} at {size} seats, {HELD[holder]}"
        f" (asked {asked:.0f})"
        for (holder, size), asked in missed.items()
    ]
    return f"{what}, {', '.join(cases)}"


def _reasons(tables: Tables) -> list[str]:
    wrong = str(tables.get((Holder.PERSON, 12), {}).get("wrong", ""))
    return [why for cause, why in ((SMALL, WHY_SMALL), (CAMPS, WHY_CAMPS)) if cause in wrong]


def _per_cent(share: float | list[str]) -> float:
    """Give a share as the table prints it, so that sentence and table never differ."""
    return round(100 * float(share), 1)  # type: ignore[arg-type]
