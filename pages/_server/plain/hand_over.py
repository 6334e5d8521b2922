"""Hand a seat to another device: a short code on this one, typed on the other. No script."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aqua_core.errors import NoSuchCode, Refusal
from aqua_core.vocabulary.short_code import short_code_said
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.handing_over import handed_over, offer_seat, offered, take_over
from aqua_core.workshop.joining import my_team, workshop_to_join
from pages._address import join_address
from pages._server.door.asked import form_of, seat_of, status_of
from pages._server.door.peer import peer_of
from pages._server.plain.join import from_the_join_page, to_seat
from pages._server.plain.paper import paper
from pages._server.plain.ticket import admitted, give_ticket, seat_device

_TITLE = "Go on with another device"


async def show_offer(request: Request) -> Response:
    """Show the code that waits, or how to make one; once it was used, say that the seat is away."""
    caller, code = seat_of(request), request.path_params["code"]
    try:
        workshop = await run_in_threadpool(workshop_to_join, code)
        if await run_in_threadpool(my_team, caller, code) is None:
            away = await run_in_threadpool(handed_over, caller, code)
            return paper(request, "handed_over.html", code=workshop.code, away=away)
        waiting = await run_in_threadpool(offered, caller, code)
    except Refusal as refusal:
        return _told(request, refusal)
    shown = {
        "code": workshop.code,
        "short_code": short_code_said(waiting) if waiting else "",
        "address": f"{join_address()}/{workshop.code}".removeprefix("http://"),
    }
    return paper(request, "hand_over.html", **shown)


async def make_offer(request: Request) -> Response:
    """Make a code for this device's seat, and show it."""
    code = request.path_params["code"]
    try:
        workshop = await run_in_threadpool(workshop_to_join, code)
        await run_in_threadpool(offer_seat, seat_of(request), code)
    except Refusal as refusal:
        return _told(request, refusal)
    return RedirectResponse(f"/hand-over/{workshop.code}", status_code=303)


async def ask_for_offer(request: Request) -> Response:
    """Ask for the code that the other device shows."""
    return await _asking(request, 200, "")


async def take_offer(request: Request) -> Response:
    """Take over the seat behind the typed code, and keep its secret in a cookie of this device."""
    code, caller = request.path_params["code"], admitted(request)
    try:
        await run_in_threadpool(workshop_to_join, code)
    except Refusal as refusal:
        return _told(request, refusal)
    if not caller.seat:
        return from_the_join_page(request)
    typed = (await form_of(request) or {}).get("short_code", "")
    try:
        secret = await run_in_threadpool(take_over, caller, code, typed, peer_of(request.scope))
    except Refusal as refusal:
        if isinstance(refusal, NoSuchCode) and await _took_already(request, caller):
            return seat_device(to_seat(code), caller.seat)
        return await _asking(request, status_of(refusal, 400), str(refusal), typed)
    return seat_device(to_seat(code), secret)


async def _took_already(request: Request, caller: Caller) -> bool:
    # A double tap: the device's ticket is seated, so the first of the two requests did it.
    if seat_of(request).seat:
        return False
    return await run_in_threadpool(my_team, caller, request.path_params["code"]) is not None


async def _asking(request: Request, status: int, sentence: str, typed: str = "") -> Response:
    try:
        workshop = await run_in_threadpool(workshop_to_join, request.path_params["code"])
    except Refusal as refusal:
        return _told(request, refusal)
    shown = {"code": workshop.code, "sentence": sentence, "typed": typed[:32]}
    return give_ticket(request, paper(request, "take_over.html", status, **shown))


def _told(request: Request, refusal: Refusal) -> Response:
    onward = f"/join/{quote(request.path_params['code'][:32])}"
    shown = {"title": _TITLE, "sentence": str(refusal), "onward": onward}
    return paper(request, "told.html", status_of(refusal, 404), **shown)
