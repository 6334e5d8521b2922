"""Plain pages of the server, without Streamlit: join, hand over, wall."""

from contextlib import suppress
from typing import Any, Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aqua_core import errors
from aqua_core.charts.sentences.foreseen import promise
from aqua_core.charts.sentences.seat import CLOSED
from aqua_core.vocabulary import Holder, SeenWith, Team, Workshop
from aqua_core.vocabulary.event import short_code_said
from aqua_core.workshop.admitting import Caller, is_secret, new_secret
from aqua_core.workshop.gathering import joined_by, places_to_join
from aqua_core.workshop.joining import (
    check_may_change_team,
    looks_of_a_code,
    my_team,
    seated_in,
    take_seat,
    workshop_to_join,
)
from aqua_core.workshop.pairing import (
    handed_over,
    offer_seat,
    offered,
    pairing_code,
    shown_on,
    take_over,
)
from aqua_core.workshop.seating import is_joining_closed, remember_address
from aqua_core.workshop.sitting_apart import seen_together
from pages._room import CODE, SEAT_COOKIE, WALL_COOKIE
from pages._server.door import form_of, peer_of, seat_of, status_of
from pages._server.paper import keep_secret, paper
from pages._server.shell import NEEDED_SOON

TICKET_COOKIE: Final = "discovery_room_ticket"
_VALID: Final = 3600  # seconds: a phone may lie on the table before its owner picks a team


def _give_ticket(request: Request, answer: Response) -> Response:
    """Let the device that asked take a seat; a double tap brings the same ticket twice.

    It keeps the one that it has: whoever waits while joining is closed and asks again is still one.
    """
    kept = request.cookies.get(TICKET_COOKIE, "")
    keep_secret(answer, TICKET_COOKIE, kept if is_secret(kept) else new_secret(), _VALID)
    return answer


async def to_community(_: Request) -> Response:
    """Lead who kept the address of the exchange to the page on which it stands now."""
    return RedirectResponse("/community", status_code=303)


def _admitted(request: Request) -> Caller:
    """Give the device by its seat's secret, or by its ticket; nobody where it brings neither."""
    brought = (request.cookies.get(name, "") for name in (SEAT_COOKIE, TICKET_COOKIE))
    return Caller(seat=next(filter(is_secret, brought), ""))


def _seat_device(answer: Response, secret: str) -> Response:
    """Keep the seat's secret on the device; the ticket is used up."""
    keep_secret(answer, SEAT_COOKIE, secret)
    answer.delete_cookie(TICKET_COOKIE, httponly=True, samesite="strict")
    return answer


async def ask_for_code(request: Request) -> Response:
    """Ask for the join code; with a code, go on to its teams."""
    typed = request.query_params.get("code")
    if typed is None:
        mine: tuple[Workshop, ...] = ()
        with suppress(errors.Refusal):
            mine = await run_in_threadpool(seated_in, seat_of(request))
        return _code_page(request, sentence="", typed="", mine=mine)
    try:
        code = await run_in_threadpool(_code_to_join, typed)
    except errors.Refusal as refusal:
        status = 503 if isinstance(refusal, errors.FileUnusable) else 400
        return _code_page(request, status, sentence=str(refusal), typed=typed[:300])
    return RedirectResponse(f"/join/{code}", status_code=303)


def _code_page(request: Request, status: int = 200, **shown: Any) -> Response:
    return paper(request, "code.html", status, such_as=looks_of_a_code(), **shown)


def _code_to_join(typed: str) -> str:
    """Give the code of the workshop or the gathering that is meant, as it is kept."""
    try:
        return workshop_to_join(typed).code
    except errors.NoSuchWorkshop:
        gathering, _ = places_to_join(typed)
        return gathering.code


