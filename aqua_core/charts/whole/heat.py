"""The heat table: every mean at once, readable with ten groups."""

from collections.abc import Sequence

import altair as alt

from aqua_core.charts.plan.legend import Key, keys_of
from aqua_core.charts.plan.strip import NO_STRIPS, Spreads
from aqua_core.charts.slots import Look
from aqua_core.charts.whole.cells import NO_FIGURE, Cell, cell_chart
from aqua_core.vocabulary import HIGHEST, LOWEST, Gap, Group, Spread
from aqua_core.vocabulary.figures import said, said_signed
from aqua_core.vocabulary.whole import Blanks

WHOLE_ROOM = "Whole room"
MIDST = (LOWEST + HIGHEST) / 2


def heat_table(
    gaps: Sequence[Gap], look: Look, height: int, spreads: Spreads = NO_STRIPS
) -> alt.LayerChart:
    """Draw each mean as a figure in a cell, deeper the higher it is, and how many scored.

    Args:
        gaps: the rows, in the order given.
        look: light or dark, and the type.
        height: px, the legend included.
        spreads: every score on each domain, by its key; where a row compares nobody, the room has
            a column of its own.

    Returns:
        Cells; a step from a group's own average of 2.5 or more is as pale or as deep as they get.
    """
    groups = groups_of([side.group for gap in gaps for side in gap.standings])
    rooms = rooms_beside(gaps, spreads)
    cells = [
        [*(_mean(gap, group) for group in groups), *map(_of_the_room, rooms[n : n + 1])]
        for n, gap in enumerate(gaps)
    ]
    keys = [*keys_of(groups, look), *([Key(WHOLE_ROOM, look.ink, "circle")] if rooms else [])]
    return cell_chart([g.domain.short for g in gaps], keys, cells, look, height)


def rooms_beside(gaps: Sequence[Gap], spreads: Spreads) -> list[Spread]:
    """Give the room's scores for each row, where some row compares nobody; otherwise none."""
    found = [spreads[gap.domain.key] for gap in gaps if gap.domain.key in spreads]
    return found if any(gap.width is None for gap in gaps) else []


def counted_mean(words: str, scored: int) -> str:
    """Give a figure with how many scored behind it: "2.4 (5)"; one score is its own mean."""
    return f"{words} ({scored})" if scored > 1 else words


def blanks_chart(blanks: Sequence[Blanks], look: Look, height: int) -> alt.LayerChart:
    """Draw who could not say as "2 of 9" in a cell, or as "2" where many stand side by side.

    Deeper the larger the share.
    """
    groups = groups_of([side.group for row in blanks for side in row.sides])
    cells = [[_blank(row, group) for group in groups] for row in blanks]
    return cell_chart([b.domain.short for b in blanks], keys_of(groups, look), cells, look, height)


def groups_of(groups: Sequence[Group]) -> list[Group]:
    """Give each group once, in the order of the slots; pooled groups come last."""
    once = {group.id: group for group in groups}.values()
    return sorted(once, key=lambda group: (group.slot < 0, group.slot))


def _of_the_room(room: Spread) -> Cell:
    told = f"{WHOLE_ROOM}, {room.domain.short}"
    if room.average is None:
        return Cell(NO_FIGURE, None, f"{told}: not shown")
    words = said(room.average, 1)
    counted = counted_mean(words, room.scored)
    return Cell(counted, room.average, f"{told}: {counted}", words)


def _mean(gap: Gap, group: Group) -> Cell:
    for side in gap.standings:
        if side.group.id == group.id:
            words = said_signed(side.mean, 1) if gap.relative else said(side.mean, 1)
            depth = min(max(side.mean + MIDST, LOWEST), HIGHEST) if gap.relative else side.mean
            counted = words if gap.relative else counted_mean(words, side.scored)
            return Cell(counted, depth, f"{group.name}, {gap.domain.short}: {counted}", words)
    return Cell(NO_FIGURE, None, f"{group.name}, {gap.domain.short}: not shown")


def _blank(row: Blanks, group: Group) -> Cell:
    for side in row.sides:
        if side.group.id == group.id:
            words = f"{side.cannot_say} of {side.answered}"
            # Nobody is no shade: what stands out is where somebody could not.
            share = HIGHEST * side.cannot_say / side.answered if side.cannot_say else None
            return Cell(
                words,
                share,
                f"{group.name}, {row.domain.short}: {words} could not say",
                str(side.cannot_say),
            )
    return Cell(NO_FIGURE, None, f"{group.name}, {row.domain.short}: not shown alone")
