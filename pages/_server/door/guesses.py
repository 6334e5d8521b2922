"""How many wrong join codes an address may try: a room mistypes, a script guesses."""

import re
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request, cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aqua_core.errors import Refusal, TextRefused
from aqua_core.vocabulary import clean_code
from aqua_core.workshop.admitting import Caller, may_watch
from aqua_core.workshop.joining import my_team
from aqua_core.workshop.tries import Guesses
from pages._room import FACILITATOR_COOKIE, SEAT_COOKIE, WALL_COOKIE
from pages._server.door.peer import peer_of
from pages._server.plain.paper import paper

MOST: Final = 20
_JOIN: Final = "/join"
# These routes look a code up. What answers beside them (a redirect, a page) says nothing of it.
_LOOKED_UP: Final = re.compile(
    "(?:GET|HEAD) /(?:join|hand-over|take-over|push)/([^/]+)"
    "|POST /(?:join|hand-over|take-over|vote|reason|guess)/([^/]+)"
)
_WRONG: Final = frozenset({400, 404})


class FewGuesses:
    """Pause an address that asked for 20 different unknown codes within a minute.

    There are 30 to the power of 4 = 810,000 codes: at 20 a minute one is through in 28 days; at the
    274 a second that were possible beside /join, in 50 minutes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._guesses = Guesses(MOST)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and keep what its answer says of the code."""
        code = _code_in(scope)
        if code is None:
            await self.app(scope, receive, send)
            return
        peer = peer_of(scope)

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._learn(peer, code, scope, message["status"])
            await send(message)

        if self._may_ask(peer, code) or await run_in_threadpool(_belongs, scope, code):
            await self.app(scope, receive, counting)
        else:
            await _paused(scope)(scope, receive, send)

    def _may_ask(self, peer: str, code: str) -> bool:
        return self._guesses.take(peer, code) if code else self._guesses.left(peer) > 0

    def _learn(self, peer: str, code: str, scope: Scope, status: int) -> None:
        if not code:
            return
        if status == 404 or (scope["path"] == _JOIN and status in _WRONG):
            self._guesses.was_wrong(peer, code)
        elif status < 400 or status in (403, 409):
            self._guesses.was_right(peer, code)
        elif status == 503:
            self._guesses.give_back(peer, code)


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
    except Refusal:
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
    except TextRefused:
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
