"""A seat's result as a file that it keeps: a closed workshop shows it no more."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from aqua_core.errors import Refusal
from pages._result import result_to_keep
from pages._server.door import seat_of, status_of
from pages._server.paper import paper


async def keep_result(request: Request) -> Response:
    """Send this seat its result, to be saved; refuse anybody else with a sentence."""
    try:
        page, name = await run_in_threadpool(
            result_to_keep, seat_of(request), request.path_params["code"]
        )
    except Refusal as refusal:
        status = status_of(refusal, 403)
        return paper(request, "told.html", status, title="Your result", sentence=str(refusal))
    saved = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(page, media_type="text/html", headers=saved)
