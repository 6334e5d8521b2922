"""The collector of memory works while the room rests, and leaves alone a room that votes."""

import asyncio
import gc
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pages._server.tidying import tidy_at_rest

GLANCE = 0.05


class Page:
    """A page that holds itself, as those of the framework do."""

    def __init__(self) -> None:
        self.itself = self


def in_a_room(what: Any, seldom: float = 1000.0) -> None:
    async def room() -> None:
        tidying = asyncio.create_task(tidy_at_rest(GLANCE, seldom))
        await asyncio.sleep(0)
        await what()
        tidying.cancel()
        with suppress(asyncio.CancelledError):
            await tidying

    asyncio.run(room())


def made(things: int) -> list[list[int]]:
    return [[] for _ in range(things)]


async def until(comes: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not comes():
        assert time.monotonic() < deadline
        await asyncio.sleep(5 * GLANCE)  # to count what is frozen is no rest


async def frozen(things: int) -> None:
    await until(lambda: gc.get_freeze_count() >= things - 1000)  # some go meanwhile


def test_what_a_room_at_rest_holds_is_frozen_and_pages_that_ended_go_once_it_has_doubled() -> None:
    async def rests() -> None:
        at_first = gc.get_freeze_count()
        page = Page()
        ended, kept = weakref.ref(page), made(100_000)
        await frozen(at_first + len(kept))
        del page
        gc.collect()
        assert ended() is not None  # it lies frozen

        kept += made(2 * gc.get_freeze_count())
        await frozen(len(kept))
        kept += made(100_000)
        await until(lambda: ended() is None)

    in_a_room(rests)


def test_pages_that_ended_go_after_a_while_too() -> None:
    async def rests() -> None:
        at_first = gc.get_freeze_count()
        page = Page()
        ended, kept = weakref.ref(page), made(100_000)
        await frozen(at_first + len(kept))
        del page
        kept += made(100_000)
        await until(lambda: ended() is None)

    in_a_room(rests, seldom=0.0)


def test_a_room_that_votes_is_not_stopped_for_it() -> None:
    async def votes() -> None:
        at_first, kept = gc.get_freeze_count(), made(100_000)
        for _ in range(20):
            spent = time.process_time() + GLANCE / 2
            while time.process_time() < spent:
                pass
            await asyncio.sleep(GLANCE / 5)
            assert gc.get_freeze_count() <= at_first
        await frozen(at_first + len(kept))

    in_a_room(votes)
