"""A real server on a free port, in a process of its own, over a file of its own."""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from aqua_core.workshop.hosting import invite_administrator
from pages._server.limits import REACHED
from tests.kit import engines

ROOT = Path(__file__).parents[2]
_LINK = re.compile(r"http://localhost:\d+/sign-in/\S+")


class Server:
    """A running Discovery Room. `printed()` is everything it has said so far."""

    def __init__(self, room_file: Path, log: Path) -> None:
        self.room_file = room_file
        self.log = log
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> "Server":
        self.launch()
        self.wait()
        return self

    def launch(self) -> None:
        """Start it, and wait for nothing."""
        environment = os.environ | {
            "DISCOVERY_ROOM_FILE": str(self.room_file),
            "DISCOVERY_ROOM_BROWSER": "no",
            "DISCOVERY_ROOM_PORT": str(self.port),
        }
        if engines.POSTGRESQL:
            environment |= {"DISCOVERY_ROOM_DATABASE": engines.address_of(self.room_file)}
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=out, stderr=out
            )

    def stop(self, *, kill: bool = False) -> None:
        if self.process is None:
            return
        self.process.kill() if kill else self.process.terminate()
        code = self.process.wait(20)
        self.process = None
        assert kill or code == 0, self.printed()  # ended by itself, with its sentence

    def printed(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def link(self) -> str:
        """Give the newest sign-in link; of a hosted room one for an administrator."""
        if engines.POSTGRESQL:
            link, _ = invite_administrator(engines.address_of(self.room_file), "Tests")
            return f"{self.url}/sign-in/{link}"
        return _LINK.findall(self.printed())[-1]

    def wait(self) -> None:
        """Wait until it answers."""
        for _ in range(900):  # a machine that others use too
            assert self.process
            assert self.process.poll() is None, self.printed()
            try:
                with urlopen(f"{self.url}/_stcore/health", timeout=1):
                    return
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise AssertionError(f"no server after 90 s:\n{self.printed()}")


@contextmanager
def serving(folder: Path, *, pressed: bool = False) -> Iterator[Server]:
    """Run a server. Unless it is `pressed`, no limit of it may have been reached at the end."""
    server = Server(folder / "room.duckdb", folder / "server.log")
    try:
        yield server.start()
    finally:
        server.stop()
    assert pressed or REACHED not in server.printed(), server.printed()


def free_port() -> int:
    """Give a port below those that the system lends to clients, whom a test beside may be."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as sock:
            try:
                sock.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
