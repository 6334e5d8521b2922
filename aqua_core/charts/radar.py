"""What people expect to see: an axis a domain, an outline a group, the band between them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import cos, pi, sin
from typing import Any

import altair as alt

from aqua_core.charts.layout import canvas
from aqua_core.charts.layout.canvas import LEADING, PADDING, Row, dodged, wrapped
from aqua_core.charts.layout.legend import Key, column_legend, column_width, in_column, keys_of
from aqua_core.charts.layout.names import no_gap
from aqua_core.charts.layout.stacks import NO_STRIPS, Spreads
from aqua_core.charts.slots import PILL, Look, colour, shape
from aqua_core.vocabulary import HIGHEST, POINTS, Gap, Group
from aqua_core.vocabulary.points import said

_LABEL_ROOM = 7.5
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
        sides = self.column + 2 * (_LABEL_ROOM + 0.6) * font
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
            "x": alt.X("x:Q", axis=None, scale=alt.Scale(domain=across, nice=False)),
            "y": alt.Y("y:Q", axis=None, scale=alt.Scale(domain=up, nice=False)),
        }


def closed(rows: Sequence[Row]) -> list[Row]:
    """Number the corners and come back to the first, so that the outline has no open side."""
    return [row | {"order": n} for n, row in enumerate([*rows, *rows[:1]])]


def _unbroken(wheel: Wheel, corners: Sequence[Row]) -> list[Row]:
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


def _aside_of(wheel: Wheel, gap: Gap, nth: int, parted: float) -> float:
    """Give points off the axis that part a mark from others on the same mean."""
    if not parted:
        return 0
    places = [side.mean * wheel.tall for side in gap.standings]
    return dodged(places, parted * 0.8, len(places))[nth].down / wheel.tall


def _side_of(spot: dict[str, float]) -> str:
    """Give how words at a place are aligned: away from the wheel."""
    if abs(spot["x"]) < 0.3:
        return "center"
    return "left" if spot["x"] > 0 else "right"


def _label_of(gap: Gap, spot: dict[str, float], font: int) -> list[str]:
    """Give the lines of a domain's name; above and below the wheel there is room for one."""
    if _side_of(spot) == "center":
        return [gap.domain.short]
    return wrapped(gap.domain.short, font, _LABEL_ROOM * font)


def _drops(lines: int, rise: float, font: int, small: int) -> tuple[float, float]:
    """Give px down to the middle of a name, and of its figure: away from the wheel."""
    name, figure = lines * LEADING * font, small * 1.2
    top = -(name + figure) / 2 * (1 + rise)
    return top + name / 2, top + name + figure / 2


_MOST_IN_COLOUR = 12
"""Above this, without one in front, outlines are a tangle in any colour: all are grey."""


def radar(
    gaps: Sequence[Gap],
    look: Look,
    height: int,
    focus: str | None = None,
    spreads: Spreads = NO_STRIPS,
) -> alt.LayerChart:
    """Draw the groups' outlines about one middle.

    Args:
        gaps: in the instrument's order; an axis each, at most 12.
        look: light or dark, and the type.
        height: px.
        focus: id of the group to bring forward, the others grey; None, or a group that is not
            there, draws every group in its own colour. Above 6 groups, focus; above 12 without
            one, all are grey.
        spreads: every score on each domain, by its key.

    Returns:
        Outlines (means, 0 to 5) closed on their first corner; where a group has no mean on a domain
        its outline and the band break, for a line across that axis would be read as a score. An
        axis on which nobody is shown has the average of the room. The gap stands under each domain.
    """
    groups = list({side.group.id: side.group for gap in gaps for side in gap.standings}.values())
    front = _in_front(groups, focus)
    rooms = {axis: at for axis, gap in enumerate(gaps) if (at := _room(gap, spreads)) is not None}
    keys = in_column(_keys(groups, look, front, room=bool(rooms)), look, height)
    column = column_width(keys, look)
    wheel = Wheel(gaps, look, height, column, rooms)
    layers = [
        _band(wheel),
        *_web(wheel),
        *_outlines(wheel, groups, front),
        *_room_outline(wheel),
        *_rings_named(wheel),
        *_marks(wheel, groups, front),
        *_around(wheel),
        *column_legend(keys, look, column),
    ]
    return canvas.on_page(layers, look, height)


