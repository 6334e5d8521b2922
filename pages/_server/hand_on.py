"""One device from hand to hand: it forgets its seat, and the next person takes one of their own."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aqua_core import errors
from aqua_core.workshop.scoring import my_ballot
from pages._room import SEAT_COOKIE
from pages._server.door import seat_of, status_of
from pages._server.paper import paper


async def ask_to_hand_on(request: Request) -> Response:
    """Say how much of this seat is saved, before the device forgets it for the next person."""
    code = request.path_params["code"]
    try:
        ballot = await run_in_threadpool(my_ballot, seat_of(request), code)
    except errors.NoSeat:
        return _to_the_teams(request)
    except errors.Refusal as refusal:
        told = {"title": "Hand this device on", "sentence": str(refusal), "onward": "/join"}
        return paper(request, "told.html", status_of(refusal, 404), **told)
    asked = {"saved": len(ballot.answers), "of": len(ballot.rounds)}
    return paper(request, "hand_on.html", code=code, **asked)


async def hand_on(request: Request) -> Response:
    """Let this device forget its seat: what it gave counts, and the next person takes a new one."""
    answer = _to_the_teams(request)
    answer.delete_cookie(SEAT_COOKIE, httponly=True, samesite="strict")
    return answer


def _to_the_teams(request: Request) -> Response:
    return RedirectResponse(f"/join/{quote(request.path_params['code'][:32])}", status_code=303)
