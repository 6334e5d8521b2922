"""Streamlit's own scripts, compressed once and not for every visitor."""

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_UNCHANGING: Final = "/static/"  # their names hold a hash of what is in them


class PressedOnce:
    """Keep what the middleware below compressed: 100 cold laptops asked for 270 MB of it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[str, tuple[Message, Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept; keep a whole compressed answer that passes by."""
        if not _may_be_kept(scope):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path not in self._kept:
            answer = await self._answer(scope, receive)
            if not _is_whole(answer):
                for message in answer:
                    await send(message)
                return
            self._kept[path] = (answer[0], answer[1])
        for message in self._kept[path]:
            await send(message.copy())

    async def _answer(self, scope: Scope, receive: Receive) -> list[Message]:
        messages: list[Message] = []

        async def hear(message: Message) -> None:
            messages.append(message)

        await self.app(scope, receive, hear)
        return _joined(messages)


def _may_be_kept(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    asked = Headers(scope=scope)
    plain = "range" not in asked and "if-none-match" not in asked
    return (
        scope["path"].startswith(_UNCHANGING)
        and plain
        and "gzip" in asked.get("accept-encoding", "")
    )


def _is_whole(answer: list[Message]) -> bool:
    return len(answer) == 2 and answer[0]["status"] == 200


def _joined(messages: list[Message]) -> list[Message]:
    start, *parts = messages
    body = b"".join(part.get("body", b"") for part in parts)
    MutableHeaders(scope=start)["content-length"] = str(len(body))
    return [start, {"type": "http.response.body", "body": body}]
