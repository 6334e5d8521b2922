"""Where the gap chart puts things: rows, gutters, and marks that would cover each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aqua_core.charts.plan.canvas import (
    LEADING,
    PADDING,
    wide,
    wrapped,
)
from aqua_core.charts.plan.dodge import Step, dodged
from aqua_core.charts.plan.ends import Ends, crowded, no_gap
from aqua_core.charts.plan.legend import Foot
from aqua_core.charts.plan.names import labels_of
from aqua_core.charts.plan.strip import FILLED, NO_STRIPS, Spreads, over, stripped, tallest
from aqua_core.charts.slots import Look, Scale
from aqua_core.vocabulary import HIGHEST, LOWEST, Gap, Spread

ASTRAY = 0.05
"""Points a mark may stand beside its value: a tie stays nearer to it than to the next half."""
ASTRAY_LEVEL = 0.3
"""The same where a whole row stands level: no other value is near, and eight in a heap are none."""
OVERLAPS = (1, 0.8, 0.6, 0.45, 0.3)
LABEL_ROOM = 9.5
"""Ems for a domain before it takes another line: "Finance & contracts" takes 9.3."""
NO_GAP_ROOM = 5.5
TALLEST = 4
"""Ems of a row: one domain alone is still a row, not a poster."""
PASSES = 12
STRIP, STRIP_ALONE = 0.42, 0.8
"""Ems of the strip of scores under a row's means; the second where no row has means."""
UNDER = 0.1
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
        return self.row - (self.strip + 2 * UNDER * self.look.font if self.strip else 0)

    def middle(self, row: int) -> float:
        """Give the middle of a row's storey, in rows from the top."""
        return row + self.storey / self.row / 2

    def foot_of_strip(self, row: int) -> float:
        """Give where a row's strip ends, in rows from the top."""
        return row + 1 - UNDER * self.look.font / self.row

    def cell(self, point: float) -> float:
        """Give px a seat has in the strips: a square, or less where many stand on one point."""
        return min(self.strip, FILLED * point / max(1, tallest(self.strips)))

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
        return 2 if self.storey >= 2 * LEADING * self.look.small else 1

    @property
    def figure(self) -> float:
        """Px of the number that matters."""
        return min(self.look.font * 1.33, self.row * 0.75)

    def no_gap(self, row: int, gap: Gap) -> str:
        """Say what stands in place of a gap nobody may see, on the lines that a row holds."""
        if not self.labels and any(self.strips):
            return ""  # the whole room in every row: said once, above
        words = no_gap(gap, self.strips[row] if self.strips else None)
        held = self.row >= 2 * LEADING * self.look.small
        return "\n".join(wrapped(words, 1, NO_GAP_ROOM)) if held else words


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
    rows = height - PADDING - top - foot.height - look.font * 0.4
    row = min(rows / max(1, len(gaps)), TALLEST * look.font)
    scale = _scale_of(gaps) if any(gap.relative for gap in gaps) else Scale()
    labels = labels_of(side.group for gap in gaps for side in gap.standings)
    strips = tuple(stripped(gap, spreads) for gap in gaps)
    ems = STRIP if any(gap.standings for gap in gaps) else STRIP_ALONE
    strip = min(ems * look.font, row * ems * 0.55) if any(strips) else 0
    return Frame(look, foot, top, row, len(gaps), scale, labels, crowded(gaps), strips, strip)


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
    if frame.row < 2 * LEADING * font:
        return words
    return "\n".join(wrapped(words, font, LABEL_ROOM * font))


def gutters(gaps: Sequence[Gap], ends: Sequence[Ends], frame: Frame) -> Gutters:
    """Give the scale all the width that the domains, the names and the gaps leave it.

    A name beside a mark in the middle needs no gutter, so each row asks only for what it lacks;
    asking changes px a point, so it is asked again until it settles.
    """
    look, least = frame.look, frame.look.mark * 0.8
    labels = [_width(label_of(gap, frame), look.font) for gap in gaps]
    label = max(labels, default=0) + look.font * 0.5
    figures = _figures_room(gaps, frame) + look.font * 0.6
    left = right = point = least
    for _ in range(PASSES):
        point = (look.narrowest - label - figures - left - right) / len(frame.scale.ticks[1:])
        asked = [
            _asked(gap, end, frame, point)
            for gap, end in zip(gaps, ends, strict=True)
            if gap.standings
        ]
        left = max([least, frame.beyond(LOWEST, point), *(row[0] for row in asked)])
        right = max([least, frame.beyond(HIGHEST, point), *(row[1] for row in asked)])
    return Gutters(label + left, figures + right, point)


def steps_of(gap: Gap, frame: Frame, point: float) -> list[Step]:
    """Give the step of each mark of a row, lowest mean first.

    Marks that crowd a row overlap in part rather than leave their value by more than ASTRAY.
    """
    places = [standing.mean * point for standing in gap.standings]
    astray = ASTRAY_LEVEL if gap.width == 0 else ASTRAY
    for share in OVERLAPS:
        steps = dodged(places, frame.mark * share, frame.lanes(share))
        if max((abs(step.across) for step in steps), default=0) <= astray * point:
            break
    return steps


def past(gap: Gap, frame: Frame, point: float) -> tuple[float, float]:
    """Give px that marks reach left of the lowest mean, and right of the highest."""
    steps = steps_of(gap, frame, point)
    stood = [s.mean * point + step.across for s, step in zip(gap.standings, steps, strict=True)]
    low, high = gap.lowest.mean * point, gap.highest.mean * point
    return low - min(stood) + frame.mark / 2, max(stood) - high + frame.mark / 2


def _asked(gap: Gap, ends: Ends, frame: Frame, point: float) -> tuple[float, float]:
    left, right = past(gap, frame, point)
    return (
        left + _name_room(ends.left, frame) - (gap.lowest.mean - frame.scale.low) * point,
        right + _name_room(ends.right, frame) - (frame.scale.high - gap.highest.mean) * point,
    )


def _name_room(words: str, frame: Frame) -> float:
    return _width(words, frame.look.small) + frame.look.font * 0.6 if words else 0


def _figures_room(gaps: Sequence[Gap], frame: Frame) -> float:
    rooms = [wide("gap ", frame.look.small) + wide("0.0", frame.figure)]
    few = [frame.no_gap(n, gap) for n, gap in enumerate(gaps) if gap.width is None]
    return max([*rooms, *(_width(words, frame.look.small) for words in few)])


def _width(words: str, size: float) -> float:
    return max(wide(line, size) for line in words.split("\n"))
