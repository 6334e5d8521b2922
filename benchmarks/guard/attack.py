"""Somebody who knows the room, the counts and this code, and looks for what must be so.

A hidden value is known when every room that would show exactly the same has it. So for each hidden
group and seat another room is sought, built by moving answers about, that shows the same to the
last character in every view, by the very code of the app, and in which the value is another one.
What is found is proof; what is not found counts as derivable, even if a longer search might do.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aqua_core.rules.groups import groups_of
from aqua_core.rules.guard import Telling, Told, told_on
from aqua_core.vocabulary import CANNOT_SAY, Cast, Compare, Workshop
from benchmarks.guard.moving import by_counts, moved_about, with_score
from benchmarks.guard.seen import Cell, cells_of, groups_shown, hidden_in, leaves

TRIES = 40
"""Rooms built before a cell counts as derivable; all but a few need fewer than ten."""

SWAPS = 400
"""Rooms built for each single cell that is left then."""


@dataclass(frozen=True)
class Attacked:
    """One room: hidden cells and how many of them follow; the same for who left a blank.

    `by_counts` group cells would be drawn alone if only counts of scores decided, `drawn` are;
    counts alone would have given `alike` hidden cells away.
    """

    hidden: int
    derivable: tuple[Cell, ...]
    blanks: int
    blanks_known: tuple[Cell, ...]
    by_counts: int
    drawn: int
    alike: int
    tellings: tuple[Telling, ...]


def attacked(workshop: Workshop, casts: Sequence[Cast], seed: int = 0) -> Attacked:
    """Attack a revealed room, one round a domain."""
    domains = sorted({cast.domain for cast in casts})
    told = {domain: told_on(workshop, casts, domain) for domain in domains}
    hidden = [cell for domain in domains for cell in hidden_in(workshop, casts, domain)]
    unsure = [cell for domain in domains for cell in _small_with_blanks(workshop, casts, domain)]
    known, blanks = _left(workshop, casts, told, hidden, unsure, random.Random(seed))
    groups = [
        (domain, compare, group)
        for domain in domains
        for compare in Compare
        for group in cells_of(workshop, casts, domain, compare)
    ]
    return Attacked(
        hidden=len(hidden),
        derivable=tuple(known),
        blanks=len(unsure),
        blanks_known=tuple(blanks),
        by_counts=sum(drawn_by_counts(told[domain], c, group) for domain, c, group in groups),
        drawn=sum(g in groups_shown(workshop, casts, domain, c) for domain, c, g in groups),
        alike=sum(_given_by_counts(cell, told[cell.domain], casts) for cell in hidden),
        tellings=tuple(on_domain.telling for on_domain in told.values()),
    )


def drawn_by_counts(told: Told, compare: Compare, group: str) -> bool:
    """Tell whether a group would be drawn alone if only counts of scores decided."""
    enough = told.telling is not Telling.TOO_FEW
    return enough and any(told.counted[compare][team].id == group for team in told.scored)


def _left(  # noqa: PLR0913, PLR0917
    workshop: Workshop,
    casts: Sequence[Cast],
    told: dict[str, Told],
    hidden: Sequence[Cell],
    unsure: Sequence[Cell],
    dice: random.Random,
) -> tuple[list[Cell], list[Cell]]:
    """Give the cells for which no other room was found, by their points and by their blanks."""
    if not hidden and not unsure:
        return [], []
    shows = leaves(workshop, casts)
    sums = {cell: _sum(cell, casts) for cell in hidden}
    gaps = {cell: _blanks(cell, casts) for cell in unsure}
    for other in _rooms(casts, told, dice):
        moved = [cell for cell, value in sums.items() if _sum(cell, other) not in (value, None)]
        blank = [cell for cell, value in gaps.items() if _blanks(cell, other) != value]
        if (moved or blank) and leaves(workshop, other) == shows:
            for cell in moved:
                del sums[cell]
            for cell in blank:
                del gaps[cell]
        if not sums and not gaps:
            break
    return (
        [c for c in sums if not _found(workshop, casts, told[c.domain], c, shows, dice)],
        [c for c in gaps if not _found(workshop, casts, told[c.domain], c, shows, dice, True)],
    )


def _found(  # noqa: PLR0913, PLR0917
    workshop: Workshop,
    casts: Sequence[Cast],
    told: Told,
    cell: Cell,
    shows: object,
    dice: random.Random,
    blanks: bool = False,
) -> bool:
    """Search longer for one cell: move one of its answers out and another in."""
    asked = _blanks if blanks else _sum
    elsewhere = [cast for cast in casts if cast.domain != cell.domain]
    here = [cast for cast in casts if cast.domain == cell.domain]
    for number in range(SWAPS):
        moved = moved_about(here, told, dice, blanks=False) if number % 2 else here
        inside = [cast for cast in moved if cell.holds(cast)]
        one = dice.choice(inside)
        others = [c for c in moved if not cell.holds(c) and c.score != one.score]
        if not others:
            continue
        other = dice.choice(others)
        hand = {id(one): other.score, id(other): one.score}
        changed = [*elsewhere, *(with_score(c, hand.get(id(c), c.score)) for c in moved)]
        if asked(cell, changed) not in (asked(cell, casts), None) and (
            leaves(workshop, changed) == shows
        ):
            return True
    return False


def _rooms(
    casts: Sequence[Cast], told: dict[str, Told], dice: random.Random
) -> Iterator[list[Cast]]:
    for number in range(TRIES):
        yield [
            cast
            for domain, on_domain in told.items()
            for cast in moved_about(
                [c for c in casts if c.domain == domain], on_domain, dice, blanks=number % 3 == 2
            )
        ]


def _given_by_counts(cell: Cell, told: Told, casts: Sequence[Cast]) -> bool:
    """Tell whether pooling by counts alone would have given a cell away that it did not draw.

    That is so where the cell is a part of portions that are all alike, whole portions aside.
    """
    if told.telling is Telling.TOO_FEW:
        return False
    mine = [portion for portion in by_counts(told).portions if portion & cell.teams]
    parts = [
        portion for portion in mine if len(portion) > 1 and (cell.seat or not portion <= cell.teams)
    ]
    here = [c for c in casts if c.domain == cell.domain and isinstance(c.score, int)]
    alike = (len({c.score for c in here if c.team_id in portion}) == 1 for portion in parts)
    return bool(parts) and all(alike)


def _sum(cell: Cell, casts: Sequence[Cast]) -> int | None:
    points = [cast.score for cast in casts if cell.holds(cast) and isinstance(cast.score, int)]
    return sum(points) if points else None


def _small_with_blanks(workshop: Workshop, casts: Sequence[Cast], domain: str) -> list[Cell]:
    """Give the groups of few in which somebody could not say; the room's own count is told."""
    here = [cast for cast in casts if cast.domain == domain]
    answered = {cast.team_id for cast in here}
    cells = {
        Cell(domain, frozenset(team for team in answered if groups[team] == group))
        for groups in (groups_of(workshop.teams, compare) for compare in Compare)
        for group in groups.values()
    }
    few = [cell for cell in cells if 0 < sum(map(cell.holds, here)) < workshop.guard]
    if all(cast.score == CANNOT_SAY for cast in here):
        return []
    return [cell for cell in few if _blanks(cell, here) and cell.teams != answered]


def _blanks(cell: Cell, casts: Sequence[Cast]) -> int:
    return sum(cell.holds(cast) and cast.score == CANNOT_SAY for cast in casts)
