"""Votes that come at one moment: written in one transaction, each as if it were alone."""

import asyncio
import random
from collections.abc import Callable

import pytest

from aqua_core.errors import FileUnusable, NoSeat, NotScored, RoundClosed, ScoreRefused
from aqua_core.store.database import deeds_so_far
from aqua_core.vocabulary import CANNOT_SAY, Workshop
from aqua_core.workshop import scoring
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.reading import room_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import (
    Meant,
    Saved,
    Tap,
    my_ballot,
    submit_score,
    submit_scores,
)
from pages._server.vote import _saved, _waiting
from tests.kit.notation import ALL, made, seated

NOT_SAVED = "Not saved: the laptop could not write to its disk."
Room = tuple[Workshop, list[Caller]]


def a_room(facilitator: Caller, seats: int) -> Room:
    workshop = made(facilitator, "Council", "Trust")
    callers = [seated(workshop, workshop.teams[at % 2].name) for at in range(seats)]
    open_scoring(facilitator, workshop.code, ALL)
    return workshop, callers


def one_by_one(code: str, taps: list[Tap]) -> list[Saved | str]:
    def alone(tap: Tap) -> Saved | str:
        try:
            return submit_score(tap.caller, code, *tap[1:])
        except Exception as refusal:
            return str(refusal)

    return [alone(tap) for tap in taps]


def together(code: str, taps: list[Tap]) -> list[Saved | str]:
    return [
        done if isinstance(done, Saved) else str(done) for done in submit_scores(code, list(taps))
    ]


def test_what_is_written_together_is_what_is_written_one_by_one(facilitator: Caller) -> None:
    chance = random.Random(3)
    rooms = [a_room(facilitator, 12) for _ in range(2)]
    ways: tuple[Callable[..., list[Saved | str]], ...] = (one_by_one, together)

    for _ in range(60):
        moment = [
            (at, chance.choice([*ALL, "astrology"]), chance.choice([*range(7), CANNOT_SAY, "x"]))
            for at in chance.sample(range(12), chance.randint(1, 12))
        ]
        meant = chance.choice([None, None, Meant(1, 0), Meant(1, 1), Meant(2, 0)])
        done = [
            way(room.code, [Tap(seats[at], domain, given, meant) for at, domain, given in moment])
            for way, (room, seats) in zip(ways, rooms, strict=True)
        ]
        assert done[0] == done[1]

    held = [[my_ballot(seat, room.code).answers for seat in seats] for room, seats in rooms]
    assert held[0] == held[1]
    assert any(held[0])
    counts = [room_now(facilitator, room.code).answers for room, _ in rooms]
    assert counts[0] == counts[1] == sum(map(len, held[0]))


def test_what_one_is_refused_keeps_no_other_out(facilitator: Caller) -> None:
    workshop, seats = a_room(facilitator, 3)
    taps = [
        Tap(seats[0], "culture", 3),
        Tap(Caller(seat="x" * 43), "culture", 3),
        Tap(seats[1], "culture", 9),
        Tap(seats[2], "astrology", 3),
        Tap(seats[2], "culture", 4, Meant(2, 0)),
        Tap(seats[1], "culture", 1),
    ]

    done = submit_scores(workshop.code, taps)

    refused = [NoSeat, ScoreRefused, NotScored, RoundClosed]
    assert [type(one) for one in done] == [Saved, *refused, Saved]
    assert room_now(facilitator, workshop.code).answers == 2
    reveal(facilitator, workshop.code)
    assert isinstance(submit_scores(workshop.code, taps[:1])[0], RoundClosed)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The disk refuses, after the rows were written, whatever has more of them than this says."""
    most, real = [0], scoring.append_votes

    def fails(cursor: object, workshop_id: str, given: list[object]) -> None:
        real(cursor, workshop_id, given)  # type: ignore[arg-type]
        if len(given) > most[0]:
            raise FileUnusable(NOT_SAVED)

    monkeypatch.setattr(scoring, "append_votes", fails)
    return most


def test_where_the_disk_refuses_nothing_of_it_is_kept(
    facilitator: Caller, failing: list[int]
) -> None:
    workshop, seats = a_room(facilitator, 4)

    with pytest.raises(FileUnusable):
        submit_scores(workshop.code, [Tap(seat, "culture", 3) for seat in seats])
    assert [my_ballot(seat, workshop.code).answers for seat in seats] == [{}] * 4
    assert room_now(facilitator, workshop.code).answers == 0

    failing[0] = 4
    submit_scores(workshop.code, [Tap(seat, "culture", 3) for seat in seats])
    assert room_now(facilitator, workshop.code).answers == 4


def tapped_at_once(code: str, taps: list[Tap]) -> list[Saved]:
    async def all_at_once() -> list[Saved]:
        return await asyncio.gather(*(_saved(code, tap) for tap in taps))

    return asyncio.run(all_at_once())


@pytest.mark.file
def test_taps_that_come_while_one_is_written_share_a_commit(facilitator: Caller) -> None:
    workshop, seats = a_room(facilitator, 60)
    before = deeds_so_far()

    done = tapped_at_once(workshop.code, [Tap(seat, "culture", 3, Meant(1, 0)) for seat in seats])

    assert [one.answers for one in done] == [{"culture": 3}] * 60
    assert deeds_so_far() - before == 3  # the first alone, then 50, then 9
    assert _waiting == {}


@pytest.mark.file  # in a shared database each is written at once, behind a lock of its seat
def test_taps_of_one_seat_are_written_in_their_order(facilitator: Caller) -> None:
    workshop, seats = a_room(facilitator, 5)
    taps = [Tap(seats[at % 5], "culture", at // 5, Meant(1, at // 5)) for at in range(30)]

    done = tapped_at_once(workshop.code, taps)

    assert [one.answers["culture"] for one in done] == [at // 5 for at in range(30)]
    assert [one.taps["culture"] for one in done] == [at // 5 + 1 for at in range(30)]


def test_what_fails_together_is_tried_alone(facilitator: Caller, failing: list[int]) -> None:
    workshop, seats = a_room(facilitator, 8)
    failing[0] = 1

    done = tapped_at_once(workshop.code, [Tap(seat, "culture", 3) for seat in seats])

    assert [one.answers for one in done] == [{"culture": 3}] * 8
    assert room_now(facilitator, workshop.code).answers == 8

    failing[0] = 0
    with pytest.raises(FileUnusable, match="Not saved"):
        tapped_at_once(workshop.code, [Tap(seat, "culture", 4) for seat in seats])
    assert _waiting == {}
