"""Tell an open page that its workshop changed. Revisions and counts travel here, never a score."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from aqua_core.errors import NoSuchWorkshop, Refusal
from aqua_core.live import Channel, ended, revision, wait_for_change
from aqua_core.vocabulary import clean_code
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.gathering import check_is_gathering
from aqua_core.workshop.reading import stage_now
from pages._counting import COUNTS, counted_now
from pages._room import caller_in
from pages._server.door import status_of

# Seconds that changes are gathered: a burst of votes is one count, of people who come one page.
_COUNTED: Final = 0.09
_TOGETHER: Final = {Channel.TEAMS: 1.0}
_OTHERS: Final = 0.25
# Seconds for which phones are told later than walls. The room looks at the wall: with all phones
# drawing beside it, its picture came a quarter later, and no phone any sooner.
AFTER_THE_WALL: Final = 0.6
_ALIVE: Final = "event: alive\ndata:\n\n"
PING: Final = 15.0  # seconds after which a quiet line says that it is alive


async def push(request: Request) -> Response:
    """Stream the revisions of one workshop as server-sent events."""
    try:
        code = clean_code(request.path_params["code"])
        await run_in_threadpool(_check_is_here, code)
        asked = request.query_params.get("channel", "")
        if asked == COUNTS:
            caller = caller_in(request.cookies)
            await run_in_threadpool(counted_now, caller, code)
            return _streamed(_counts(code, caller))
        channel = Channel(asked)
    except Refusal as refusal:
        return PlainTextResponse(str(refusal), status_code=status_of(refusal, 404))
    except ValueError:
        return PlainTextResponse("Listen to the room or to its stage.", status_code=400)
    return _streamed(_revisions(code, channel))


def _streamed(said: AsyncIterator[str]) -> Response:
    return StreamingResponse(said, media_type="text/event-stream")


def _check_is_here(code: str) -> None:
    try:
        stage_now(code)
    except NoSuchWorkshop:
        check_is_gathering(code)


async def _revisions(code: str, channel: Channel) -> AsyncIterator[str]:
    seen = ""
    while not ended():
        now = await wait_for_change(code, channel, seen, PING)
        if now == seen:
            yield _ALIVE
            continue
        if seen and channel is Channel.PHONES:
            await asyncio.sleep(AFTER_THE_WALL)
            now = revision(code, channel)
        seen = now
        yield f"data: {now}\n\n"
        await asyncio.sleep(_TOGETHER.get(channel, _OTHERS))


async def _counts(code: str, caller: Caller) -> AsyncIterator[str]:
    """Give the label of a page when more than its counts changed, and else the counts alone."""
    seen = label = ""
    while not ended():
        now = await wait_for_change(code, Channel.ROOM, seen, PING)
        if now == seen:
            yield _ALIVE
            continue
        seen = now
        try:
            counted = await run_in_threadpool(counted_now, caller, code)
        except Refusal:
            yield f"data: {now}.refused\n\n"  # the page draws itself anew, and is told why
            return
        said = f"event: count\ndata: {json.dumps(counted._asdict())}\n\n"
        if counted.label != label:
            # Drawn anew it has them; a page that has just come may be behind.
            said = f"data: {counted.label}\n\n" + ("" if label else said)
        label = counted.label
        yield said
        await asyncio.sleep(_COUNTED)
