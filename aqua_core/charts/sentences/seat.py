"""What one seat is told of its own result, and nobody else."""

from collections.abc import Sequence
from decimal import Decimal

from aqua_core.charts.words import NOTHING, listed
from aqua_core.vocabulary import Holder, SeatResult
from aqua_core.vocabulary.figures import said


def seat_takeaway(
    rows: Sequence[SeatResult], called: str = "teams", holder: Holder = Holder.PERSON
) -> str:
    """Say where my team stands at an end of the range, and where I stand furthest from it."""
    seen = [row for row in rows if row.lowest is not None and row.highest is not None]
    if not seen:
        return "Too few to compare yet." if rows else NOTHING
    sentences = [*_my_team(seen, called), *_myself(rows, holder)]
    return " ".join(sentences)


def seat_note(row: SeatResult, holder: Holder = Holder.PERSON) -> str:
    """Say beside one domain where I and my team stand, or that too few scored to compare."""
    if row.lowest is None:
        return "too few to compare"
    if is_its_teams(row, holder):
        figure = team_figure(row)
        return f"your team {figure}" if figure else ""
    shared = holder is Holder.LAPTOP
    mine = row.mine
    if isinstance(mine, int) or shared:
        mine = f"{called_here(holder).lower()} {row.mine}"
    whose = "your team" if shared else "team"
    team = "" if row.team is None else f"{whose} {said(row.team, 1)}"
    return ", ".join(words for words in (mine, team) if words)


def called_here(holder: Holder) -> str:
    """Give what a seat's own scores are headed by."""
    return "This laptop" if holder is Holder.LAPTOP else "You"


def is_its_teams(row: SeatResult, holder: Holder) -> bool:
    """Tell whether there is one figure: a laptop that a whole team shares speaks for the team.

    A second laptop, taken where the first one died, may have scored otherwise: then there are two.
    """
    if holder is not Holder.LAPTOP:
        return False
    if row.mine is None or row.team is None:
        return True
    return isinstance(row.mine, int) and said(row.mine, 1) == said(row.team, 1)


def team_figure(row: SeatResult) -> str:
    """Give the one figure of a team that shares a laptop, as it was given; "" for none."""
    if row.mine is not None:
        return str(row.mine)
    return "" if row.team is None else said(row.team, 1)


def _my_team(rows: Sequence[SeatResult], called: str) -> list[str]:
    split = [row for row in rows if row.team is not None and row.lowest != row.highest]
    lowest = [row.domain.short for row in split if row.team == row.lowest]
    highest = [row.domain.short for row in split if row.team == row.highest]
    if all(row.lowest == row.highest for row in rows):
        return [f"The {called} stand level."]
    if not split:
        return []
    if not lowest and not highest:
        return [f"Where {called} differ, yours is neither the lowest nor the highest."]
    return [
        f"Your team stands {which} on {listed(names)}."
        for which, names in (("lowest", lowest), ("highest", highest))
        if names
    ]


def _myself(rows: Sequence[SeatResult], holder: Holder) -> list[str]:
    apart = [
        (abs(Decimal(said(row.team, 1)) - row.mine), row)
        for row in rows
        if isinstance(row.mine, int) and row.team is not None
    ]
    if not apart:
        return []
    widest = max(step for step, _ in apart)
    if not widest:
        alone = holder is Holder.LAPTOP
        return [] if alone else ["Your scores are the same as your team's average."]
    first = next(row for step, row in apart if step == widest)
    here = called_here(holder)
    return [
        f"{here} and your team are furthest apart on {first.domain.short}: "
        f"{here.lower()} {first.mine}, your team {said(first.team or 0, 1)}."
    ]
