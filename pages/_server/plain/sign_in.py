"""Sign a browser in as the facilitator, by the one-time link or the passphrase; and out."""

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aqua_core.errors import NoPassphrase, Refusal
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.signing_in import (
    check_has_passphrase,
    sign_in,
    sign_in_by_passphrase,
    sign_out,
)
from pages._room import FACILITATOR_COOKIE
from pages._server.door.asked import form_of, status_of
from pages._server.door.peer import peer_of
from pages._server.life import print_sign_in_link
from pages._server.plain.paper import keep_secret, paper

_TOO_LONG: Final = "x" * 4_000  # refused for its length, before any work


async def sign_in_here(request: Request) -> Response:
    """Sign this browser in, and leave the secret out of the address bar."""
    if request.method != "GET":  # whoever looks whether the link is there must not spend it
        return Response(status_code=405, headers={"Allow": "GET"})
    try:
        secret = await run_in_threadpool(sign_in, request.path_params["link"])
    except Refusal as refusal:
        return _told(request, status_of(refusal, 410), str(refusal))
    print_sign_in_link("To sign in another browser on this laptop")
    return _in(secret)


async def ask_for_passphrase(request: Request) -> Response:
    """Ask for the passphrase, or say that there is none."""
    try:
        check_has_passphrase()
    except NoPassphrase as refusal:
        return _told(request, 200, str(refusal))
    return _form(request, 200, "")


async def sign_in_by_words(request: Request) -> Response:
    """Sign this browser in, if the passphrase is the right one."""
    fields = await form_of(request)
    typed = _TOO_LONG if fields is None else fields.get("passphrase", "")
    try:
        secret = await run_in_threadpool(sign_in_by_passphrase, typed, peer_of(request.scope))
    except NoPassphrase as refusal:
        return _told(request, 403, str(refusal))
    except Refusal as refusal:
        return _form(request, status_of(refusal, 400), str(refusal))
    return _in(secret)


async def ask_to_sign_out(request: Request) -> Response:
    """Ask once more: a link alone signs nobody out."""
    return paper(request, "sign_out.html")


async def sign_out_here(request: Request) -> Response:
    """Sign this browser out: its cookie goes, and what the file knows of it."""
    caller = Caller(facilitator=request.cookies.get(FACILITATOR_COOKIE, ""))
    try:
        await run_in_threadpool(sign_out, caller)
    except Refusal as refusal:
        return _told(request, status_of(refusal, 503), str(refusal))
    answer = RedirectResponse("/", status_code=303)
    answer.delete_cookie(FACILITATOR_COOKIE, httponly=True, samesite="strict")
    return answer


def _in(secret: str) -> Response:
    answer = RedirectResponse("/", status_code=303)
    keep_secret(answer, FACILITATOR_COOKIE, secret)
    return answer


def _form(request: Request, status: int, sentence: str) -> Response:
    return paper(request, "sign_in.html", status, sentence=sentence)


def _told(request: Request, status: int, sentence: str) -> Response:
    return paper(request, "told.html", status, title="Sign in", sentence=sentence)
