"""Rows of the ranked gaps: where marks, names and words stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from aqua_core.charts.layout import canvas
from aqua_core.charts.layout import names as names_in
from aqua_core.charts.layout.legend import Foot
from aqua_core.charts.layout.stacks import NO_STRIPS, STRIP_FILLED, Spreads, over, stripped, tallest
from aqua_core.charts.slots import Look, Scale
from aqua_core.vocabulary import HIGHEST, LOWEST, Gap, Spread
from aqua_core.vocabulary.points import said

_ASTRAY = 0.05
"""Points a mark may stand beside its value: a tie stays nearer to it than to the next half."""
_ASTRAY_LEVEL = 0.3
"""The same where a whole row stands level: no other value is near, and eight in a heap are none."""
_OVERLAPS = (1, 0.8, 0.6, 0.45, 0.3)
LABEL_ROOM = 9.5
"""Ems for a domain before it takes another line: "Finance & contracts" takes 9.3."""
_NO_GAP_ROOM = 5.5
_TALLEST = 4
"""Ems of a row: one domain alone is still a row, not a poster."""
_PASSES = 12
STRIP, STRIP_ALONE = 0.42, 0.8
"""Ems of the strip of scores under a row's means; the second where no row has means."""
_UNDER = 0.1
"""Ems above and below the strip."""


@dataclass(frozen=True)
class Frame:
    """The page, px: `row` is the height of a row once axis and legend have theirs.

    `strips` are the scores under each row's means, None where a row has none.
    """

    look: Look
    foot: Foot
    top: float
    row: float
    count: int
    scale: Scale
    labels: Mapping[str, str]
    crowded: bool = False
    strips: tuple[Spread | None, ...] = ()
    strip: float = 0

    @property
    def storey(self) -> float:
        """Px of a row above its strip: where means and names stand."""
        return self.row - (self.strip + 2 * _UNDER * self.look.font if self.strip else 0)

    def middle(self, row: int) -> float:
        """Give the middle of a row's storey, in rows from the top."""
        return row + self.storey / self.row / 2

    def foot_of_strip(self, row: int) -> float:
        """Give where a row's strip ends, in rows from the top."""
        return row + 1 - _UNDER * self.look.font / self.row

    def cell(self, point: float) -> float:
        """Give px a seat has in the strips: a square, or less where many stand on one point."""
        return min(self.strip, STRIP_FILLED * point / max(1, tallest(self.strips)))

    def beyond(self, points: int, point: float) -> float:
        """Give px that the strips reach past the lowest or the highest of the points."""
        most = max((over(spread, points) for spread in self.strips), default=0)
        return self.cell(point) * most / 2

    @property
    def mark(self) -> float:
        """Px across a mark."""
        return min(self.look.mark, self.storey * 0.48)

    def lanes(self, share: float) -> int:
        """Give how many marks fit above each other in a row, each showing this share of itself."""
        size = self.mark * share
        return max(1, int((self.storey * 0.97 - self.mark + size) / size))

    @property
    def lines(self) -> int:
        """How many lines of small type fit beside the marks."""
        return 2 if self.storey >= 2 * canvas.LEADING * self.look.small else 1

    @property
    def figure(self) -> float:
        """Px of the number that matters."""
        return min(self.look.font * 1.33, self.row * 0.75)

    def no_gap(self, row: int, gap: Gap) -> str:
        """Say what stands in place of a gap nobody may see, on the lines that a row holds."""
        if not self.labels and any(self.strips):
            return ""  # the whole room in every row: said once, above
        words = names_in.no_gap(gap, self.strips[row] if self.strips else None)
        held = self.row >= 2 * canvas.LEADING * self.look.small
        return "\n".join(canvas.wrapped(words, 1, _NO_GAP_ROOM)) if held else words


@dataclass(frozen=True)
class Gutters:
    """Px left and right of the scale, and px a point, on the narrowest page."""

    left: float
    right: float
    point: float