def _in_front(groups: Sequence[Group], focus: str | None) -> str | None:
    """Give the id of the group in front; "" where all are grey, None where none is."""
    if any(group.id == focus for group in groups):
        return focus
    return "" if len(groups) > _MOST_IN_COLOUR else None


def _band(wheel: Wheel) -> canvas.Layer:
    """Draw the band from an axis to the next where both compare: out along the highest means."""
    count = len(wheel.gaps)
    rows = [
        corner | {"order": n, "part": axis}
        for axis in range(count if count > 2 else 0)
        for n, corner in enumerate(_between(wheel, axis, (axis + 1) % count))
    ]
    band: canvas.Layer = (
        canvas.layer(rows)
        .mark_line(filled=True, fill=wheel.look.band, stroke=wheel.look.band, aria=False)
        .encode(order=alt.Order("order:Q"), detail=alt.Detail("part:N"), **wheel.place)
    )
    return band


def _between(wheel: Wheel, axis: int, following: int) -> list[canvas.Row]:
    here, there = wheel.gaps[axis], wheel.gaps[following]
    if here.width is None or there.width is None:
        return []
    return [
        wheel.spot(axis, here.lowest.mean),
        wheel.spot(axis, here.highest.mean),
        wheel.spot(following, there.highest.mean),
        wheel.spot(following, there.lowest.mean),
    ]


def _web(wheel: Wheel) -> Iterable[canvas.Layer]:
    axes = range(len(wheel.gaps))
    rings = [
        row | {"ring": points}
        for points in POINTS[1:]
        for row in closed([wheel.spot(axis, points) for axis in axes])
    ]
    spokes = [
        wheel.spot(axis, points) | {"ring": axis, "order": points}
        for axis in axes
        for points in (0, HIGHEST)
    ]
    for rows in (rings, spokes):
        yield (
            canvas.layer(rows)
            .mark_line(color=wheel.look.grid, strokeWidth=2, aria=False)
            .encode(order=alt.Order("order:Q"), detail=alt.Detail("ring:N"), **wheel.place)
        )


def _outlines(wheel: Wheel, groups: Sequence[Group], front: str | None) -> Iterable[canvas.Layer]:
    for ahead, some in _in_depth(groups, front):
        rows = [row for group in some for row in _unbroken(wheel, _corners(wheel, group, front))]
        behind = front is not None and not ahead
        stroke = wheel.look.line * (0.4 if behind else 1.6 if ahead else 1)
        if ahead and rows:
            # The darkest outline stands 1.9 from the band on dark, and 3.0 from the page.
            yield (
                canvas.layer(rows)
                .mark_line(strokeWidth=stroke * 2, color=wheel.look.background, aria=False)
                .encode(order=alt.Order("order:Q"), detail=alt.Detail("run:N"), **wheel.place)
            )
        yield (
            canvas.layer(rows)
            .mark_line(strokeWidth=stroke, opacity=0.55 if behind else 1, strokeJoin="round")
            .encode(
                order=alt.Order("order:Q"),
                detail=[alt.Detail("slot:N"), alt.Detail("run:N")],
                color=alt.Color("colour:N", scale=None),
                **wheel.place,
            )
        )


def _room_outline(wheel: Wheel) -> Iterable[canvas.Layer]:
    """Draw the average of the room on the axes where nobody is shown, and lines between those."""
    look = wheel.look
    rows: list[canvas.Row] = [
        {
            **wheel.spot(axis, average),
            "axis": axis,
            "words": f"Whole room, {wheel.gaps[axis].domain.short}: {said(average, 1)}",
            "colour": look.ink,
            "shape": "circle",
        }
        for axis, average in wheel.rooms.items()
    ]
    if rows:
        yield (
            canvas.layer(_unbroken(wheel, rows))
            .mark_line(strokeWidth=look.line, color=look.ink)
            .encode(order=alt.Order("order:Q"), detail=alt.Detail("run:N"), **wheel.place)
        )
        yield canvas.mark_layer(rows, look.mark, look).encode(
            tooltip=alt.Tooltip("words:N", title=" "), **wheel.place
        )


