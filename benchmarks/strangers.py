"""Strangers without cookie or code: `python -m benchmarks.strangers PORT`.

They ask for pages without end, send most of a message and half of a request, and come back
whenever they are cut off.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from benchmarks.machine import open_many_files
from benchmarks.page import Tab, first_run

ASKING: Final = ((8, 100.0), (16, 20.0))  # lines, and reruns a second on each
UNFINISHED: Final = 60
# Bytes of a message, of which some are kept back: one that is refused by its length, one that
# is not, by turns.
LARGE: Final = (9_500_000, 1_900_000)
HALF: Final = 400
_AGAIN: Final = 1.0  # seconds


async def ask_without_end(port: int, a_second: float) -> None:
    """Ask for the first page so often a second, and take what is drawn."""
    line = connect(
        f"ws://localhost:{port}/_stcore/stream",
        host="127.0.0.1",
        origin=f"http://localhost:{port}",  # type: ignore[arg-type]
        subprotocols=["streamlit", "none"],  # type: ignore[list-item]
        compression=None,
        max_size=None,
        proxy=None,
    )
    message = first_run(Tab(port, "", "", {}))
    async with line as socket:
        drained = asyncio.create_task(_drain(socket))
        while not drained.done():
            await socket.send(message)
            await asyncio.sleep(1 / a_second)


async def hold_a_message(port: int, size: int) -> None:
    """Send a message but for its end, and wait to be cut off."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(_upgrade(port))
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"\x82\xff" + size.to_bytes(8, "big") + bytes(4))
    for _ in range((size - 1) // 100_000):
        writer.write(bytes(100_000))
        await writer.drain()
    await reader.read()
    writer.close()


async def hold_a_request(port: int) -> None:
    """Send half of a request, and wait to be cut off."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET / HTTP/1.1\r\nHost: localhost:{port}\r\nX-Half: ".encode())
    await reader.read()
    writer.close()


async def come_all(port: int) -> None:
    """Come, all of them, and stay."""
    asking = [_again(ask_without_end, port, rate) for lines, rate in ASKING for _ in range(lines)]
    unfinished = [_again(hold_a_message, port, LARGE[line % 2]) for line in range(UNFINISHED)]
    half = [_again(hold_a_request, port) for _ in range(HALF)]
    await asyncio.gather(*asking, *unfinished, *half)


async def _again(deed: Callable[..., Coroutine[Any, Any, None]], *given: Any) -> None:
    while True:
        with suppress(OSError, EOFError, WebSocketException):
            await deed(*given)
        await asyncio.sleep(_AGAIN)


async def _drain(socket: ClientConnection) -> None:
    with suppress(WebSocketException):
        while True:
            await socket.recv()


def _upgrade(port: int) -> bytes:
    lines = (
        "GET /_stcore/stream HTTP/1.1",
        f"Host: localhost:{port}",
        f"Origin: http://localhost:{port}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        "Sec-WebSocket-Protocol: streamlit, none",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


if __name__ == "__main__":
    open_many_files()
    asyncio.run(come_all(int(sys.argv[1])))
