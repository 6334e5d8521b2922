"""A revision a workshop and channel: raised after each commit, awaited by every open page.

A page compares for difference, not order: after a restart the revisions begin anew under another
epoch, so every page that was open draws itself again.
"""

import asyncio
import secrets
import threading
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from typing import Final

_EPOCH: Final = secrets.token_hex(4)
_lock: Final = threading.Lock()
_counts: Final[Counter[tuple[str, "Channel"]]] = Counter()
_waiting: Final[dict[tuple[str, "Channel"], set["_Waiter"]]] = {}
_ended: Final = threading.Event()
_Waiter = asyncio.Future[None]


class Channel(StrEnum):
    """What a page wants to hear of: every vote, or only the stage (opened, revealed)."""

    ROOM = "room"
    STAGE = "stage"


def revision(code: str, channel: Channel) -> str:
    """Give the revision of a workshop: equal text means that nothing changed."""
    return f"{_EPOCH}-{_counts[code, channel]}"


def changed(code: str, *channels: Channel) -> None:
    """Raise the revision and wake whoever waits. Call it after the commit, from any thread."""
    with _lock:
        for channel in channels:
            _counts[code, channel] += 1
            _wake(_waiting.get((code, channel), ()))


async def wait_for_change(code: str, channel: Channel, seen: str, seconds: float) -> str:
    """Wait until the revision differs from `seen`, at most `seconds`; give the revision then."""
    # A bare future and timer: `asyncio.wait_for` makes a task for each of 200 quiet lines.
    loop = asyncio.get_running_loop()
    waiter = loop.create_future()
    with _lock:
        _waiting.setdefault((code, channel), set()).add(waiter)
    timer = loop.call_later(seconds, _ring, waiter)
    try:
        if revision(code, channel) == seen:
            await waiter
    finally:
        timer.cancel()
        _forget(code, channel, waiter)
    return revision(code, channel)


def end() -> None:
    """Let every waiting page go: a server that stops waits for their answers to be finished."""
    _ended.set()
    with _lock:
        for waiting in _waiting.values():
            _wake(waiting)


def ended() -> bool:
    """Tell whether the server is stopping."""
    return _ended.is_set()


def _wake(waiting: Iterable[_Waiter]) -> None:
    for waiter in waiting:
        with suppress(RuntimeError):  # its loop has ended; the others are still to be told
            waiter.get_loop().call_soon_threadsafe(_ring, waiter)


def _ring(waiter: _Waiter) -> None:
    if not waiter.done():
        waiter.set_result(None)


def _forget(code: str, channel: Channel, waiter: _Waiter) -> None:
    with _lock:
        waiting = _waiting[code, channel]
        waiting.discard(waiter)
        if not waiting:
            del _waiting[code, channel]
