"""What one seat is told of its own result, and nobody else."""

from collections.abc import Sequence
from decimal import Decimal

from aqua_core.charts.words import NOTHING, listed
from aqua_core.vocabulary import SeatResult
from aqua_core.vocabulary.figures import said


def seat_takeaway(rows: Sequence[SeatResult], called: str = "teams") -> str:
    """Say where my team stands at an end of the range, and where I stand furthest from it."""
    seen = [row for row in rows if row.lowest is not None and row.highest is not None]
    if not seen:
        return "Too few to compare yet." if rows else NOTHING
    sentences = [*_my_team(seen, called), *_myself(rows)]
    return " ".join(sentences)


def seat_note(row: SeatResult) -> str:
    """Say beside one domain where I and my team stand, or that too few scored to compare."""
    if row.lowest is None:
        return "too few to compare"
    mine = f"you {row.mine}" if isinstance(row.mine, int) else row.mine
    team = "" if row.team is None else f"team {said(row.team, 1)}"
    return ", ".join(words for words in (mine, team) if words)


def _my_team(rows: Sequence[SeatResult], called: str) -> list[str]:
    split = [row for row in rows if row.team is not None and row.lowest != row.highest]
    lowest = [row.domain.short for row in split if row.team == row.lowest]
    highest = [row.domain.short for row in split if row.team == row.highest]
    if not split:
        return []
    if not lowest and not highest:
        return [f"Where {called} differ, yours is neither the lowest nor the highest."]
    return [
        f"Your team stands {which} on {listed(names)}."
        for which, names in (("lowest", lowest), ("highest", highest))
        if names
    ]


def _myself(rows: Sequence[SeatResult]) -> list[str]:
    apart = [
        (abs(Decimal(said(row.team, 1)) - row.mine), row)
        for row in rows
        if isinstance(row.mine, int) and row.team is not None
    ]
    if not apart:
        return []
    widest = max(step for step, _ in apart)
    if not widest:
        return ["Your scores are the same as your team's average."]
    first = next(row for step, row in apart if step == widest)
    return [
        f"You and your team are furthest apart on {first.domain.short}: "
        f"you {first.mine}, your team {said(first.team or 0, 1)}."
    ]
