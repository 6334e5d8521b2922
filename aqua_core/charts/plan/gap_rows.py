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
from aqua_core.charts.slots import Look, Scale
from aqua_core.vocabulary import HIGHEST, Gap

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


@dataclass(frozen=True)
class Frame:
    """The page, px: `row` is the height of a row once axis and legend have theirs."""

    look: Look
    foot: Foot
    top: float
    row: float
    count: int
    scale: Scale
    labels: Mapping[str, str]
    crowded: bool = False

    @property
    def mark(self) -> float:
        """Px across a mark."""
        return min(self.look.mark, self.row * 0.48)

    def lanes(self, share: float) -> int:
        """Give how many marks fit above each other in a row, each showing this share of itself."""
        size = self.mark * share
        return max(1, int((self.row * 0.97 - self.mark + size) / size))

    @property
    def lines(self) -> int:
        """How many lines of small type fit in a row."""
        return 2 if self.row >= 2 * LEADING * self.look.small else 1

    @property
    def figure(self) -> float:
        """Px of the number that matters."""
        return min(self.look.font * 1.33, self.row * 0.75)

    def no_gap(self, gap: Gap) -> str:
        """Say what stands in place of a gap nobody may see, on the lines that a row holds."""
        words = no_gap(gap)
        return "\n".join(wrapped(words, 1, NO_GAP_ROOM)) if self.lines > 1 else words


@dataclass(frozen=True)
class Gutters:
    """Px left and right of the scale, and px a point, on the narrowest page."""

    left: float
    right: float
    point: float


def framed(
    gaps: Sequence[Gap], look: Look, height: int, foot: Foot, *, relative: bool = False
) -> Frame:
    """Share the height out: the scale's numbers, the rows, the legend."""
    top = look.font * 1.5
    rows = height - PADDING - top - foot.height - look.font * 0.4
    row = min(rows / max(1, len(gaps)), TALLEST * look.font)
    scale = scale_of(gaps) if relative else Scale()
    labels = labels_of(side.group for gap in gaps for side in gap.standings)
    return Frame(look, foot, top, row, len(gaps), scale, labels, crowded(gaps))


def scale_of(gaps: Sequence[Gap]) -> Scale:
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
        left = max([least, *(row[0] for row in asked)])
        right = max([least, *(row[1] for row in asked)])
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
    few = [frame.no_gap(gap) for gap in gaps if gap.width is None]
    return max([*rooms, *(_width(words, frame.look.small) for words in few)])


def _width(words: str, size: float) -> float:
    return max(wide(line, size) for line in words.split("\n"))
