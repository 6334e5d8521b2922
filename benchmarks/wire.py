"""What a browser has on the wire: kept HTTP connections, and a push line."""

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_COOKIE: Final = re.compile(rb"\r\nset-cookie: *([^=]+)=([^;\r]*)", re.IGNORECASE)
_AGENT: Final = "Mozilla/5.0 (X11; Linux x86_64) Chrome/156"


class Answer(NamedTuple):
    """An answer: its status, its head as sent, and its body, perhaps still compressed."""

    status: int
    head: bytes
    body: bytes

    def cookies(self) -> dict[str, str]:
        """Give the cookies that it sets."""
        return {name.decode(): value.decode() for name, value in _COOKIE.findall(self.head)}


class Kept:
    """One connection. A stale one is opened again, as browsers do; `received` counts bytes."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.received = 0
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for a path."""
        return await self.ask("GET", path, headers or {})

    async def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        """Ask, and read the whole answer.

        Raises:
            OSError: the server does not answer.
        """
        request = _request(self.port, method, path, headers, body)
        for fresh in (False, True):
            try:
                reader, writer = await self._open(fresh=fresh)
                writer.write(request)
                return await self._read(reader)
            except (asyncio.IncompleteReadError, ConnectionError) as fault:
                if fresh:
                    raise ConnectionError("The server closed the connection.") from fault
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Close the connection."""
        if self._writer:
            self._writer.close()

    async def _open(self, *, fresh: bool) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        stale = fresh or self._reader is None or self._reader.at_eof()
        if stale or self._writer is None or self._reader is None:
            self.close()
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self._reader, self._writer

    async def _read(self, reader: asyncio.StreamReader) -> Answer:
        head = await reader.readuntil(b"\r\n\r\n")
        body = await _body(reader, head)
        self.received += len(head) + len(body)
        return Answer(int(head[9:12]), head, body)


async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    length = _LENGTH.search(head)
    if length:
        return await reader.readexactly(int(length[1]))
    if b"transfer-encoding: chunked" in head.lower():
        return await _chunks(reader)
    return b""


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        parts.append((await reader.readexactly(size + 2))[:-2])
    await reader.readline()
    return b"".join(parts)


def _request(port: int, method: str, path: str, headers: Mapping[str, str], body: bytes) -> bytes:
    given = {"host": f"localhost:{port}", "user-agent": _AGENT, **headers}
    if method != "GET":
        given |= {
            "origin": f"http://localhost:{port}",
            "sec-fetch-site": "same-origin",
            "content-length": str(len(body)),
        }
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def hear(
    port: int, path: str, cookie: str, heard: Callable[[str], None], count: Callable[[str], None]
) -> None:
    """Open the line and tell each message, and each count beside them, until cancelled or cut.

    Raises:
        ConnectionError: the line was refused.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(
            f"GET {path} HTTP/1.1\r\nhost: localhost:{port}\r\naccept: text/event-stream\r\n"
            f"accept-encoding: gzip, deflate\r\ncookie: {cookie}\r\n\r\n".encode()
        )
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise ConnectionError(f"The push line answered {head[:20]!r}.")
        await _read(reader, heard, count)
    finally:
        writer.close()


async def _read(
    reader: asyncio.StreamReader, heard: Callable[[str], None], count: Callable[[str], None]
) -> None:
    named = ""
    # Chunk sizes are hexadecimal lines: none of them begins like an event.
    while line := await reader.readline():
        said = line.decode().strip()
        if said.startswith("event:"):
            named = said.removeprefix("event:").strip()
        elif said.startswith("data:") and named in ("", "count"):  # a sign of life is neither
            (count if named else heard)(said.removeprefix("data:").strip())
        elif not said:
            named = ""