def framed(
    gaps: Sequence[Gap],
    look: Look,
    height: int,
    foot: Foot,
    spreads: Spreads = NO_STRIPS,
) -> Frame:
    """Share the height out: the scale's numbers, the rows, the legend."""
    top = look.font * 1.5
    rows = height - canvas.PADDING - top - foot.height - look.font * 0.4
    row = min(rows / max(1, len(gaps)), _TALLEST * look.font)
    scale = _scale_of(gaps) if any(gap.relative for gap in gaps) else Scale()
    labels = names_in.labels_of(side.group for gap in gaps for side in gap.standings)
    strips = tuple(stripped(gap, spreads) for gap in gaps)
    ems = STRIP if any(gap.standings for gap in gaps) else STRIP_ALONE
    strip = min(ems * look.font, row * ems * 0.55) if any(strips) else 0
    return Frame(
        look, foot, top, row, len(gaps), scale, labels, names_in.crowded(gaps), strips, strip
    )


def _scale_of(gaps: Sequence[Gap]) -> Scale:
    """Give -3 to 3 for steps, or -5 to 5 where somebody stands further from their own average.

    Never a scale that just fits: two charts of a room must compare.
    """
    furthest = max((abs(side.mean) for gap in gaps for side in gap.standings), default=0)
    reach = 3 if furthest <= 3 else HIGHEST
    return Scale(low=-reach, high=reach, relative=True)


def label_of(gap: Gap, frame: Frame) -> str:
    """Give the domain's name, on two lines where a row holds them and the name is long."""
    words, font = gap.domain.short, frame.look.font
    if frame.row < 2 * canvas.LEADING * font:
        return words
    return "\n".join(canvas.wrapped(words, font, LABEL_ROOM * font))


def gutters(gaps: Sequence[Gap], ends: Sequence[names_in.Ends], frame: Frame) -> Gutters:
    """Give the scale all the width that the domains, the names and the gaps leave it.

    A name beside a mark in the middle needs no gutter, so each row asks only for what it lacks;
    asking changes px a point, so it is asked again until it settles.
    """
    look, least = frame.look, frame.look.mark * 0.8
    labels = [_width(label_of(gap, frame), look.font) for gap in gaps]
    label = max(labels, default=0) + look.font * 0.5
    figures = _figures_room(gaps, frame) + look.font * 0.6
    left = right = point = least
    for _ in range(_PASSES):
        point = (look.narrowest - label - figures - left - right) / len(frame.scale.ticks[1:])
        asked = [
            _asked(gap, end, frame, point)
            for gap, end in zip(gaps, ends, strict=True)
            if gap.standings
        ]
        left = max([least, frame.beyond(LOWEST, point), *(row[0] for row in asked)])
        right = max([least, frame.beyond(HIGHEST, point), *(row[1] for row in asked)])
    return Gutters(label + left, figures + right, point)


def steps_of(gap: Gap, frame: Frame, point: float) -> list[canvas.Step]:
    """Give the step of each mark of a row, lowest mean first.

    Marks that crowd a row overlap in part rather than leave their value by more than ASTRAY.
    """
    places = [standing.mean * point for standing in gap.standings]
    astray = _ASTRAY_LEVEL if gap.width == 0 else _ASTRAY
    for share in _OVERLAPS:
        steps = canvas.dodged(places, frame.mark * share, frame.lanes(share))
        if max((abs(step.across) for step in steps), default=0) <= astray * point:
            break
    return steps


def _past(gap: Gap, frame: Frame, point: float) -> tuple[float, float]:
    """Give px that marks reach left of the lowest mean, and right of the highest."""
    steps = steps_of(gap, frame, point)
    stood = [s.mean * point + step.across for s, step in zip(gap.standings, steps, strict=True)]
    low, high = gap.lowest.mean * point, gap.highest.mean * point
    return low - min(stood) + frame.mark / 2, max(stood) - high + frame.mark / 2


