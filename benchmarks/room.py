"""The room as the benchmark sees it: the server, its seats, the projector, and what is kept."""

import asyncio
import hashlib
import hmac
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

import duckdb

from benchmarks.machine import few_open_files
from benchmarks.page import Listening, Pace, Page, load
from benchmarks.votes import Click, Drawing, Refused, Vote
from benchmarks.wire import Kept

_LINK: Final = re.compile(r"http://localhost:\d+(/sign-in/\S+)")
_FAULTS: Final = ("Traceback", "A page failed")
_REACHED: Final = "A limit was reached"


HOST: Final = "room.test"
"""A name of the laptop, as a phone knows one: to localhost Chromium offers brotli over http too."""


class Server:
    """A running app. `code` is its workshop, `domains` the keys of what is scored.

    With tables, `codes` are those of all workshops at them and, last, of their gathering.
    """

    def __init__(
        self, app: Path, folder: Path, past: int = 0, tests: int = 0, tables: int = 0
    ) -> None:
        self.app = app
        self.file = folder / "room.duckdb"
        self.log = folder / "server.log"
        self.port = free_port()
        self.pressed = False  # by more than a room: then its limits may be reached
        codes, *self.domains = _made(app, self.file, past, tests, tables)
        self.code, *_ = self.codes = codes.split(",")
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
            "DISCOVERY_ROOM_ADDRESS": HOST,
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
async def serving(
    app: Path, past: int = 0, tests: int = 0, tables: int = 0
) -> AsyncIterator[Server]:
    """Run the app with an open workshop, or so many at tables; stop it at the end."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(app, Path(folder), past, tests, tables)
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


def _made(app: Path, file: Path, *asked: int) -> list[str]:
    script = Path(__file__).parent / "made.py"
    done = subprocess.run(
        [sys.executable, "-P", str(script), str(file), *map(str, asked)],
        cwd=app,
        env=os.environ | {"PYTHONPATH": str(app)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The workshop could not be made:\n{done.stderr}")
    return done.stdout.split()


_TEAM: Final = re.compile(rb'name="team" value="([^"]+)"')
_AT_ONCE: Final = 8  # laptops that connect at the same time before a load


class Seat:
    """An open voting page. `cookie` is the seat's secret; `line` a kept connection for posts."""

    def __init__(self, server: Server, cookies: dict[str, str], page: Page, pace: Pace) -> None:
        self.server = server
        self.cookies = cookies
        self.page = page
        self.line = Kept(server.port)
        self._listening = Listening(page, "phones", server.code, pace)

    async def leave(self) -> None:
        """Close the laptop."""
        self._listening.close()
        self.line.close()
        await self.page.close()


async def join(server: Server, number: int, line: Kept) -> dict[str, str]:
    """Pick a team on the join page; give the seat's cookie."""
    path = f"/join/{server.code}"
    page = await line.get(path)
    teams = _TEAM.findall(page.body)
    ticket = "; ".join(f"{name}={value}" for name, value in page.cookies().items())
    kind = {"content-type": "application/x-www-form-urlencoded", "cookie": ticket}
    answer = await line.ask("POST", path, kind, b"team=" + teams[number % len(teams)])
    if answer.status != 303:
        raise ConnectionError(f"The join page answered {answer.status}.")
    # A proxy's cookie came with the page; what the answer takes back is empty.
    return {name: value for name, value in (page.cookies() | answer.cookies()).items() if value}


async def take_seat(server: Server, number: int, pace: Pace) -> Seat:
    """Join and open the voting page."""
    line = Kept(server.port)
    cookies = await join(server, number, line)
    line.close()
    page = await load(server.port, "score", f"workshop={server.code}", cookies)
    return Seat(server, cookies, page, pace)


async def take_seats(server: Server, numbers: range, pace: Pace) -> list[Seat]:
    """Let many laptops join, a few at the same time."""
    few = asyncio.Semaphore(_AT_ONCE)

    async def one(number: int) -> Seat:
        async with few:
            return await take_seat(server, number, pace)

    return list(await asyncio.gather(*(one(number) for number in numbers)))


async def leave_all(seats: list[Seat]) -> None:
    """Close every laptop."""
    await asyncio.gather(*(seat.leave() for seat in seats))


