"""Whether a file that is full of earlier workshops makes the room slower."""

from pathlib import Path
from typing import Final

from benchmarks.figures.load import load
from benchmarks.report import said

PAST: Final = 50  # earlier workshops of 6,000 votes


async def growth(app: Path, seats: int, number: int) -> dict[str, float]:
    """Run the load on an empty and on a full file, now the one first, now the other."""
    order = (0, PAST) if number % 2 == 0 else (PAST, 0)
    acks = {}
    for past in order:
        acks[past] = await load(app, seats, number, past)
        print(f"    {past} earlier workshops: {said(acks[past])}", flush=True)
    empty, full = acks[0], acks[PAST]
    return {
        "growth": full["ack p95"] / empty["ack p95"],
        "ack p95 empty": empty["ack p95"],
        "ack p95 full": full["ack p95"],
        "cpu a vote empty": empty["cpu a vote"],
        "cpu a vote full": full["cpu a vote"],
        "lost": empty["lost"] + full["lost"],
        "doubled": empty["doubled"] + full["doubled"],
        "errors": empty["errors"] + full["errors"],
    }
