"""What changed in which workshop, who wants to know, and what was worked out since."""

import asyncio
import secrets
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from enum import StrEnum
from typing import Any, Final, TypeVar

_EPOCH: Final = secrets.token_hex(4)
_lock: Final = threading.Lock()
_counts: Final[Counter[tuple[str, "Channel"]]] = Counter()
_missed: Final[Counter[str]] = Counter()  # how often other processes may have changed anything
_waiting: Final[dict[tuple[str, "Channel"], set["_Waiter"]]] = {}
_gathered_by: Final[dict[str, str]] = {}
_ended: Final = threading.Event()
_tellers: Final[list[Callable[[str, Iterable["Channel"]], None]]] = []
_Waiter = asyncio.Future[None]


class Channel(StrEnum):
    """What a page wants to hear of."""

    ROOM = "room"  # everything
    TEAMS = "teams"  # everything, once a second
    SEATS = "seats"  # all but votes
    DEEDS = "deeds"  # all but votes and who joins
    WALL = "wall"  # deeds, and what the facilitator shows
    STAGE = "stage"  # opened, revealed
    PHONES = "phones"  # the stage, and what the room is asked


_WITH: Final = {
    Channel.ROOM: Channel.TEAMS,
    Channel.DEEDS: Channel.WALL,
    Channel.STAGE: Channel.PHONES,
}
"""Who else hears of it."""


def revision(code: str, channel: Channel) -> str:
    """Give the revision of a workshop, "" for all: equal text means that nothing changed."""
    return f"{_EPOCH}-{_counts[code, channel] + _missed.total()}"


def changed(code: str, *channels: Channel) -> None:
    """Raise the revision and wake whoever waits. Call it after the commit, from any thread."""
    _raise(code, *channels, Channel.SEATS, Channel.DEEDS)


def joined(code: str) -> None:
    """Say, as `changed` does, that somebody sat down or waits to."""
    _raise(code, Channel.ROOM, Channel.SEATS)


def voted(code: str) -> None:
    """Say, as `changed` does, that a vote was saved: 50 may come in a second."""
    _raise(code, Channel.ROOM)


def shown(code: str, *channels: Channel) -> None:
    """Say, as `changed` does, that the facilitator shows something else: nothing was done."""
    _raise(code, Channel.ROOM, Channel.WALL, *channels)


def gathered(codes: Iterable[str], by: str) -> None:
    """Let whatever happens in these workshops be heard, once a second, by what gathers them."""
    _gathered_by.update(dict.fromkeys(codes, by))


def tell_others(tell: Callable[[str, Iterable[Channel]], None] | None) -> None:
    """Let other processes be told of whatever changes here; None tells nobody."""
    _tellers[:] = [tell] if tell else []


def _raise(code: str, *channels: Channel) -> None:
    for tell in _tellers:
        tell(code, channels)
    heard(code, channels)


def heard_of_anything() -> None:
    """Say that other processes may have changed whatever they like: every revision is another."""
    with _lock:
        _missed["notices"] += 1
        for waiting in _waiting.values():
            _wake(waiting)


def ask_anew(code: str) -> None:
    """Let what was worked out about a workshop be asked again, and wake nobody: nothing changed."""
    with _lock:
        _counts.update((code, channel) for channel in (Channel.ROOM, Channel.SEATS, Channel.DEEDS))


def heard(code: str, channels: Iterable[Channel]) -> None:
    """Raise the revision and wake whoever waits here: another process changed something."""
    channels = set(channels)
    if by := _gathered_by.get(code):
        heard(by, [Channel.TEAMS])
    with _lock:
        for channel in {*channels, *(_WITH[also] for also in channels if also in _WITH)}:
            _counts[code, channel] += 1
            _counts["", channel] += 1
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


T = TypeVar("T")

_kept: Final[dict[tuple[str, Hashable], tuple[object, Any]]] = {}
_locks: Final[defaultdict[tuple[str, Hashable], threading.Lock]] = defaultdict(threading.Lock)


def forget_all(code: str) -> None:
    """Keep no answer about a workshop."""
    # A list is made in one go: pages put answers beside it meanwhile.
    for asked in [asked for asked in list(_kept) if asked[0] == code]:
        with _locks[asked]:
            _kept.pop(asked, None)


def once_a_revision(code: str, question: Hashable, answer: Callable[[], T]) -> T:
    """Give the answer to a question about a workshop, worked out once a revision.

    The revision is read before the answer is: an answer may be newer than its label, never older.
    """
    return kept_with(code, question, revision(code, Channel.ROOM), answer)


def once_but_votes(code: str, question: Hashable, answer: Callable[[], T]) -> T:
    """Give the answer to a question about a workshop that no vote changes."""
    return kept_with(code, question, revision(code, Channel.SEATS), answer)


def once_a_deed(code: str, question: Hashable, answer: Callable[[], T]) -> T:
    """Give the answer to a question about a workshop that neither a vote nor a joining changes."""
    return kept_with(code, question, revision(code, Channel.DEEDS), answer)


def kept_with(code: str, question: Hashable, label: object, answer: Callable[[], T]) -> T:
    """Give the answer to a question about a workshop, worked out once for a label.

    Args:
        code: of the workshop.
        question: tells this answer from others about the same workshop.
        label: all that the answer hangs on; with an equal one the kept answer is given.
        answer: works it out.
    """
    # A lock a question: whoever asks another one does not wait for this answer.
    with _locks[code, question]:
        before, kept = _kept.get((code, question), (_NOTHING, None))
        if before is not label and before != label:
            kept = answer()
            _kept[code, question] = (label, kept)
    return kept  # type: ignore[no-any-return]


_NOTHING: Final = object()
