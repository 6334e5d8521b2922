"""What a hosted room must hold, each figure beside its must: `python -m benchmarks.hosted`."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.hosted.broken import SEATS, Broken, killed, lost_notices, restarted
from benchmarks.hosted.halls import halls, said_of
from benchmarks.hosted.moved import moved
from benchmarks.hosted.race import Raced, race
from benchmarks.hosted.servers import room_in, served
from benchmarks.hosted.wall import seen_on_wall
from benchmarks.machine import open_many_files
from benchmarks.votes import percentile
from tests.kit import engines

RATE: Final = 60.0  # votes a second in a hall: what two cores take that clients and proxy share
_missed: Final[list[str]] = []


def row(what: str, figure: str, must: str, *, holds: bool) -> None:
    """Print a figure beside what it must be."""
    print(f"{what}: {figure} (must: {must}){'' if holds else '  MISSED'}", flush=True)
    if not holds:
        _missed.append(what)


def race_it(cluster: engines.Cluster, asked: argparse.Namespace) -> None:
    """Reveal against eight voters of another process, with the lock and without it."""
    for name, lock in (("locked", True), ("unlocked", False)):
        raced = race(prepared(cluster, name), asked.reveals, lock=lock)
        must, holds = (
            ("0, 0", not raced.late + raced.lost) if lock else ("late ones", raced.late > 0)
        )
        row(f"{asked.reveals} raced reveals, {name}: late, lost", _said(raced), must, holds=holds)


def _said(raced: Raced) -> str:
    waited = sorted(raced.waited)
    return (
        f"{raced.late}, {raced.lost} of {raced.accepted:,} votes; a reveal took "
        f"{median(waited) * 1000:.0f} ms, at most {waited[-1] * 1000:.0f}"
    )


def wall(cluster: engines.Cluster, _: argparse.Namespace) -> None:
    """Time a vote to the wall: over a file, on one process, and from one to another."""
    late = {}
    ways = {
        "a file": [""],
        "one": [prepared(cluster, "one")],
        "two": [prepared(cluster, "two")] * 2,
    }
    for name, addresses in ways.items():
        with TemporaryDirectory() as folder:
            room = room_in(Path(folder), addresses[0])
            with served(Path(folder), addresses) as servers:
                seconds = seen_on_wall(servers[0], servers[-1], room)
        late[name] = percentile(seconds, 0.95)
        half = 1000 * percentile(seconds, 0.5)
        print(f"  {name}: {len(seconds)} votes, {half:.0f} / {1000 * late[name]:.0f} ms")
    ratio = late["two"] / late["one"]
    row("A vote on the other process's wall, p95", f"{ratio:.2f} x", "<= 1.5 x", holds=ratio <= 1.5)


def kill(cluster: engines.Cluster, _: argparse.Namespace) -> None:
    """Kill one of two processes behind the proxy."""
    with TemporaryDirectory() as folder:
        broken = killed(Path(folder), prepared(cluster, "killed"))
    _nothing_lost("One of two processes killed", broken)
    back = percentile(broken.back, 0.95)
    figure = f"{back:.1f} s ({len(broken.back)} of {SEATS} seats; slowest {max(broken.back):.1f} s)"
    row("  seats back, p95", figure, "<= 3 s", holds=back <= 3)


def restart(cluster: engines.Cluster, _: argparse.Namespace) -> None:
    """Kill the database in the voting and start it again."""
    with TemporaryDirectory() as folder:
        broken = restarted(Path(folder), cluster, prepared(cluster, "restarted"))
    _nothing_lost("The database killed and started", broken)
    right = max(broken.back)
    row("  walls right after its return", f"{right:.1f} s", "<= 3 s", holds=right <= 3)


def _nothing_lost(what: str, broken: Broken) -> None:
    figure = (
        f"{broken.lost}, {broken.doubled} of {broken.acknowledged} votes; the slowest tap after it "
        f"was saved within {broken.slowest_tap:.1f} s"
    )
    holds = broken.lost + broken.doubled == 0
    row(f"{what} in the voting: lost, doubled", figure, "0, 0", holds=holds)


def lost(cluster: engines.Cluster, _: argparse.Namespace) -> None:
    """Lose notices on the way to the process of a wall."""
    prepared(cluster, "lost")
    with TemporaryDirectory() as folder:
        missed = lost_notices(Path(folder), cluster, "lost")
    for what, seconds in (
        (f"A notice is lost ({len(missed.one)} times): wall right within", max(missed.one)),
        ("The line of notices falls silent: wall right within", missed.deaf),
    ):
        row(what, f"{seconds:.1f} s", "<= 20 s", holds=seconds <= 20)


def hall(cluster: engines.Cluster, asked: argparse.Namespace) -> None:
    """Let a thousand seats vote on two processes, and three thousand on four."""
    for seats, processes in ((1_000, 2), (3_000, 4)):
        if asked.seats in (None, seats):
            with TemporaryDirectory() as folder:
                address = prepared(cluster, f"hall{seats}")
                filled = halls(Path(folder), address, seats, processes, asked.rate)
            figure = f"{len(filled.faults)}, {filled.unseen}, {filled.missing} of {filled.sent:,}"
            wrong = len(filled.faults) + filled.unseen + filled.missing
            what = f"{seats:,} seats on {processes} processes: faults, votes not shown, not kept"
            row(what, figure, "0, 0, 0", holds=not wrong)
            print(f"  {said_of(filled)}", *dict.fromkeys(filled.faults[:5]), sep="\n  ")


def sealed(_: engines.Cluster, __: argparse.Namespace) -> None:
    """Compare all that two processes send before the reveal, and search the database's log."""
    tests = (
        "tests/room/test_sealed_by_two_processes.py",
        "tests/store/test_what_the_database_logs.py",
    )
    words = ["-m", "pytest", "-n", "0", "-s", "-m", "long or not long", *tests]
    done = subprocess.run(
        [sys.executable, *words], env=os.environ | {"TEST_ENGINE": "postgresql"}, check=False
    )
    figure = "0" if done.returncode == 0 else "see above"
    row(
        "Messages that differ by a score; scores in the log", figure, "0", holds=not done.returncode
    )


