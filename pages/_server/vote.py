"""Save one tap of a ballot. It is answered as saved after its commit, and not before."""

import json
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from aqua_core.errors import Refusal
from aqua_core.workshop.scoring import Meant, submit_score
from pages._server.door import body_of, seat_of, status_of

MOST: Final = 500  # bytes of one tap


async def vote(request: Request) -> Response:
    """Save the score of this device's seat on one domain and round.

    Answers 200 with the seat's own answers and how often each was given, or the sentence of a
    refusal: 5xx may be tried again, 4xx may not.
    """
    tap = await _tap(request)
    if tap is None:
        return _told(400, "This tap could not be read. Reload the page.")
    code = request.path_params["code"]
    try:
        saved = await run_in_threadpool(submit_score, seat_of(request), code, *tap)
    except Refusal as refusal:
        return _told(status_of(refusal, 409), str(refusal))
    return JSONResponse(saved._asdict())


async def _tap(request: Request) -> tuple[str, object, Meant] | None:
    body = await body_of(request, MOST)
    try:
        given = json.loads(body or b"")
        domain, score = given["domain"], given["score"]
        numbers = (given["round"], given["after"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(domain, str) or any(type(number) is not int for number in numbers):
        return None
    return domain, score, Meant(*numbers)


def _told(status: int, sentence: str) -> Response:
    return JSONResponse({"said": sentence}, status_code=status)
