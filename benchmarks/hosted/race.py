"""Reveal against eight voters of another process, and count the votes that were late."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, NamedTuple

from aqua_core.store.connecting import Cursor
from aqua_core.store.database import close_database, open_shared, reading
from aqua_core.vocabulary import Workshop
from aqua_core.workshop.admitting import Caller, facilitating
from aqua_core.workshop.revealing import open_scoring, reveal_in
from benchmarks.hosted.a_process import WITHOUT, take_no_lock
from tests.kit.notation import made
from tests.kit.one_room import facilitating as signed_in

_BETWEEN = 0.12  # seconds of voting before each reveal


class Raced(NamedTuple):
    """What a row of reveals came to: votes, those late, those lost, and the reveals' seconds."""

    accepted: int
    late: int
    lost: int
    waited: tuple[float, ...]


def race(address: str, reveals: int, *, lock: bool = True) -> Raced:
    """Reveal so often while another process votes; without `lock`, as nobody may.

    A vote is late that the reveal's own transaction did not see at its end, and that was kept.
    """
    open_shared(address)
    try:
        return _race(address, reveals, lock=lock)
    finally:
        close_database()


def _race(address: str, reveals: int, *, lock: bool) -> Raced:
    caller = signed_in()
    workshop = made(caller, "Council", "Trust")
    keys = [domain.key for domain in workshop.instrument.domains]
    if not lock:
        take_no_lock()
    seen: dict[int, int] = {}
    waited: list[float] = []
    with _voting(address, workshop.code, lock=lock) as (ends, said):
        for number in range(1, reveals + 1):
            open_scoring(caller, workshop.code, keys)
            time.sleep(_BETWEEN)
            began = time.perf_counter()
            seen[number] = _revealed(caller, workshop, number)
            waited.append(time.perf_counter() - began)
        ends.close()
        accepted = int(said.readline())
    with reading(workshop.code) as cursor:
        held = {number: _votes(cursor, workshop, number) for number in seen}
    late = sum(held[number] - seen[number] for number in seen)
    return Raced(accepted, late, accepted - sum(held.values()), tuple(waited))


def _revealed(caller: Caller, workshop: Workshop, number: int) -> int:
    with facilitating(caller, workshop.code) as (cursor, here):
        reveal_in(cursor, here)
        return _votes(cursor, workshop, number)


def _votes(cursor: Cursor, workshop: Workshop, number: int) -> int:
    asked = "SELECT count(*) FROM vote WHERE workshop_id = $1 AND number = $2"
    found = cursor.execute(asked, [workshop.id, number]).fetchone()
    return int(found[0]) if found else 0


@contextmanager
def _voting(address: str, code: str, *, lock: bool) -> Iterator[tuple[IO[str], IO[str]]]:
    words = [address, code, *([] if lock else [WITHOUT])]
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.hosted.a_process", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as voters:
        assert voters.stdin
        assert voters.stdout
        try:
            assert voters.stdout.readline() == "ready\n"
            yield voters.stdin, voters.stdout
        finally:
            voters.terminate() if sys.exc_info()[0] else voters.stdin.close()
