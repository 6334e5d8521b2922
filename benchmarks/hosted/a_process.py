"""Eight seats that vote without end in a process of its own, until their line of input ends.

Arguments: the database's address, a workshop's code, and `without-lock` for a copy of
the room whose deeds take no lock. Prints "ready" once all sit, and at the end how many votes were
accepted.
"""

import sys
import threading
import time
from itertools import count
from typing import Final

from aqua_core.errors import NotScored, RoundClosed
from aqua_core.store.database import open_shared
from aqua_core.vocabulary import Workshop
from aqua_core.workshop import scoring
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.joining import take_seat, workshop_to_join

SEATS: Final = 8
WITHOUT: Final = "without-lock"
_ended: Final = threading.Event()
_accepted: Final[list[int]] = []


def take_no_lock() -> None:
    """Have this process write beside everybody: the seal must not hold then."""
    from aqua_core.store.shared import room  # where psycopg is not, this file still loads

    room._BESIDE = "SELECT $1::bigint, $2::bigint"  # type: ignore[misc]
    room._ALONE = "SELECT $1::text[], $2::bigint[]"  # type: ignore[misc]


def vote(workshop: Workshop, caller: Caller) -> None:
    """Let one seat change its mind without end, on whatever is open."""
    keys, accepted = [domain.key for domain in workshop.instrument.domains], 0
    for number in count():
        if _ended.is_set():
            break
        try:
            scoring.submit_score(caller, workshop.code, keys[number % len(keys)], number % 5)
            accepted += 1
        except (RoundClosed, NotScored):  # until the next ones open
            time.sleep(0.002)
    _accepted.append(accepted)


if __name__ == "__main__":
    address, code, *more = sys.argv[1:]
    if WITHOUT in more:
        take_no_lock()
    scoring._changes.most = 10**9  # a person makes 300 a minute
    open_shared(address)
    workshop = workshop_to_join(code)
    seats = [
        Caller(seat=take_seat(Caller(), code, workshop.teams[number % 2].id))
        for number in range(SEATS)
    ]
    print("ready", flush=True)
    voting = [threading.Thread(target=vote, args=(workshop, seat)) for seat in seats]
    for thread in voting:
        thread.start()
    sys.stdin.read()
    _ended.set()
    for thread in voting:
        thread.join()
    print(sum(_accepted), flush=True)
