"""Where the radar puts things: axes, words around the wheel, marks that would cover each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import cos, pi, sin
from typing import Any

import altair as alt

from aqua_core.charts.layout.canvas import LEADING, PADDING, Row, dodged, wrapped
from aqua_core.charts.slots import Look
from aqua_core.vocabulary import Gap

LABEL_ROOM = 7.5
"""Ems for a domain beside the wheel, before it takes another line."""
RIM = 5.45
"""Points from the middle to the words around the wheel: at 5.3 a mark on 5 touched a name."""


@dataclass(frozen=True)
class Wheel:
    """Axes clockwise from the top, in the instrument's order; px a point fit the page.

    `rooms` is the average of the whole room on the axes where no group is shown.
    """

    gaps: Sequence[Gap]
    look: Look
    height: int
    column: float
    rooms: Mapping[int, float] = field(default_factory=dict)

    def spot(self, axis: float, points: float, aside: float = 0) -> dict[str, float]:
        """Give a place in points right of the middle and up from it; aside is off the axis."""
        turn = 2 * pi * axis / max(1, len(self.gaps))
        return {
            "x": round(points * sin(turn) + aside * cos(turn), 4),
            "y": round(points * cos(turn) - aside * sin(turn), 4),
        }

    @property
    def tall(self) -> float:
        """Px a point where the height alone decides."""
        return (self.height - PADDING - 2 * 2.5 * self.look.font) / (2 * RIM)

    @property
    def point(self) -> str:
        """Px a point: as the height allows, or the width where that is less."""
        font = self.look.font
        sides = self.column + 2 * (LABEL_ROOM + 0.6) * font
        return f"min({self.tall}, (width - {sides}) / {2 * RIM})"

    @cached_property
    def place(self) -> dict[str, Any]:
        """Scale both ways alike, whatever the page: the wheel stays round."""
        middle = f"(width - {self.column}) / 2"
        across: list[Any] = [
            alt.expr(f"-{middle} / {self.point}"),
            alt.expr(f"(width - {middle}) / {self.point}"),
        ]
        up: list[Any] = [
            alt.expr(f"-height / 2 / {self.point}"),
            alt.expr(f"height / 2 / {self.point}"),
        ]
        return {
            "x": alt.X("x:Q", axis=None).scale(domain=across, nice=False),
            "y": alt.Y("y:Q", axis=None).scale(domain=up, nice=False),
        }


def closed(rows: Sequence[Row]) -> list[Row]:
    """Number the corners and come back to the first, so that the outline has no open side."""
    return [row | {"order": n} for n, row in enumerate([*rows, *rows[:1]])]


def unbroken(wheel: Wheel, corners: Sequence[Row]) -> list[Row]:
    """Number the corners, and the runs of neighbouring axes that a line may join.

    Args:
        wheel: its axes.
        corners: at most one an axis, each with its `axis`, clockwise.

    Returns:
        The corners with `run` and `order`; all of them one closed run where no axis is missing. A
        run over the last axis and the first is one.
    """
    count = len(wheel.gaps)
    axes = [row["axis"] for row in corners]
    starts = [n for n, axis in enumerate(axes) if (axis - 1) % count not in axes]
    if not starts:
        return [row | {"run": 0} for row in closed(corners)]
    turned = [*corners[starts[0] :], *corners[: starts[0]]]
    runs = [row["axis"] for row in turned]
    return [
        row | {"run": sum((axis - 1) % count not in axes for axis in runs[: n + 1]), "order": n}
        for n, row in enumerate(turned)
    ]


def aside_of(wheel: Wheel, gap: Gap, nth: int, parted: float) -> float:
    """Give points off the axis that part a mark from others on the same mean."""
    if not parted:
        return 0
    places = [side.mean * wheel.tall for side in gap.standings]
    return dodged(places, parted * 0.8, len(places))[nth].down / wheel.tall


def side_of(spot: dict[str, float]) -> str:
    """Give how words at a place are aligned: away from the wheel."""
    if abs(spot["x"]) < 0.3:
        return "center"
    return "left" if spot["x"] > 0 else "right"


def label_of(gap: Gap, spot: dict[str, float], font: int) -> list[str]:
    """Give the lines of a domain's name; above and below the wheel there is room for one."""
    if side_of(spot) == "center":
        return [gap.domain.short]
    return wrapped(gap.domain.short, font, LABEL_ROOM * font)


def drops(lines: int, rise: float, font: int, small: int) -> tuple[float, float]:
    """Give px down to the middle of a name, and of its figure: away from the wheel."""
    name, figure = lines * LEADING * font, small * 1.2
    top = -(name + figure) / 2 * (1 + rise)
    return top + name / 2, top + name + figure / 2
