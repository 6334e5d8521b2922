"""How much work it is to find all that the screens say of a room: seconds of one core.

`python -m benchmarks.rooms.timing` measures it anew, and keeps it in docs/rooms-simulated.md.
"""

import os

# Before numpy loads: "one core" is said on the page.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

from pathlib import Path
from time import process_time

from aqua_core.rules import guard as telling
from aqua_core.rules.agreement import spread_of
from aqua_core.rules.gaps import gaps_of
from aqua_core.rules.room import read_room
from aqua_core.rules.whole import against_own_average, blanks_of, kinds_of, levels_of
from aqua_core.vocabulary import Compare
from benchmarks.rooms.planting import INSTRUMENT, Case, Invented, Plant, Showing, invented
from benchmarks.rooms.wording import TIME, time_told

TIMED = {40: 60, 200: 20}
"""How many rooms of so many seats are timed."""
PAGE = Path(__file__).parents[2] / "docs/rooms-simulated.md"


def main() -> None:
    """Measure the time and write it at the end of the page."""
    before, _, _ = PAGE.read_text("utf-8").partition(TIME)
    told = time_told(seconds_by_what())
    PAGE.write_text(before + told, "utf-8")
    print(told)


def seconds_by_what() -> dict[str, list[float]]:
    """Read rooms of 40 and of 200 seats: the words alone, then with every picture.

    Seconds that one core works, so that what else the machine does is not counted.
    """
    seconds: dict[str, list[float]] = {}
    for size, rooms in TIMED.items():
        timed = [
            invented(Case(plant, Showing.UNEVEN, size, seed))
            for seed in range(rooms // 2)
            for plant in (Plant.TIER, Plant.PARTNER)
        ]
        seconds |= {
            f"{size} seats, what the room is told": [seconds_for_words(room) for room in timed],
            f"{size} seats, and every picture of every comparison": [
                seconds_for_all(room) for room in timed
            ],
        }
    return seconds


def seconds_for_words(room: Invented) -> float:
    """Read a room as if for the first time."""
    telling._told.cache_clear()  # read before: nothing may be left of it
    began = process_time()
    read_room(room.workshop, room.casts)
    return process_time() - began


def seconds_for_all(room: Invented) -> float:
    """Read a room as if for the first time, then work out every picture of it."""
    keys = [domain.key for domain in INSTRUMENT.domains]
    telling._told.cache_clear()  # read before: nothing may be left of it
    began = process_time()
    reading = read_room(room.workshop, room.casts)
    levels_of(room.workshop, room.casts, keys, reading.domains)
    for compare in Compare:
        gaps = gaps_of(room.workshop, room.casts, keys, compare)
        kinds_of(gaps)
        against_own_average(gaps)
        blanks_of(room.workshop, room.casts, keys, compare)
        for domain in INSTRUMENT.domains:
            spread_of(room.workshop, room.casts, domain, compare)
    return process_time() - began


if __name__ == "__main__":
    main()
