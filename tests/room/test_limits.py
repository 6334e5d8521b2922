"""Voters first: strangers who press find limits that no page of ours meets; on a real server."""

import asyncio
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from uvicorn.config import Config
from uvicorn.protocols.http.auto import AutoHTTPProtocol
from uvicorn.protocols.websockets.auto import AutoWebSocketsProtocol
from uvicorn.server import ServerState
from websockets.exceptions import ConnectionClosed

from aqua_core.workshop.admitting import Caller, new_secret
from aqua_core.workshop.closing import close_workshop
from pages._room import SEAT_COOKIE
from pages._server.limits import GUESTS, PATIENCE, REACHED, OnlyOurMessages, Pace
from pages._server.lines import HALF, HELD, Line, Lines, _is_whole, _let_go
from tests.kit.notation import made, seated
from tests.kit.one_room import facilitator, room_file
from tests.kit.serving import ROOT, Server, serving
from tests.kit.wire import Tab, closed_with, dial

__all__ = ["facilitator", "room_file"]

HEAD = b"GET /join HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("limits"), pressed=True) as running:
        yield running


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_pace_lets_a_burst_pass_and_then_so_many_a_second() -> None:
    clock = Clock()
    pace = Pace(20, 5, clock)

    waits = [pace.wait() for _ in range(40)]

    assert waits == pytest.approx([0.0] * 20 + [n / 5 for n in range(1, 21)], abs=1e-6)
    assert not pace.is_rested()
    clock.now += 40 / 5 + 1e-6
    assert pace.is_rested()


@pytest.mark.parametrize(("at_once", "a_second"), [(20, 5.0), (400, 40.0), (3, 0.5)])
def test_a_pace_is_the_plain_bucket_of_tokens(at_once: int, a_second: float) -> None:
    """The second calculation fills a bucket by the clock and takes one token a turn."""
    clock = Clock()
    pace = Pace(at_once, a_second, clock)
    tokens = float(at_once)

    for turn in range(3000):
        gone = 0.0 if turn % 7 else (turn % 11) / a_second
        clock.now += gone
        tokens = min(float(at_once), tokens + gone * a_second) - 1
        assert pace.wait() == pytest.approx(max(0.0, -tokens / a_second), abs=1e-6)


MOVED = (
    "pages/_server/lines.py tells a half request or message from a whole one by parts of uvicorn "
    "and websockets that nobody promises to keep, and the pinned {} says otherwise of {}. Read "
    "`_is_whole` and `_let_go` beside its new source, and run this file again."
)


@pytest.mark.parametrize(
    ("sent", "whole"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\n", False),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab", False),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nabcd", True),
    ],
)
def test_the_pinned_uvicorn_says_what_is_half_a_request(sent: bytes, whole: bool) -> None:
    try:
        assert wholes(AutoHTTPProtocol, sent) == [whole]
    except (AssertionError, AttributeError, TypeError) as changed:
        pytest.fail(MOVED.format(f"uvicorn {version('uvicorn')}", f"{sent!r} ({changed!r})"))


def test_half_a_request_behind_one_that_is_still_answered_is_held_as_a_half() -> None:
    whole = HEAD + b"\r\n"

    assert wholes(AutoHTTPProtocol, whole, HEAD, b"X-More: " + b"x" * 70_000) == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("sent", "whole"),
    [
        (b"\x81", False),
        (b"\x81\x84abcd12", False),
        (b"\x01\x82abcd12", False),
        (b"\x81\x82abcd12", True),
    ],
)
def test_the_pinned_websockets_say_what_is_half_a_message(sent: bytes, whole: bool) -> None:
    try:
        assert wholes(AutoWebSocketsProtocol, SHAKE, sent) == [True, whole, True]
    except (AssertionError, AttributeError, TypeError) as changed:
        pins = f"uvicorn {version('uvicorn')} with websockets {version('websockets')}"
        pytest.fail(MOVED.format(pins, f"{sent!r} ({changed!r})"))


