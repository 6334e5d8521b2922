"""Table twins of the pictures."""

from collections.abc import Sequence

import pandas as pd

from aqua_core.charts.domain_marks import FIRST, SECOND
from aqua_core.charts.layout.names import groups_of, no_gap
from aqua_core.charts.layout.stacks import NO_STRIPS, Spreads
from aqua_core.charts.sentences.seat import beside_in_words, called_here, is_its_teams, team_figure
from aqua_core.charts.whole import (
    WHOLE_ROOM,
    counted_mean,
    rooms_beside,
)
from aqua_core.charts.words import NO_SCORE, NOT_SHOWN, UNANSWERED, compared_in, no_level, no_mean
from aqua_core.vocabulary import CANNOT_SAY, POINTS, Gap, Group, Holder, SeatResult, Spread, Whose
from aqua_core.vocabulary.points import said, said_signed
from aqua_core.vocabulary.reading import Blanks, Level


def gap_table(
    gaps: Sequence[Gap],
    called: str = "teams",
    spreads: Spreads = NO_STRIPS,
    blanks: Sequence[Blanks] = (),
) -> pd.DataFrame:
    """Give a row a domain in the order given: each group's mean, their average, the gap.

    How many scored stands in brackets behind a mean. Where a row compares nobody, the average of
    the whole room has a column. Where a group has no mean, why stands in its place; `blanks` are
    of the same comparison.
    """
    groups = compared_in(gaps, blanks)
    both = ["By heads"] if any(gap.by_heads is not None for gap in gaps) else []
    rooms = rooms_beside(gaps, spreads)
    whole = [WHOLE_ROOM] if rooms else []
    heads = ["Domain", *(group.name for group in groups), *whole]
    heads += [f"Average of the {called}", *both, "Gap"]
    rows = [
        [
            gap.domain.short,
            *(_mean(gap, group, blanks) for group in groups),
            *map(_of_the_room, rooms[n : n + 1]),
            _figure(gap.middle, no_gap(gap)),
            *(_figure(gap.by_heads, "") for _ in both),
            _figure(gap.width, no_gap(gap)),
        ]
        for n, gap in enumerate(gaps)
    ]
    return pd.DataFrame(rows, columns=distinct(heads))


def spread_table(spread: Spread, levels: tuple[str, ...]) -> pd.DataFrame:
    """Give a row for each of the points 0 to 5, then who could not say or did not answer.

    Cells are seats, as text; the last row stands only where somebody did not answer.
    """
    groups = groups_of([mark.group for mark in spread.marks])
    heads = ["Points", *(group.name for group in groups), "All"]
    return pd.DataFrame(_seats(spread, groups, levels), columns=distinct(heads))


def two_looks_table(before: Spread, after: Spread, levels: tuple[str, ...]) -> pd.DataFrame:
    """Give the rows of both spreads, the first look's first, each saying which look it is."""
    groups = groups_of([mark.group for spread in (before, after) for mark in spread.marks])
    rows = [
        [look, *row]
        for look, spread in ((FIRST, before), (SECOND, after))
        for row in _seats(spread, groups, levels)
    ]
    heads = ["Look", "Points", *(group.name for group in groups), "All"]
    return pd.DataFrame(rows, columns=distinct(heads))


def seat_head(rows: Sequence[SeatResult], holder: Holder = Holder.PERSON) -> tuple[str, ...]:
    """Give the head of a seat's table: where a team shares one laptop it has one column."""
    if _is_one(rows, holder):
        return ("Domain", "Your team", "Lowest", "Highest")
    own = "Your team" if all(is_its_teams(row, holder) for row in rows) else called_here(holder)
    beside = "Your team" if _by_team(rows) else "Beside it"
    return ("Domain", own, beside, "Lowest", "Highest")


def seat_table(rows: Sequence[SeatResult], holder: Holder = Holder.PERSON) -> list[list[str]]:
    """Give a row a domain under its head: my score, who stands beside it, and the range.

    Cells and no frame: it is drawn on 200 seats at the same moment.
    """
    one, by_team = _is_one(rows, holder), _by_team(rows)
    return [
        [
            row.domain.short,
            *(
                (team_figure(row) or _none(row),)
                if one
                else (
                    "" if row.mine is None else str(row.mine),
                    said(row.figure or 0, 1) if by_team else beside_in_words(row),
                )
            ),
            _figure(row.lowest, _none(row)),
            _figure(row.highest, _none(row)),
        ]
        for row in rows
    ]


def _none(row: SeatResult) -> str:
    return NO_SCORE if row.nobody else NOT_SHOWN


def _by_team(rows: Sequence[SeatResult]) -> bool:
    return all(row.whose is Whose.TEAM for row in rows)


def _is_one(rows: Sequence[SeatResult], holder: Holder) -> bool:
    return bool(rows) and _by_team(rows) and all(is_its_teams(row, holder) for row in rows)


