"""Where a row a domain stands in the picture of levels: small marks, then words beside them."""

from dataclasses import dataclass

from aqua_core.charts.plan.canvas import LEADING, PADDING, Row, wide
from aqua_core.charts.slots import Look
from aqua_core.vocabulary import POINTS
from aqua_core.vocabulary.whole import Level

TALLEST = 3.5
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
        room = self.height - PADDING - self.top - self.look.font * 0.3
        return min(room / max(1, len(self.labels)), self.look.font * TALLEST)

    @property
    def names(self) -> tuple[str, ...]:
        """The domains' names, each on one line where a row is too low for two."""
        two = self.row >= 2 * LEADING * self.look.font
        return self.labels if two else tuple(name.replace("\n", " ") for name in self.labels)

    @property
    def left(self) -> float:
        """Px to the marks: the domains' names."""
        lines = "\n".join(self.names).split("\n")
        return max(wide(line, self.look.font) for line in lines) + self.look.font * 0.8

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

    def stack(self, row: int, count: int) -> list[Row]:
        """Give where each seat stands; as one block where seats are too many to be told apart."""
        if self.unit < SEEN:
            return [self._block(row, 0, count, 0)] if count else []
        return [self._block(row, seat, 1, AIR) for seat in range(count)]

    def _block(self, row: int, under: int, count: int, air: float) -> Row:
        foot = self.foot(row) - under * self.unit
        return {"foot": round(foot, 2), "top": round(foot - count * self.unit + air, 2)}

    def foot(self, row: int) -> float:
        """Px down to the line on which a row's marks stand."""
        return self.top + (row + 0.94) * self.row
