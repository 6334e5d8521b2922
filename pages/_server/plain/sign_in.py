"""Sign a browser in as the facilitator, by the one-time link or the passphrase; and out."""

from typing import Final
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from aqua_core.errors import FileUnusable, NoPassphrase, Refusal, TooManyTries
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.signing_in import (
    has_passphrase,
    sign_in,
    sign_in_by_passphrase,
    sign_out,
)
from pages._room import FACILITATOR_COOKIE
from pages._server.door.peer import peer_of
from pages._server.life import print_sign_in_link
from pages._server.plain.paper import keep_secret, paper

_MOST: Final = 4_000  # bytes of the form: 200 characters take at most 2,400
_STATUS: Final = {FileUnusable: 503, NoPassphrase: 403, TooManyTries: 429}


async def sign_in_here(request: Request) -> Response:
    """Sign this browser in, and leave the secret out of the address bar."""
    try:
        secret = await run_in_threadpool(sign_in, request.path_params["link"])
    except Refusal as refusal:
        return _told(request, _STATUS.get(type(refusal), 410), str(refusal))
    print_sign_in_link("To sign in another browser on this laptop")
    return _in(secret)


async def ask_for_passphrase(request: Request) -> Response:
    """Ask for the passphrase, or say that there is none."""
    if not has_passphrase():
        return _told(
            request,
            200,
            "No passphrase was set for this room. "
            "Open the sign-in link from the window where the app was started.",
        )
    return _form(request, 200, "")


async def sign_in_by_words(request: Request) -> Response:
    """Sign this browser in, if the passphrase is the right one."""
    if request.headers.get("sec-fetch-site") == "cross-site":
        return _told(request, 403, "Sign in from the sign-in page.")
    try:
        typed = await _typed(request)
        secret = await run_in_threadpool(sign_in_by_passphrase, typed, peer_of(request.scope))
    except NoPassphrase as refusal:
        return _told(request, 403, str(refusal))
    except Refusal as refusal:
        return _form(request, _STATUS.get(type(refusal), 400), str(refusal))
    return _in(secret)


async def ask_to_sign_out(request: Request) -> Response:
    """Ask once more: a link alone signs nobody out."""
    return paper(request, "sign_out.html")


async def sign_out_here(request: Request) -> Response:
    """Sign this browser out: its cookie goes, and what the file knows of it."""
    if request.headers.get("sec-fetch-site") == "cross-site":
        return _told(request, 403, "Sign out from the first page.")
    caller = Caller(facilitator=request.cookies.get(FACILITATOR_COOKIE, ""))
    try:
        await run_in_threadpool(sign_out, caller)
    except Refusal as refusal:
        return _told(request, 503, str(refusal))
    answer = RedirectResponse("/", status_code=303)
    answer.delete_cookie(FACILITATOR_COOKIE, httponly=True, samesite="strict")
    return answer


async def _typed(request: Request) -> str:
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > _MOST:
                return "x" * _MOST  # refused for its length, before any work
    except ClientDisconnect:
        return ""
    fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=None)
    return fields.get("passphrase", [""])[0]


def _in(secret: str) -> Response:
    answer = RedirectResponse("/", status_code=303)
    keep_secret(answer, FACILITATOR_COOKIE, secret)
    return answer


def _form(request: Request, status: int, sentence: str) -> Response:
    return paper(request, "sign_in.html", status, sentence=sentence)


def _told(request: Request, status: int, sentence: str) -> Response:
    return paper(request, "told.html", status, title="Sign in", sentence=sentence)
