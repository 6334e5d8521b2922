"""Fill the disk under a room, and see what is said, what goes on, and how soon it comes back.

Needs Linux and root, for a disk of its own (tmpfs, 300 MB).
"""

import random
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

import duckdb

from aqua_core.errors import FileUnusable
from aqua_core.store.database import _here
from aqua_core.vocabulary import Score
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.opening import close_room, open_room
from aqua_core.workshop.scoring import my_ballot, submit_score
from benchmarks.trust.a_voting_room import KEYS, SEATS, prepare, secret_of

_MEGABYTES: Final = 300
_PATIENCE: Final = 10.0  # seconds


class Filled(NamedTuple):
    """What a full disk did. Times in seconds; `lost` counts acknowledged answers not found."""

    said: str
    reads_back_after: float
    writes_back_after: float
    lost: int


Known = dict[tuple[int, str], Score]
"""What was acknowledged, by seat and domain key."""


def fill_up() -> Filled:
    """Vote, fill the disk, vote on, let a checkpoint fail, read, free the disk, vote again."""
    with _small_disk() as folder:
        open_room(folder / "room.duckdb")
        try:
            return _filled(folder, prepare())
        finally:
            close_room()


def said(found: Filled) -> str:
    """Give the result as one sentence."""
    return (
        f'Full disk: the room is told "{found.said}"; reading works {found.reads_back_after:.1f} s '
        f"after a checkpoint failed, writing {found.writes_back_after:.1f} s after space returned, "
        f"without a restart; {found.lost} acknowledged answers lost."
    )


def _filled(folder: Path, code: str) -> Filled:
    known: Known = {}
    _vote(code, known, 100)
    filler = folder / "filler"
    _fill(filler)
    sentence = _vote(code, known, 2_000)
    with suppress(duckdb.Error):  # what happens in a room that has grown enough
        _here()._connection.execute("CHECKPOINT")
    reads = _until(lambda: my_ballot(Caller(seat=secret_of(0)), code))
    filler.unlink()
    writes = _until(lambda: submit_score(Caller(seat=secret_of(0)), code, KEYS[0], 5))
    known.pop((0, KEYS[0]), None)
    return Filled(sentence, reads, writes, _lost(code, known))


def _vote(code: str, known: Known, times: int) -> str:
    """Vote until the disk is full; give what is said then."""
    dice = random.Random(3)
    for _ in range(times):
        seat, key = dice.randrange(SEATS), dice.choice(KEYS)
        try:
            saved = submit_score(Caller(seat=secret_of(seat)), code, key, dice.randint(0, 5))
        except FileUnusable as refusal:
            return str(refusal)
        known[seat, key] = saved.answers[key]
    return ""


def _lost(code: str, known: Known) -> int:
    ballots = [my_ballot(Caller(seat=secret_of(seat)), code).answers for seat in range(SEATS)]
    return sum(ballots[seat].get(key) != score for (seat, key), score in known.items())


def _until(works: Callable[[], object]) -> float:
    began = time.monotonic()
    while time.monotonic() < began + _PATIENCE:
        with suppress(FileUnusable):
            works()
            break
        time.sleep(0.05)
    return time.monotonic() - began


def _fill(filler: Path) -> None:
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass


@contextmanager
def _small_disk() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        size = f"size={_MEGABYTES}m"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


if __name__ == "__main__":
    print(said(fill_up()))
