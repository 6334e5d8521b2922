"""Cells of the whole room's tables: their colour, depth and rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import altair as alt

from aqua_core.charts.layout import canvas
from aqua_core.charts.layout.legend import Foot, Key, foot
from aqua_core.charts.slots import Look
from aqua_core.vocabulary import HIGHEST, POINTS
from aqua_core.vocabulary.reading import Level

_WHITE_FROM: Final = 3.5
"""Points from which text is white. The ramp steps here, because no blue carries both inks well."""
_WHITE: Final = "#FFFFFF"
_BLACK: Final = "#1B1B1B"
_PALE: Final = ((234, 242, 250), (128, 178, 222))
_DEEP: Final = ((37, 104, 166), (11, 47, 87))


def depth_colour(points: float) -> str:
    """Give the colour of a cell at this many points, 0 to 5; deeper is higher."""
    if points < _WHITE_FROM:
        return _between(*_PALE, points / _WHITE_FROM)
    return _between(*_DEEP, (points - _WHITE_FROM) / (HIGHEST - _WHITE_FROM))


def depth_ink(points: float | None, look: Look) -> str:
    """Give the colour of words in a cell; a cell without a figure shows the page."""
    if points is None:
        return look.quiet
    return _BLACK if points < _WHITE_FROM else _WHITE


def _between(start: tuple[int, int, int], end: tuple[int, int, int], share: float) -> str:
    mixed = (round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
    return "#" + "".join(f"{part:02X}" for part in mixed)


_LABEL_ROOM = 8.5
_TALLEST_GRID = 3
"""Ems of a row: one domain alone is still a row."""
_NAME_LINES = 3
"""Lines a name above its column may take before all names move to the foot of the page."""


@dataclass(frozen=True)
class _Grid:
    """Rows and columns, px. `named` says that the columns' names stand above them."""

    look: Look
    height: int
    labels: tuple[str, ...]
    heads: tuple[Key, ...]
    named: bool
    foot: Foot

    @property
    def left(self) -> float:
        """Px to the first column."""
        return _broadest(_fitting(self), self.look.small) + self.look.font * 0.5

    @property
    def top(self) -> float:
        """Px down to the first row: the marks, and the names where they fit."""
        lines = max((head.name.count("\n") + 1 for head in self.heads), default=0)
        named = lines * self.look.small * canvas.LEADING if self.named else 0
        return self.look.mark * 1.35 + named + self.look.font * 0.3

    @property
    def row(self) -> float:
        """Px a row."""
        room = self.height - canvas.PADDING - self.top - self.foot.height - self.look.font * 0.4
        return min(room / max(1, len(self.labels)), self.look.font * _TALLEST_GRID)

    @property
    def column(self) -> float:
        """Px a column, on the narrowest page."""
        return (self.look.narrowest - self.left) / max(1, len(self.heads))

    def x(self, along: str) -> str:
        """Give px to so many columns, as a Vega expression."""
        return f"{self.left} + ({along}) * (width - {self.left}) / {max(1, len(self.heads))}"

    def y(self, along: str) -> str:
        """Give px down to so many rows, as a Vega expression."""
        return f"{self.top} + ({along}) * {self.row}"


def _gridded(domains: Sequence[str], keys: Sequence[Key], look: Look, height: int) -> _Grid:
    """Lay out a row a domain and a column a key, with a legend where names do not fit above."""
    labels = tuple(
        "\n".join(canvas.wrapped(name, look.small, _LABEL_ROOM * look.font)) for name in domains
    )
    room = look.narrowest - _broadest(labels, look.small) - look.font * 0.5
    room = room / max(1, len(keys)) - look.small * 0.5
    broken = tuple(
        k._replace(name="\n".join(canvas.wrapped(k.name, look.small, room))) for k in keys
    )
    lines = [line for key in broken for line in key.name.split("\n")]
    fits = all(canvas.wide(line, look.small) <= room for line in lines)
    named = fits and all(key.name.count("\n") < _NAME_LINES for key in broken)
    return _Grid(
        look,
        height,
        labels,
        broken if named else tuple(keys),
        named,
        Foot((), 0) if named else foot(keys, look),
    )


def _fitting(grid: _Grid) -> Iterable[str]:
    """Keep a name on two lines only where its row holds them."""
    held = grid.row >= 2 * canvas.LEADING * grid.look.small
    return grid.labels if held else (label.replace("\n", " ") for label in grid.labels)


def _broadest(labels: Iterable[str], size: float) -> float:
    return max(
        (canvas.wide(line, size) for label in labels for line in label.split("\n")), default=0
    )


_FILLED = 0.96
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
    grid = _gridded(domains, keys, look, height)
    cells = _held(cells, grid)
    layers = [*_cells(cells, grid), *_labels(grid), *_heads(grid), *grid.foot.layers]
    return canvas.on_page(layers, look, height)


