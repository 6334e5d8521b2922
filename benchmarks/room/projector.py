"""A simulated projector: the facilitator's page /room, which counts the votes."""

import re
import time
from typing import Final

from benchmarks.room.server import Server
from benchmarks.votes import Drawing
from benchmarks.wire.listening import Listening, Pace
from benchmarks.wire.page import Page, load

_PROGRESS: Final = re.compile(rb"(\d+) of \d+ answers")


class Projector:
    """The open page. `drawings` holds each finished drawing and how many votes it counts.

    The count is the page's own text ("n of m answers"). A page without that text is counted by
    the revision that it shows: each saved vote raises it by one, after the commit, and a page
    reads it before it reads the votes, so it never counts a vote that is not drawn.
    """

    def __init__(self, page: Page, code: str, pace: Pace) -> None:
        self.page = page
        self.drawings: list[Drawing] = []
        self._listening = Listening(page, "room", code, pace)
        self._said: int | None = None
        self._before = 0
        page.told.append(self._hear)
        page.finished.append(self._draw)

    def begin(self) -> None:
        """Count from here."""
        self.drawings.clear()
        self._before = _number(self.page.shown)

    @property
    def counts_text(self) -> bool:
        """Whether the page itself says how many answers are in."""
        return self._said is not None

    async def leave(self) -> None:
        """Close the page."""
        self._listening.close()
        await self.page.close()

    def _hear(self, raw: bytes) -> None:
        found = _PROGRESS.search(raw)
        if found:
            self._said = int(found[1])

    def _draw(self) -> None:
        said = self._said
        count = _number(self.page.shown) - self._before if said is None else said
        self.drawings.append(Drawing(time.perf_counter(), count))


async def project(server: Server, pace: Pace) -> Projector:
    """Sign in and open the projected page."""
    cookies = await server.sign_in()
    page = await load(server.port, "room", f"workshop={server.code}", cookies)
    return Projector(page, server.code, pace)


def _number(revision: str) -> int:
    return int(revision.rpartition("-")[2] or 0)
