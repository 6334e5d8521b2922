"""Save one tap of a ballot. It is answered as saved after its commit, and not before."""

import json
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from aqua_core.errors import FileUnusable, NoSeat, NoSuchWorkshop, Refusal, TooFast
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.scoring import Meant, submit_score
from pages._room import SEAT_COOKIE

MOST: Final = 500  # bytes of one tap
_STATUS: Final = {FileUnusable: 503, NoSeat: 403, NoSuchWorkshop: 404, TooFast: 429}


async def vote(request: Request) -> Response:
    """Save the score of this device's seat on one domain and round.

    Answers 200 with the seat's own answers and how often each was given, or the sentence of a
    refusal: 5xx may be tried again, 4xx may not.
    """
    if request.headers.get("sec-fetch-site") == "cross-site":
        return _told(403, "Score from the room's own page.")
    tap = await _tap(request)
    if tap is None:
        return _told(400, "This tap could not be read. Reload the page.")
    caller = Caller(seat=request.cookies.get(SEAT_COOKIE, ""))
    try:
        saved = await run_in_threadpool(submit_score, caller, request.path_params["code"], *tap)
    except Refusal as refusal:
        return _told(_STATUS.get(type(refusal), 409), str(refusal))
    return JSONResponse(saved._asdict())


async def _tap(request: Request) -> tuple[str, object, Meant] | None:
    try:
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > MOST:
                return None
        given = json.loads(body)
        domain, score = given["domain"], given["score"]
        numbers = (given["round"], given["after"])
    except (ValueError, TypeError, KeyError, RecursionError, ClientDisconnect):
        return None
    if not isinstance(domain, str) or any(type(number) is not int for number in numbers):
        return None
    return domain, score, Meant(*numbers)


def _told(status: int, sentence: str) -> Response:
    return JSONResponse({"said": sentence}, status_code=status)
