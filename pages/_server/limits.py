"""Limits that no real page meets: messages, reruns a line and an address."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from aqua_core.errors import FileUnusable
from pages._server.door import facilitates, peer_of, sits, watches

REACHED: Final = "A limit was reached"
_log: Final = logging.getLogger("discovery_room")
_times: Final[Counter[str]] = Counter()


def reached(limit: str) -> None:
    """Count that a limit was reached, and say so the first time."""
    _times[limit] += 1
    if _times[limit] == 1:
        _log.warning("%s: %s. The room goes on; this is said once.", REACHED, limit)


def reached_in_all() -> str:
    """Say how often each limit was reached, or ""."""
    return ", ".join(f"{limit}: {times} times" for limit, times in _times.items())


class Pace:
    """So many turns at once, and then so many a second; whoever comes early waits, in order.

    The generic cell rate algorithm (ITU-T I.371): one time is kept instead of a count.
    """

    def __init__(self, at_once: int, a_second: float, now: Callable[[], float]) -> None:
        self._step = 1 / a_second
        self._lead = at_once * self._step
        self._now = now
        self._due = now() - self._lead

    def wait(self) -> float:
        """Take a turn; give the seconds until it comes, 0 for at once."""
        now = self._now()
        self._due = max(self._due, now - self._lead) + self._step
        return max(0.0, self._due - now)

    def is_rested(self) -> bool:
        """Tell whether as many turns are left as at the beginning."""
        return self._due <= self._now() - self._lead


class Places:
    """A few places for what is done at the same time; one that is not given back in time is."""

    def __init__(self, number: int, seconds: float) -> None:
        self._free = asyncio.Semaphore(number)
        self._seconds = seconds

    async def take(self) -> Callable[[], None]:
        """Wait for a place; give what gives it back, however often it is called."""
        await self._free.acquire()
        held = [asyncio.get_running_loop().call_later(self._seconds, lambda: leave())]

        def leave() -> None:
            while held:
                held.pop().cancel()
                self._free.release()

        return leave


# Seen in Chromium over a whole workshop: rerun_script alone. A page that is left open long
# enough sends its heartbeat. Not: clear_cache, git, run on save, debugging.
NEEDED: Final = frozenset({"rerun_script", "app_heartbeat"})
# The Take away page asks where to bring a file, and for a file to be built: the facilitator's.
FACILITATORS: Final = frozenset({"file_urls_request", "deferred_file"})
_RERUN: Final = "rerun_script"
_OPERATION: Final = "backend_operation_request"
MOST_IN_A_FRAME: Final = 1_000_000  # bytes; the largest that a page of ours sends has some 10,000

# Reruns, at once and then a second. A page of ours asks for some three in a second; behind one
# address may be a hall, of which every page asks at a reveal.
A_LINE: Final = (20, 5)
WATCHING: Final = (20, 15)  # of the facilitator or a wall: Room is drawn at the pace of the votes
AN_ADDRESS: Final = (600, 20)
# All lines of an address that are nobody's: without a seat, a sign-in and a wall. Such a page is
# opened, and read. At the pace of a hall they had voters wait 20 s on a laptop that had more to do.
GUESTS: Final = (60, 4)
_PEERS: Final = 1000  # addresses that are kept in mind, beside those that press
# Pages that are drawn at the same time, and seconds after which one no longer counts. Each is a
# thread: a tap waits for every other one that is ready to run.
DRAWN: Final = (3, 2.0)
PATIENCE: Final = 50  # reruns in a row that had to wait: ten seconds of nothing but pressing

_NOT_TEXT, _GARBAGE, _TOO_LARGE, _TOO_OFTEN = 1003, 1002, 1009, 1008
_GONE: Final = {"type": "websocket.disconnect", "code": 1006}
_SMALL: Final = 400  # bytes; word that a page is drawn has fewer
_ASKED: Final = "a line asked for pages faster than a page does, and waited"
_PRESSED: Final = "one address asked for pages faster than a hall or its guests do, and waited"


class OnlyOurMessages:
    """Let through what a page of ours sends, at its pace; drop the rest; close on what is none."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._peers: dict[tuple[str, tuple[int, int]], Pace] = {}
        self._places = Places(*DRAWN)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Guard a websocket; anything else passes."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        line = _Line(scope, receive, send, await self._paces_for(scope), self._places)
        try:
            await line.take_turn()
            await self.app(scope, line.receive, line.send)
        finally:
            line.drawn()

    async def _paces_for(self, scope: Scope) -> tuple[Pace, Pace, bool]:
        """Give the pace of the line and of its address, and whether the line is nobody's."""
        clock = asyncio.get_running_loop().time
        # Nobody who shares an address with the facilitator or a wall may hold it up, nor it them.
        if await _known(watches, scope):
            return Pace(*WATCHING, clock), Pace(*AN_ADDRESS, clock), False
        # Asked once a line: whoever takes a seat comes from a page without one, on a new line.
        guest = not await sits(scope)
        shared = self._pace_of(peer_of(scope), GUESTS if guest else AN_ADDRESS)
        return Pace(*A_LINE, clock), shared, guest

    def _pace_of(self, peer: str, shared: tuple[int, int]) -> Pace:
        if len(self._peers) > _PEERS:
            self._peers = {who: pace for who, pace in self._peers.items() if not pace.is_rested()}
        clock = asyncio.get_running_loop().time
        return self._peers.setdefault((peer, shared), Pace(*shared, clock))


