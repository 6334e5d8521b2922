"""The app in a process of its own, over a file of its own."""

import asyncio
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from benchmarks.machine import few_open_files
from benchmarks.wire.kept import Kept

_LINK: Final = re.compile(r"http://localhost:\d+(/sign-in/\S+)")
_FAULTS: Final = ("Traceback", "A page failed")
_REACHED: Final = "A limit was reached"


class Server:
    """A running app. `code` is its workshop, `domains` the keys of what is scored."""

    def __init__(self, app: Path, folder: Path, past: int = 0) -> None:
        self.app = app
        self.file = folder / "room.duckdb"
        self.log = folder / "server.log"
        self.port = free_port()
        self.pressed = False  # by more than a room: then its limits may be reached
        self.code, *self.domains = _made(app, self.file, past)
        self.began = time.perf_counter()
        self.process = self._start()

    async def ready(self) -> "Server":
        """Wait until the port answers, asking every 20 ms."""
        await until_open(self.port, self.process)
        return self

    async def sign_in(self) -> dict[str, str]:
        """Open the one-time link; give the facilitator's cookie."""
        path = await self._link()
        return (await Kept(self.port).get(path)).cookies()

    async def _link(self) -> str:
        # The port is open a moment before the link is printed.
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            found = _LINK.findall(self.log.read_text(encoding="utf-8", errors="replace"))
            if found:
                return str(found[-1])
            await asyncio.sleep(0.02)
        raise ConnectionError("The server printed no sign-in link.")

    def faults(self) -> list[str]:
        """Give the lines of the log that tell of a fault."""
        said = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        looked_for = _FAULTS if self.pressed else (*_FAULTS, _REACHED)
        return [line for line in said if any(fault in line for fault in looked_for)]

    def stop(self) -> None:
        """Stop it as a facilitator does; its file is closed then."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        self.process.kill()
        self.process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "DISCOVERY_ROOM_FILE": str(self.file),
            "DISCOVERY_ROOM_BROWSER": "no",
            "DISCOVERY_ROOM_PORT": str(self.port),
        }
        with self.log.open("ab") as out:
            return subprocess.Popen(
                [sys.executable, "app.py"],
                cwd=self.app,
                env=environment,
                stdout=out,
                stderr=out,
                preexec_fn=few_open_files,
            )


@asynccontextmanager
async def serving(app: Path, past: int = 0) -> AsyncIterator[Server]:
    """Run the app with an open workshop, and stop it at the end."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(app, Path(folder), past)
        try:
            yield await server.ready()
        finally:
            server.stop()


async def until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a port accepts connections, asking every 20 ms.

    Raises:
        ConnectionError: the process ended, or a minute passed.
    """
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            return
        await asyncio.sleep(0.02)
    raise ConnectionError("The server did not start.")


def free_port() -> int:
    """Give a port that nobody uses now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _made(app: Path, file: Path, past: int) -> list[str]:
    script = Path(__file__).parent / "made.py"
    done = subprocess.run(
        [sys.executable, "-P", str(script), str(file), str(past)],
        cwd=app,
        env=os.environ | {"PYTHONPATH": str(app)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The workshop could not be made:\n{done.stderr}")
    return done.stdout.split()