SHAKE = (
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


def wholes(protocol: type, *sent: bytes) -> list[bool]:
    """Let a protocol of the server read what a line brings; say after each part if all is whole.

    Of messages also once what is left was let go.
    """

    async def nothing(scope: object, receive: object, send: object) -> None:
        if scope["type"] == "websocket":  # type: ignore[index]
            await send({"type": "websocket.accept"})  # type: ignore[operator]
        await asyncio.sleep(3600)

    async def read() -> list[bool]:
        config = Config(nothing, log_config=None)
        config.load()
        reader = protocol(config, ServerState(), {})
        reader.connection_made(mock.Mock())
        found = []
        for part in sent:
            reader.data_received(part)
            await asyncio.sleep(0.01)
            found.append(_is_whole(reader))
        if protocol is AutoWebSocketsProtocol:
            _let_go(reader)
            found.append(_is_whole(reader))
        return found

    return asyncio.run(read())


def test_nothing_is_sent_on_a_line_that_is_being_closed() -> None:
    sent = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message["type"])
        await asyncio.sleep(0.01)  # the other side does not read

    async def garbage() -> dict[str, object]:
        return {"type": "websocket.receive", "bytes": b"\xff\xff"}

    async def draws_all_the_while(scope: object, receive: Any, send: Any) -> None:
        drawing = {"type": "websocket.send", "bytes": b""}
        closed, *_ = await asyncio.gather(receive(), send(drawing), send(drawing))
        assert closed["type"] == "websocket.disconnect"

    stranger = {"type": "websocket", "headers": [], "client": ("192.0.2.7", 1)}
    asyncio.run(OnlyOurMessages(draws_all_the_while)(stranger, garbage, send))

    assert sent == ["websocket.close"]


@pytest.mark.parametrize("fault", [ConnectionResetError, RuntimeError])
def test_a_page_drawn_for_a_line_that_is_gone_is_no_fault(fault: type[Exception]) -> None:
    tried = []

    async def send(message: dict[str, object]) -> None:
        tried.append(message["type"])
        raise fault("Unexpected ASGI message 'websocket.send', after sending 'websocket.close'.")

    async def draws(scope: object, receive: object, send: Any) -> None:
        for _ in range(3):
            await send({"type": "websocket.send", "bytes": b""})

    phone = {"type": "websocket", "headers": [], "client": ("192.0.2.8", 1)}
    asyncio.run(OnlyOurMessages(draws)(phone, mock.AsyncMock(), send))

    assert tried == ["websocket.send"]


class Wire:
    """The end of a line, as the system gives it."""

    def __init__(self, peer: str) -> None:
        self.peer = peer
        self.is_cut = False
        self.sent: list[bytes | None] = []

    def get_extra_info(self, name: str) -> object:
        return (self.peer, 1) if name == "peername" else self

    def setsockopt(self, *option: int) -> None:
        pass

    def abort(self) -> None:
        self.is_cut = True

    def write(self, data: bytes) -> None:
        self.sent.append(data)

    def close(self) -> None:
        self.sent.append(None)


class Reader:
    """What reads a line: whole once it has read a full stop."""

    def __init__(self) -> None:
        self.cycle: object = None
        self.scope: object = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        pass

    def data_received(self, data: bytes) -> None:
        is_whole = data.endswith(b".")
        asked = {"scope": None, "more_body": not is_whole, "response_complete": False}
        self.cycle = type("Asked", (), asked)()


class Loop:
    """Timers that never ring, and how to hear of one."""

    def call_later(self, seconds: float, deed: object) -> "Loop":
        return self

    def cancel(self) -> None:
        pass


@pytest.fixture
def timeless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asyncio.get_running_loop", Loop)


def lined(lines: Lines, peer: str, said: bytes = b"") -> Wire:
    wire, line = Wire(peer), Line(Reader(), lines)
    line.connection_made(wire)
    if said and not wire.is_cut:
        line.data_received(said)
    return wire


