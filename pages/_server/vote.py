"""Save one tap of a ballot. It is answered as saved after its commit, and not before."""

import json
from typing import Any, Final, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from aqua_core.errors import Refusal
from aqua_core.workshop.scoring import Meant, submit_score
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
    code = request.path_params["code"]
    try:
        saved = await run_in_threadpool(
            submit_score, seat_of(request), code, tap.domain, tap.given["score"], tap.meant
        )
    except Refusal as refusal:
        return told(status_of(refusal, 409), str(refusal))
    return JSONResponse(saved._asdict())


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