_PROGRESS: Final = re.compile(r"(\d+) of \d+ answers")


class Projector:
    """The open page. `drawings` holds each change of its count ("n of m answers"), and when."""

    def __init__(self, page: Page, code: str, pace: Pace) -> None:
        self.page = page
        self.drawings: list[Drawing] = []
        self._listening = Listening(page, "counts", code, pace, self._write)
        self._drawn = ""
        page.told.append(self._hear)
        page.finished.append(lambda: self._write(self._drawn))

    def begin(self) -> None:
        """Count from here."""
        self.drawings.clear()

    async def leave(self) -> None:
        """Close the page."""
        self._listening.close()
        await self.page.close()

    def _hear(self, raw: bytes) -> None:
        said = raw.decode(errors="replace")
        self._drawn = said if _PROGRESS.search(said) else self._drawn

    def _write(self, said: str) -> None:
        found = _PROGRESS.search(said)
        if found:
            self.drawings.append(Drawing(time.perf_counter(), int(found[1])))


async def project(server: Server, pace: Pace, cookies: dict[str, str] | None = None) -> Projector:
    """Sign in, unless cookies say who it is, and open the projected page."""
    cookies = cookies or await server.sign_in()
    page = await load(server.port, "room", f"workshop={server.code}", cookies)
    return Projector(page, server.code, pace)


async def post(seat: Seat, vote: Vote, round_: int = 1) -> None:
    """Vote, and wait until the answer says what is saved.

    Raises:
        Refused: another answer than 200, or one that does not hold the score.
    """
    tap = {"domain": vote.domain, "round": round_, "score": vote.score, "after": 0}
    body = json.dumps(tap).encode()
    headers = {"content-type": "application/json", "cookie": seat.page.tab.cookie}
    answer = await seat.line.ask("POST", f"/vote/{seat.server.code}", headers, body)
    if answer.status != 200:
        raise Refused(f"a vote was answered {answer.status}")
    if json.loads(answer.body)["answers"].get(vote.domain) != vote.score:
        raise Refused("an answer does not hold the score that was sent")


_ROWS = """
    SELECT seat.token_hash, vote.domain, vote.number, vote.sequence, vote.points
    FROM vote LEFT JOIN seat ON seat.id = vote.seat_id
    WHERE vote.workshop_id = $1 ORDER BY ALL
"""


def wrong_in_file(
    server: Server, seats: list[Seat], clicks: list[Click], faults: list[str]
) -> dict[str, float]:
    """Count the votes lost and doubled, and the errors in pages and log. The server has stopped.

    A vote is lost when it was acknowledged and the file does not hold its score as the seat's
    only row on that domain; a row beyond the one that was sent is doubled.
    """
    rows = _rows(server, seats)
    held = Counter((seat, domain) for seat, domain, *_ in rows)
    scores = {(seat, domain): points for seat, domain, _, _, points in rows}
    lost = [c for c in clicks if not c.fault and _points(c) != scores.get(_where(c), "missing")]
    doubled = sum(held.values()) - len(held) + len(held.keys() - {_where(c) for c in clicks})
    refused = [click.fault for click in clicks if click.fault]
    told = Counter([*faults, *refused, *server.faults()])
    for fault, times in told.most_common(5):
        print(f"    {times} x {fault}")
    return {"lost": len(lost), "doubled": doubled, "errors": sum(told.values())}


def _where(click: Click) -> tuple[int, str]:
    return click.seat, click.vote.domain


def _points(click: Click) -> int | str | None:
    return None if click.vote.score == "cannot say" else click.vote.score


def _rows(server: Server, seats: list[Seat]) -> list[tuple[int, str, int, int, int | None]]:
    with duckdb.connect(str(server.file), read_only=True) as file:
        workshop, key = file.execute(
            "SELECT id, seat_key FROM workshop JOIN seat_key ON workshop_id = id WHERE code = $1",
            [server.code],
        ).fetchall()[0]
        rows = file.execute(_ROWS, [workshop]).fetchall()
    # The file keeps a seat's cookie only as a keyed hash.
    numbers = {
        hmac.new(key, seat.cookies["discovery_room_seat"].encode(), hashlib.sha256).hexdigest(): n
        for n, seat in enumerate(seats)
    }
    return [(numbers.get(token, -1), *rest) for token, *rest in rows]
