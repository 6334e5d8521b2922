"""Save what a seat gives beside a score: a reason, a guess, and what it says of the room.

Like a tap: answered as saved after its commit and not before; 5xx may be tried again, 4xx may not.
"""

import json
from functools import partial
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from aqua_core.errors import Refusal, TextRefused
from aqua_core.vocabulary import Wording
from aqua_core.vocabulary.programme import LastWords
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.choosing import give_guess
from aqua_core.workshop.ending import say_last_words, say_safe
from aqua_core.workshop.holding_back import say_last_time
from aqua_core.workshop.noting import give_reason
from pages._server.door import body_of, seat_of, status_of
from pages._server.vote import Sent, sent_in, told

# Bytes. A field takes 1,000 characters, of which JSON makes 6 bytes each at most: whoever types
# 141 is told so by the sentence of the limit, and loses none of them.
MOST: Final = 8_000


async def reason(request: Request) -> Response:
    """Save the reason of this device's seat on one domain and round; an empty one takes it back.

    Answers 200 with what stands and how often it was given, or the sentence of a refusal.
    """
    sent = await sent_in(request, MOST)
    if sent is None or not isinstance(sent.given.get("with_team"), bool):
        return told(400, "This line could not be read. Shorten it, or reload the page.")
    return await _answered(request, sent, _save_reason)


async def guess(request: Request) -> Response:
    """Save the guess of this device's seat on one domain and round; answers like a reason."""
    sent = await sent_in(request, MOST)
    if sent is None:
        return told(400, "This tap could not be read. Reload the page.")
    return await _answered(request, sent, _save_guess)


async def last_time(request: Request) -> Response:
    """Save whether this device's person was in the room last time; null takes it back.

    Answers 200 with what stands, or the sentence of a refusal.
    """
    return await _said(request, "here", lambda *who, given: say_last_time(*who, given["here"]))


async def safe(request: Request) -> Response:
    """Save whether this device's person finds it safe to speak here; answers as `last_time`."""
    return await _said(request, "safe", lambda *who, given: say_safe(*who, given["safe"]))


async def last_words(request: Request) -> Response:
    """Save what this device's seat says as the session closes; answers as `last_time`.

    A commitment that is not shared is never sent.
    """

    def save(caller: Caller, code: str, given: dict[str, Any]) -> dict[str, Any]:
        asked = {name: given.get(name) for name in LastWords.model_fields}
        return dict(say_last_words(caller, code, LastWords(**asked)))

    return await _said(request, "", save)


async def _said(request: Request, kept_as: str, save: Any) -> Response:
    body = await body_of(request, MOST)
    try:
        given = json.loads(body or b"")
        if not isinstance(given, dict) or (kept_as and kept_as not in given):
            raise ValueError
    except (ValueError, RecursionError):
        return told(400, "This tap could not be read. Reload the page.")
    code = request.path_params["code"]
    try:
        kept = await run_in_threadpool(partial(save, seat_of(request), code, given=given))
    except TextRefused as refusal:
        return told(422, str(refusal))
    except Refusal as refusal:
        return told(status_of(refusal, 409), str(refusal))
    return JSONResponse({kept_as: kept} if kept_as else kept)


def _save_reason(caller: Caller, code: str, sent: Sent) -> dict[str, Any]:
    given = Wording(said=sent.given.get("said"), with_team=sent.given["with_team"])
    kept = give_reason(caller, code, sent.domain, given, meant=sent.meant)
    return kept._asdict() | {"kept": kept.kept.model_dump()}


def _save_guess(caller: Caller, code: str, sent: Sent) -> dict[str, Any]:
    points = sent.given.get("points")
    return give_guess(caller, code, sent.domain, points, meant=sent.meant)._asdict()


async def _answered(request: Request, sent: Sent, save: Any) -> Response:
    code = request.path_params["code"]
    try:
        kept = await run_in_threadpool(save, seat_of(request), code, sent)
    except TextRefused as refusal:
        return told(422, str(refusal))  # the line stays in its field; 409 says that it is too late
    except Refusal as refusal:
        return told(status_of(refusal, 409), str(refusal))
    return JSONResponse(kept)
