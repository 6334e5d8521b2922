"""Join in three taps: the code, the team, done. No script, no account, a few kilobytes."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aqua_core.errors import NoSuchTeam, NoSuchWorkshop, Refusal
from aqua_core.vocabulary import Holder, Team, Workshop
from aqua_core.workshop.admitting import Caller, new_secret
from aqua_core.workshop.joining import (
    check_may_change_team,
    my_team,
    take_seat,
    workshop_to_join,
)
from pages._room import CODE, SEAT_COOKIE
from pages._server.plain.paper import keep_secret, paper


async def ask_for_code(request: Request) -> Response:
    """Ask for the join code; with a code, go on to its teams."""
    typed = request.query_params.get("code")
    if typed is None:
        return paper(request, "code.html", sentence="", typed="")
    try:
        workshop = await run_in_threadpool(workshop_to_join, typed)
    except Refusal as refusal:
        return paper(request, "code.html", 400, sentence=str(refusal), typed=typed[:32])
    return RedirectResponse(f"/join/{workshop.code}", status_code=303)


async def choose_team(request: Request) -> Response:
    """Offer the teams of a workshop; a device that has a seat goes straight to it."""
    code = request.path_params["code"]
    try:
        workshop = await run_in_threadpool(workshop_to_join, code)
        team = await run_in_threadpool(my_team, _caller(request), code)
    except Refusal as refusal:
        return paper(request, "code.html", 404, sentence=str(refusal), typed=code[:32])
    if team and "change" not in request.query_params:
        return to_seat(workshop.code)
    if team:
        try:
            await run_in_threadpool(check_may_change_team, _caller(request), code)
        except Refusal as refusal:
            return _stays(request, refusal)
    return _teams(request, workshop, team)


async def sit_down(request: Request) -> Response:
    """Take a seat in the chosen team, and keep its secret in a cookie of this device."""
    code = request.path_params["code"]
    if request.headers.get("sec-fetch-site") == "cross-site":
        return paper(request, "told.html", 403, title="Join", sentence="Join from the join page.")
    form = await request.form(max_files=0, max_fields=3)
    caller = _caller(request, str(form.get("ticket", "")))
    team = str(form.get("team", ""))
    try:
        workshop = await run_in_threadpool(workshop_to_join, code)
        secret = await run_in_threadpool(take_seat, caller, code, team)
    except NoSuchWorkshop as refusal:
        return paper(request, "code.html", 404, sentence=str(refusal), typed=code[:32])
    except NoSuchTeam as refusal:
        return _teams(request, workshop, None, 400, str(refusal))
    except Refusal as refusal:
        return _stays(request, refusal)
    answer = to_seat(workshop.code)
    keep_secret(answer, SEAT_COOKIE, secret)
    return answer


def _teams(
    request: Request, workshop: Workshop, team: Team | None, status: int = 200, sentence: str = ""
) -> Response:
    # The ticket becomes the seat's secret: a double tap brings the same one twice.
    return paper(
        request,
        "team.html",
        status,
        workshop=workshop,
        team=team,
        sentence=sentence,
        ticket=new_secret(),
        laptop=workshop.holder is Holder.LAPTOP,
    )


def _caller(request: Request, ticket: str = "") -> Caller:
    return Caller(seat=request.cookies.get(SEAT_COOKIE, "") or ticket)


def _seat(code: str) -> str:
    return f"/score?{CODE}={quote(code[:32])}"


def _stays(request: Request, refusal: Refusal) -> Response:
    seat = _seat(request.path_params["code"])
    return paper(request, "told.html", 409, title="Join", sentence=str(refusal), onward=seat)


def to_seat(code: str) -> Response:
    """Go on to the page of this device's seat."""
    return RedirectResponse(_seat(code), status_code=303)
