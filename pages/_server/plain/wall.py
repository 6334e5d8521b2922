"""The wall before it shows a workshop: a code for the facilitator to type, and no secret."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aqua_core.errors import Refusal
from aqua_core.vocabulary.short_code import short_code_said
from aqua_core.workshop.admitting import Caller, is_secret, new_secret
from aqua_core.workshop.pairing import pairing_code, shown_on
from pages._room import CODE, WALL_COOKIE
from pages._server.door.asked import status_of
from pages._server.door.peer import peer_of
from pages._server.plain.paper import keep_secret, paper


async def show_wall(request: Request) -> Response:
    """Show the pairing code, and ask again every two seconds; once paired, go on to the room."""
    kept = request.cookies.get(WALL_COOKIE, "")
    wall = Caller(wall=kept if is_secret(kept) else new_secret())
    try:
        workshop = await run_in_threadpool(shown_on, wall)
        if workshop:
            return RedirectResponse(f"/room?{CODE}={workshop}", status_code=303)
        pairing = await run_in_threadpool(pairing_code, wall, peer_of(request.scope))
    except Refusal as refusal:
        return paper(request, "wall.html", status_of(refusal, 403), sentence=str(refusal))
    answer = paper(request, "wall.html", pairing=short_code_said(pairing))
    if wall.wall != kept:
        keep_secret(answer, WALL_COOKIE, wall.wall)
    return answer