async def _choose_place(request: Request) -> Response:
    """Offer the places of a gathering; a device that has a seat at one goes straight to it.

    Raises:
        NoSuchWorkshop: the code is of no gathering.
    """
    gathering, workshops = await run_in_threadpool(places_to_join, request.path_params["code"])
    for workshop in workshops:
        if await run_in_threadpool(my_team, seat_of(request), workshop.code):
            if "change" not in request.query_params:
                return _to_seat(workshop.code)
            shown = {"gathering": gathering, "workshops": workshops, "mine": workshop}
            return paper(request, "place.html", **shown)
    return paper(request, "place.html", gathering=gathering, workshops=workshops)


async def choose_team(request: Request) -> Response:
    """Offer the teams of a workshop; a device that has a seat goes straight to it."""
    code = request.path_params["code"]
    try:
        workshop, team, closed = await run_in_threadpool(_found, seat_of(request), code)
    except errors.NoSuchWorkshop as refusal:
        with suppress(errors.NoSuchWorkshop):
            return await _choose_place(request)
        return _not_here(request, refusal)
    except errors.Refusal as refusal:
        return _not_here(request, refusal)
    if team and "change" not in request.query_params:
        return _to_seat(workshop.code)
    if team:
        try:
            await run_in_threadpool(check_may_change_team, seat_of(request), code)
        except errors.Refusal as refusal:
            return _stays(request, refusal)
    return await _teams(request, workshop, team, sentence=CLOSED if closed else "")


def _found(caller: Caller, code: str) -> tuple[Workshop, Team | None, bool]:
    """Give a workshop, this device's team in it, and whether joining is closed.

    In one go: each question of a page that waits for another thread waits for its turn anew.
    """
    return workshop_to_join(code), my_team(caller, code), is_joining_closed(code)


async def sit_down(request: Request) -> Response:
    """Take a seat in the chosen team, and keep its secret in a cookie of this device.

    Where the team shares one laptop and has it, the device is asked first.
    """
    code, caller = request.path_params["code"], _admitted(request)
    try:
        workshop = await run_in_threadpool(workshop_to_join, code)
    except errors.Refusal as refusal:
        return _not_here(request, refusal)
    if not caller.seat:
        return _from_the_join_page(request)
    form = await form_of(request) or {}
    team = form.get("team", "")
    try:
        secret = await run_in_threadpool(take_seat, caller, code, team, sure="sure" in form)
    except errors.WorthAsking as question:
        shown = {"workshop": workshop, "team": workshop.team(team), "sentence": str(question)}
        return paper(request, "laptop.html", **shown)
    except (errors.JoiningClosed, errors.NoSuchTeam, errors.RoomFull) as refusal:
        seat = await run_in_threadpool(my_team, seat_of(request), code)
        return await _teams(request, workshop, seat, status_of(refusal, 400), str(refusal))
    except errors.Refusal as refusal:
        return _stays(request, refusal)
    remember_address(workshop.code, request.url.hostname or "")
    return _seat_device(_to_seat(workshop.code), secret)


def _from_the_join_page(request: Request) -> Response:
    """Send back a device that brings no ticket."""
    sentence = "Join from the join page. If you did, let this browser keep cookies."
    onward = f"/join/{quote(request.path_params['code'][:32])}"
    return paper(request, "told.html", 403, title="Join", sentence=sentence, onward=onward)


def _to_seat(code: str) -> Response:
    """Go on to the page of this device's seat."""
    return RedirectResponse(_seat(code), status_code=303)


async def _teams(
    request: Request, workshop: Workshop, team: Team | None, status: int = 200, sentence: str = ""
) -> Response:
    shown: dict[str, Any] = {"workshop": workshop, "team": team, "sentence": sentence}
    laptop = workshop.holder is Holder.LAPTOP
    together, places = await run_in_threadpool(_beside, workshop.code)
    seen = promise(workshop.holder, workshop.guard, together)
    shown |= {"laptop": laptop, "promise": seen, "soon": NEEDED_SOON, "places": places}
    page = paper(request, "team.html", status, **shown)
    return _give_ticket(request, page)


def _beside(code: str) -> tuple[SeenWith | None, str]:
    return seen_together(code), joined_by(code)


def _not_here(request: Request, refusal: errors.Refusal) -> Response:
    shown = {"sentence": str(refusal), "typed": request.path_params["code"][:32]}
    return _code_page(request, status_of(refusal, 404), **shown)


