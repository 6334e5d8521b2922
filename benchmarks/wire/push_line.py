"""The push line of a page: server-sent events, read as an EventSource reads them."""

import asyncio
from collections.abc import Callable


async def hear(port: int, path: str, heard: Callable[[str], None]) -> None:
    """Open the line and tell each message, until cancelled or cut.

    Raises:
        ConnectionError: the line was refused.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(
            f"GET {path} HTTP/1.1\r\nhost: localhost:{port}\r\naccept: text/event-stream\r\n"
            "accept-encoding: gzip, deflate\r\n\r\n".encode()
        )
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise ConnectionError(f"The push line answered {head[:20]!r}.")
        await _read(reader, heard)
    finally:
        writer.close()


async def _read(reader: asyncio.StreamReader, heard: Callable[[str], None]) -> None:
    named = False
    # Chunk sizes are hexadecimal lines: none of them begins like an event.
    while line := await reader.readline():
        if line.startswith(b"event:"):
            named = True  # a named event (a sign of life) is no revision
        elif line.startswith(b"data:") and not named:
            heard(line[5:].strip().decode())
        elif not line.strip():
            named = False
