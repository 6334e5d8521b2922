"""Plain pages of the server, without Streamlit: sign in by link or passphrase, and out."""

import re
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aqua_core import errors
from aqua_core.vocabulary.account import Role
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop import hosting, signing_in
from aqua_core.workshop.admitting import Caller
from pages._address import is_https
from pages._people import directory_called
from pages._room import FACILITATOR_COOKIE
from pages._server.door import form_of, peer_of, status_of
from pages._server.life import print_sign_in_link
from pages._server.paper import keep_secret, paper

# Each that is built on another one says that one's name too, so it comes before it.
_BROWSERS: Final = (
    ("Edge", "Edg"),
    ("Opera", "OPR/"),
    ("Firefox", "Firefox|FxiOS"),
    ("Chrome", "Chrome|CriOS"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac", "Macintosh"),
    ("Android", "Android"),
    ("Chromebook", "CrOS"),
    ("Linux", "Linux"),
)
_AS: Final = {
    Role.ADMINISTRATOR: "an administrator",
    Role.FACILITATOR: "a facilitator",
    Role.READER: "a reader",
}
_TOO_LONG: Final = "x" * 4_000  # refused for its length, before any work


async def sign_in_here(request: Request) -> Response:
    """Sign this browser in, and leave the secret out of the address bar.

    Where rooms are hosted a link opens a page that asks first: who it is for may look at it.
    """
    if request.method != "GET":  # whoever looks whether the link is there must not spend it
        return Response(status_code=405, headers={"Allow": "GET"})
    if hosting.is_hosted():
        return await _invitation(request)
    try:
        secret = await run_in_threadpool(
            signing_in.sign_in, request.path_params["link"], browser_of(request)
        )
    except errors.Refusal as refusal:
        return told_signing_in(request, status_of(refusal, 410), str(refusal))
    print_sign_in_link("To sign in another browser on this laptop")
    return _in(secret)


async def accept_here(request: Request) -> Response:
    """Sign this browser in by an invitation, under the name that was typed."""
    if not hosting.is_hosted():
        return Response(status_code=405, headers={"Allow": "GET"})
    fields = await form_of(request)
    typed = _TOO_LONG if fields is None else fields.get("name", "")
    try:
        secret = await run_in_threadpool(
            hosting.accept,
            request.path_params["link"],
            typed,
            browser_of(request),
            directory=bool(directory_called()),
        )
    except errors.TextRefused as refusal:
        return await _invitation(request, str(refusal))
    except errors.Refusal as refusal:
        return told_signing_in(request, status_of(refusal, 410), str(refusal))
    return _in(secret)


async def _invitation(request: Request, sentence: str = "") -> Response:
    link = request.path_params["link"]
    try:
        opened = await run_in_threadpool(hosting.invited, link)
    except errors.Refusal as refusal:
        return told_signing_in(request, status_of(refusal, 410), str(refusal))
    _, role, account, _, name, known = opened.invitation
    shown = {"organisation": opened.organisation, "account": account, "role": _AS[role]}
    shown |= {"called": name, "known": known}
    shown |= {"link": link, "sentence": sentence, "directory": directory_called()}
    return paper(request, "invitation.html", 400 if sentence else 200, **shown)


async def ask_for_passphrase(request: Request) -> Response:
    """Ask for the passphrase, or say that there is none."""
    try:
        signing_in.check_has_passphrase()
    except errors.NoPassphrase as refusal:
        return told_signing_in(request, 200, str(refusal))
    return _form(request, 200, "")


async def sign_in_by_words(request: Request) -> Response:
    """Sign this browser in, if the passphrase is the right one."""
    fields = await form_of(request)
    typed = _TOO_LONG if fields is None else fields.get("passphrase", "")
    try:
        secret = await run_in_threadpool(
            signing_in.sign_in_by_passphrase, typed, peer_of(request.scope), browser_of(request)
        )
    except errors.NoPassphrase as refusal:
        return told_signing_in(request, 403, str(refusal))
    except errors.Refusal as refusal:
        return _form(request, status_of(refusal, 400), str(refusal))
    return _in(secret)


async def ask_to_sign_out(request: Request) -> Response:
    """Ask once more: a link alone signs nobody out. List every browser that is signed in."""
    try:
        browsers = await run_in_threadpool(signing_in.signed_in_now, _facilitator(request))
    except errors.NotSignedIn:
        browsers = ()
    except errors.Refusal as refusal:
        return told_signing_in(request, status_of(refusal, 503), str(refusal))
    others = [(browser.key, _said_of(browser)) for browser in browsers if not browser.mine]
    mine = next((_said_of(browser) for browser in browsers if browser.mine), "")
    return paper(request, "sign_out.html", mine=mine, others=others, hosted=hosting.is_hosted())


async def sign_out_here(request: Request) -> Response:
    """Sign a browser out: this one, whose cookie goes, or another one of the list."""
    caller, key = _facilitator(request), (await form_of(request) or {}).get("browser", "")
    try:
        if key:
            await run_in_threadpool(signing_in.sign_out_another, caller, key)
            return RedirectResponse("/sign-out", status_code=303)
        await run_in_threadpool(signing_in.sign_out, caller)
    except errors.NotSignedIn as refusal:
        return told_signing_in(request, 403, str(refusal))
    except errors.Refusal as refusal:
        return told_signing_in(request, status_of(refusal, 503), str(refusal))
    answer = RedirectResponse("/", status_code=303)
    answer.delete_cookie(FACILITATOR_COOKIE, httponly=True, samesite="strict")
    return answer


def browser_of(request: Request) -> str:
    """Give what a browser calls itself, in two words of ours: "Edge on Windows"."""
    said = request.headers.get("user-agent", "")
    browser, system = (
        next((name for name, sign in known if re.search(sign, said)), "")
        for known in (_BROWSERS, _SYSTEMS)
    )
    return f"{browser or 'A browser'} on {system}" if system else browser


def _facilitator(request: Request) -> Caller:
    return Caller(facilitator=request.cookies.get(FACILITATOR_COOKIE, ""))


def _said_of(browser: signing_in.Browser) -> str:
    since = f", since {day_said(browser.since)}" if browser.since else ""
    until = ", by the passphrase, until the app ends" if browser.by_passphrase else ""
    return f"{browser.called}{since}{until}"


def _in(secret: str) -> Response:
    answer = RedirectResponse("/", status_code=303)
    keep_secret(answer, FACILITATOR_COOKIE, secret, secure=is_https())
    return answer


def _form(request: Request, status: int, sentence: str) -> Response:
    return paper(request, "sign_in.html", status, sentence=sentence)


def told_signing_in(request: Request, status: int, sentence: str) -> Response:
    """Answer with a sentence, under the heading of signing in."""
    return paper(request, "told.html", status, title="Sign in", sentence=sentence)
