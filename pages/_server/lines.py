"""The lines that the server holds: how many from one address, and how long half a message waits."""

import asyncio
import logging
import socket
from collections import Counter
from contextlib import suppress
from errno import EMFILE, ENFILE
from typing import Any, Final

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from pages._server.limits import reached

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None  # type: ignore[assignment]

FILES: Final = 8192  # a seat holds four; many a shell allows 1,024, and macOS 256
KEPT: Final = 128  # files that lines leave alone: the room's own, its copies, pages of the app
HALF: Final = 15.0  # seconds that a request or a message may take to arrive whole
_LARGE: Final = 16_384  # bytes from which on what was written does not wait for the turn's end
HELD: Final = 2_000_000  # bytes of all that is not whole yet; a page sends some 10,000

_HALF_SENT: Final = "what was sent in part for 15 seconds was dropped"
_TOO_MUCH: Final = "more was sent in part than the room can hold; the largest was dropped"
_TOO_MANY: Final = "one address opened more lines than are left for all others; the newest waits"
_NO_FILE: Final = "the system gives no more lines"


def guard_lines(loop: asyncio.AbstractEventLoop) -> None:
    """Guard every line of the server that this loop is about to open. Call it before it does."""
    lines = Lines(_open_many_files() - KEPT)
    create = loop.create_server

    async def create_server(protocol_factory: Any, *given: Any, **named: Any) -> Any:
        return await create(lambda: Line(protocol_factory(), lines), *given, **named)

    loop.create_server = create_server  # type: ignore[method-assign, assignment]
    loop.set_exception_handler(_count_files)
    logging.getLogger("uvicorn.error").addFilter(lambda record: not _is_no_file(record.exc_info))


class Lines:
    """Every open line, and what they hold in part.

    One address may open as many lines as are left for all others: a whole hall behind one address
    may have half of all, and two strangers leave a third.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: dict[Line, None] = {}
        self._of_peer: Counter[str] = Counter()
        self._held = 0

    def admit(self, line: "Line") -> bool:
        """Take a line in, if need be for the oldest of its address that has said nothing whole."""
        if self._of_peer[line.peer] >= self._most - len(self._open):
            reached(_TOO_MANY)
            halves = (other for other in self._open if other.peer == line.peer and other.is_half)
            oldest = next(halves, None)
            if oldest is None:
                return False
            oldest.drop()
        self._open[line] = None
        self._of_peer[line.peer] += 1
        return True

    def leave(self, line: "Line") -> None:
        """Count a line no more."""
        if line in self._open:
            del self._open[line]
            self._of_peer[line.peer] -= 1
            self._of_peer += Counter()  # forgets who holds none
            self.hold(line, -line.held)

    def hold(self, line: "Line", more: int) -> None:
        """Keep count of what is held in part; past the limit the line that holds most goes."""
        line.held += more
        self._held += more
        if self._held > HELD:
            reached(_TOO_MUCH)
            max(self._open, key=lambda other: other.held).drop()


class Line(asyncio.Protocol):
    """One line, between the system and the protocol that reads it."""

    def __init__(self, reader: Any, lines: Lines) -> None:
        self.peer = ""
        self.held = 0
        self._reader = reader
        self._lines = lines
        self._half: asyncio.TimerHandle | None = None
        self._is_read = False

    @property
    def is_half(self) -> bool:
        """Whether something whole is still awaited."""
        return self._half is not None

    def connection_made(self, transport: Any) -> None:
        """Take the line in, or close it."""
        self._transport = transport
        self.peer = (transport.get_extra_info("peername") or ("unknown",))[0]
        if not self._lines.admit(self):
            transport.abort()
            return
        # Streamlit binds its socket in a way that asyncio takes for another kind, and without
        # this an answer on a kept line waits 40 ms for the other side to acknowledge its head.
        with suppress(OSError):
            sock = transport.get_extra_info("socket")
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wait()
        self._is_read = True
        self._reader.connection_made(_Transport(transport, self))

    def connection_lost(self, exc: Exception | None) -> None:
        """Let the line go."""
        self._rest()
        self._lines.leave(self)
        if self._is_read:
            self._reader.connection_lost(exc)
            _let_go(self._reader)

    def data_received(self, data: bytes) -> None:
        """Pass on what came, and see whether the rest of it is still to come."""
        self._reader.data_received(data)
        if _is_whole(self._reader):
            self._rest()
            self._lines.hold(self, -self.held)
        else:
            self._wait()
            self._lines.hold(self, len(data))

    def eof_received(self) -> bool | None:
        """Pass on."""
        return self._reader.eof_received()  # type: ignore[no-any-return]

    def pause_writing(self) -> None:
        """Pass on."""
        self._reader.pause_writing()

    def resume_writing(self) -> None:
        """Pass on."""
        self._reader.resume_writing()

    def turn_to(self, reader: Any) -> None:
        """Have another protocol read the line from now on."""
        self._reader = reader

    def drop(self) -> None:
        """Cut the line off."""
        self._rest()
        self._transport.abort()
        self._lines.leave(self)

    def _wait(self) -> None:
        if self._half is None:
            self._half = asyncio.get_running_loop().call_later(HALF, self._too_late)

    def _rest(self) -> None:
        if self._half:
            self._half.cancel()
            self._half = None

    def _too_late(self) -> None:
        if self.held:  # a browser opens a line ahead of time, and may never use it
            reached(_HALF_SENT)
        self.drop()


class _Transport:
    # What is written in one turn of the loop leaves together. The server writes the head of an
    # answer and its body one by one, and each message of a page: each woke this laptop and the
    # browser's for itself.
    def __init__(self, transport: asyncio.Transport, line: Line) -> None:
        self._transport = transport
        self._line = line
        self._written = bytearray()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self._line.turn_to(protocol)

    def write(self, data: bytes) -> None:
        if not self._written:
            asyncio.get_running_loop().call_soon(self._send)
        self._written += data
        if len(self._written) > _LARGE:  # who does not read is noticed by what waits below
            self._send()

    def close(self) -> None:
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._written:
            written, self._written = self._written, bytearray()
            self._transport.write(written)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


def _is_whole(reader: Any) -> bool:
    if isinstance(reader, WebSocketsSansIOProtocol):
        return not reader.frames and not reader.conn.reader.buffer
    asked = reader.cycle  # of the newest request whose head is here
    if asked is None or asked.scope is not reader.scope:  # a further head has begun
        return False
    return not asked.more_body and not asked.response_complete


def _let_go(reader: Any) -> None:
    # What is left of a line hangs together in a ring, and 370 MB of halves waited for a collection.
    if isinstance(reader, WebSocketsSansIOProtocol):
        reader.frames.clear()
        reader.conn.reader.buffer.clear()


def _open_many_files() -> int:
    if not resource:
        return FILES
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = max(soft, FILES if most == resource.RLIM_INFINITY else min(FILES, most))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (enough, most))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def _count_files(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    # Every line that the system refuses came with a traceback: 75 MB of them in 15 seconds.
    fault = context.get("exception")
    # A second after a refusal asyncio listens again, also where the server has ended meanwhile.
    again = isinstance(fault, ValueError) and "_start_serving" in repr(context.get("handle"))
    if not again and not _is_no_file((None, fault, None)):
        loop.default_exception_handler(context)


def _is_no_file(info: Any) -> bool:
    fault = info[1] if isinstance(info, tuple) else None
    is_no_file = isinstance(fault, OSError) and fault.errno in (EMFILE, ENFILE)
    if is_no_file:
        reached(_NO_FILE)
    return is_no_file
