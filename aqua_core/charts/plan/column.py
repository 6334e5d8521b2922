"""A legend in a column beside the chart, its long names on several lines."""

from collections.abc import Sequence

from aqua_core.charts.plan.canvas import (
    LEADING,
    PADDING,
    Layer,
    wide,
    wrapped,
)
from aqua_core.charts.plan.legend import Key, legend
from aqua_core.charts.slots import Look

NAME_ROOMS = (9.5, 13, 18, 26)
"""Ems for a group in the legend before it takes another line, the first that fits the page."""


def in_column(keys: Sequence[Key], look: Look, height: int) -> list[Key]:
    """Break long names, into as narrow a column as leaves room for every entry."""
    for room in NAME_ROOMS:
        lines = [wrapped(key.name, look.small, room * look.small) for key in keys]
        broken = [k._replace(name="\n".join(n)) for k, n in zip(keys, lines, strict=True)]
        if sum(_key_height(key, look) for key in broken) <= height - PADDING:
            break
    return broken


def column_width(keys: Sequence[Key], look: Look) -> float:
    """Give px of the widest entry."""
    lines = [line for key in keys for line in key.name.split("\n")]
    return look.mark * 1.6 + max(wide(line, look.small) for line in lines)


def column_legend(keys: Sequence[Key], look: Look, column: float) -> tuple[Layer, Layer]:
    """Stand the legend in a column at the right."""
    places, top = [], 0.0
    for key in keys:
        tall = _key_height(key, look)
        places.append((0.0, top + tall / 2))
        top += tall
    return legend(keys, look, places, f"width - {column}", "0")


def _key_height(key: Key, look: Look) -> float:
    return (1 + key.name.count("\n")) * LEADING * look.small + look.small * 0.35
