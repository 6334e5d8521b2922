"""Measure a hosted room: `python -m benchmarks.hosted [race|wall|kill|move ...] [--reveals N]`."""

import argparse
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from aqua_core.store.travelling import TRAVELS
from benchmarks.hosted.moved import Moved, moved
from benchmarks.hosted.race import Raced, race
from benchmarks.hosted.servers import kill_one, room_in, seen_on_wall, served
from tests.kit import engines


def said(raced: Raced) -> str:
    """Give the result of a row of reveals as one sentence."""
    waited = sorted(raced.waited)
    return (
        f"{len(waited)} reveals against 8 voters of another process: {raced.accepted:,} votes "
        f"accepted, {raced.late} late, {raced.lost} lost; a reveal took {median(waited) * 1000:.0f}"
        f" ms, at most {waited[-1] * 1000:.0f}."
    )


def wall(what: str, address: str, servers: int) -> None:
    """Print how long a vote takes from the first of some servers to the wall on the last."""
    with TemporaryDirectory() as folder:
        room = room_in(Path(folder), address)
        with served(Path(folder), address, servers) as (first, *others):
            seconds = seen_on_wall(first, others[-1] if others else first, room)
    half, late = median(seconds), quantiles(seconds, n=20)[-1]
    print(
        f"{what}: {len(seconds)} votes, on the wall after {half * 1000:.0f} ms, "
        f"95 % within {late * 1000:.0f}."
    )


def said_of_move(one: Moved) -> str:
    """Give the result of a move as one sentence."""
    here, out, restored = one.differ
    return (
        f"{one.rows:,} rows moved in within {one.into:.1f} s ({here} of {len(TRAVELS)} tables "
        f"differ), out within {one.out:.1f} s ({out} differ); pg_dump took {one.dumped:.1f} s, "
        f"pg_restore {one.restored:.1f} s ({restored} differ)."
    )


def main() -> None:
    """Measure what is asked for, each in a database of its own."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.hosted", description=__doc__)
    asked.add_argument("what", nargs="*", default=["race", "wall", "kill", "move"])
    asked.add_argument("--reveals", type=int, default=50)
    given = asked.parse_args()
    cluster = engines.Cluster(durable=True)

    def room(name: str) -> str:
        address = cluster.make(name)
        engines.database.prepare_shared(address)
        return address

    try:
        if "race" in given.what:
            print(said(race(room("locked"), given.reveals)))
            print("Without the lock:", said(race(room("unlocked"), given.reveals, lock=False)))
        if "wall" in given.what:
            wall("One process over a file", "", 1)
            wall("One process over PostgreSQL", room("one"), 1)
            wall("Two processes over PostgreSQL", room("two"), 2)
        if "kill" in given.what:
            with TemporaryDirectory() as folder:
                killed = kill_one(Path(folder), room("killed"))
            print(
                f"One of two killed in the voting: {killed.acknowledged} votes acknowledged, "
                f"{killed.lost} lost, {killed.doubled} doubled; the first answer of the other came "
                f"after {killed.back_after * 1000:.0f} ms at most."
            )
        if "move" in given.what:
            with TemporaryDirectory() as folder:
                print(said_of_move(moved(Path(folder), cluster)))
    finally:
        cluster.end()


if __name__ == "__main__":
    main()