def _asked(gap: Gap, ends: names_in.Ends, frame: Frame, point: float) -> tuple[float, float]:
    left, right = _past(gap, frame, point)
    return (
        left + _name_room(ends.left, frame) - (gap.lowest.mean - frame.scale.low) * point,
        right + _name_room(ends.right, frame) - (frame.scale.high - gap.highest.mean) * point,
    )


def _name_room(words: str, frame: Frame) -> float:
    return _width(words, frame.look.small) + frame.look.font * 0.6 if words else 0


def _figures_room(gaps: Sequence[Gap], frame: Frame) -> float:
    rooms = [canvas.wide("gap ", frame.look.small) + canvas.wide("0.0", frame.figure)]
    few = [frame.no_gap(n, gap) for n, gap in enumerate(gaps) if gap.width is None]
    return max([*rooms, *(_width(words, frame.look.small) for words in few)])


def _width(words: str, size: float) -> float:
    return max(canvas.wide(line, size) for line in words.split("\n"))


_HALF = HIGHEST / 2


@dataclass(frozen=True)
class Drawing:
    """Everything a layer needs: the gaps and where they go."""

    gaps: Sequence[Gap]
    ends: Sequence[names_in.Ends]
    frame: Frame
    gutters: Gutters

    def x(self, field: str) -> alt.X:
        """Place a figure on the scale."""
        reach: list[Any] = [self.gutters.left, alt.expr(f"width - {self.gutters.right}")]
        ends = [self.frame.scale.low, self.frame.scale.high]
        return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=ends, range=reach, nice=False))

    def y(self, field: str = "row") -> alt.Y:
        """Place a row, counted from the top."""
        reach: list[Any] = [self.frame.top, self.bottom]
        count = max(1, self.frame.count)
        return alt.Y(
            f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, count], range=reach, nice=False)
        )

    @property
    def bottom(self) -> float:
        """Px down to the end of the last row."""
        return self.frame.top + self.frame.row * self.frame.count


def names(drawing: Drawing) -> Iterable[canvas.Layer]:
    """Name who stands lowest and who highest, beside their marks."""
    look = drawing.frame.look
    for side, align in (("left", "right"), ("right", "left")):
        rows = _end_rows(drawing, side)
        for words in canvas.haloed(rows, look.small, look, align=align, dx=alt.expr("datum.aside")):
            yield words.encode(x=drawing.x("mean"), y=drawing.y())


def of_the_room(drawing: Drawing) -> Iterable[canvas.Layer]:
    """Say the room's own average beside its tick, where a row has no group to name."""
    look, frame = drawing.frame.look, drawing.frame
    for align, aside in (("left", look.font * 0.4), ("right", -look.font * 0.4)):
        rows: list[canvas.Row] = [
            {
                "row": frame.middle(n),
                "mean": round(average, 2),
                "words": f"average {said(average, 1)}",
            }
            for n, average in enumerate(room_averages(drawing))
            if average is not None and (average <= _HALF) == (align == "left")
        ]
        for words in canvas.haloed(rows, look.small, look, align=align, dx=aside) if rows else ():
            yield words.encode(x=drawing.x("mean"), y=drawing.y())


def room_averages(drawing: Drawing) -> list[float | None]:
    """Give the average of the whole room in rows without a group; None in the others."""
    pairs = zip(drawing.gaps, drawing.frame.strips, strict=True)
    return [strip.average if strip and not gap.standings else None for gap, strip in pairs]


def _end_rows(drawing: Drawing, side: str) -> list[canvas.Row]:
    rows = []
    for n, (gap, ends) in enumerate(zip(drawing.gaps, drawing.ends, strict=True)):
        words = ends.left if side == "left" else ends.right
        if words:
            mean, aside = _edge(gap, side, drawing)
            rows.append(
                {
                    "row": drawing.frame.middle(n),
                    "mean": round(mean, 2),
                    "words": words,
                    "aside": aside,
                }
            )
    return rows


