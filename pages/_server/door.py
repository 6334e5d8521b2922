"""What stands before every answer: which hosts, which ways, which messages, how many guesses."""

import ipaddress
import os
import re
import socket
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.requests import ClientDisconnect, Request, cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aqua_core import errors
from aqua_core.vocabulary import clean_code
from aqua_core.workshop.admitting import Caller, may_facilitate, may_watch, sits_somewhere
from aqua_core.workshop.joining import my_team
from aqua_core.workshop.pairing import shown_on
from aqua_core.workshop.tries import Guesses
from pages import _way
from pages._address import ADDRESS
from pages._room import FACILITATOR_COOKIE, SEAT_COOKIE, WALL_COOKIE
from pages._server.headers import SafeHeaders
from pages._server.paper import paper

_BELIEVED: Final = "FORWARDED_ALLOW_IPS"


def believe_no_header() -> None:
    """Have the server keep the address of the line, whatever a header says. Call it before it runs.

    It would believe X-Forwarded-For from this laptop, and a proxy that only passes lines on passes
    a forged one on too. So whoever comes through a proxy here is counted together, and with the
    laptop itself: no header buys a try.
    """
    os.environ[_BELIEVED] = "nobody"


PROXY: Final = "DISCOVERY_ROOM_PROXY"


def peer_of(scope: Scope) -> str:
    """Give the address that a try is counted for: the other end of the line itself.

    Where that is the one proxy that the environment names, what it says of its own other end:
    the last address of X-Forwarded-For. What a visitor wrote before it is believed by nobody.
    """
    client = scope.get("client")
    peer = client[0] if client else "unknown"
    if peer != os.environ.get(PROXY, "").strip():
        return peer
    said = Headers(scope=scope).getlist("x-forwarded-for")
    try:
        return str(ipaddress.ip_address(said[-1].rpartition(",")[2].strip()))
    except (IndexError, ValueError):
        return peer


async def facilitates(scope: Scope) -> bool:
    """Tell whether the browser at the other end is signed in as the facilitator.

    Raises:
        FileUnusable: the room's file cannot be read now.
    """
    cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
    caller = Caller(facilitator=cookies.get(FACILITATOR_COOKIE, ""))
    if not caller.facilitator:
        return False
    return await run_in_threadpool(may_facilitate, caller)


async def watches(scope: Scope) -> bool:
    """Tell whether the browser at the other end is the facilitator's or a paired wall.

    Raises:
        FileUnusable: the room's file cannot be read now.
    """
    cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
    wall = Caller(wall=cookies.get(WALL_COOKIE, ""))
    if await facilitates(scope):
        return True
    return bool(wall.wall) and await run_in_threadpool(shown_on, wall) is not None


async def sits(scope: Scope) -> bool:
    """Tell whether the device at the other end has a seat; a file that cannot be read says yes."""
    cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
    try:
        caller = Caller(seat=cookies.get(SEAT_COOKIE, ""))
        return bool(caller.seat) and await run_in_threadpool(sits_somewhere, caller)
    except errors.FileUnusable:
        return True


MOST_GUESSES: Final = 20
_JOIN: Final = "/join"
# These routes look a code up. What answers beside them (a redirect, a page) says nothing of it.
_LOOKED_UP: Final = re.compile(
    "(?:GET|HEAD) /(?:join|hand-over|hand-on|take-over|push|my-result)/([^/]+)"
    "|POST /(?:join|hand-over|take-over|vote|reason|guess|last-time|safe|last-words)/([^/]+)"
)
_WRONG: Final = frozenset({400, 404})


class FewGuesses:
    """Pause an address that asked for 20 different unknown codes within a minute.

    There are 30 to the power of 4 = 810,000 codes: at 20 a minute one is through in 28 days; at the
    274 a second that were possible beside /join, in 50 minutes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._guesses = Guesses(MOST_GUESSES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and keep what its answer says of the code."""
        code = _code_in(scope)
        if code is None:
            await self.app(scope, receive, send)
            return
        peer = peer_of(scope)

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                await self._learn(peer, code, scope, message["status"])
            await send(message)

        if await self._may_ask(peer, code) or await run_in_threadpool(_belongs, scope, code):
            await self.app(scope, receive, counting)
        else:
            await _paused(scope)(scope, receive, send)

    async def _may_ask(self, peer: str, code: str) -> bool:
        if not code:
            return await run_in_threadpool(self._guesses.left, peer) > 0
        knows = self._guesses.knows(peer, code)
        return knows or await run_in_threadpool(self._guesses.take, peer, code)

    async def _learn(self, peer: str, code: str, scope: Scope, status: int) -> None:
        if not code:
            return
        if status == 404 or (scope["path"] == _JOIN and status in _WRONG):
            await run_in_threadpool(self._guesses.was_wrong, peer, code)
        elif status < 400 or status in (403, 409):
            if not self._guesses.knows(peer, code):  # as at each vote
                await run_in_threadpool(self._guesses.was_right, peer, code)
        elif status == 503:
            await run_in_threadpool(self._guesses.give_back, peer, code)


