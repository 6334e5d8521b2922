"""Whole servers over one database, behind a proxy as docs/hosting.md has it; and their room."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from aqua_core.store.database import close_database, open_database, open_shared, reading
from aqua_core.vocabulary import Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.revealing import open_scoring
from pages._server.pressed import ROOM_DATABASE
from tests.kit.notation import ALL, made, seated
from tests.kit.one_room import facilitating
from tests.kit.serving import Server, free_port

SEATS: Final = 40
# A process closes a line that was idle for five seconds. Where the proxy may use it still, a tap of
# that moment is answered 502: 147 of 24,000 in halls on a busy machine, 3 of 240 sent on purpose.
_PROXY: Final = """
{{
    admin off
    auto_https off
    storage file_system {folder}
}}
http://localhost:{port} {{
    reverse_proxy {upstreams} {{
        lb_policy cookie
        lb_try_duration 3s
        health_uri /_stcore/health
        health_interval 1s
        transport http {{
            keepalive 4s
        }}
    }}
}}
"""
_SET: Final = {
    "DISCOVERY_ROOM_PROXY": "127.0.0.1",
    "STREAMLIT_SERVER_COOKIE_SECRET": "the same long random text for every process",
}


class Room(NamedTuple):
    """A workshop that scores, who leads it, and its seats."""

    workshop: Workshop
    caller: Caller
    seats: list[Caller]

    @property
    def taps(self) -> list[tuple[Caller, str]]:
        """Every answer that can be given, once."""
        return [(seat, key) for key in ALL for seat in self.seats]


def room_in(folder: Path, address: str, seats: int = SEATS) -> Room:
    """Set up a room of so many seats that scores, in a database or else in a file."""
    open_shared(address) if address else open_database(folder / "room.duckdb")
    try:
        caller = facilitating()
        workshop = made(caller, "Council", "Trust")
        sitting = [seated(workshop, ("Council", "Trust")[n % 2]) for n in range(seats)]
        open_scoring(caller, workshop.code, ALL)
    finally:
        close_database()
    return Room(workshop, caller, sitting)


def held_in(address: str, code: str) -> list[tuple[str, str, int | None]]:
    """Give each vote's row of a workshop in a database: the seat, the domain and the points."""
    open_shared(address)
    try:
        with reading(code) as cursor:
            return cursor.execute("SELECT seat_id, domain, points FROM vote").fetchall()
    finally:
        close_database()


@contextmanager
def served(folder: Path, addresses: Sequence[str]) -> Iterator[list[Server]]:
    """Run a server over each of these addresses, which lead to one database; "" is a file."""
    servers = []
    os.environ.update(_SET)
    try:
        for number, address in enumerate(addresses):
            os.environ[ROOM_DATABASE] = address
            servers.append(Server(folder / "room.duckdb", folder / f"{number}.log").start())
        yield servers
    finally:
        for name in (*_SET, ROOM_DATABASE):
            os.environ.pop(name, None)
        for server in servers:
            server.stop(kill=True)


@contextmanager
def proxied(folder: Path, servers: Sequence[Server]) -> Iterator[int]:
    """Run Caddy before some servers; give its port."""
    port, program = free_port(), shutil.which("caddy")
    if program is None:
        raise SystemExit("This figure needs Caddy: apt-get install caddy")
    upstreams = " ".join(f"localhost:{server.port}" for server in servers)
    file = folder / "Caddyfile"
    file.write_text(_PROXY.format(folder=folder / "caddy", port=port, upstreams=upstreams))
    words = [program, "run", "--config", str(file), "--adapter", "caddyfile"]
    with (folder / "caddy.log").open("ab") as log:
        caddy = subprocess.Popen(words, stdout=log, stderr=log)
    try:
        _wait(port)
        yield port
    finally:
        caddy.terminate()
        caddy.wait(20)


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            with urlopen(f"http://localhost:{port}/_stcore/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise SystemExit("Caddy did not let anybody through.")
