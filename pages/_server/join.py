"""Join in three taps: the code, the team, done. No script, no account, a few kilobytes."""

from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aqua_core.errors import NoSuchTeam, NoSuchWorkshop, Refusal
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.joining import my_team, take_seat, workshop_to_join
from pages._room import CODE, SEAT_COOKIE
from pages._server.paper import paper

YEAR = 365 * 24 * 3600


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
        return _to_seat(workshop.code)
    return paper(request, "team.html", workshop=workshop, team=team, sentence="")


async def sit_down(request: Request) -> Response:
    """Take a seat in the chosen team, and keep its secret in a cookie of this device."""
    code = request.path_params["code"]
    if _from_elsewhere(request):
        return paper(request, "told.html", 403, title="Join", sentence="Join from the join page.")
    form = await request.form(max_files=0, max_fields=2)
    try:
        workshop = await run_in_threadpool(workshop_to_join, code)
        secret = await run_in_threadpool(
            take_seat, _caller(request), code, str(form.get("team", ""))
        )
    except NoSuchWorkshop as refusal:
        return paper(request, "code.html", 404, sentence=str(refusal), typed=code[:32])
    except NoSuchTeam as refusal:
        return paper(request, "team.html", 400, workshop=workshop, team=None, sentence=str(refusal))
    except Refusal as refusal:
        return paper(request, "told.html", 409, title="Join", sentence=str(refusal))
    answer = _to_seat(workshop.code)
    answer.set_cookie(SEAT_COOKIE, secret, max_age=YEAR, httponly=True, samesite="strict")
    return answer


def _from_elsewhere(request: Request) -> bool:
    # A page of another site could otherwise give this device a seat it did not choose.
    origin = urlsplit(request.headers.get("origin", "")).netloc
    return bool(origin) and origin != request.headers.get("host", "")


def _caller(request: Request) -> Caller:
    return Caller(seat=request.cookies.get(SEAT_COOKIE, ""))


def _to_seat(code: str) -> Response:
    return RedirectResponse(f"/score?{CODE}={code}", status_code=303)
