"""Run the planted rooms: `python -m benchmarks.rooms`. Writes docs/rooms-simulated.md.

Figures of shares do not depend on the machine; the time does, and `python -m
benchmarks.rooms.timing` measures that alone, on a quiet minute.
"""

import os

# Before numpy loads: one room is one core's work, and two libraries' threads would fight.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

from collections import Counter
from collections.abc import Sequence
from multiprocessing import Pool

from aqua_core.vocabulary import Holder
from benchmarks.rooms.judging import Judged, judge
from benchmarks.rooms.timing import PAGE, seconds_by_what
from benchmarks.rooms.wording import page

ROOMS = 300
SIZES = (12, 24, 40, 60)
WORKERS = 2


def main() -> None:
    """Judge every room, print the tables and keep them."""
    tables = {}
    with Pool(WORKERS) as pool:
        for holder in Holder:
            for size in SIZES:
                rooms = [(size, seed, True, holder) for seed in range(ROOMS)]
                empty = [(size, seed, False, holder) for seed in range(ROOMS)]
                tables[holder, size] = row(pool.map(judge, rooms), pool.map(judge, empty))
    # Alone on its core, after the pool: 40 seats, 8 domains, everything.
    times = seconds_by_what()
    said = page(tables, ROOMS, times)
    PAGE.write_text(said, "utf-8")
    print(said)


def row(planted: Sequence[Judged], empty: Sequence[Judged]) -> dict[str, float | list[str]]:
    """Add up the rooms of one size."""
    topics = sum(each.topics for each in planted)
    wrong = Counter(said for each in planted for said in each.wrong)
    return {
        "most": max(each.topics for each in planted),
        "topics": topics / len(planted),
        "on planted": sum(each.on_planted for each in planted) / topics,
        "right": sum(each.right for each in planted) / topics,
        "right side": sum(each.right_side for each in planted) / topics,
        "empty clear": sum(each.clear > 0 for each in empty) / len(empty),
        "empty any": sum(each.topics > 0 for each in empty) / len(empty),
        "wrong": [f"{times} x {said}" for said, times in wrong.most_common(4)],
    }


if __name__ == "__main__":
    main()
