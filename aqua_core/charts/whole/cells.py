"""Figures in cells: a row a domain, a column a group, each group's mark above its column."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import altair as alt

from aqua_core.charts.plan.canvas import (
    Layer,
    Row,
    layer,
    mark_layer,
    on_page,
    text_layer,
    wide,
    x2_at,
    x_at,
    y2_at,
    y_at,
)
from aqua_core.charts.plan.legend import Key
from aqua_core.charts.slots import Look
from aqua_core.charts.whole.depth import depth_colour, depth_ink
from aqua_core.charts.whole.grid import Grid, fitting, gridded

FILLED = 0.96
"""Share of a column that words may take before they are shortened."""
NO_FIGURE = "–"


class Cell(NamedTuple):
    """What stands in a cell; `depth` 0 to 5 colours it, None leaves it empty; `told` on hover.

    `brief` is what is left of the words where columns are too narrow for them.
    """

    words: str
    depth: float | None
    told: str
    brief: str = ""


def cell_chart(
    domains: Sequence[str],
    keys: Sequence[Key],
    cells: Sequence[Sequence[Cell]],
    look: Look,
    height: int,
) -> alt.LayerChart:
    """Draw figures in cells.

    Args:
        domains: the rows, from the top; at most 12.
        keys: the columns' groups, from the left; at most 24.
        cells: a row a domain, a cell a group.
        look: light or dark, and the type.
        height: px, the legend included.

    Returns:
        Each column under its group's mark, with its name there or, where names do not fit, along
        the foot of the page.
    """
    grid = gridded(domains, keys, look, height)
    cells = _held(cells, grid)
    layers = [*_cells(cells, grid), *_labels(grid), *_heads(grid), *grid.foot.layers]
    return on_page(layers, look, height)


def _cells(cells: Sequence[Sequence[Cell]], grid: Grid) -> Iterable[Layer]:
    rows: list[Row] = [
        {
            "row": down,
            "column": across,
            "words": cell.words,
            "told": cell.told,
            "colour": "transparent" if cell.depth is None else depth_colour(cell.depth),
            "ink": depth_ink(cell.depth, grid.look),
        }
        for down, line in enumerate(cells)
        for across, cell in enumerate(line)
    ]
    boxes = layer(rows).mark_rect(stroke=grid.look.background, strokeWidth=4, aria=False)
    yield boxes.encode(
        x=x_at(grid.x("datum.column")),
        x2=x2_at(grid.x("datum.column + 1")),
        y=y_at(grid.y("datum.row")),
        y2=y2_at(grid.y("datum.row + 1")),
        color=alt.Color("colour:N", scale=None),
        tooltip=alt.Tooltip("told:N", title=" "),
    )
    yield text_layer(rows, _type(cells, grid), grid.look.ink, fontWeight=600).encode(
        x=x_at(grid.x("datum.column + 0.5")),
        y=y_at(grid.y("datum.row + 0.5")),
        color=alt.Color("ink:N", scale=None),
    )


def _held(cells: Sequence[Sequence[Cell]], grid: Grid) -> Sequence[Sequence[Cell]]:
    """Keep the words of cells, or the brief ones where small type would run into the next."""
    if _longest(cells) * grid.look.small <= grid.column * FILLED:
        return cells
    return [[cell._replace(words=cell.brief or cell.words) for cell in line] for line in cells]


def _longest(cells: Sequence[Sequence[Cell]]) -> float:
    return max((wide(cell.words, 1) for line in cells for cell in line), default=1)


def _type(cells: Sequence[Sequence[Cell]], grid: Grid) -> float:
    """Give px of the figures: as large as cells hold, and never under the small type."""
    across = grid.column * 0.88 / _longest(cells)
    fits = min(grid.look.font * 1.2, grid.row * 0.72, across)
    return max(grid.look.small, fits)


def _labels(grid: Grid) -> Iterable[Layer]:
    rows = [{"row": n + 0.5, "words": words} for n, words in enumerate(fitting(grid))]
    yield text_layer(rows, grid.look.small, grid.look.ink, align="left", fontWeight=600).encode(
        x=x_at("0"), y=y_at(grid.y("datum.row"))
    )


def _heads(grid: Grid) -> Iterable[Layer]:
    look = grid.look
    rows: list[Row] = [
        {
            "column": n + 0.5,
            "words": key.name,
            "colour": key.colour,
            "shape": key.shape,
        }
        for n, key in enumerate(grid.heads)
    ]
    yield mark_layer(rows, look.mark * 1.1, look).encode(
        x=x_at(grid.x("datum.column")), y=y_at(str(look.mark * 0.65))
    )
    if grid.named:
        middle = (look.mark * 1.35 + grid.top - look.font * 0.3) / 2
        yield text_layer(rows, look.small, look.ink, fontWeight=600).encode(
            x=x_at(grid.x("datum.column")), y=y_at(str(middle))
        )
