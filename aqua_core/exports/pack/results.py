"""The results of a pack as a tidy table: for whoever reads it without this app."""

import csv
import io
from collections.abc import Iterator
from typing import Final, NamedTuple

from aqua_core.rules.cells import guarded
from aqua_core.vocabulary import Compare, Spread
from aqua_core.vocabulary.figures import said
from aqua_core.vocabulary.shown import Shown

EVERYONE: Final = "everyone"
"""The comparison and the group of rows that are of the whole room."""


class _Result(NamedTuple):
    """So many seats of a group gave a domain these points; None for those that could not say.

    `look` is 1, or 2 for the newest look at a domain that was looked at again. `average` is the
    group's, in points, as screens say it; "" where none shows it.
    """

    domain: str
    look: int
    comparison: str
    group: str
    average: str
    points: int | None
    seats: int


def results_as_csv(shown: Shown) -> bytes:
    """Give what is shown of scores as CSV: UTF-8 with BOM, RFC 4180, guarded cells."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(_Result._fields)
    for result in _results_of(shown):
        cells = ("" if cell is None else str(cell) for cell in result)
        writer.writerow([guarded(cell) for cell in cells])
    return page.getvalue().encode("utf-8-sig")


def _results_of(shown: Shown) -> Iterator[_Result]:
    """Give a row a domain, look, group and points, by the instrument's order of domains.

    Of each look the whole room comes first, then partners, tiers and teams. Nothing is in it that
    no screen shows.
    """
    for key in shown.rounds:
        looks = shown.two_looks(key, Compare.PARTNER)
        if looks:
            yield from _of_room(looks.before, 1)
            for compare in Compare:
                yield from _marked(shown, key, compare, first=True)
        yield from _of_room(shown.by_domain(Compare.PARTNER)[key], 2 if looks else 1)
        for compare in Compare:
            yield from _marked(shown, key, compare, first=False)
            yield from _blank(shown, key, compare)


def _of_room(spread: Spread, look: int) -> Iterator[_Result]:
    average = "" if spread.average is None else said(spread.average, 1)
    counts: dict[int, int] = {}
    for mark in spread.marks:
        counts[mark.points] = counts.get(mark.points, 0) + mark.seats
    for points, seats in counts.items():
        yield _Result(spread.domain.key, look, EVERYONE, EVERYONE, average, points, seats)
    if spread.cannot_say:
        yield _Result(spread.domain.key, look, EVERYONE, EVERYONE, average, None, spread.cannot_say)


def _marked(shown: Shown, key: str, compare: Compare, *, first: bool) -> Iterator[_Result]:
    looks = shown.two_looks(key, compare)
    spread = looks.before if first and looks else shown.by_domain(compare)[key]
    means = {} if first else _means(shown, key, compare)
    look = 2 if looks and not first else 1
    for mark in sorted(spread.marks, key=lambda mark: (mark.group.slot < 0, mark.group.slot)):
        average = means.get(mark.group.id, "")
        yield _Result(key, look, compare, mark.group.name, average, mark.points, mark.seats)


def _blank(shown: Shown, key: str, compare: Compare) -> Iterator[_Result]:
    means = _means(shown, key, compare)
    look = 2 if key in shown.looked_again else 1
    sides = next((row.sides for row in shown.blanks[compare] if row.domain.key == key), ())
    for side in sides:
        if side.cannot_say:
            average = means.get(side.group.id, "")
            yield _Result(key, look, compare, side.group.name, average, None, side.cannot_say)


def _means(shown: Shown, key: str, compare: Compare) -> dict[str, str]:
    gaps = (gap for gap in shown.gaps[compare] if gap.domain.key == key)
    return {side.group.id: said(side.mean, 1) for gap in gaps for side in gap.standings}
