"""A process that is killed in the voting, a database that is, and notices that are lost."""

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.hosted.halls import Door, hung
from benchmarks.hosted.phones import Phone, Wall, plan_of
from benchmarks.hosted.servers import Room, held_in, proxied, room_in, served
from benchmarks.room import Projector
from benchmarks.votes import Vote
from tests.kit.engines import Cluster
from tests.kit.losing import Way, way
from tests.kit.notation import ALL
from tests.kit.serving import Server

SEATS: Final = 60
_SECONDS: Final = 16.0  # of voting: 30 a second
_HOLDS_ON: Final = 6.0  # seconds into it
_AWAY: Final = 2.0  # seconds that the database is down
_LOSSES: Final = 8
_GIVES_UP: Final = 60.0  # seconds


class Broken(NamedTuple):
    """What came of the votes, and the seconds until each seat, or wall, was right again."""

    acknowledged: int
    lost: int
    doubled: int
    back: list[float]
    slowest_tap: float


class Hosted(NamedTuple):
    """A room whose seats vote through the proxy, and a wall at each of its processes."""

    room: Room
    servers: list[Server]
    phones: list[Phone]
    walls: list[Wall]


@contextmanager
def hosted(folder: Path, address: str) -> Iterator[Hosted]:
    """Run a room on two processes behind the proxy."""
    room = room_in(folder, address, SEATS)
    code = room.workshop.code
    with served(folder, [address] * 2) as servers, proxied(folder, servers) as port:
        phones = [Phone(port, code, seat) for seat in room.seats]
        yield Hosted(room, servers, phones, [Wall(at.port, code, room.caller) for at in servers])


async def voted(here: Hosted, breaks: Callable[[], Awaitable[float]]) -> float:
    """Let all vote; break something meanwhile, and give when."""
    staying = [asyncio.create_task(one.stay()) for one in (*here.phones, *here.walls)]
    while not all(phone.stood for phone in here.phones):
        await asyncio.sleep(0.05)
    began = time.perf_counter() + 0.5
    plan = plan_of(len(here.phones), _SECONDS)
    voting = [
        asyncio.create_task(phone.vote(seat, plan[seat], began))
        for seat, phone in enumerate(here.phones)
    ]
    await asyncio.sleep(_HOLDS_ON)
    broke = await breaks()
    await asyncio.gather(*voting)
    await asyncio.sleep(2.0)
    for task in staying:
        task.cancel()
    await asyncio.gather(*staying, return_exceptions=True)
    return broke


def killed(folder: Path, address: str) -> Broken:
    """Kill one of two processes; a seat is back when its page stands and takes taps again."""
    with hosted(folder, address) as here:
        broke = asyncio.run(voted(here, lambda: _killed(here.servers[0])))
        cut = [phone for phone in here.phones if any(at >= broke for at in phone.cut_at)]
        back = [_first(phone.stood, broke) - broke for phone in cut]
    assert back, "no seat sat at the process that was killed"
    return _counted(folder, address, here, broke)._replace(back=back)


async def _killed(server: Server) -> float:
    broke = time.perf_counter()
    server.stop(kill=True)
    return broke


def restarted(folder: Path, cluster: Cluster, address: str) -> Broken:
    """Kill the database and start it again; a wall is right when it shows all that was saved."""
    with hosted(folder, address) as here:
        back_at = asyncio.run(voted(here, lambda: _restarted(cluster)))
        clicks = sorted(click.acknowledged for phone in here.phones for click in phone.clicks)
        before = sum(at < back_at for at in clicks)
        # With the first vote after it: else a count that stood still would be taken for right.
        back = [wall.shows(before + 1, back_at) - back_at for wall in here.walls]
        assert "Traceback" not in "".join(server.printed() for server in here.servers)
    return _counted(folder, address, here, back_at)._replace(back=back)


async def _restarted(cluster: Cluster) -> float:
    cluster.kill()
    await asyncio.sleep(_AWAY)
    await asyncio.to_thread(cluster.start)
    return time.perf_counter()


def _counted(folder: Path, address: str, here: Hosted, since: float) -> Broken:
    clicks = [click for phone in here.phones for click in phone.clicks]
    rows = held_in(address, here.room.workshop.code)
    held = Counter((domain, points) for _, domain, points in rows)
    given = Counter((click.vote.domain, click.vote.score) for click in clicks)
    doubled = len(rows) - len({(seat, domain) for seat, domain, _ in rows})
    late = [click.acknowledged - max(click.sent, since) for click in clicks]
    return Broken(given.total(), (given - held).total(), doubled, [], max(late))


def _first(moments: list[float], since: float) -> float:
    return next((at for at in moments if at >= since), float("inf"))


class Missed(NamedTuple):
    """The seconds until a wall was right whose process missed one notice, or hears nothing."""

    one: list[float]
    deaf: float


def lost_notices(folder: Path, cluster: Cluster, name: str) -> Missed:
    """Vote at one process while the other one's notices are lost on the way to it."""
    address = cluster.address(name)
    room = room_in(folder, address, SEATS)
    with (
        tempfile.TemporaryDirectory() as short,  # a socket's path has at most 107 letters
        way(Path(short) / "way", cluster.folder) as lossy,
        served(folder, [address, lossy.address(name)]) as (first, second),
    ):
        phones = [Phone(first.port, room.workshop.code, seat) for seat in room.seats]
        found = asyncio.run(_missed(phones, Door(second.port, room), lossy))
        assert lossy.lost >= _LOSSES, f"{lossy.lost} notices were lost"
    return found


async def _missed(phones: list[Phone], door: Door, lossy: Way) -> Missed:
    wall = await hung(door)
    lossy.lose = door.code.encode()
    one = [await _seen(phones[number], wall, number + 1) for number in range(_LOSSES)]
    lossy.lose = b""
    lossy.deafen()
    deaf = await _seen(phones[_LOSSES], wall, _LOSSES + 1)
    await wall.leave()
    return Missed(one, deaf)


async def _seen(phone: Phone, wall: Projector, votes: int) -> float:
    began = time.perf_counter()
    await phone.vote(0, [Vote(0.0, ALL[0], 3)], began)
    while time.perf_counter() - began < _GIVES_UP:
        if wall.drawings and wall.drawings[-1].votes >= votes:
            return wall.drawings[-1].at - began
        await asyncio.sleep(0.02)
    return float("inf")
