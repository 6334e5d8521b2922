"""How many wrong join codes an address may try: a room mistypes, a script guesses."""

from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aqua_core.workshop.tries import Tries
from pages._server.door.peer import peer_of
from pages._server.plain.paper import paper

_ASKED: Final = "/join"
_WRONG: Final = frozenset({400, 404})


class FewGuesses:
    """Pause an address after 20 wrong codes in a minute. Right codes are never counted.

    300 seats may stand behind one address; at 20 a minute one guesses the 923,521 codes in a month.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._tries = Tries(most=20)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and count an answer that says the code was wrong."""
        if scope["type"] != "http" or not _asks_for_a_workshop(scope["path"]):
            await self.app(scope, receive, send)
            return
        peer = peer_of(scope)

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start" and _was_wrong(scope, message["status"]):
                self._tries.take(peer)
            await send(message)

        if self._tries.left(peer):
            await self.app(scope, receive, counting)
        else:
            await _paused(Request(scope))(scope, receive, send)


def _asks_for_a_workshop(path: str) -> bool:
    return path == _ASKED or path.startswith(f"{_ASKED}/")


def _was_wrong(scope: Scope, status: int) -> bool:
    # 400 on a team's page is a team that is not there, and "" no code.
    typed = scope["path"] != _ASKED or scope["query_string"] not in (b"", b"code=")
    return typed and status in (_WRONG if scope["path"] == _ASKED else {404})


def _paused(request: Request) -> ASGIApp:
    return paper(
        request,
        "told.html",
        429,
        title="Join",
        sentence="Too many tries. Wait 1 minute.",
        onward=_ASKED,
    )