def _room(gap: Gap, spreads: Spreads) -> float | None:
    """Give the average of the room where no group of a domain is shown."""
    spread = spreads.get(gap.domain.key)
    return spread.average if spread and not gap.standings else None


def _marks(wheel: Wheel, groups: Sequence[Group], front: str | None) -> Iterable[canvas.Layer]:
    for ahead, some in _in_depth(groups, front):
        size = wheel.look.mark * (0.95 if front is None else 1.2 if ahead else 0.4)
        parted = wheel.look.mark if front is None else 0
        rows = [row for group in some for row in _corners(wheel, group, front, parted)]
        yield canvas.mark_layer(rows, size, wheel.look).encode(
            tooltip=alt.Tooltip("words:N", title=" "), **wheel.place
        )


def _in_depth(groups: Sequence[Group], front: str | None) -> list[tuple[bool, list[Group]]]:
    """Part the groups into those behind and the one in front, which is drawn last."""
    behind = sorted((g for g in groups if g.id != front), key=lambda group: -group.slot)
    return [(False, behind), (True, [group for group in groups if group.id == front])]


def _corners(wheel: Wheel, group: Group, front: str | None, parted: float = 0) -> list[canvas.Row]:
    """Give the group's corners; parted by so many px from the marks of others on the same mean."""
    behind = front is not None and group.id != front
    ink = wheel.look.quiet if behind else colour(group.slot, wheel.look)
    return [
        {
            **wheel.spot(axis, side.mean, _aside_of(wheel, gap, n, parted)),
            "axis": axis,
            "words": f"{group.name}, {gap.domain.short}: {said(side.mean, 1)}",
            "colour": ink,
            "shape": shape(group.slot),
            "slot": group.slot,
        }
        for axis, gap in enumerate(wheel.gaps)
        for n, side in enumerate(gap.standings)
        if side.group.id == group.id
    ]


def _rings_named(wheel: Wheel) -> Iterable[canvas.Layer]:
    """Number the rings between the last axis and the first, where no mark ever stands."""
    axes = len(wheel.gaps)
    short = cos(pi / axes) if axes > 2 else 1
    # 0 stands beside the middle, but clear of 1: on three axes that is half a point away.
    least = max(0, min(0.3, short - 0.88 * wheel.look.small / wheel.tall))
    rows = [
        wheel.spot(-0.5, max(points * short, least)) | {"words": str(points)} for points in POINTS
    ]
    for words in canvas.haloed(rows, wheel.look.small, wheel.look):
        yield words.encode(**wheel.place)


def _around(wheel: Wheel) -> Iterable[canvas.Layer]:
    font, small = wheel.look.font, wheel.look.small
    for align in ("left", "center", "right"):
        names, figures = [], []
        for axis, gap in enumerate(wheel.gaps):
            spot = wheel.spot(axis, RIM)
            if _side_of(spot) == align:
                lines = _label_of(gap, spot, font)
                above, below = _drops(len(lines), spot["y"] / RIM, font, small)
                names.append(spot | {"words": "\n".join(lines), "drop": above})
                words = _figure(gap, wheel.rooms.get(axis))
                figures.append(spot | {"words": words, "drop": below})
        drop: dict[str, Any] = {"align": align, "yOffset": alt.expr("datum.drop")}
        yield canvas.text_layer(names, font, wheel.look.ink, fontWeight=600, **drop).encode(
            **wheel.place
        )
        yield canvas.text_layer(figures, small, wheel.look.ink, **drop).encode(**wheel.place)


def _figure(gap: Gap, room: float | None) -> str:
    if room is not None:
        return f"whole room {said(room, 1)}"
    return no_gap(gap) if gap.width is None else f"gap {said(gap.width, 1)}"


def _keys(
    groups: Sequence[Group], look: Look, front: str | None, *, room: bool = False
) -> list[Key]:
    average = [Key("average of the room", look.ink, "circle")] if room else []
    band = [Key("lowest to highest", look.band, PILL)] if groups or not room else []
    if front is None:
        return [*keys_of(groups, look), *band, *average]
    ahead = keys_of([group for group in groups if group.id == front], look)
    behind = f"{len(groups) - 1} others" if ahead else f"all {len(groups)}"
    return [*ahead, Key(behind, look.quiet, "circle"), *band, *average]
