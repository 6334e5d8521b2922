"""Attack the rooms: `python -m benchmarks.guard`. Writes docs/small-groups.md.

It takes hours, so it can run in pieces: `python -m benchmarks.guard tiny FROM TO` tries the tiny
rooms in this part of the list and prints their rows, `... rooms GUARD FROM TO` attacks the random
rooms with these numbers and prints what it counted.
"""

import os
import sys

# Before numpy loads: one room is one core's work, and two libraries' threads would fight.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

from collections import Counter
from collections.abc import Iterable
from functools import partial
from multiprocessing import Pool
from pathlib import Path

from aqua_core.rules import lines as arrangements
from aqua_core.rules.guard import told_on
from aqua_core.vocabulary import Compare
from benchmarks.guard.attack import attacked, drawn_by_counts
from benchmarks.guard.page import page, tiny_row
from benchmarks.guard.rooms import room_of
from benchmarks.guard.seen import cells_of, groups_shown
from benchmarks.guard.universe import EVERY, known_in
from benchmarks.rooms.planting import Case, Plant, Showing, invented

ROOMS = 10_000
GUARDS = (1, 3, 5)
PLANTED = 100
SIZES = (12, 24, 40, 60)
WORKERS = 2
PAGE = Path(__file__).parents[2] / "docs/small-groups.md"


def main(words: list[str]) -> None:
    """Do the piece that is asked for; without words attack every room and keep the page."""
    match words:
        case ["tiny", first, last]:
            few_shuffles()
            for tiny in EVERY[int(first) : int(last)]:
                print(tiny_row(tiny, known_in(tiny)), flush=True)
        case ["rooms", guard, first, last]:
            few_shuffles()
            seeds = range(int(first), int(last))
            print(dict(total(counted(int(guard), seed) for seed in seeds)))
        case _:
            everything()


def everything() -> None:
    """Attack every room, try every tiny one, count what is drawn, and keep the page."""
    with Pool(WORKERS, few_shuffles) as pool:
        found = {
            guard: total(pool.imap_unordered(partial(counted, guard), range(ROOMS), chunksize=20))
            for guard in GUARDS
        }
        tiny = dict(zip(EVERY, pool.map(known_in, EVERY, chunksize=1), strict=True))
        drawn = pool.starmap(planted, [(size, seed) for size in SIZES for seed in range(PLANTED)])
    said = page(found, tiny, total(drawn), PLANTED)
    PAGE.write_text(said, "utf-8")
    print(said)


def few_shuffles() -> None:
    """Ask chance 20 times and not 2000: what it hangs on is the same, and so are the ballots."""
    arrangements.SHUFFLES, arrangements.MOST_LISTED = 19, 20


def counted(guard: int, seed: int) -> Counter[str]:
    """Attack one room under a guard and give its counts."""
    workshop, casts = room_of(seed, guard)
    found = attacked(workshop, casts, seed)
    counts = Counter(
        rooms=1,
        domains=len(found.tellings),
        hidden=found.hidden,
        derivable=len(found.derivable),
        blanks=found.blanks,
        blanks_known=len(found.blanks_known),
        before=found.by_counts,
        drawn=found.drawn,
        alike=found.alike,
    )
    return counts + Counter(telling.name for telling in found.tellings)


def planted(size: int, seed: int) -> Counter[str]:
    """Count the group cells drawn in a planted room, and how many counts alone would draw."""
    plant = Plant.NOTHING if seed % 2 else Plant.TIER
    room = invented(Case(plant, Showing.UNEVEN, size, seed))
    counts: Counter[str] = Counter()
    for domain in (domain.key for domain in room.workshop.instrument.domains):
        told = told_on(room.workshop, room.casts, domain)
        for compare in Compare:
            groups = cells_of(room.workshop, room.casts, domain, compare)
            alone = groups_shown(room.workshop, room.casts, domain, compare)
            counts[f"{size} {compare} drawn"] += len(alone)
            counts[f"{size} {compare} before"] += sum(
                drawn_by_counts(told, compare, group) for group in groups
            )
        counts[f"{size} {told.telling.name}"] += 1
    return counts


def total(counts: Iterable[Counter[str]]) -> Counter[str]:
    """Add up."""
    together: Counter[str] = Counter()
    for count in counts:
        together.update(count)
    return together


if __name__ == "__main__":
    main(sys.argv[1:])