def _seats(spread: Spread, groups: Sequence[Group], levels: tuple[str, ...]) -> list[list[str]]:
    seats = {(mark.group.id, mark.points): mark.seats for mark in spread.marks}
    points_shown = POINTS if spread.marks else ()
    counts = {n: [seats.get((group.id, n), 0) for group in groups] for n in points_shown}
    rows = [[f"{n} {levels[n]}", *map(str, counts[n]), str(sum(counts[n]))] for n in points_shown]
    rows.append([CANNOT_SAY.capitalize(), *("" for _ in groups), str(spread.cannot_say)])
    if spread.unanswered:
        rows.append([UNANSWERED, *("" for _ in groups), str(spread.unanswered)])
    return rows


def _mean(gap: Gap, group: Group, blanks: Sequence[Blanks]) -> str:
    means = [
        counted_mean(said(side.mean, 1), side.scored)
        for side in gap.standings
        if side.group.id == group.id
    ]
    return means[0] if means else no_mean(gap.domain, group, blanks)


def _of_the_room(room: Spread) -> str:
    if room.average is None:
        return NOT_SHOWN if room.scored else NO_SCORE
    return counted_mean(said(room.average, 1), room.scored)


def _figure(value: float | None, otherwise: str) -> str:
    return otherwise if value is None else said(value, 1)


def distinct(heads: Sequence[str]) -> list[str]:
    """Number a head that stands twice: a team may be called Gap, and a table needs each once."""
    return [
        head if head not in heads[:n] else f"{head} ({heads[:n].count(head) + 1})"
        for n, head in enumerate(heads)
    ]


def level_table(levels: Sequence[Level], blanks: Sequence[Blanks] = ()) -> pd.DataFrame:
    """Give a row a domain: the two words, both averages, and how many gave each of the points.

    Of `blanks` only the room's own counts are read, which are the same however groups compare.
    """
    heads = ["Domain", "How high", "How agreed", "Average", "By heads"]
    out = _heads_of_unanswered(levels)
    rows = [[*_level(level, blanks), *(str(level.unanswered) for _ in out)] for level in levels]
    return pd.DataFrame(rows, columns=[*heads, *map(str, POINTS), "Cannot say", *out])


def blanks_table(blanks: Sequence[Blanks]) -> pd.DataFrame:
    """Give a row a domain: how many could not say, of those of each group who answered."""
    groups = groups_of([side.group for row in blanks for side in row.sides])
    out = _heads_of_unanswered(blanks)
    rows = [
        [
            row.domain.short,
            *(_blank_in_words(row, group) for group in groups),
            str(row.cannot_say),
            *(str(row.unanswered) for _ in out),
        ]
        for row in blanks
    ]
    heads = ["Domain", *(group.name for group in groups), "All", *out]
    return pd.DataFrame(rows, columns=distinct(heads))


def relative_table(gaps: Sequence[Gap], blanks: Sequence[Blanks] = ()) -> pd.DataFrame:
    """Give a row a domain: each group's step from its own average, and the gap.

    Where a group has none, why stands in its place; `blanks` are of the same comparison.
    """
    groups = groups_of([side.group for gap in gaps for side in gap.standings])
    rows = [
        [
            gap.domain.short,
            *(_step(gap, group, blanks) for group in groups),
            no_gap(gap) if gap.width is None else said(gap.width, 1),
        ]
        for gap in gaps
    ]
    heads = ["Domain", *(group.name for group in groups), "Gap"]
    return pd.DataFrame(rows, columns=distinct(heads))


def _heads_of_unanswered(rows: Sequence[Level] | Sequence[Blanks]) -> list[str]:
    """Give the head of a column for who did not answer; none where everybody answered."""
    return [UNANSWERED] if any(row.unanswered for row in rows) else []


def _level(level: Level, blanks: Sequence[Blanks]) -> list[str]:
    if level.how_high is None:
        why = no_level(level.domain, blanks)
        words = [why, level.how_agreed.value.capitalize(), why, ""]
        return [level.domain.short, *words, *("" for _ in POINTS), str(level.cannot_say)]
    heads = "" if level.by_heads is None else said(level.by_heads, 1)
    return [
        level.domain.short,
        level.how_high.capitalize(),
        level.how_agreed.value.capitalize(),
        said(level.average or 0, 1),
        heads,
        *map(str, level.counts),
        str(level.cannot_say),
    ]


def _blank_in_words(row: Blanks, group: Group) -> str:
    counts = [
        f"{side.cannot_say} of {side.answered}" for side in row.sides if side.group.id == group.id
    ]
    return counts[0] if counts else no_mean(row.domain, group, [row])


def _step(gap: Gap, group: Group, blanks: Sequence[Blanks]) -> str:
    steps = [side.mean for side in gap.standings if side.group.id == group.id]
    return said_signed(steps[0], 1) if steps else no_mean(gap.domain, group, blanks)
