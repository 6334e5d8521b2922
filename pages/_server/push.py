"""Tell an open page that its workshop changed. Only revisions travel here, never a score."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from aqua_core.errors import Refusal
from aqua_core.live import Channel, ended, wait_for_change
from aqua_core.vocabulary import clean_code
from aqua_core.workshop.reading import stage_now

TOGETHER: Final = 0.25  # seconds that changes are gathered: one message for a burst of votes
PING: Final = 15.0  # seconds after which a quiet line says that it is alive


async def push(request: Request) -> Response:
    """Stream the revisions of one workshop as server-sent events."""
    try:
        channel = Channel(request.query_params.get("channel", ""))
        code = clean_code(request.path_params["code"])
        await run_in_threadpool(stage_now, code)
    except (Refusal, ValueError):
        return PlainTextResponse("No open workshop has this code.", status_code=404)
    return StreamingResponse(_revisions(code, channel), media_type="text/event-stream")


async def _revisions(code: str, channel: Channel) -> AsyncIterator[str]:
    seen = ""
    while not ended():
        now = await wait_for_change(code, channel, seen, PING)
        if now == seen:
            yield "event: alive\ndata:\n\n"
            continue
        seen = now
        yield f"data: {now}\n\n"
        await asyncio.sleep(TOGETHER)
