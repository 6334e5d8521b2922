"""A change wakes whoever waits, once, and never somebody else's room."""

import asyncio
import threading

from aqua_core.live import (
    Channel,
    changed,
    forget_all,
    joined,
    kept_with,
    once_a_revision,
    once_but_votes,
    revision,
    voted,
    wait_for_change,
)
from pages._server.push import _revisions


def test_a_change_raises_the_revision_of_its_room_and_channel_only() -> None:
    room, stage, other = (
        revision("AAAA", Channel.ROOM),
        revision("AAAA", Channel.STAGE),
        revision("BBBB", Channel.ROOM),
    )

    changed("AAAA", Channel.ROOM)

    assert revision("AAAA", Channel.ROOM) != room
    assert revision("AAAA", Channel.STAGE) == stage
    assert revision("BBBB", Channel.ROOM) == other


def test_every_waiter_wakes_when_another_thread_saves() -> None:
    async def wait() -> list[str]:
        seen = revision("CCCC", Channel.ROOM)
        waiting = [wait_for_change("CCCC", Channel.ROOM, seen, 5) for _ in range(20)]
        threading.Timer(0.05, changed, ("CCCC", Channel.ROOM)).start()
        return await asyncio.gather(*waiting)

    heard = asyncio.run(asyncio.wait_for(wait(), 2))

    assert set(heard) == {revision("CCCC", Channel.ROOM)}


def test_who_comes_late_hears_at_once_and_who_waits_in_vain_is_let_go() -> None:
    async def wait() -> tuple[str, str]:
        now = revision("DDDD", Channel.STAGE)
        late = await wait_for_change("DDDD", Channel.STAGE, "older", 5)
        return late, await wait_for_change("DDDD", Channel.STAGE, now, 0.05)

    late, in_vain = asyncio.run(asyncio.wait_for(wait(), 2))

    assert late == in_vain == revision("DDDD", Channel.STAGE)


def test_an_answer_is_worked_out_once_a_revision() -> None:
    asked: list[int] = []

    def answer() -> int:
        asked.append(1)
        return len(asked)

    changed("EEEE", Channel.ROOM)
    assert [once_a_revision("EEEE", "q", answer) for _ in range(3)] == [1, 1, 1]
    changed("EEEE", Channel.ROOM)

    assert once_a_revision("EEEE", "q", answer) == 2


def test_a_workshop_is_forgotten_while_pages_ask_about_others() -> None:
    class Asking(str):
        """A code that, whenever it is compared, is asked about meanwhile."""

        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            kept_with("EEEE", object(), 1, lambda: "an answer")
            return str(self) == other

    kept_with("FFFF", "gaps", 1, lambda: "before")

    forget_all(Asking("FFFF"))

    assert kept_with("FFFF", "gaps", 1, lambda: "after") == "after"


def test_a_vote_is_no_deed_and_whoever_joins_is_none_either() -> None:
    def seen() -> list[str]:
        return [revision("VVVV", channel) for channel in Channel]

    def moved(before: list[str]) -> set[Channel]:
        return {c for c, one, other in zip(Channel, before, seen(), strict=True) if one != other}

    before = seen()
    voted("VVVV")
    assert moved(before) == {Channel.ROOM, Channel.TEAMS}
    before = seen()
    joined("VVVV")
    assert moved(before) == {Channel.ROOM, Channel.TEAMS, Channel.SEATS}
    before = seen()
    changed("VVVV", Channel.ROOM)
    assert moved(before) == set(Channel) - {Channel.STAGE, Channel.PHONES}


def test_what_no_vote_changes_is_worked_out_once_for_all_votes() -> None:
    asked: list[int] = []

    def answer() -> int:
        asked.append(1)
        return len(asked)

    for tell in (voted, voted, joined, voted):
        once_but_votes("WWWW", "seats", answer)
        tell("WWWW")

    assert once_but_votes("WWWW", "seats", answer) == len(asked) == 2


def test_people_who_come_at_once_are_one_page_and_the_first_is_seen_at_once() -> None:
    async def said() -> list[float]:
        began, times = asyncio.get_running_loop().time(), []
        line = _revisions("JJJJ", Channel.ROOM)
        await anext(line)  # what is there when the page opens

        async def come() -> None:
            await asyncio.sleep(0.3)
            for _ in range(20):
                joined("JJJJ")
                await asyncio.sleep(0.01)

        coming = asyncio.create_task(come())
        for _ in range(2):
            await anext(line)
            times.append(asyncio.get_running_loop().time() - began - 0.3)
        await coming
        await line.aclose()  # type: ignore[attr-defined]
        return times

    first, second = asyncio.run(asyncio.wait_for(said(), 5))

    assert first < 0.2
    assert 0.2 < second - first < 1
