"""Exchange the one-time link for the facilitator's cookie."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aqua_core.errors import Refusal
from aqua_core.workshop.signing_in import sign_in
from pages._room import FACILITATOR_COOKIE
from pages._server.life import print_sign_in_link
from pages._server.paper import keep_secret, paper


async def sign_in_here(request: Request) -> Response:
    """Sign this browser in, and leave the secret out of the address bar."""
    try:
        secret = await run_in_threadpool(sign_in, request.path_params["link"])
    except Refusal as refusal:
        return paper(request, "told.html", 410, title="Sign in", sentence=str(refusal))
    print_sign_in_link("To sign in another browser on this laptop")
    answer = RedirectResponse("/", status_code=303)
    keep_secret(answer, FACILITATOR_COOKIE, secret)
    return answer
