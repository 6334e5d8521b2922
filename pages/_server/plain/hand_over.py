"""Hand a seat to another device: a short code on this one, typed on the other. No script."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aqua_core.errors import NoSuchCode, Refusal, TooManyTries
from aqua_core.vocabulary.short_code import short_code_said
from aqua_core.workshop.admitting import Caller, new_secret
from aqua_core.workshop.handing_over import handed_over, offer_seat, offered, take_over
from aqua_core.workshop.joining import my_team, workshop_to_join
from pages._address import join_address
from pages._room import SEAT_COOKIE
from pages._server.plain.join import to_seat
from pages._server.plain.paper import keep_secret, paper

_TITLE = "Go on with another device"


async def show_offer(request: Request) -> Response:
    """Show the code that waits, or how to make one; once it was used, say that the seat is away."""
    caller, code = _caller(request), request.path_params["code"]
    try:
        workshop = await run_in_threadpool(workshop_to_join, code)
        if await run_in_threadpool(my_team, caller, code) is None:
            away = await run_in_threadpool(handed_over, caller, code)
            return paper(request, "handed_over.html", code=workshop.code, away=away)
        waiting = await run_in_threadpool(offered, caller, code)
    except Refusal as refusal:
        return _told(request, 404, refusal)
    shown = {
        "code": workshop.code,
        "short_code": short_code_said(waiting) if waiting else "",
        "address": f"{join_address()}/{workshop.code}".removeprefix("http://"),
    }
    return paper(request, "hand_over.html", **shown)


async def make_offer(request: Request) -> Response:
    """Make a code for this device's seat, and show it."""
    code = request.path_params["code"]
    if _is_foreign(request):
        return _foreign(request)
    try:
        workshop = await run_in_threadpool(workshop_to_join, code)
        await run_in_threadpool(offer_seat, _caller(request), code)
    except Refusal as refusal:
        return _told(request, 404, refusal)
    return RedirectResponse(f"/hand-over/{workshop.code}", status_code=303)


async def ask_for_offer(request: Request) -> Response:
    """Ask for the code that the other device shows."""
    return await _asking(request, 200, "")


async def take_offer(request: Request) -> Response:
    """Take over the seat behind the typed code, and keep its secret in a cookie of this device."""
    code = request.path_params["code"]
    if _is_foreign(request):
        return _foreign(request)
    form = await request.form(max_files=0, max_fields=3)
    caller = _caller(request, str(form.get("ticket", "")))
    typed, address = str(form.get("short_code", "")), request.client.host if request.client else ""
    try:
        secret = await run_in_threadpool(take_over, caller, code, typed, address)
    except Refusal as refusal:
        if isinstance(refusal, NoSuchCode) and await _took_already(request, caller):
            return _seated(code, caller.seat)
        status = 429 if isinstance(refusal, TooManyTries) else 400
        return await _asking(request, status, str(refusal), typed)
    return _seated(code, secret)


async def _took_already(request: Request, caller: Caller) -> bool:
    # A double tap: the form's own ticket is seated, so the first of the two requests did it.
    if SEAT_COOKIE in request.cookies:
        return False
    return await run_in_threadpool(my_team, caller, request.path_params["code"]) is not None


async def _asking(request: Request, status: int, sentence: str, typed: str = "") -> Response:
    try:
        workshop = await run_in_threadpool(workshop_to_join, request.path_params["code"])
    except Refusal as refusal:
        return _told(request, 404, refusal)
    shown = {"code": workshop.code, "sentence": sentence, "typed": typed[:32]}
    return paper(request, "take_over.html", status, ticket=new_secret(), **shown)


def _seated(code: str, secret: str) -> Response:
    answer = to_seat(code)
    keep_secret(answer, SEAT_COOKIE, secret)
    return answer


def _caller(request: Request, ticket: str = "") -> Caller:
    return Caller(seat=request.cookies.get(SEAT_COOKIE, "") or ticket)


def _is_foreign(request: Request) -> bool:
    return request.headers.get("sec-fetch-site") == "cross-site"


def _foreign(request: Request) -> Response:
    sentence = "Go on from the room's own page."
    return paper(request, "told.html", 403, title=_TITLE, sentence=sentence)


def _told(request: Request, status: int, refusal: Refusal) -> Response:
    onward = f"/join/{quote(request.path_params['code'][:32])}"
    shown = {"title": _TITLE, "sentence": str(refusal), "onward": onward}
    return paper(request, "told.html", status, **shown)
