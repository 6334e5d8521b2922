"""Which messages of a browser reach Streamlit: those that our pages send, and no others."""

from typing import Final

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

# Seen in Chromium over a whole workshop: rerun_script alone. A page that is left open long
# enough sends its heartbeat. Not: clear_cache, file requests, git, run on save, debugging.
NEEDED: Final = frozenset({"rerun_script", "app_heartbeat"})
MOST: Final = 1_000_000  # bytes; the largest that a page of ours sends has some 10,000

_NOT_TEXT, _GARBAGE, _TOO_LARGE = 1003, 1002, 1009


class OnlyOurMessages:
    """Let through what a page of ours sends; drop the rest, and close on what is no message."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Guard a websocket; anything else passes."""
        if scope["type"] == "websocket":
            line = _Line(receive, send)
            await self.app(scope, line.receive, line.send)
        else:
            await self.app(scope, receive, send)


class _Line:
    def __init__(self, receive: Receive, send: Send) -> None:
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
            if kind in NEEDED:
                return message

    async def send(self, message: Message) -> None:
        if not self._closed:  # a page that is still drawn for a closed line is no fault
            await self._send(message)

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
        return BackMsg.FromString(frame).WhichOneof("type"), 0
    except DecodeError:
        return None, _GARBAGE
