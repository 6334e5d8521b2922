"""Save one tap of a ballot. What it answers as saved was read back from the disk."""

import json
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from aqua_core.errors import FileUnusable, NoSeat, NoSuchWorkshop, Refusal
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.scoring import submit_score
from pages._room import SEAT_COOKIE

MOST: Final = 500  # bytes of one tap
_STATUS: Final = {FileUnusable: 503, NoSeat: 403, NoSuchWorkshop: 404}


async def vote(request: Request) -> Response:
    """Save the score of this device's seat on one domain and round.

    Answers 200 with the seat's own answers, or the sentence of a refusal: 5xx may be tried again,
    4xx may not.
    """
    if request.headers.get("sec-fetch-site") == "cross-site":
        return _told(403, "Score from the room's own page.")
    tap = await _tap(request)
    if tap is None:
        return _told(400, "This tap could not be read. Reload the page.")
    caller = Caller(seat=request.cookies.get(SEAT_COOKIE, ""))
    try:
        answers = await run_in_threadpool(submit_score, caller, request.path_params["code"], *tap)
    except Refusal as refusal:
        return _told(_STATUS.get(type(refusal), 409), str(refusal))
    return JSONResponse({"answers": answers})


async def _tap(request: Request) -> tuple[str, object, int] | None:
    try:
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > MOST:
                return None
        given = json.loads(body)
        domain, score, number = given["domain"], given["score"], given["round"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(domain, str) or type(number) is not int:
        return None
    return domain, score, number


def _told(status: int, sentence: str) -> Response:
    return JSONResponse({"said": sentence}, status_code=status)
