"""Where the slope chart puts things: waves, means, and labels that may not overlap."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import altair as alt

from aqua_core.charts.plan.canvas import (
    LEADING,
    PADDING,
    Row,
    wide,
    wrapped,
)
from aqua_core.charts.plan.legend import Foot
from aqua_core.charts.slots import Look
from aqua_core.charts.words import change
from aqua_core.vocabulary import HIGHEST, LOWEST, PublishedWaves
from aqua_core.vocabulary.wave import PublishedDomain


@dataclass(frozen=True)
class Slopes:
    """Where waves and points stand, px; points run between the half points around the means."""

    published: PublishedWaves
    look: Look
    height: int
    foot: Foot
    labels: tuple[str, ...]

    @property
    def ends(self) -> tuple[float, float]:
        """Half points below the lowest mean and above the highest."""
        means = [mean for domain in self.published.domains for mean in domain.means]
        low = floor(2 * min(means, default=LOWEST)) / 2
        high = ceil(2 * max(means, default=HIGHEST)) / 2
        return (low, high) if low < high else (low - 0.5, high + 0.5)

    @property
    def top(self) -> float:
        """Px down to the highest mean there could be."""
        lines = max(len(self.wave_lines(wave)) for wave in self.published.waves)
        return self.look.font * (0.9 + lines * LEADING)

    @property
    def bottom(self) -> float:
        """Px down to the lowest mean there could be."""
        return self.height - PADDING - self.foot.height - self.look.font

    @property
    def left(self) -> float:
        """Px to the first wave: the values beside it, or half its name."""
        lines = self.wave_lines(self.published.waves[0])
        first = max(wide(line, self.look.font) for line in lines)
        return max(wide("0.00", self.look.small) + self.look.font * 2.2, first / 2)

    @property
    def right(self) -> float:
        """Px from the last wave to the edge: the labels."""
        return max(wide(label, self.look.small) for label in self.labels) + self.look.font * 1.6

    def wave_lines(self, wave: str) -> list[str]:
        """Break a wave's name rather than cut it where waves stand close."""
        apart = (self.look.narrowest * 0.5) / max(1, len(self.published.waves) - 1)
        return wrapped(wave, self.look.font, apart - self.look.font)

    def y(self, mean: float) -> float:
        """Give px down to a mean."""
        low, high = self.ends
        return self.bottom - (mean - low) / (high - low) * (self.bottom - self.top)

    def x(self) -> alt.X:
        """Place a wave, the first being 0."""
        reach: list[Any] = [self.left, alt.expr(f"width - {self.right}")]
        last = max(1, len(self.published.waves) - 1)
        return alt.X("wave:Q", axis=None).scale(domain=[0, last], range=reach, nice=False)


def nudged(places: Sequence[float], apart: float, top: float, bottom: float) -> list[float]:
    """Move labels, px down the page, until each stands `apart` from the next, as near as may be.

    Labels keep their order and stay between top and bottom while there is room for all of them.
    """
    order = sorted(range(len(places)), key=lambda n: places[n])
    blocks: list[tuple[list[int], float]] = []
    for n in order:
        members, middle = [n], places[n]
        while blocks and middle - blocks[-1][1] < apart * (len(members) + len(blocks[-1][0])) / 2:
            members = blocks.pop()[0] + members
            middle = sum(places[member] for member in members) / len(members)
            half = apart * (len(members) - 1) / 2
            middle = min(max(middle, top + half), max(bottom - half, top + half))
        blocks.append((members, middle))
    spots = {
        member: middle + (n - (len(members) - 1) / 2) * apart
        for members, middle in blocks
        for n, member in enumerate(members)
    }
    return [spots[n] for n in range(len(places))]


def steps_of(domain: PublishedDomain, slopes: Slopes) -> list[Row]:
    """Give a line from each wave to the next, and whether it fell."""
    return [
        {
            "wave": n,
            "next": n + 1,
            "y": slopes.y(domain.means[n]),
            "y2": slopes.y(domain.means[n + 1]),
            "fell": change(domain, n, n + 1) < 0,
        }
        for n in range(len(domain.means) - 1)
    ]
