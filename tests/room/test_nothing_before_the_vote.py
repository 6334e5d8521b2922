"""Nothing before the vote: what a place scored before reaches nobody until the reveal.

Copies of one room differ in nothing but what its first wave scored. The same people ask the same
things of a server over each: until the second wave's reveal every byte is equal, then it is not.
"""

import shutil
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

from aqua_core.vocabulary import Score
from aqua_core.workshop.admitting import Caller, new_secret
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.joining import take_seat
from aqua_core.workshop.looking_back import looked_back_now
from aqua_core.workshop.opening import close_room, open_room
from aqua_core.workshop.pairing import pair_wall, pairing_code
from aqua_core.workshop.placing import places_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in
from pages._room import FACILITATOR_COOKIE
from tests.kit.eavesdropping import Ear, differences, told
from tests.kit.notation import ALL
from tests.kit.serving import Server
from tests.kit.touring import People, look
from tests.kit.waves import DAYS, met_on, scored, shown_on
from tests.room.test_sealed_on_the_wire import Room, hear

ROLES = ("facilitator", "wall 0", "wall 1", "team mate", "stranger")


class Before(NamedTuple):
    """A room, the id of its place, and the seats of its first wave."""

    room: Room
    place_id: str
    seats: tuple[Caller, ...]


def base_of(folder: Path) -> Before:
    """Make a place whose first wave is joined and opened, and whose second has scored."""
    open_room(folder / "room.duckdb")
    facilitator, second = (Caller(facilitator=sign_in(new_sign_in_link())) for _ in range(2))
    first, later = met_on(facilitator, DAYS[0]), met_on(facilitator, DAYS[1])
    seats = tuple(Caller(seat=new_secret()) for _ in range(4 * len(first.teams)))
    for turn, seat in enumerate(seats):
        take_seat(seat, first.code, first.teams[turn % len(first.teams)].id)
    open_scoring(facilitator, first.code, ALL)
    mate, other, *_ = scored(facilitator, later)
    walls = tuple(Caller(wall=new_secret()) for _ in range(2))
    for wall, workshop in zip(walls, (later, later), strict=True):
        pair_wall(facilitator, workshop.code, pairing_code(wall, "127.0.0.1"))
    (row,) = places_now(facilitator, DAYS[1])
    close_room()
    people = People(facilitator, second, walls, mate, other)
    room = Room(folder, seats[0], people, first.code, later.code)
    return Before(room, row.place.id, seats)


def copied(before: Before, folder: Path, score: Score) -> Room:
    """Copy the stopped room, score its first wave, reveal and close it."""
    room = before.room
    shutil.copytree(room.folder, folder)
    open_room(folder / "room.duckdb")
    for seat, domain in product(before.seats, ALL):
        submit_score(seat, room.first, domain, score)
    reveal(room.people.facilitator, room.first)
    close_workshop(room.people.facilitator, room.first)
    close_room()
    return room._replace(folder=folder)


def everything(room: Room, place_id: str) -> Callable[[Ear], None]:
    """Open every page of both workshops and of the place, in each role."""

    def ask(ear: Ear) -> None:
        # What the server numbers anew at each start is learnt here.
        with ear.push("stranger", f"/push/{room.second}?channel=stage", {}):
            pass
        for who, brought in room.people.cookies().items():
            if who in ROLES:
                look(ear, who, brought, room.codes)
                for page in ("/place", "/over-time"):
                    with ear.tab(who, f"{page}?place={place_id}", brought):
                        pass

    return ask


@pytest.mark.long
def test_what_a_first_wave_scored_reaches_nobody_until_the_second_is_revealed(
    tmp_path: Path,
) -> None:
    base = base_of(tmp_path / "base")
    port, place_id = Server(base.room.file, tmp_path / "none.log").port, base.place_id
    rooms = [copied(base, tmp_path / str(score), score) for score in (0, 5)]

    sealed = [hear(room, port, everything(room, place_id)) for room in rooms]

    found = differences(*sealed)
    assert not found, told(found)
    assert b"kept back until all of it is revealed" in b"".join(sealed[0].raw)

    for room in rooms:
        open_room(room.file)
        reveal(room.people.facilitator, room.second)
        close_room()
    seen = [hear(room, port, everything(room, place_id)) for room in rooms]
    differ = {(one.who, one.asked.split("?")[0]) for one, _ in differences(*seen)}
    assert {("facilitator", "/over-time"), ("wall 0", "/over-time"), ("facilitator", "/gaps")} <= (
        differ
    )
    print(f"{[len(ear.heard) for ear in (*sealed, *seen)]} messages, {len(differ)} pages differ")


@pytest.mark.long
@pytest.mark.slow
def test_a_killed_server_loses_neither_the_reveal_nor_how_a_fall_was_read(tmp_path: Path) -> None:
    file = tmp_path / "room.duckdb"
    open_room(file)
    facilitator = Caller(facilitator=sign_in(new_sign_in_link()))
    first = shown_on(facilitator, DAYS[0])
    close_workshop(facilitator, first.code)
    later = met_on(facilitator, DAYS[1])
    scored(facilitator, later, {"workforce": -1.3}, seed=2)
    close_room()
    server = Server(file, tmp_path / "server.log")
    cookies = {FACILITATOR_COOKIE: facilitator.facilitator}
    page, question = f"/over-time?workshop={later.code}", "Workforce is lower. Which is it?"
    try:
        server.start()
        with Ear(server).tab("facilitator", f"/room?workshop={later.code}", cookies) as tab:
            room = tab.drawn.page_hash
            tab.press("Reveal")
            tab.press("Reveal now")
            assert tab.drawn.page_hash != room  # the result, on the page that is open
        server.stop(kill=True)
        server.start()
        with Ear(server).tab("facilitator", page, cookies) as tab:
            assert question in tab.drawn.text
            tab.do(tab.chosen(question, "We know more now"))
        server.stop(kill=True)
        server.start()
    finally:
        server.stop()

    open_room(file)
    seen = looked_back_now(facilitator, later.code)
    close_room()
    assert seen is not None
    assert {key: read.value for key, read in seen.readings.items()} == {
        "workforce": "we know more now"
    }
