"""The heat table: every mean at once, readable with ten groups."""

from collections.abc import Sequence

import altair as alt

from aqua_core.charts.plan.legend import keys_of
from aqua_core.charts.slots import Look
from aqua_core.charts.whole.cells import NO_FIGURE, Cell, cell_chart
from aqua_core.vocabulary import HIGHEST, LOWEST, Gap, Group
from aqua_core.vocabulary.figures import said, said_signed
from aqua_core.vocabulary.whole import Blanks

MIDST = (LOWEST + HIGHEST) / 2


def heat_table(
    gaps: Sequence[Gap], look: Look, height: int, *, relative: bool = False
) -> alt.LayerChart:
    """Draw each mean as a figure in a cell, deeper the higher it is.

    Args:
        gaps: the rows, in the order given.
        look: light or dark, and the type.
        height: px, the legend included.
        relative: figures are steps from a group's own average, -5 to 5; a cell at 2.5 or more
            from it is as pale or as deep as cells get.
    """
    groups = groups_of([side.group for gap in gaps for side in gap.standings])
    cells = [[_mean(gap, group, relative) for group in groups] for gap in gaps]
    return cell_chart([g.domain.short for g in gaps], keys_of(groups, look), cells, look, height)


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


def _mean(gap: Gap, group: Group, relative: bool) -> Cell:
    for side in gap.standings:
        if side.group.id == group.id:
            words = said_signed(side.mean, 1) if relative else said(side.mean, 1)
            depth = min(max(side.mean + MIDST, LOWEST), HIGHEST) if relative else side.mean
            return Cell(words, depth, f"{group.name}, {gap.domain.short}: {words}")
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
