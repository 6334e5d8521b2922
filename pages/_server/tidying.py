"""What the collector of memory does while the room rests, so that it does not amid its votes."""

import asyncio
import gc
import time
from typing import Final

_RESTS: Final = 0.1  # of one core, at most, is what a room takes that rests


async def tidy_at_rest(glance: float = 0.5, seldom: float = 1800.0) -> None:
    """Clear away what nothing holds any more, whenever the room rests; without end.

    What stays is frozen, and passed over when the collector stops the room next: amid the votes of
    200 seats it stopped it for 0.1 s.

    Args:
        glance: seconds between two looks whether the room rests.
        seldom: seconds after which what is frozen is looked through again, or once it has doubled.
    """
    frozen, since, spent = _thaw_and_tidy(), time.monotonic(), time.process_time()
    done = _collections()
    while True:
        await asyncio.sleep(glance)
        before, spent = spent, time.process_time()
        if spent - before > _RESTS * glance or _collections() == done:
            continue
        # Pages that ended lie frozen too.
        if gc.get_freeze_count() > 2 * frozen or time.monotonic() - since > seldom:
            frozen, since = _thaw_and_tidy(), time.monotonic()
        else:
            _tidy()
        done = _collections()


def _collections() -> int:
    # Of what outlived its first: where there was none, there is next to nothing to clear away.
    return sum(generation["collections"] for generation in gc.get_stats()[1:])


def _thaw_and_tidy() -> int:
    gc.unfreeze()
    _tidy()
    return gc.get_freeze_count()


def _tidy() -> None:
    gc.collect()
    gc.freeze()
