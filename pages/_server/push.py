"""Tell an open page that its workshop changed. Only revisions travel here, never a score."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from aqua_core.errors import NoSuchWorkshop, Refusal
from aqua_core.live import Channel, ended, wait_for_change
from aqua_core.vocabulary import clean_code
from aqua_core.workshop.gathering import check_is_gathering
from aqua_core.workshop.reading import stage_now
from pages._server.door import status_of

# Seconds that changes are gathered: a burst of votes is one message. At the first counts alone are
# drawn, in a third of the work of the page.
TOGETHER: Final = {Channel.ROOM: 0.09, Channel.TEAMS: 1.0}
_OTHERS: Final = 0.25
PING: Final = 15.0  # seconds after which a quiet line says that it is alive


async def push(request: Request) -> Response:
    """Stream the revisions of one workshop as server-sent events."""
    try:
        code = clean_code(request.path_params["code"])
        await run_in_threadpool(_check_is_here, code)
        channel = Channel(request.query_params.get("channel", ""))
    except Refusal as refusal:
        return PlainTextResponse(str(refusal), status_code=status_of(refusal, 404))
    except ValueError:
        return PlainTextResponse("Listen to the room or to its stage.", status_code=400)
    return StreamingResponse(_revisions(code, channel), media_type="text/event-stream")


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
            yield "event: alive\ndata:\n\n"
            continue
        seen = now
        yield f"data: {now}\n\n"
        await asyncio.sleep(TOGETHER.get(channel, _OTHERS))
