"""Where the cells of a table stand: rows, columns, and the names that fit beside and above them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aqua_core.charts.plan.canvas import LEADING, PADDING, wide, wrapped
from aqua_core.charts.plan.legend import Foot, Key, foot
from aqua_core.charts.slots import Look

LABEL_ROOM = 8.5
TALLEST = 3
"""Ems of a row: one domain alone is still a row."""
NAME_LINES = 3
"""Lines a name above its column may take before all names move to the foot of the page."""


@dataclass(frozen=True)
class Grid:
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
        return _broadest(fitting(self), self.look.small) + self.look.font * 0.5

    @property
    def top(self) -> float:
        """Px down to the first row: the marks, and the names where they fit."""
        lines = max((head.name.count("\n") + 1 for head in self.heads), default=0)
        named = lines * self.look.small * LEADING if self.named else 0
        return self.look.mark * 1.35 + named + self.look.font * 0.3

    @property
    def row(self) -> float:
        """Px a row."""
        room = self.height - PADDING - self.top - self.foot.height - self.look.font * 0.4
        return min(room / max(1, len(self.labels)), self.look.font * TALLEST)

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


def gridded(domains: Sequence[str], keys: Sequence[Key], look: Look, height: int) -> Grid:
    """Lay out a row a domain and a column a key, with a legend where names do not fit above."""
    labels = tuple("\n".join(wrapped(name, look.small, LABEL_ROOM * look.font)) for name in domains)
    room = look.narrowest - _broadest(labels, look.small) - look.font * 0.5
    room = room / max(1, len(keys)) - look.small * 0.5
    broken = tuple(k._replace(name="\n".join(wrapped(k.name, look.small, room))) for k in keys)
    lines = [line for key in broken for line in key.name.split("\n")]
    fits = all(wide(line, look.small) <= room for line in lines)
    named = fits and all(key.name.count("\n") < NAME_LINES for key in broken)
    return Grid(
        look,
        height,
        labels,
        broken if named else tuple(keys),
        named,
        Foot((), 0) if named else foot(keys, look),
    )


def fitting(grid: Grid) -> Iterable[str]:
    """Keep a name on two lines only where its row holds them."""
    held = grid.row >= 2 * LEADING * grid.look.small
    return grid.labels if held else (label.replace("\n", " ") for label in grid.labels)


def _broadest(labels: Iterable[str], size: float) -> float:
    return max((wide(line, size) for label in labels for line in label.split("\n")), default=0)
