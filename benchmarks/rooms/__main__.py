"""Judge the planted rooms: `python -m benchmarks.rooms`. Writes docs/rooms-simulated.md.

`--rooms 60` judges fewer rooms a row; `--only tier uneven 24` judges only rows whose planting,
showing or size has such a name, prints them and leaves the page as it is. Shares do not depend on
the machine; the time does, and `python -m benchmarks.rooms.timing` measures that alone.
"""

import os

# Before numpy loads: one room is one core's work, and two libraries' threads would fight.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

from argparse import ArgumentParser
from collections.abc import Collection, Mapping
from itertools import product
from multiprocessing import Pool

from benchmarks.rooms.judging import (
    SIZES,
    Cell,
    Share,
    judge,
    judge_four_apart,
    shares_of,
    shortfalls,
)
from benchmarks.rooms.planting import Case, Plant, Showing
from benchmarks.rooms.timing import PAGE, seconds_by_what
from benchmarks.rooms.wording import four_apart_said, page, tables

ROOMS = 300
WORKERS = 2
FOUR_APART = "four-apart"
NAMES = (*(choice.name.lower() for choice in (*Plant, *Showing)), *map(str, SIZES), FOUR_APART)


def main() -> None:
    """Judge every row asked for; keep the page when it is all of them."""
    parser = ArgumentParser(prog="python -m benchmarks.rooms", description=__doc__)
    parser.add_argument("--rooms", type=int, default=ROOMS)
    parser.add_argument("--only", nargs="+", choices=NAMES, default=[])
    chosen = parser.parse_args()
    if chosen.only == [FOUR_APART]:
        print(four_apart_said(four_apart(chosen.rooms)))
        return
    figures = {cell: judged(cell, chosen.rooms) for cell in cells(chosen.only)}
    if chosen.only:
        print("\n\n".join((shortfalls(figures), *tables(figures))))
        return
    # The time comes last, alone on its core.
    said = page(figures, four_apart(chosen.rooms), chosen.rooms, seconds_by_what())
    PAGE.write_text(said, "utf-8")
    print(said)


def cells(only: Collection[str]) -> list[Cell]:
    """Give the rows to judge: of each of planting, showing and size those named, or all."""
    return [
        (plant, showing, size)
        for showing, plant, size in product(
            [showing for showing in Showing if showing.name.lower() in only] or Showing,
            [plant for plant in Plant if plant.name.lower() in only] or Plant,
            [size for size in SIZES if str(size) in only] or SIZES,
        )
    ]


def judged(cell: Cell, rooms: int) -> Mapping[str, Share]:
    """Judge so many rooms of one row, on two processes."""
    with Pool(WORKERS) as pool:
        return shares_of(pool.map(judge, [Case(*cell, seed) for seed in range(rooms)]))


def four_apart(rooms: int) -> Mapping[str, Share]:
    """Judge so many rooms of six laptops."""
    return shares_of([judge_four_apart(seed) for seed in range(rooms)])


if __name__ == "__main__":
    main()