def _belongs(scope: Scope, code: str) -> bool:
    """Tell whether this device is in the workshop already: it learns nothing from an answer.

    Asked only where its address has no guess left: a guest's wrong codes stop nobody who is seated
    behind the same address, also right after a restart, when no code is known yet.
    """
    cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
    names = (FACILITATOR_COOKIE, SEAT_COOKIE, WALL_COOKIE)
    caller = Caller(*(cookies.get(name, "") for name in names))
    try:
        return bool(code) and (may_watch(caller, code) or my_team(caller, code) is not None)
    except errors.Refusal:
        return False


def _code_in(scope: Scope) -> str | None:
    """Give the code that a request asks for, "" on the join page itself; None: nobody is told."""
    if scope["type"] != "http":
        return None
    found = _LOOKED_UP.fullmatch(f"{scope['method']} {scope['path']}")
    if found:
        typed = found[1] or found[2]
    elif scope["path"] == _JOIN and scope["method"] in ("GET", "HEAD"):
        typed = QueryParams(scope["query_string"]).get("code", "")
    else:
        return None
    try:
        return clean_code(typed)
    except errors.TextRefused:
        return None if typed else ""


def _paused(scope: Scope) -> ASGIApp:
    return paper(
        Request(scope),
        "told.html",
        429,
        title="Join",
        sentence="Too many tries. Wait 1 minute.",
        onward=_JOIN,
    )


async def refuse(scope: Scope, receive: Receive, send: Send, status: int, sentence: str) -> None:
    """Answer a request with the sentence, and a websocket with 403 before it is accepted.

    With the safe headers: it may be asked before they are added.
    """
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await SafeHeaders(PlainTextResponse(sentence, status_code=status))(scope, receive, send)


FOREIGN: Final = (
    "Discovery Room does not answer to this address. "
    "Open the address that is shown on the screen in the room."
)
ELSEWHERE: Final = "Discovery Room answers its own pages only, not those of another site."


class OwnHosts:
    """Refuse a foreign Host or Origin, over http and websocket alike.

    Streamlit's `server.allowedHosts` looks at its websocket alone. A number is always allowed: to
    reach a laptop through a browser inside its network, an attacker needs a name.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._names = own_names()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        if not self._is_ours(asked.get("host", "")):
            await refuse(scope, receive, send, 403, FOREIGN)
        elif _is_from_elsewhere(asked, scope):
            await refuse(scope, receive, send, 403, ELSEWHERE)
        else:
            await self.app(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        name = host_name(host)
        return name in self._names or _is_number(name)


def own_names() -> frozenset[str]:
    """Give the names of this laptop, in small letters: no lookup, so no word to the network."""
    name = socket.gethostname().lower()
    short = name.split(".")[0]
    given = host_name(os.environ.get(ADDRESS, "").strip().rstrip("/").rpartition("://")[2])
    return frozenset({"localhost", name, short, f"{short}.local", given} - {""})


@lru_cache
def host_name(host: str) -> str:
    """Give the name in a Host header, in small letters; "" where it holds anything else."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises for a port that is none
    except ValueError:
        return ""
    if parts.path or parts.query or parts.fragment or "@" in host:
        return ""
    return (parts.hostname or "").removesuffix(".")


@lru_cache
def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_from_elsewhere(asked: Headers, scope: Scope) -> bool:
    # A link from a mail may come from anywhere; what changes something may not.
    is_deed = scope["type"] == "http" and scope["method"] not in ("GET", "HEAD")
    if is_deed and asked.get("sec-fetch-site") == "cross-site":
        return True
    # Over plain HTTP a browser says no more than the origin. "null" is anybody: our forms say who
    # they are (templates/base.html). And Streamlit would ask the internet for its own address.
    origin = asked.get("origin")
    return origin is not None and origin.lower().partition("://")[2] != asked["host"].lower()


METRICS: Final = "/_stcore/metrics"
_UPLOAD: Final = "/_stcore/upload_file/"
_KEPT: Final = {
    METRICS: "Metrics are for the facilitator alone.",
    _UPLOAD: "Files are brought by the facilitator alone.",
}
_CORE: Final = "/_stcore/"
_OPEN: Final = frozenset({"/_stcore/health", "/_stcore/host-config", "/_stcore/stream"})
_OPEN_UNDER: Final = ("/_stcore/bidi-components/",)
# Streamlit's sign-in with an account elsewhere, and its components of version 1: none is used.
_CLOSED: Final = frozenset({"/auth/login", "/auth/logout", "/oauth2callback"})
_CLOSED_UNDER: Final = ("/component/",)