def _edge(gap: Gap, side: str, drawing: Drawing) -> tuple[float, float]:
    """Give the mean a name stands beside, and px from it past the last of the marks."""
    left, right = _past(gap, drawing.frame, drawing.gutters.point)
    air = drawing.frame.look.font * 0.3
    return (gap.lowest.mean, -left - air) if side == "left" else (gap.highest.mean, right + air)


def figures(drawing: Drawing) -> Iterable[canvas.Layer]:
    """Write each domain at the left and its gap at the right."""
    frame, look = drawing.frame, drawing.frame.look
    known = [(n, said(gap.width, 1)) for n, gap in enumerate(drawing.gaps) if gap.width is not None]
    few = [(n, frame.no_gap(n, gap)) for n, gap in enumerate(drawing.gaps) if gap.width is None]
    domains = [(n, label_of(gap, frame)) for n, gap in enumerate(drawing.gaps)]
    aside = f"width - {canvas.wide('0.0', frame.figure) + look.font * 0.2}"
    for written, size, weight, ink, across in (
        (domains, look.font, 600, look.ink, "0"),
        (known, frame.figure, 600, look.ink, "width"),
        ([(n, "gap") for n, _ in known], look.small, 400, look.ink, aside),
        (few, look.small, 400, look.quiet, "width"),
    ):
        rows = [{"row": n + 0.5, "words": words} for n, words in written]
        align = "left" if across == "0" else "right"
        yield canvas.text_layer(rows, size, ink, align=align, fontWeight=weight).encode(
            x=canvas.x_at(across), y=drawing.y()
        )


_NAME_ROOMS = {1: (8.0,), 2: (8.5, 10.0)}
"""Ems for the names at an end, by the lines a row holds, the first that holds them: what a name
takes, the scale has not. Two lines of 10 hold the longest name, 40 letters."""
_CROWD_NAME_ROOMS = (13.0,)
"""The same where no legend stands under them that would name them in full."""


def ends_of(gap: Gap, frame: Frame, called: str) -> names_in.Ends:
    """Name the lowest and the highest; where all stand level, name them once, at the right."""
    lowest, highest = names_in.at_ends(gap)
    named = [
        _fitted([frame.labels[standing.group.id] for standing in side], called, frame)
        for side in (lowest, highest)
    ]
    return names_in.Ends("" if lowest == highest else named[0], named[1])


def _fitted(names: Sequence[str], called: str, frame: Frame) -> str:
    """Break names into the lines a row holds; what is left out is in the legend in full."""
    rooms = _CROWD_NAME_ROOMS if frame.crowded else _NAME_ROOMS[frame.lines]
    size, most = frame.look.small, frame.lines
    for room in (ems * frame.look.font for ems in rooms):
        for lines in _ways(names, called, size, room):
            if len(lines) <= most and all(canvas.wide(line, size) <= room for line in lines):
                return "\n".join(lines)
    if len(names) > 1:
        return f"{len(names)} {called}"
    return "\n".join(_short(names[0], size, room, most)) if names else ""


def _ways(names: Sequence[str], called: str, size: float, room: float) -> Iterator[list[str]]:
    """Give names together, the better way first: each of two on a line of its own."""
    lines = canvas.wrapped(names_in.together(names, called, ", "), size, room)
    if len(names) == 2 and len(lines) > 1:
        yield [f"{names[0]},", names[1]]
    yield lines


def _short(name: str, size: float, room: float, most: int) -> list[str]:
    """Cut one name to the lines a row holds; on two, its tier has the second."""
    head, tier = names_in.parted(name)
    if most > 1 and tier:
        return [f"{_short(head, size, room, 1)[0]},", tier]
    for words in names_in.cuts(name):
        lines = canvas.wrapped(words, size, room)
        if len(lines) <= most and all(canvas.wide(line, size) <= room for line in lines):
            break
    return lines if len(lines) <= most else [words]
