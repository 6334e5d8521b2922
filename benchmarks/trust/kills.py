"""Kill a room of 40 voting seats at random instants, start it again, and count what is missing."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

KILLS = 1_000
_ROOM = (sys.executable, "-m", "benchmarks.trust.a_voting_room")
_EARLY = 0.2  # of the kills fall into the opening of the room, the others into the voting
_OPENING = 1.5  # seconds after the start
_VOTING = 0.8  # seconds after the room was open

Answered = dict[tuple[str, str], tuple[int, int]]
"""How often a seat answered a domain, and its newest points, by seat id and domain key."""


class Found(NamedTuple):
    """What a row of kills came to, in answers; the first two count kills."""

    kills: int = 0
    before_the_first_answer: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    kept_unacknowledged: int = 0
    not_as_it_was: int = 0


def kill_often(kills: int = KILLS, seed: int = 11) -> Found:
    """Kill and start again; every answer acknowledged before a kill must be there after it."""
    dice, known, found = random.Random(seed), Answered(), Found()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "room.duckdb"
        for number in range(kills):
            early = number > 0 and dice.random() < _EARLY
            lines = _killed(path, number, dice.uniform(0, _OPENING if early else _VOTING), early)
            found = _added(found, Found(1, not lines))
            if lines:
                found = _added(found, _compared(json.loads(lines[0]), lines[1:], known))
        looked = subprocess.run([*_ROOM, str(path), "look"], stdout=subprocess.PIPE, check=True)
        return _added(found, _compared(json.loads(looked.stdout), [], known))


def said(found: Found) -> str:
    """Give the result as one sentence."""
    return (
        f"{found.kills:,} kills ({found.before_the_first_answer:,} of them before the room was "
        f"open), {found.acknowledged:,} answers acknowledged: {found.lost} lost, {found.doubled} "
        f"doubled, {found.kept_unacknowledged:,} kept that nobody was told of; the file opened "
        f"every time, {found.not_as_it_was} times with something to mend."
    )


def _killed(path: Path, seed: int, seconds: float, early: bool) -> list[str]:
    """Run the room and kill it: so long after its start, or after its first answer.

    Returns what it said; nothing if it was killed before the room was open.
    """
    words = [*_ROOM, str(path), str(seed)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as room:
        assert room.stdout
        state = b"" if early else room.stdout.readline()
        time.sleep(seconds)
        ended = room.poll()
        room.kill()
        said, wrong = room.communicate()
    if ended is not None or b"Error" in wrong:
        raise RuntimeError(f"the room ended by itself: {wrong.decode()}")
    return (state + said).decode().splitlines()


def _compared(state: dict[str, Any], lines: list[str], known: Answered) -> Found:
    """Compare what the file holds with what was known, then take in what was said since."""
    held = {(seat, domain): (times, points) for seat, domain, times, _, points in state["rows"]}
    both = [(held.get(asked, (0, 0)), before) for asked, before in known.items()]
    found = Found(
        acknowledged=len(lines),
        lost=sum(
            there[0] < before[0] or (there[0] == before[0] and there != before)
            for there, before in both
        ),
        doubled=sum(there[0] > before[0] + 1 for there, before in both)
        + sum(times != rows for _, _, times, rows, _ in state["rows"]),
        kept_unacknowledged=sum(there[0] == before[0] + 1 for there, before in both),
        not_as_it_was=bool(state["said"]),
    )
    known.update(held)
    for line in lines:
        seat, domain, times, points = line.split()
        known[state["seats"][int(seat)], domain] = (int(times), int(points))
    return found


def _added(one: Found, other: Found) -> Found:
    return Found(*map(sum, zip(one, other, strict=True)))


if __name__ == "__main__":
    print(said(kill_often(int(sys.argv[1]) if sys.argv[1:] else KILLS)))
