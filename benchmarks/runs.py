"""Repeat a figure: drop the runs that the host disturbed, keep the median of the others."""

import asyncio
import math
import statistics
import traceback
from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple

from benchmarks.machine import Steal

Run = dict[str, float]
TRIES: Final = 3  # for each run that is wanted
ADDED_UP: Final = ("lost", "doubled", "errors")


class Runs(NamedTuple):
    """The runs of one figure that count, those that were dropped, and how many failed."""

    kept: list[Run]
    dropped: list[Run]
    failed: int = 0

    def value(self, name: str) -> float:
        """Give the median of a number; of lost, doubled and errors the sum; nan of none."""
        values = [run[name] for run in self.kept if name in run]
        if not values:
            return math.nan
        if name in ADDED_UP:  # of the dropped runs too: no host excuses a lost vote
            return sum(values) + sum(run.get(name, 0) for run in self.dropped)
        return statistics.median(values)

    def each(self, name: str) -> list[float]:
        """Give a number of every run."""
        return [run[name] for run in self.kept if name in run]


def repeated(figure: Callable[[int], Awaitable[Run]], runs: int, steal: float, title: str) -> Runs:
    """Run a figure, which is given the number of the run, until enough runs count.

    A run counts when the host took no more than `steal` (per cent) of the processor time.
    """
    kept: list[Run] = []
    dropped: list[Run] = []
    failed = 0
    while len(kept) < runs and len(kept) + len(dropped) < runs * TRIES:
        print(f"{title}, run {len(kept) + 1} of {runs}", flush=True)
        watch = Steal()
        try:
            run = asyncio.run(_one(figure, len(kept)))
        except Exception:
            # A figure that cannot be taken is told as such, and the others go on.
            traceback.print_exc()
            failed = 1
            break
        stolen = 100 * watch.share()
        print(f"    {said(run)}, host took {stolen:.1f} %", flush=True)
        if stolen > steal:
            print("    dropped: the host took too much", flush=True)
            dropped.append(run)
        else:
            kept.append(run | {"steal": stolen})
    return Runs(kept, dropped, failed)


def said(run: Run) -> str:
    """Give the numbers of a run on one line."""
    return ", ".join(f"{name} {value:.4g}" for name, value in run.items())


async def _one(figure: Callable[[int], Awaitable[Run]], number: int) -> Run:
    return await figure(number)