def _cells(cells: Sequence[Sequence[Cell]], grid: _Grid) -> Iterable[canvas.Layer]:
    rows: list[canvas.Row] = [
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
    boxes = canvas.layer(rows).mark_rect(stroke=grid.look.background, strokeWidth=4, aria=False)
    yield boxes.encode(
        x=canvas.x_at(grid.x("datum.column")),
        x2=canvas.x2_at(grid.x("datum.column + 1")),
        y=canvas.y_at(grid.y("datum.row")),
        y2=canvas.y2_at(grid.y("datum.row + 1")),
        color=alt.Color("colour:N", scale=None),
        tooltip=alt.Tooltip("told:N", title=" "),
    )
    yield canvas.text_layer(rows, _type(cells, grid), grid.look.ink, fontWeight=600).encode(
        x=canvas.x_at(grid.x("datum.column + 0.5")),
        y=canvas.y_at(grid.y("datum.row + 0.5")),
        color=alt.Color("ink:N", scale=None),
    )


def _held(cells: Sequence[Sequence[Cell]], grid: _Grid) -> Sequence[Sequence[Cell]]:
    """Keep the words of cells, or the brief ones where small type would run into the next."""
    if _longest(cells) * grid.look.small <= grid.column * _FILLED:
        return cells
    return [[cell._replace(words=cell.brief or cell.words) for cell in line] for line in cells]


def _longest(cells: Sequence[Sequence[Cell]]) -> float:
    return max((canvas.wide(cell.words, 1) for line in cells for cell in line), default=1)


def _type(cells: Sequence[Sequence[Cell]], grid: _Grid) -> float:
    """Give px of the figures: as large as cells hold, and never under the small type."""
    across = grid.column * 0.88 / _longest(cells)
    fits = min(grid.look.font * 1.2, grid.row * 0.72, across)
    return max(grid.look.small, fits)


def _labels(grid: _Grid) -> Iterable[canvas.Layer]:
    rows = [{"row": n + 0.5, "words": words} for n, words in enumerate(_fitting(grid))]
    yield canvas.text_layer(
        rows, grid.look.small, grid.look.ink, align="left", fontWeight=600
    ).encode(x=canvas.x_at("0"), y=canvas.y_at(grid.y("datum.row")))


def _heads(grid: _Grid) -> Iterable[canvas.Layer]:
    look = grid.look
    rows: list[canvas.Row] = [
        {
            "column": n + 0.5,
            "words": key.name,
            "colour": key.colour,
            "shape": key.shape,
        }
        for n, key in enumerate(grid.heads)
    ]
    yield canvas.mark_layer(rows, look.mark * 1.1, look).encode(
        x=canvas.x_at(grid.x("datum.column")), y=canvas.y_at(str(look.mark * 0.65))
    )
    if grid.named:
        middle = (look.mark * 1.35 + grid.top - look.font * 0.3) / 2
        yield canvas.text_layer(rows, look.small, look.ink, fontWeight=600).encode(
            x=canvas.x_at(grid.x("datum.column")), y=canvas.y_at(str(middle))
        )


_TALLEST = 3.5
SEEN, AIR = 9, 3
"""Px a seat must have to be a mark of its own, and px between two."""
HIGH, AGREED, AVERAGE = "how high", "how agreed", "average"


@dataclass(frozen=True)
class Rows:
    """Where things stand, px. Right of the marks: three columns of words, from `words` on."""

    look: Look
    height: int
    labels: tuple[str, ...]
    tallest: int

    @property
    def top(self) -> float:
        """Px down to the first row."""
        return self.look.font * 1.5

    @property
    def row(self) -> float:
        """Px a row."""
        room = self.height - canvas.PADDING - self.top - self.look.font * 0.3
        return min(room / max(1, len(self.labels)), self.look.font * _TALLEST)

    @property
    def names(self) -> tuple[str, ...]:
        """The domains' names, each on one line where a row is too low for two."""
        two = self.row >= 2 * canvas.LEADING * self.look.font
        return self.labels if two else tuple(name.replace("\n", " ") for name in self.labels)

    @property
    def left(self) -> float:
        """Px to the marks: the domains' names."""
        lines = "\n".join(self.names).split("\n")
        return max(canvas.wide(line, self.look.font) for line in lines) + self.look.font * 0.8

    @property
    def words(self) -> float:
        """Px from the right edge to the first word; each column then takes its share."""
        return self.look.font * 19

    @property
    def unit(self) -> float:
        """Px a seat takes of a row's height."""
        return self.row * 0.82 / max(1, self.tallest)

    def x(self, along: str) -> str:
        """Give px to so many columns of points, as a Vega expression."""
        return f"{self.left} + ({along}) * (width - {self.left + self.words}) / {len(POINTS)}"

    def middle(self, row: int) -> float:
        """Px down to the middle of a row."""
        return self.top + (row + 0.5) * self.row

    def lift(self, level: Level, head: str) -> float:
        """Px that two averages in one row stand above and below its middle."""
        both = head == AVERAGE and level.by_heads is not None
        return min(self.row / 4, self.look.font * 0.52) if both else 0

    def stack(self, row: int, count: int) -> list[canvas.Row]:
        """Give where each seat stands; as one block where seats are too many to be told apart."""
        if self.unit < SEEN:
            return [self._block(row, 0, count, 0)] if count else []
        return [self._block(row, seat, 1, AIR) for seat in range(count)]

    def _block(self, row: int, under: int, count: int, air: float) -> canvas.Row:
        foot = self.foot(row) - under * self.unit
        return {"foot": round(foot, 2), "top": round(foot - count * self.unit + air, 2)}

    def foot(self, row: int) -> float:
        """Px down to the line on which a row's marks stand."""
        return self.top + (row + 0.94) * self.row