class _Line:
    def __init__(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        paces: tuple[Pace, Pace, bool],
        places: Places,
    ) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._closed = False
        self._own, self._peer, self._guest = paces
        self._places = places
        self._waited = 0
        self.drawn: Callable[[], None] = _nothing

    async def receive(self) -> Message:
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            kind, code = _read(message.get("bytes"))
            if kind == _RERUN and not await self._may_rerun():
                code = _TOO_OFTEN
            if self._closed:  # while it waited
                return _GONE
            if code:
                return await self._close(code)
            # Asked at each such message: a browser that signed out keeps its line for a while.
            if kind in NEEDED or (kind in FACILITATORS and await _known(facilitates, self._scope)):
                return message

    async def take_turn(self) -> None:
        """Wait until this line and its address may ask again."""
        own, all_of_it = self._own.wait(), self._peer.wait()
        # A line that is nobody's is held below its own pace by that of its address.
        self._waited = self._waited + 1 if own or (self._guest and all_of_it) else 0
        if own:
            reached(_ASKED)
        if all_of_it:
            reached(_PRESSED)
        if own or all_of_it:
            await asyncio.sleep(max(own, all_of_it))

    async def _may_rerun(self) -> bool:
        await self.take_turn()
        self.drawn()
        self.drawn = await self._places.take()
        return self._waited < PATIENCE

    async def send(self, message: Message) -> None:
        if _says_drawn(message.get("bytes")):
            self.drawn()
        if self._closed:
            return
        try:
            await self._send(message)
        # A page that is still drawn for a line that is gone is no fault. Of one whose pings nobody
        # answered (a phone asleep, or a stranger that does not read) uvicorn says RuntimeError.
        except (OSError, RuntimeError):
            self._closed = True

    async def _close(self, code: int) -> Message:
        # Closed first: a page that is being drawn was sent after it, and printed a traceback.
        self._closed = True
        with suppress(OSError):
            await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}


async def _known(asked: Callable[[Scope], Awaitable[bool]], scope: Scope) -> bool:
    try:
        return await asked(scope)
    except FileUnusable:
        return False


def _read(frame: bytes | None) -> tuple[str | None, int]:
    """Give what a frame asks for (None for nothing known), and the code to close with or 0."""
    if frame is None:
        return None, _NOT_TEXT
    if len(frame) > MOST_IN_A_FRAME:
        return None, _TOO_LARGE
    try:
        message = BackMsg.FromString(frame)
    except DecodeError:
        return None, _GARBAGE
    kind = message.WhichOneof("type")
    if kind == _OPERATION:  # said by what it asks for: only to build a file is one of ours
        kind = message.backend_operation_request.WhichOneof("payload")
    return kind, 0


def _says_drawn(frame: bytes | None) -> bool:
    if frame is None or len(frame) > _SMALL:
        return False
    return ForwardMsg.FromString(frame).WhichOneof("type") == "script_finished"


def _nothing() -> None:
    """Draw nothing, so hold no place."""