def _seat(code: str) -> str:
    return f"/score?{CODE}={quote(code[:32])}"


def _stays(request: Request, refusal: errors.Refusal) -> Response:
    shown = {
        "title": "Join",
        "sentence": str(refusal),
        "onward": _seat(request.path_params["code"]),
    }
    return paper(request, "told.html", status_of(refusal, 409), **shown)


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
    except errors.Refusal as refusal:
        return _told(request, refusal)
    shown = {
        "code": workshop.code,
        "short_code": short_code_said(waiting) if waiting else "",
        # The one at which this device is here: another one reaches the laptop there too.
        "address": f"{request.url.netloc}/join/{workshop.code}",
    }
    return paper(request, "hand_over.html", **shown)


async def make_offer(request: Request) -> Response:
    """Make a code for this device's seat, and show it."""
    code = request.path_params["code"]
    try:
        workshop = await run_in_threadpool(workshop_to_join, code)
        await run_in_threadpool(offer_seat, seat_of(request), code)
    except errors.Refusal as refusal:
        return _told(request, refusal)
    return RedirectResponse(f"/hand-over/{workshop.code}", status_code=303)


async def ask_for_offer(request: Request) -> Response:
    """Ask for the code that the other device shows."""
    return await _asking(request, 200, "")


async def take_offer(request: Request) -> Response:
    """Take over the seat behind the typed code, and keep its secret in a cookie of this device."""
    code, caller = request.path_params["code"], _admitted(request)
    try:
        await run_in_threadpool(workshop_to_join, code)
    except errors.Refusal as refusal:
        return _told(request, refusal)
    if not caller.seat:
        return _from_the_join_page(request)
    typed = (await form_of(request) or {}).get("short_code", "")
    try:
        secret = await run_in_threadpool(take_over, caller, code, typed, peer_of(request.scope))
    except errors.Refusal as refusal:
        if isinstance(refusal, errors.NoSuchCode) and await _took_already(request, caller):
            return _seat_device(_to_seat(code), caller.seat)
        return await _asking(request, status_of(refusal, 400), str(refusal), typed)
    return _seat_device(_to_seat(code), secret)


async def _took_already(request: Request, caller: Caller) -> bool:
    # A double tap: the device's ticket is seated, so the first of the two requests did it.
    if seat_of(request).seat:
        return False
    return await run_in_threadpool(my_team, caller, request.path_params["code"]) is not None


async def _asking(request: Request, status: int, sentence: str, typed: str = "") -> Response:
    try:
        workshop = await run_in_threadpool(workshop_to_join, request.path_params["code"])
    except errors.Refusal as refusal:
        return _told(request, refusal)
    shown = {"code": workshop.code, "sentence": sentence, "typed": typed[:32]}
    return _give_ticket(request, paper(request, "take_over.html", status, **shown))


def _told(request: Request, refusal: errors.Refusal) -> Response:
    onward = f"/join/{quote(request.path_params['code'][:32])}"
    shown = {"title": _TITLE, "sentence": str(refusal), "onward": onward}
    return paper(request, "told.html", status_of(refusal, 404), **shown)


async def show_wall(request: Request) -> Response:
    """Show the pairing code, and ask again every two seconds; once paired, go on to the room."""
    kept = request.cookies.get(WALL_COOKIE, "")
    wall = Caller(wall=kept if is_secret(kept) else new_secret())
    try:
        workshop = await run_in_threadpool(shown_on, wall)
        if workshop:
            return RedirectResponse(f"/room?{CODE}={workshop}", status_code=303)
        pairing = await run_in_threadpool(pairing_code, wall, peer_of(request.scope))
    except errors.Refusal as refusal:
        return paper(request, "wall.html", status_of(refusal, 403), sentence=str(refusal))
    answer = paper(request, "wall.html", pairing=short_code_said(pairing))
    if wall.wall != kept:
        keep_secret(answer, WALL_COOKIE, wall.wall)
    return answer
