"""Sign in by an organisation's own directory (OpenID Connect), where the environment names one.

The directory says who somebody is. Whether they come in an administrator says, by an invitation.
It ends in the room's own cookie, which can be ended here, and ends by itself after twelve hours.
"""

import os
import secrets
from contextlib import suppress
from functools import cache
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from aqua_core import errors
from aqua_core.vocabulary.account import HOURS_BY_DIRECTORY
from aqua_core.workshop import hosting
from pages._address import ADDRESS, is_https
from pages._people import directory_called
from pages._room import FACILITATOR_COOKIE
from pages._server.door import status_of
from pages._server.paper import keep_secret, paper
from pages._server.sign_in import browser_of, told_signing_in
from pages._server.starting import CLIENT, ISSUER, SECRET

_AT: Final = "/sign-in/directory"
_LINK: Final = "link"
_MINUTES: Final = 10  # that somebody may take at the directory
_NONE: Final = "Nobody signs in by a directory here. Open the link that you were given."
_ELSEWHERE: Final = "Open the invitation itself, and choose the directory there."
_NAMELESS: Final = (
    "Your directory gives no name that can be shown here. Ask for an invitation with your name on "
    "it."
)
_UNFINISHED: Final = "was not finished. Begin again; if it stays so, tell who runs it."
_NO_ANSWER: Final = "does not answer as it should. Try again; if it stays so, tell who runs it."


async def ask_the_directory(request: Request) -> Response:
    """Send this browser to the directory, and keep which invitation it came from, if any."""
    if not directory_called():
        return told_signing_in(request, 404, _NONE)
    link = request.query_params.get(_LINK, "")
    # Else a page elsewhere could lead whoever opens it into an account of its own choice.
    if link and request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return told_signing_in(request, 403, _ELSEWHERE)
    request.session.clear()
    request.session[_LINK] = link
    back = f"{_given(ADDRESS).rstrip('/')}{_AT}/back"
    try:
        answer: Response = await _client().authorize_redirect(request, back)
    except _faults():
        return told_signing_in(request, 503, f"{directory_called()} {_NO_ANSWER}")
    return answer


async def come_back(request: Request) -> Response:
    """Sign this browser in as whom the directory says it is, into an account or by the invitation.

    The cookie is sent by no request that another site began, so a page of ours leads on.
    """
    if not directory_called():
        return told_signing_in(request, 404, _NONE)
    link = request.session.get(_LINK, "")
    try:
        said = (await _client().authorize_access_token(request))["userinfo"]
        known_as = f"{said['iss']} {said['sub']}"
    except _faults():
        return told_signing_in(request, 400, f"Signing in with {directory_called()} {_UNFINISHED}")
    request.session.clear()
    try:
        secret = await run_in_threadpool(_let_in, link, known_as, said, browser_of(request))
    except errors.Refusal as refusal:
        return told_signing_in(request, status_of(refusal, 403), str(refusal))
    answer = paper(request, "signed_in.html")
    hours = HOURS_BY_DIRECTORY * 3600
    keep_secret(answer, FACILITATOR_COOKIE, secret, hours, secure=is_https())
    return answer


def _let_in(link: str, known_as: str, said: dict[str, Any], browser: str) -> str:
    if not link:
        return hosting.sign_in_known(known_as, browser)
    # An address is no name, and much that has a dot looks like one: ann.other@nhs.example.
    address = str(said.get("preferred_username") or "").partition("@")[0]
    names = (said.get("name"), hosting.invited(link).invitation.name, address.replace(".", " "))
    for name in names:
        with suppress(errors.TextRefused):
            return hosting.accept(link, str(name or ""), browser, known_as)
    raise errors.TextRefused(_NAMELESS)


def _given(name: str) -> str:
    return os.environ.get(name, "").strip()


# Its libraries are a hosted room's: no laptop loads them.
@cache
def _client() -> Any:
    from authlib.integrations.starlette_client import OAuth

    found = f"{_given(ISSUER).rstrip('/')}/.well-known/openid-configuration"
    asked = {"scope": "openid profile", "code_challenge_method": "S256", "timeout": 10}
    return OAuth().register(
        "directory",
        client_id=_given(CLIENT),
        client_secret=_given(SECRET),
        server_metadata_url=found,
        client_kwargs=asked,
    )


@cache
def _faults() -> tuple[type[Exception], ...]:
    from authlib.common.errors import AuthlibBaseError
    from httpx2 import HTTPError
    from joserfc.errors import JoseError

    return AuthlibBaseError, HTTPError, JoseError, ValueError, KeyError, RuntimeError


# What is asked and what is answered belong together by a cookie of ten minutes, signed by what all
# processes share.
DIRECTORY: Final = Mount(
    _AT,
    routes=[Route("/ask", ask_the_directory), Route("/back", come_back)],
    middleware=[
        Middleware(
            SessionMiddleware,
            secret_key=_given("STREAMLIT_SERVER_COOKIE_SECRET") or secrets.token_hex(),
            session_cookie="at-the-directory",
            max_age=60 * _MINUTES,
            path=_AT,
            https_only=is_https(),
        )
    ],
)
