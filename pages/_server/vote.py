"""Save one tap of a ballot. It is answered as saved after its commit, and not before.

What comes while others are written is written after them, all of it in one transaction.
"""

import asyncio
import json
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from aqua_core.errors import Refusal
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.hosting import is_hosted
from aqua_core.workshop.scoring import Meant, Saved, Tap, submit_score, submit_scores
from pages._server.door import body_of, seat_of, status_of

MOST: Final = 500  # bytes of one tap


class Sent(NamedTuple):
    """What a device sent: the domain, what it knew, and what it gives."""

    domain: str
    meant: Meant
    given: dict[str, Any]


async def vote(request: Request) -> Response:
    """Save the score of this device's seat on one domain and round.

    Answers 200 with the seat's own answers and how often each was given, or the sentence of a
    refusal: 5xx may be tried again, 4xx may not.
    """
    tap = await sent_in(request, MOST)
    if tap is None or "score" not in tap.given:
        return told(400, "This tap could not be read. Reload the page.")
    given = Tap(seat_of(request), tap.domain, tap.given["score"], tap.meant)
    try:
        saved = await _saved(request.path_params["code"], given)
    except Refusal as refusal:
        return told(status_of(refusal, 409), str(refusal))
    return JSONResponse(saved._asdict())


_Waiting = list[tuple[Tap, asyncio.Future[Saved]]]
MOST_TOGETHER: Final = 50  # taps in one transaction: another one's deed waits for it
_waiting: Final[dict[str, _Waiting]] = {}
"""By the code of each workshop of which a tap is being written, those that have come since."""
_writing: Final[set[asyncio.Task[None]]] = set()


async def _saved(code: str, tap: Tap) -> Saved:
    """Save a tap: at once, or with those that come while others are written."""
    if is_hosted():  # a shared database writes for several seats at a time
        return await _alone(code, tap)
    if code in _waiting:
        answer = asyncio.get_running_loop().create_future()
        _waiting[code].append((tap, answer))
        return await answer
    _waiting[code] = []
    try:
        return await _alone(code, tap)
    finally:
        _write_what_came(code)


async def _alone(code: str, tap: Tap) -> Saved:
    return await run_in_threadpool(submit_score, tap.caller, code, *tap[1:])


def _write_what_came(code: str) -> None:
    if not _waiting[code]:
        del _waiting[code]
        return
    writing = asyncio.create_task(_write(code))
    _writing.add(writing)
    writing.add_done_callback(_writing.discard)


async def _write(code: str) -> None:
    try:
        while _waiting[code]:
            together, _waiting[code] = _parted(_waiting[code])
            await _write_together(code, together)
    finally:
        del _waiting[code]


def _parted(waiting: _Waiting) -> tuple[_Waiting, _Waiting]:
    """Part what is written next from what waits on: a seat's second tap follows its first."""
    together: dict[Caller, tuple[Tap, asyncio.Future[Saved]]] = {}
    left = []
    for one in waiting:
        if one[0].caller in together or len(together) == MOST_TOGETHER:
            left.append(one)
        else:
            together[one[0].caller] = one
    return list(together.values()), left


async def _write_together(code: str, together: _Waiting) -> None:
    taps = [tap for tap, _ in together]
    done: Sequence[Saved | BaseException]
    try:
        done = await run_in_threadpool(submit_scores, code, taps)
    except Exception:  # nothing of it was kept: what one brought keeps no other out
        alone = (_alone(code, tap) for tap in taps)
        done = await asyncio.gather(*alone, return_exceptions=True)
    for (_, answer), saved in zip(together, done, strict=True):
        if answer.done():  # who asked has left
            continue
        if isinstance(saved, BaseException):
            answer.set_exception(saved)
        else:
            answer.set_result(saved)


async def sent_in(request: Request, most: int) -> Sent | None:
    """Read what a device sent in at most so many bytes; None where it could not be read."""
    body = await body_of(request, most)
    try:
        given = json.loads(body or b"")
        read = Sent(given["domain"], Meant(given["round"], given["after"]), given)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(read.domain, str) or any(type(number) is not int for number in read.meant):
        return None
    return read


def told(status: int, sentence: str) -> Response:
    """Answer with a sentence."""
    return JSONResponse({"said": sentence}, status_code=status)
