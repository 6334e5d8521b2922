"""How long it takes to work out all that the screens say of a room.

`python -m benchmarks.rooms.timing` measures it anew, and keeps it in docs/rooms-simulated.md.
"""

import os

# Before numpy loads: "one core" is said on the page.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

from pathlib import Path
from time import perf_counter

from aqua_core.rules.gaps import gaps_of
from aqua_core.rules.guard import telling
from aqua_core.rules.reading.room import read_room
from aqua_core.rules.spread import spread_of
from aqua_core.rules.whole.blanks import blanks_of
from aqua_core.rules.whole.kinds import kinds_of
from aqua_core.rules.whole.level import levels_of
from aqua_core.rules.whole.own_average import against_own_average
from aqua_core.vocabulary import Compare, Holder
from benchmarks.rooms.judging import judge
from benchmarks.rooms.planting import INSTRUMENT, invented
from benchmarks.rooms.wording import TIME, time_told

TIMED = 60
PAGE = Path(__file__).parents[2] / "docs/rooms-simulated.md"


def main() -> None:
    """Measure the time and write it at the end of the page."""
    before, _, _ = PAGE.read_text("utf-8").partition(TIME)
    told = time_told(seconds_by_what())
    PAGE.write_text(before + told, "utf-8")
    print(told)


def seconds_by_what() -> dict[str, list[float]]:
    """Read rooms of 40 seats and 8 domains: the words alone, then with every picture."""
    rooms = [(40, seed, True, Holder.PERSON) for seed in range(TIMED)]
    return {
        "what the room is told": [judge(room).seconds for room in rooms],
        "and every picture of every comparison": [seconds_for_all(room) for room in rooms],
    }


def seconds_for_all(case: tuple[int, int, bool, Holder]) -> float:
    """Read the room of (size, seed, planted, holder), then work out every picture of it."""
    room = invented(*case)
    keys = [domain.key for domain in INSTRUMENT.domains]
    telling._told.cache_clear()  # judged before: nothing may be left of it
    began = perf_counter()
    reading = read_room(room.workshop, room.casts)
    levels_of(room.workshop, room.casts, keys, reading.domains)
    for compare in Compare:
        gaps = gaps_of(room.workshop, room.casts, keys, compare)
        kinds_of(gaps)
        against_own_average(gaps)
        blanks_of(room.workshop, room.casts, keys, compare)
        for domain in INSTRUMENT.domains:
            spread_of(room.workshop, room.casts, domain, compare)
    return perf_counter() - began


if __name__ == "__main__":
    main()
