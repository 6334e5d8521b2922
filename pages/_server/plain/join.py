"""Join in three taps: the code, the team, done. No script, no account, a few kilobytes."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aqua_core.charts.sentences.foreseen import promise
from aqua_core.charts.sentences.seating import CLOSED
from aqua_core.errors import FileUnusable, JoiningClosed, NoSuchTeam, Refusal, RoomFull, WorthAsking
from aqua_core.vocabulary import Holder, Team, Workshop
from aqua_core.workshop.joining import (
    check_may_change_team,
    my_team,
    take_seat,
    workshop_to_join,
)
from aqua_core.workshop.seating import is_joining_closed, remember_address
from pages._room import CODE
from pages._server.door.asked import form_of, seat_of, status_of
from pages._server.plain.paper import paper
from pages._server.plain.ticket import admitted, give_ticket, seat_device


async def ask_for_code(request: Request) -> Response:
    """Ask for the join code; with a code, go on to its teams."""
    typed = request.query_params.get("code")
    if typed is None:
        return paper(request, "code.html", sentence="", typed="")
    try:
        workshop = await run_in_threadpool(workshop_to_join, typed)
    except Refusal as refusal:
        status = 503 if isinstance(refusal, FileUnusable) else 400
        return paper(request, "code.html", status, sentence=str(refusal), typed=typed[:32])
    return RedirectResponse(f"/join/{workshop.code}", status_code=303)


async def choose_team(request: Request) -> Response:
    """Offer the teams of a workshop; a device that has a seat goes straight to it."""
    code = request.path_params["code"]
    try:
        workshop = await run_in_threadpool(workshop_to_join, code)
        team = await run_in_threadpool(my_team, seat_of(request), code)
    except Refusal as refusal:
        return _not_here(request, refusal)
    if team and "change" not in request.query_params:
        return to_seat(workshop.code)
    if team:
        try:
            await run_in_threadpool(check_may_change_team, seat_of(request), code)
        except Refusal as refusal:
            return _stays(request, refusal)
    closed = await run_in_threadpool(is_joining_closed, code)
    return _teams(request, workshop, team, sentence=CLOSED if closed else "")


async def sit_down(request: Request) -> Response:
    """Take a seat in the chosen team, and keep its secret in a cookie of this device.

    Where the team shares one laptop and has it, the device is asked first.
    """
    code, caller = request.path_params["code"], admitted(request)
    try:
        workshop = await run_in_threadpool(workshop_to_join, code)
    except Refusal as refusal:
        return _not_here(request, refusal)
    if not caller.seat:
        return from_the_join_page(request)
    form = await form_of(request) or {}
    team = form.get("team", "")
    try:
        secret = await run_in_threadpool(take_seat, caller, code, team, sure="sure" in form)
    except WorthAsking as question:
        shown = {"workshop": workshop, "team": workshop.team(team), "sentence": str(question)}
        return paper(request, "laptop.html", **shown)
    except (JoiningClosed, NoSuchTeam, RoomFull) as refusal:
        seat = await run_in_threadpool(my_team, seat_of(request), code)
        return _teams(request, workshop, seat, status_of(refusal, 400), str(refusal))
    except Refusal as refusal:
        return _stays(request, refusal)
    remember_address(workshop.code, request.url.hostname or "")
    return seat_device(to_seat(workshop.code), secret)


def from_the_join_page(request: Request) -> Response:
    """Send back a device that brings no ticket."""
    sentence = "Join from the join page. If you did, let this browser keep cookies."
    onward = f"/join/{quote(request.path_params['code'][:32])}"
    return paper(request, "told.html", 403, title="Join", sentence=sentence, onward=onward)


def to_seat(code: str) -> Response:
    """Go on to the page of this device's seat."""
    return RedirectResponse(_seat(code), status_code=303)


def _teams(
    request: Request, workshop: Workshop, team: Team | None, status: int = 200, sentence: str = ""
) -> Response:
    shown = {"workshop": workshop, "team": team, "sentence": sentence}
    laptop = workshop.holder is Holder.LAPTOP
    seen = promise(workshop.holder, workshop.guard)
    page = paper(request, "team.html", status, laptop=laptop, promise=seen, **shown)
    return give_ticket(request, page)


def _not_here(request: Request, refusal: Refusal) -> Response:
    shown = {"sentence": str(refusal), "typed": request.path_params["code"][:32]}
    return paper(request, "code.html", status_of(refusal, 404), **shown)


def _seat(code: str) -> str:
    return f"/score?{CODE}={quote(code[:32])}"


def _stays(request: Request, refusal: Refusal) -> Response:
    shown = {
        "title": "Join",
        "sentence": str(refusal),
        "onward": _seat(request.path_params["code"]),
    }
    return paper(request, "told.html", status_of(refusal, 409), **shown)
