"""Hear every byte that a server sends, so that what two of them said can be compared.

Two servers over equal rooms say the same, byte for byte, but for what is drawn by chance. Each
such value is learnt from the one field that carries it and replaced by its name, at its length;
nothing else is taken out, so a length that differs is a difference too.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from google.protobuf.message import DecodeError
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages._server.limits import REACHED
from tests.kit.serving import Server
from tests.kit.wire import Tab

# What is drawn by chance or by the clock, and the one place where it is learnt.
CHANCE = {
    "date": rb"\r\ndate: ([^\r]+)\r",
    "xsrf": rb"_streamlit_xsrf=([^;]+);",
    "ticket": rb"discovery_room_ticket=([\w-]{43});",
    "wall": rb"discovery_room_wall=([\w-]{43});",
    "short code": rb'<p class="code">([0-9A-Z]{4}-[0-9A-Z]{4})</p>',
    "epoch": rb"data: ([0-9a-f]{8})-\d",
    "link": rb"/sign-in/([\w-]{43})\n",
    "clock": rb"(?m)^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) ",
}
# How long a thing took and how much memory it holds; metrics are for the facilitator alone.
MEASURED = re.compile(
    rb"(?m)^((?:\w*(?:seconds|bytes|memory|cpu|gc|fds|threads)\w*|process_\w+)(?:\{[^}]*\})?) \S+$"
)
Cookies = dict[str, str]


class Body(NamedTuple):
    """What is posted."""

    sent: bytes = b""
    kind: str = "application/x-www-form-urlencoded"


class Heard(NamedTuple):
    """One message of the server: who heard it, what they had asked for, and its bytes."""

    who: str
    asked: str
    said: bytes


@dataclass
class Ear:
    """Hears one server. `raw` is what came as it came; `addresses` are the files it offers."""

    server: Server
    heard: list[Heard] = field(default_factory=list)
    lasting: dict[bytes, bytes] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=set)
    raw: list[bytes] = field(default_factory=list)

    def ask(
        self, who: str, path: str, cookies: Cookies, body: Body | None = None, taken: str = ""
    ) -> bytes:
        """Ask for a path as it is written, and hear the whole answer, headers and all."""
        with _asked(self.server, path, cookies, body, taken or "identity") as line:
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        self._hear(who, f"{'POST' if body else 'GET'} {path} {taken}", [answer])
        return answer

    @contextmanager
    def push(self, who: str, path: str, cookies: Cookies) -> Iterator["Line"]:
        """Open a push line, and hear its first revision."""
        with _asked(self.server, path, cookies, None, "identity") as line:
            opened = Line(self, who, path, line)
            opened.next()
            yield opened

    @contextmanager
    def tab(self, who: str, address: str, cookies: Cookies, session: str = "") -> Iterator[Tab]:
        """Open a page, and hear what it is sent until it is left."""
        tab = Tab(self.server, address, cookies, session)
        try:
            with tab:
                yield tab
        finally:
            self._hear(who, address, tab.heard, frames=True)

    def log(self) -> None:
        """Hear what the stopped server has printed, but for how often a tour had to wait."""
        lines = self.server.log.read_bytes().splitlines(keepends=True)
        paced = (REACHED.encode(), b"Limits that were reached")
        told = b"".join(line for line in lines if not any(word in line for word in paced))
        self._hear("window", "stdout and stderr", [told])

    def _hear(self, who: str, asked: str, messages: list[bytes], *, frames: bool = False) -> None:
        chance: dict[bytes, bytes] = {}
        for message in without_overwritten(messages) if frames else messages:
            self.raw.append(message)
            self.addresses |= {path.decode() for path in re.findall(rb"/media/[\w.]+", message)}
            chance |= self._ids_of(message) if frames else _by_chance(message)
            self.lasting |= {value: name for value, name in chance.items() if b"epoch" in name}
            self.heard.append(Heard(who, asked, _settled(message, chance | self.lasting)))

    def _ids_of(self, message: bytes) -> dict[bytes, bytes]:
        """Give the ids of a session, of a run, and of a file that is built on its click.

        Streamlit's hash covers the epoch and the file in a message. It is kept: where the page has
        the message already, the hash alone is sent.
        """
        frame = ForwardMsg.FromString(message)
        epochs = [epoch for epoch in self.lasting if len(epoch) == 8]
        file = frame.delta.new_element.download_button.deferred_file_id
        if frame.hash and (file or any(epoch in message for epoch in epochs)):
            self.lasting[frame.hash.encode()] = _named("hash", frame.hash.encode())
        ids = {
            "session": frame.new_session.initialize.session_id,
            "run": frame.metadata.run.script_run_id,
            "file": file,
        }
        return {
            secret.encode(): _named(name, secret.encode()) for name, secret in ids.items() if secret
        }


@dataclass
class Line:
    """An open push line. `come` is what came behind the event that was heard last."""

    ear: Ear
    who: str
    path: str
    line: socket.socket
    come: bytes = b""

    def next(self) -> None:
        """Hear the next event, and no other: whether two come in one piece is chance."""
        while not (event := re.search(rb"(?s).*?data: [^\n]+\n\n\r\n", self.come)):
            more = self.line.recv(65536)
            assert more, self.come
            self.come += more
        self.come = self.come[event.end() :]
        self.ear._hear(self.who, self.path, [event[0]])


def without_overwritten(frames: list[bytes]) -> list[bytes]:
    """Leave out each empty place or bare box that the same run fills again.

    Streamlit sends it or not, by whether the next one overtakes it in the queue: a millisecond.
    """
    kept: list[bytes] = []
    later: set[tuple[int, ...]] = set()
    for frame in reversed(frames):
        message = ForwardMsg.FromString(frame)
        if message.WhichOneof("type") == "new_session":
            later = set()
        place = tuple(message.metadata.delta_path)
        if not (place in later and _holds_nothing(message)):
            kept.append(frame)
        if message.WhichOneof("type") == "delta":
            later.add(place)
    return kept[::-1]


def _holds_nothing(message: ForwardMsg) -> bool:
    delta = message.delta
    return (
        delta.new_element.WhichOneof("type") == "empty" or delta.WhichOneof("type") == "add_block"
    )


def differences(one: Ear, other: Ear) -> list[tuple[Heard, Heard]]:
    """Give each pair of messages that is not equal, in order; a missing one is empty.

    Of a run that was given up for the next, the last of what it drew may have been sent or not, by
    a millisecond: it counts as sent.
    """
    none = Heard("", "", b"")
    left, right = iter(one.heard), iter(other.heard)
    found = []
    mine, theirs = next(left, none), next(right, none)
    while (mine, theirs) != (none, none):
        if _given_up(mine) and _drawn(theirs, by=mine):
            theirs = next(right, none)
        elif _given_up(theirs) and _drawn(mine, by=theirs):
            mine = next(left, none)
        else:
            if mine != theirs:
                found.append((mine, theirs))
            mine, theirs = next(left, none), next(right, none)
    return found


def _given_up(heard: Heard) -> bool:
    early = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
    message = _of_streamlit(heard)
    return message is not None and message.script_finished == early


def _drawn(heard: Heard, by: Heard) -> bool:
    message = _of_streamlit(heard)
    is_drawn = message is not None and message.WhichOneof("type") == "delta"
    return is_drawn and heard[:2] == by[:2]


def _of_streamlit(heard: Heard) -> ForwardMsg | None:
    try:
        return ForwardMsg.FromString(heard.said)
    except DecodeError:
        return None


def told(found: list[tuple[Heard, Heard]]) -> str:
    """Say the first few differences: who, where, and the bytes around."""
    lines = [f"{len(found)} messages differ"]
    for left, right in found[:5]:
        at = next(
            (
                n
                for n, pair in enumerate(zip(left.said, right.said, strict=False))
                if len({*pair}) > 1
            ),
            min(len(left.said), len(right.said)),
        )
        near = slice(max(0, at - 60), at + 60)
        lines.append(f"{left[:2]} / {right[:2]}: {left.said[near]!r} / {right.said[near]!r}")
    return "\n".join(lines)


def _by_chance(message: bytes) -> dict[bytes, bytes]:
    return {
        value: _named(name, value)
        for name, place in CHANCE.items()
        for value in re.findall(place, message)
    }


def _named(name: str, value: bytes) -> bytes:
    return name.encode().ljust(len(value), b".")[: len(value)]


def _settled(message: bytes, chance: dict[bytes, bytes]) -> bytes:
    for value, name in chance.items():
        message = message.replace(value, name)
    if b"openmetrics" not in message[:2000]:
        return message
    return re.sub(rb"content-length: \d+", b"", MEASURED.sub(rb"\1 measured", message))


@contextmanager
def _asked(
    server: Server, path: str, cookies: Cookies, body: Body | None, taken: str
) -> Iterator[socket.socket]:
    brought = "; ".join(f"{name}={value}" for name, value in cookies.items())
    headers = {
        "Host": f"localhost:{server.port}",
        "Connection": "close",
        "Accept-Encoding": taken,
        **({"Cookie": brought} if brought else {}),
        **({"Content-Length": str(len(body.sent)), "Content-Type": body.kind} if body else {}),
    }
    said = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    method = "POST" if body else "GET"
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(f"{method} {path} HTTP/1.1\r\n{said}\r\n".encode())
        line.sendall(body.sent if body else b"")
        yield line
