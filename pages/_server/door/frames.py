"""Which messages of a browser reach Streamlit: those that our pages send, and no others."""

from typing import Final

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from aqua_core.errors import FileUnusable
from pages._server.door.peer import facilitates

# Seen in Chromium over a whole workshop: rerun_script alone. A page that is left open long
# enough sends its heartbeat. Not: clear_cache, git, run on save, debugging.
NEEDED: Final = frozenset({"rerun_script", "app_heartbeat"})
# The Take away page asks where to bring a file, and for a file to be built: the facilitator's.
FACILITATORS: Final = frozenset({"file_urls_request", "deferred_file"})
_OPERATION: Final = "backend_operation_request"
MOST: Final = 1_000_000  # bytes; the largest that a page of ours sends has some 10,000

_NOT_TEXT, _GARBAGE, _TOO_LARGE = 1003, 1002, 1009


class OnlyOurMessages:
    """Let through what a page of ours sends; drop the rest, and close on what is no message."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Guard a websocket; anything else passes."""
        if scope["type"] == "websocket":
            line = _Line(scope, receive, send)
            await self.app(scope, line.receive, line.send)
        else:
            await self.app(scope, receive, send)


class _Line:
    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._closed = False

    async def receive(self) -> Message:
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            kind, code = _read(message.get("bytes"))
            if code:
                return await self._close(code)
            if kind in NEEDED or (kind in FACILITATORS and await self._facilitates()):
                return message

    async def send(self, message: Message) -> None:
        if not self._closed:  # a page that is still drawn for a closed line is no fault
            await self._send(message)

    async def _facilitates(self) -> bool:
        # Asked at each such message: a browser that signed out keeps its line for a while.
        try:
            return await facilitates(self._scope)
        except FileUnusable:
            return False

    async def _close(self, code: int) -> Message:
        await self.send({"type": "websocket.close", "code": code})
        self._closed = True
        return {"type": "websocket.disconnect", "code": code}


def _read(frame: bytes | None) -> tuple[str | None, int]:
    """Give what a frame asks for (None for nothing known), and the code to close with or 0."""
    if frame is None:
        return None, _NOT_TEXT
    if len(frame) > MOST:
        return None, _TOO_LARGE
    try:
        message = BackMsg.FromString(frame)
    except DecodeError:
        return None, _GARBAGE
    kind = message.WhichOneof("type")
    if kind == _OPERATION:  # said by what it asks for: only to build a file is one of ours
        kind = message.backend_operation_request.WhichOneof("payload")
    return kind, 0
