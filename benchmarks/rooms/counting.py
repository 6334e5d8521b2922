"""Adds up judged rooms: shares, each with the 95 % interval that so few rooms leave."""

from collections.abc import Mapping, Sequence
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from benchmarks.rooms.judging import Judged

TWO_SIDED = NormalDist().inv_cdf(0.975)
COUNTED = (
    *("card", "first", "merged", "right", "agreed", "untouched", "close"),
    *("calm", "no_line", "clear"),
)


class Share(NamedTuple):
    """A share (0 to 1) of so many rooms."""

    of_rooms: float
    rooms: int

    @property
    def per_cent(self) -> float:
        """The share in per cent, as a table prints it: sentence and table never differ."""
        return round(100 * self.of_rooms, 1)

    @property
    def interval(self) -> tuple[float, float]:
        """Where the share may lie, in per cent: Wilson (1927), 95 %."""
        n, z = self.rooms, TWO_SIDED
        middle = (self.of_rooms + z * z / (2 * n)) / (1 + z * z / n)
        half = z * sqrt(self.of_rooms * (1 - self.of_rooms) / n + z * z / (4 * n * n))
        half /= 1 + z * z / n
        return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def shares_of(judged: Sequence[Judged]) -> Mapping[str, Share]:
    """Give the share of rooms for each thing counted.

    `untouched` is a share of domains. Domains of one room hang together, so its interval is that
    of as many rooms, not of seven times as many.
    """
    rooms = len(judged)
    return {
        name: Share(sum(getattr(room, name) for room in judged) / rooms, rooms) for name in COUNTED
    }