# First parts of addresses under which Streamlit answers with something else than a page.
_OF_STREAMLIT: Final = frozenset({"_stcore", "static", "media", "app", "auth", "component"})

MOST_IN_A_BODY: Final = 1_000_000  # bytes of any request's body
NOT_HERE: Final = "There is nothing here. Go to the first page."
TOO_LARGE: Final = "This is too large: Discovery Room takes at most 1 MB."


class OpenWays:
    """Close what no page needs (agents, accounts); metrics and uploads are the facilitator's.

    `ours` are the paths of the small routes beside the pages.
    """

    def __init__(self, app: ASGIApp, ours: Iterable[str]) -> None:
        self.app = app
        firsts = {path.split("/")[1] for path in ours}
        self._answers = _OF_STREAMLIT | _way.FIRST_PARTS | firsts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403, 404, 413 or 503."""
        refused = await _refused(scope)
        if refused:
            await refuse(scope, receive, send, *refused)
        elif _is_no_page(scope, self._answers):
            await _page_not_found(scope)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _is_no_page(scope: Scope, answers: Collection[str]) -> bool:
    """Tell whether somebody opens an address that is no page; what pages load is not asked about.

    Streamlit answers any address with its first page.
    """
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    first = scope["path"].strip("/").partition("/")[0]
    opens = "text/html" in Headers(scope=scope).get("accept", "")
    return opens and first not in answers


def _page_not_found(scope: Scope) -> ASGIApp:
    said = "There is no page at this address. Check it, or go on to the first page."
    shown = {"title": "Page not found", "sentence": said, "onward": "/"}
    return paper(Request(scope), "told.html", 404, **shown)


def is_open(path: str) -> bool:
    """Tell whether anything of Streamlit's or ours may answer at a path."""
    if path.startswith(_CORE):
        return path in _OPEN or path == METRICS or path.startswith((*_OPEN_UNDER, _UPLOAD))
    return path not in _CLOSED and not path.startswith(_CLOSED_UNDER)


async def _refused(scope: Scope) -> tuple[int, str] | None:
    if scope["type"] not in ("http", "websocket"):
        return None
    if not is_open(scope["path"]):
        return 404, NOT_HERE
    if scope["type"] == "websocket":
        return None
    if _is_too_large(scope):
        return 413, TOO_LARGE
    kept = next((kept for path, kept in _KEPT.items() if scope["path"].startswith(path)), "")
    return await _kept_from(scope, kept) if kept else None


async def _kept_from(scope: Scope, sentence: str) -> tuple[int, str] | None:
    try:
        is_theirs = await facilitates(scope)
    except errors.FileUnusable as refusal:
        return 503, str(refusal)
    return None if is_theirs else (403, sentence)


def _is_too_large(scope: Scope) -> bool:
    if scope["method"] in ("GET", "HEAD"):
        return False
    asked = Headers(scope=scope)
    length = asked.get("content-length", "0")
    # No browser sends a form without saying how long it is.
    unsaid = "transfer-encoding" in asked
    return unsaid or not length.isdecimal() or int(length) > MOST_IN_A_BODY


_STATUS: Final = {
    errors.JoiningClosed: 409,
    errors.FileUnusable: 503,
    errors.NoPassphrase: 403,
    errors.NoSeat: 403,
    errors.NoSuchWorkshop: 404,
    errors.RoomFull: 409,
    errors.SeatAside: 403,
    errors.TooFast: 429,
    errors.TooManyTries: 429,
}
_MOST: Final = 4_000  # bytes of a form: a passphrase of 200 characters takes at most 2,400


def status_of(refusal: errors.Refusal, otherwise: int) -> int:
    """Give the status of a refusal: 503 where the disk failed, 404 for an unknown workshop."""
    return _STATUS.get(type(refusal), otherwise)


def seat_of(request: Request) -> Caller:
    """Give the secret of this device's seat, as its cookie brings it."""
    return Caller(seat=request.cookies.get(SEAT_COOKIE, ""))


async def body_of(request: Request, most: int) -> bytes | None:
    """Give the body, or None where it has more than `most` bytes or its sender has left."""
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > most:
                return None
    except ClientDisconnect:
        return None
    return bytes(body)


async def form_of(request: Request) -> dict[str, str] | None:
    """Give the fields of a form, the first of each name; None where it is too long to be ours."""
    body = await body_of(request, _MOST)
    if body is None:
        return None
    fields = parse_qs(body.decode("utf-8", "replace"))
    return {name: values[0] for name, values in fields.items()}
