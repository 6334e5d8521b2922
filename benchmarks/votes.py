"""The load: who votes on what and when, and how long each vote took."""

import asyncio
import math
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from websockets.exceptions import ConnectionClosed

Score = int | str


class Refused(Exception):
    """A vote was not acknowledged; the text says how."""


class Vote(NamedTuple):
    """A vote to come: seconds after the start, and what."""

    at: float
    domain: str
    score: Score


class Click(NamedTuple):
    """A vote that was sent, in seconds of time.perf_counter(). `fault` is "" when it was saved."""

    seat: int
    vote: Vote
    planned: float
    sent: float
    acknowledged: float
    fault: str


class Drawing(NamedTuple):
    """What the projector showed from a moment on: how many votes."""

    at: float
    votes: int


def schedule(seats: int, domains: Sequence[str], seconds: float, seed: int) -> list[list[Vote]]:
    """Plan the votes of every seat: each domain once, at random times, one after the other."""
    chance = random.Random(seed)
    scores = [*range(6), "cannot say"]
    return [
        [
            Vote(at, domain, chance.choice(scores))
            for at, domain in zip(
                sorted(chance.uniform(0, seconds) for _ in domains), domains, strict=True
            )
        ]
        for _ in range(seats)
    ]


Cast = Callable[[int, Vote], Awaitable[None]]
Ready = Callable[[int], Awaitable[None]]


async def vote_all(plan: list[list[Vote]], cast: Cast, ready: Ready | None = None) -> list[Click]:
    """Let every seat vote by its plan. `ready` is awaited before a seat's next vote, untimed."""
    start = time.perf_counter() + 0.5

    async def one(seat: int, votes: list[Vote]) -> list[Click]:
        done = []
        for vote in votes:
            await asyncio.sleep(max(0.0, start + vote.at - time.perf_counter()))
            if ready:
                await ready(seat)
            done.append(await _clicked(seat, vote, start + vote.at, cast))
        return done

    each = await asyncio.gather(*(one(seat, votes) for seat, votes in enumerate(plan)))
    return [click for clicks in each for click in clicks]


async def _clicked(seat: int, vote: Vote, planned: float, cast: Cast) -> Click:
    sent, fault = time.perf_counter(), ""
    try:
        await cast(seat, vote)
    except (Refused, OSError, ConnectionClosed) as refused:
        fault = str(refused) or type(refused).__name__
    return Click(seat, vote, planned, sent, time.perf_counter(), fault)


def acknowledged(clicks: list[Click]) -> list[float]:
    """Give the milliseconds from click to acknowledgement; a vote that failed never ends."""
    return [math.inf if c.fault else 1000 * (c.acknowledged - c.sent) for c in clicks]


def visible(clicks: list[Click], drawings: list[Drawing]) -> list[float]:
    """Give the milliseconds from click until the projector shows the vote.

    Votes are numbered by their acknowledgements. The k-th is visible at the first drawing that
    was finished after its acknowledgement and counts k votes or more. A drawing that held the
    vote before its acknowledgement arrived is therefore taken as late as the acknowledgement's
    next drawing. A vote that was never shown never ends.
    """
    saved = sorted((c for c in clicks if not c.fault), key=lambda c: c.acknowledged)
    waits, place = [math.inf] * (len(clicks) - len(saved)), 0
    for number, click in enumerate(saved, start=1):
        # Both conditions only grow from vote to vote: one walk through the drawings.
        while place < len(drawings) and (
            drawings[place].at < click.acknowledged or drawings[place].votes < number
        ):
            place += 1
        shown = drawings[place].at if place < len(drawings) else math.inf
        waits.append(1000 * (shown - click.sent))
    return waits


def percentile(values: Sequence[float], share: float) -> float:
    """Give the nearest-rank percentile; nan of nothing."""
    if not values:
        return math.nan
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