def move(cluster: engines.Cluster, _: argparse.Namespace) -> None:
    """Move a large room in, out, and through pg_dump."""
    with TemporaryDirectory() as folder:
        one = moved(Path(folder), cluster)
    said = (
        f"{one.rows:,} rows in within {one.into:.1f} s, out within {one.out:.1f} s; pg_dump took "
        f"{one.dumped:.1f} s, pg_restore {one.restored:.1f} s; "
        f"{', '.join(map(str, one.differ))} tables differ"
    )
    row(
        "Moved in, moved out, restored: tables that differ",
        said,
        "0, 0, 0",
        holds=not any(one.differ),
    )


PARTS: Final[dict[str, Callable[[engines.Cluster, argparse.Namespace], None]]] = {
    **{"race": race_it, "wall": wall, "kill": kill, "restart": restart, "lost": lost},
    **{"move": move, "hall": hall, "sealed": sealed},
}


def prepared(cluster: engines.Cluster, name: str) -> str:
    """Give a fresh database of the cluster."""
    address = cluster.make(name)
    engines.database.prepare_shared(address)
    return address


def main() -> None:
    """Measure what is asked for, each in a database of its own; exit with 1 for a missed must."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.hosted", description=__doc__)
    asked.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    asked.add_argument("--reveals", type=int, default=50)
    asked.add_argument("--rate", type=float, default=RATE, help="votes a second in a hall")
    asked.add_argument("--seats", type=int, help="of the halls only the one with so many")
    given = asked.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        asked.error(f"{', '.join(sorted(unknown))}: choose of {', '.join(PARTS)}")
    open_many_files()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # servers and cluster are ended then too
    cluster = engines.Cluster(durable=True)
    try:
        for name in given.parts or PARTS:
            PARTS[name](cluster, given)
    finally:
        cluster.end()
    sys.exit(1 if _missed else 0)


if __name__ == "__main__":
    main()
