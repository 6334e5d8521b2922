"""Go on scoring after a reveal: when answers that came later may be added to what was shown.

The room has seen the result without them. So what it sees next, less what it saw, is theirs: one
answer that is added to a team of five is known to the last point. Whoever scored before may change
an answer, but a room will take what was carried for unchanged, and so do these rules.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from aqua_core.rules.guard import Portion, told_on
from aqua_core.vocabulary import OPEN, Cast, Score, Workshop

Place = tuple[Portion | None, Portion]
"""What a team is told in before, None where nobody of it had answered, and after."""


@dataclass
class Cell:
    """The answers of the teams in one place: those that were shown, and those that came later."""

    early: list[Score] = field(default_factory=list)
    late: list[Score] = field(default_factory=list)
    came: set[str] = field(default_factory=set)  # teams of those that came later


_Cells = Mapping[Place, Cell]


def may_resume(workshop: Workshop, missing: int) -> bool:
    """Tell whether it is worth going on: as many are missing on a domain as the guard asks for."""
    return missing > 0 and missing >= workshop.guard


def may_be_added(
    workshop: Workshop, before: Sequence[Cast], after: Sequence[Cast], domain: str
) -> bool:
    """Tell whether a round that resumed another may be shown in its place.

    In an open room, and where teams share laptops, always. Else what is told together before and
    after is laid one over the other: where the two meet in one place only, their difference is
    told outright, so nobody came later there, or as many as the guard asks for, and not all alike.
    Where they cross, every few who came earlier or later must be exchangeable with others for
    equal pictures before and after.

    Args:
        workshop: its teams and guard.
        before: the scores that were shown, of the round that was resumed.
        after: those of the round that resumed it.
        domain: its key.
    """
    if workshop.guard <= OPEN:
        return True
    was, is_now = told_on(workshop, before, domain), told_on(workshop, after, domain)
    cells = _cells(_by_seat(before, domain), _by_seat(after, domain), was.answers, is_now.answers)
    late = sum(len(cell.late) for cell in cells.values())
    if not late:
        return True
    if late < workshop.guard:
        return False
    return was.withheld or all(_holds(cluster, workshop.guard) for cluster in _apart(cells))


def _by_seat(casts: Sequence[Cast], domain: str) -> dict[str, Cast]:
    return {cast.seat_id: cast for cast in casts if cast.domain == domain}


def _cells(
    before: Mapping[str, Cast],
    after: Mapping[str, Cast],
    was: Sequence[Portion],
    is_now: Sequence[Portion],
) -> _Cells:
    cells: dict[Place, Cell] = defaultdict(Cell)
    for seat, cast in after.items():
        row = next((portion for portion in was if cast.team_id in portion), None)
        column = next(portion for portion in is_now if cast.team_id in portion)
        cell = cells[row, column]
        if seat in before:
            cell.early.append(before[seat].score)
        else:
            cell.late.append(cast.score)
            cell.came.add(cast.team_id)
    return cells


def _apart(cells: _Cells) -> Iterator[_Cells]:
    """Part the cells where nothing that is told before or after reaches across."""
    left = dict(cells)
    while left:
        place = next(iter(left))
        found = {place: left.pop(place)}
        while more := [place for place in left if any(_meet(place, other) for other in found)]:
            found |= {place: left.pop(place) for place in more}
        yield found


def _meet(one: Place, other: Place) -> bool:
    return one[1] == other[1] or (one[0] is not None and one[0] == other[0])


def _holds(cells: _Cells, guard: int) -> bool:
    late = [score for cell in cells.values() for score in cell.late]
    if not late:
        return True
    several = len({team for cell in cells.values() for team in cell.came}) > 1
    if len(late) < guard or (several and len(set(late)) == 1):
        return False
    return all(
        _early_open(cells, place, guard) and _late_open(cells, place, guard) for place in cells
    )


def _early_open(cells: _Cells, place: Place, guard: int) -> bool:
    here = cells[place].early
    if not 0 < len(here) < guard or _told_before(cells, place):
        return True
    return _may_change_places(cells, place, _late_in(cells, place[1]))


def _told_before(cells: _Cells, place: Place) -> bool:
    return all(other[0] != place[0] for other in cells if other != place)


def _late_open(cells: _Cells, place: Place, guard: int) -> bool:
    late = cells[place].late
    if not 0 < len(late) < guard:
        return True
    column = [other for other in cells if other[1] == place[1]]
    beside = [score for other in column if other != place for score in cells[other].late]
    if any(score != mine for score in beside for mine in late):
        return True
    return any(_may_change_places(cells, early, late) for early in column)


def _may_change_places(cells: _Cells, place: Place, late: Collection[Score]) -> bool:
    """Tell whether early scores of one cell may be another cell's, for equal pictures.

    One of these scores and another one in a further cell of its row change places; so do one of
    `late`, which came later in this column, and one that came later in the other column.
    """
    return any(
        mine != yours and yours in late and mine in _late_in(cells, other[1])
        for other, cell in cells.items()
        if place[0] is not None and other[0] == place[0] and other != place
        for mine in cells[place].early
        for yours in cell.early
    )


def _late_in(cells: _Cells, column: Portion) -> list[Score]:
    return [score for place, cell in cells.items() if place[1] == column for score in cell.late]
