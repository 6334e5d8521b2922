"""Measure a hosted room: `python -m benchmarks.hosted [race] [--reveals N]` (as root, or not)."""

import argparse
from statistics import median

from benchmarks.hosted.race import Raced, race
from tests.kit import engines


def said(raced: Raced) -> str:
    """Give the result of a row of reveals as one sentence."""
    waited = sorted(raced.waited)
    return (
        f"{len(waited)} reveals against 8 voters of another process: {raced.accepted:,} votes "
        f"accepted, {raced.late} late, {raced.lost} lost; a reveal took {median(waited) * 1000:.0f}"
        f" ms, at most {waited[-1] * 1000:.0f}."
    )


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m benchmarks.hosted", description=__doc__)
    asked.add_argument("--reveals", type=int, default=50)
    reveals = asked.parse_args().reveals
    cluster = engines.Cluster(durable=True)
    try:
        engines.database.prepare_shared(cluster.make("locked"))
        print(said(race(cluster.address("locked"), reveals)))
        engines.database.prepare_shared(cluster.make("unlocked"))
        print(
            "A copy without the lock:", said(race(cluster.address("unlocked"), reveals, lock=False))
        )
    finally:
        cluster.end()
