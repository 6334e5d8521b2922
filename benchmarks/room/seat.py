"""A simulated laptop with a seat: joins, opens the voting page, listens to the stage."""

import asyncio
import re
from typing import Final

from benchmarks.room.server import Server
from benchmarks.wire.kept import Kept
from benchmarks.wire.listening import Listening, Pace
from benchmarks.wire.page import Page, load

_TEAM: Final = re.compile(rb'name="team" value="([^"]+)"')
_AT_ONCE: Final = 8  # laptops that connect at the same time before a load


class Seat:
    """An open voting page. `cookie` is the seat's secret; `line` a kept connection for posts."""

    def __init__(self, server: Server, cookies: dict[str, str], page: Page, pace: Pace) -> None:
        self.server = server
        self.cookies = cookies
        self.page = page
        self.line = Kept(server.port)
        self._listening = Listening(page, "stage", server.code, pace)

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
    return answer.cookies()


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
