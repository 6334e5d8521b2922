"""How long it takes to work out all that the screens say of a room."""

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
from benchmarks.rooms.planting import INSTRUMENT, invented


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