@pytest.mark.usefixtures("timeless")
def test_one_address_may_have_half_of_all_lines_and_a_newcomer_always_finds_one() -> None:
    lines = Lines(120)

    hall = [lined(lines, "hall", b"whole.") for _ in range(100)]
    second = [lined(lines, "second", b"whole.") for _ in range(100)]
    third = lined(lines, "third", b"whole.")

    assert sum(not wire.is_cut for wire in hall) == 60
    assert sum(not wire.is_cut for wire in second) == 30
    assert not third.is_cut


@pytest.mark.usefixtures("timeless")
def test_a_line_that_says_something_takes_the_place_of_one_that_never_did() -> None:
    lines = Lines(120)
    silent = [lined(lines, "hall") for _ in range(60)]

    phones = [lined(lines, "hall", b"whole.") for _ in range(60)]

    assert all(wire.is_cut for wire in silent)
    assert not any(wire.is_cut for wire in phones)


@pytest.mark.usefixtures("timeless")
def test_what_is_held_in_part_is_bounded_and_the_largest_goes() -> None:
    lines = Lines(1000)
    phone = lined(lines, "phone", b"x" * 10_000)

    strangers = [lined(lines, "them", b"x" * 400_000) for _ in range(20)]

    left = sum(not wire.is_cut for wire in strangers)
    assert left * 400_000 + 10_000 <= HELD
    assert left == 4
    assert not phone.is_cut


def test_what_is_written_in_one_turn_leaves_together_in_order_and_before_the_end() -> None:
    async def written(*parts: bytes, closed: bool) -> list[bytes | None]:
        wire, reader = Wire("phone"), Reader()
        Line(reader, Lines(10)).connection_made(wire)
        for part in parts:
            reader.transport.write(part)
        if closed:
            reader.transport.close()
        await asyncio.sleep(0)
        return wire.sent

    large = b"x" * 20_000
    assert asyncio.run(written(b"head", b"body", closed=False)) == [b"headbody"]
    assert asyncio.run(written(b"head", b"body", closed=True)) == [b"headbody", None]
    assert asyncio.run(written(b"head", large, b"more", closed=False)) == [b"head" + large, b"more"]
    many = asyncio.run(written(*[b"x" * 1000] * 50, closed=False))  # a reader that does not read
    assert len(many) == 3
    assert b"".join(filter(None, many)) == b"x" * 50_000
    assert asyncio.run(written(closed=True)) == [None]


def test_an_answer_on_a_kept_line_does_not_wait_for_an_acknowledgement(server: Server) -> None:
    with requests.Session() as kept:
        times = []
        for _ in range(21):
            began = time.perf_counter()
            kept.get(f"{server.url}/join", timeout=10)
            times.append(time.perf_counter() - began)

    # Nagle's algorithm beside a delayed acknowledgement made each of these 44 ms.
    assert sorted(times)[5] < 0.025


