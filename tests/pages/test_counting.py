"""What votes move on the room's page is told by its line; the page is drawn for all else."""

import asyncio
import json
import re
import time

import pytest

from aqua_core.errors import NotSignedIn
from aqua_core.live import Channel, changed, revision
from aqua_core.vocabulary import Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.pairing import stop_walls
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.seating import expect_people
from pages._counting import counted_now
from pages._server.push import AFTER_THE_WALL, _counts, _revisions
from tests.kit.looking import a_wall
from tests.kit.notation import made, seated

DOMAINS = ("leadership", "culture")


@pytest.fixture
def workshop(facilitator: Caller) -> Workshop:
    workshop = made(facilitator, "Council", "Trust")
    expect_people(facilitator, workshop.code, 2)
    open_scoring(facilitator, workshop.code, DOMAINS)
    return workshop


def heard_of(workshop: Workshop, caller: Caller, *deeds) -> list[list[str]]:
    """Open a line of counts, do one deed after the other, and give what was heard after each."""

    async def listen() -> list[list[str]]:
        line = _counts(workshop.code, caller)
        heard = [_parts(await anext(line))]
        for deed in deeds:
            deed()
            heard.append(_parts(await anext(line, "")))
        await line.aclose()
        return heard

    return asyncio.run(listen())


def _parts(said: str) -> list[str]:
    counts = [json.loads(count) for count in re.findall(r"event: count\ndata: (.+)\n\n", said)]
    return [
        *(f"{count['finished']}; {count['answers']}" for count in counts),
        *(["drawn anew"] if re.search(r"(^|\n\n)data: ", said) else []),
    ]


def test_a_vote_and_a_joining_are_counted_and_a_deed_draws_the_page_anew(
    workshop: Workshop, facilitator: Caller
) -> None:
    expect_people(facilitator, workshop.code, 4)
    seats = [seated(workshop, "Council") for _ in range(3)]

    def votes(seat: int, domain: str):
        return lambda: submit_score(seats[seat], workshop.code, domain, 3)

    heard = heard_of(
        workshop,
        facilitator,
        votes(0, "culture"),  # the first answer: Reveal is offered in other words
        votes(0, "leadership"),
        lambda: seated(workshop, "Trust"),
        votes(1, "culture"),
        votes(1, "leadership"),
        votes(2, "culture"),
        votes(2, "leadership"),  # three of four: it may be revealed
        lambda: reveal(facilitator, workshop.code),
    )

    assert heard == [
        ["0 of 3 have finished; about 4 are expected; 0 of 6 answers", "drawn anew"],
        ["drawn anew"],
        ["1 of 3 has finished; about 4 are expected; 2 of 6 answers"],
        ["1 of 4 has finished; 2 of 8 answers"],
        ["1 of 4 has finished; 3 of 8 answers"],
        ["2 of 4 have finished; 4 of 8 answers"],
        ["2 of 4 have finished; 5 of 8 answers"],
        ["drawn anew"],
        ["drawn anew"],
    ]


def test_a_page_that_is_drawn_meanwhile_never_goes_back(
    workshop: Workshop, facilitator: Caller
) -> None:
    seat = seated(workshop, "Council")
    ats = []
    for score in (1, 2, "cannot say", 5):
        submit_score(seat, workshop.code, "culture", score)
        ats.append(counted_now(facilitator, workshop.code).at)

    assert ats == sorted(set(ats))


@pytest.mark.parametrize("score", [0, 5, "cannot say"])
def test_no_score_is_in_it(workshop: Workshop, facilitator: Caller, score) -> None:
    first, second = seated(workshop, "Council"), seated(workshop, "Council")
    submit_score(first, workshop.code, "culture", 2)

    (_, said) = heard_of(
        workshop, facilitator, lambda: submit_score(second, workshop.code, "culture", score)
    )

    assert said == ["0 of 2 have finished; 2 of 4 answers"]


def test_only_who_sees_the_room_hears_it_and_a_wall_only_as_long_as_it_is_one(
    workshop: Workshop, facilitator: Caller
) -> None:
    seat, wall = seated(workshop, "Council"), a_wall(facilitator, workshop)
    for nobody in (Caller(), seat):
        with pytest.raises(NotSignedIn):
            counted_now(nobody, workshop.code)

    heard = heard_of(workshop, wall, lambda: stop_walls(facilitator, workshop.code), lambda: None)

    assert heard[1:] == [["drawn anew"], []]


def test_phones_are_told_after_the_walls_and_of_the_newest(
    workshop: Workshop, facilitator: Caller
) -> None:
    async def told(channel: Channel) -> tuple[float, str]:
        line = _revisions(workshop.code, channel)
        await anext(line)
        asyncio.get_running_loop().call_later(0.05, changed, workshop.code, Channel.STAGE)
        began = time.monotonic()
        said = await anext(line)
        await line.aclose()
        return time.monotonic() - began, said

    async def heard() -> list[tuple[float, str]]:
        return await asyncio.gather(told(Channel.WALL), told(Channel.PHONES))

    (wall, _), (phone, said) = asyncio.run(heard())

    assert wall < AFTER_THE_WALL <= phone < 3 * AFTER_THE_WALL
    assert said == f"data: {revision(workshop.code, Channel.PHONES)}\n\n"