@pytest.mark.long
def test_a_request_and_a_message_that_stay_halves_are_dropped(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as half, dial(server, {}) as line:
        half.sendall(HEAD)
        line.socket.sendall(b"\x82\xfe\x0f\xff" + bytes(4) + b"x" * 100)
        half.settimeout(HALF + 10)
        began = time.monotonic()

        assert half.recv(1) == b""
        assert HALF - 2 < time.monotonic() - began < HALF + 5
        assert closed_with(line) in (0, 1006)


def test_a_message_of_three_megabytes_is_refused_by_its_length(server: Server) -> None:
    with dial(server, {}) as line:
        line.socket.sendall(b"\x82\xff" + (3_000_000).to_bytes(8, "big") + bytes(4))

        assert closed_with(line) == 1009


@pytest.mark.long
def test_a_line_that_presses_waits_its_turn_and_is_closed_at_last(server: Server) -> None:
    with Tab(server, "/") as tab:
        began = time.monotonic()
        with suppress(ConnectionClosed):
            for _ in range(20 + 2 * PATIENCE):
                tab.socket.send(tab.message(page_name=""))

        assert closed_with(tab.socket) == 1008
        assert 8 < time.monotonic() - began < 30


def test_a_page_that_asks_twenty_times_at_once_waits_for_none_of_it() -> None:
    """Judged by what the limit adds, as a busy machine is slow by itself."""
    again = BackMsg(rerun_script=ClientState()).SerializeToString()
    asked = {"type": "websocket.receive", "bytes": again}

    async def draws(scope: object, receive: Any, send: object) -> None:
        for _ in range(19):  # the twentieth is the page itself
            assert await receive() == asked

    phone = {"type": "websocket", "headers": [], "client": ("192.0.2.9", 1)}
    with mock.patch("pages._server.limits.reached") as reached:
        asyncio.run(OnlyOurMessages(draws)(phone, mock.AsyncMock(return_value=asked), None))

    assert reached.mock_calls == []


@pytest.mark.usefixtures("room_file")
@pytest.mark.parametrize("who", ["a seat", "nobody", "a made-up cookie", "a seat of one closed"])
def test_lines_that_are_nobodys_share_a_small_pace_of_their_own(
    facilitator: Caller, who: str
) -> None:
    workshop = made(facilitator, "Council", "GPs")
    secret = {"nobody": "", "a made-up cookie": new_secret()}.get(who)
    if secret is None:
        secret = seated(workshop, "Council").seat
    if who == "a seat of one closed":
        close_workshop(facilitator, workshop.code)
    line = {
        "type": "websocket",
        "headers": [(b"cookie", f"{SEAT_COOKIE}={secret}".encode())],
        "client": ("192.0.2.10", 1),
    }

    async def waits() -> list[float]:
        guarded = OnlyOurMessages(mock.AsyncMock())
        paces = [(await guarded._paces_for(line))[1] for _ in range(100)]
        return [pace.wait() for pace in paces]

    waited = sum(wait > 0 for wait in asyncio.run(waits()))
    assert waited == (0 if who == "a seat" else 100 - GUESTS[0])


@pytest.mark.usefixtures("room_file")
def test_nobody_can_make_the_seats_of_its_address_wait(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "GPs")
    cookie = f"{SEAT_COOKIE}={seated(workshop, 'Council').seat}".encode()
    phone = {"type": "websocket", "headers": [(b"cookie", cookie)], "client": ("192.0.2.11", 1)}

    async def wait() -> float:
        guarded = OnlyOurMessages(mock.AsyncMock())
        _, guests, _ = await guarded._paces_for(phone | {"headers": []})
        for _ in range(5000):
            guests.wait()
        _, hall, _ = await guarded._paces_for(phone)
        return hall.wait()

    assert asyncio.run(wait()) == 0


@contextmanager
def few_files(folder: Path) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        popen = subprocess.Popen

        def start(*given: object, **named: object) -> object:
            limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (400, 400))  # noqa: E731
            return popen(*given, **named, preexec_fn=limit)  # type: ignore[call-overload]

        patch.setattr("tests.kit.serving.subprocess.Popen", start)
        with serving(folder, pressed=True) as running:
            yield running


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other addresses of one machine")
def test_with_every_line_taken_a_phone_joins_and_the_window_stays_readable(
    tmp_path: Path,
) -> None:
    with few_files(tmp_path) as server:
        taken = []
        for number in range(600):
            at = (f"127.0.0.{2 + number % 3}", 0)
            taken.append(socket.create_connection(("127.0.0.1", server.port), source_address=at))
        page = requests.get(f"{server.url}/join", timeout=10)
        for line in taken:
            line.close()

    assert page.status_code == 200
    assert "Traceback" not in server.printed()
    said = [line for line in server.printed().splitlines() if line.startswith(REACHED)]
    assert 1 <= len(said) == len(set(said))
    assert len(server.printed()) < 5_000


@pytest.mark.long
def test_the_server_ends_in_two_seconds_while_strangers_press(tmp_path: Path) -> None:
    with serving(tmp_path, pressed=True) as server:
        crowd = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.strangers", str(server.port)], cwd=ROOT
        )
        try:
            time.sleep(4)
            assert server.process
            began = time.monotonic()
            server.process.terminate()
            server.process.wait(10)
            lasted = time.monotonic() - began
        finally:
            crowd.kill()
            crowd.wait()

    assert lasted < 2.5  # 1.8 s at the most, and a busy machine's own time
    assert "Discovery Room has ended." in server.printed()
