"""At another table nobody hears of a vote: neither what it was, nor that it was given at all."""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from aqua_core.vocabulary import Workshop
from aqua_core.workshop.admitting import Caller, new_secret
from aqua_core.workshop.gathering import (
    bring_to_table,
    open_for_all,
    reveal_for_all,
    set_up_gathering,
)
from aqua_core.workshop.joining import take_seat
from aqua_core.workshop.opening import close_room, open_room
from aqua_core.workshop.pairing import pair_host, pair_wall, pairing_code
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in
from pages._room import FACILITATOR_COOKIE, SEAT_COOKIE, WALL_COOKIE
from tests.kit.eavesdropping import Ear, differences, told
from tests.kit.notation import ALL, DAY, made
from tests.kit.serving import Server
from tests.kit.touring import OF_A_WORKSHOP, PLAIN_OF_A_WORKSHOP, Tap, tap
from tests.room.test_sealed_on_the_wire import hear

pytestmark = pytest.mark.long
PLACES = ("Bolton", "Wigan")


class TwoTables(NamedTuple):
    """A folder with a gathering of two tables that score: table A's seats, and who is at B."""

    folder: Path
    facilitator: Caller
    seats: list[Caller]
    codes: list[str]
    gathering: str
    at_b: dict[str, dict[str, str]]

    @property
    def file(self) -> Path:
        return self.folder / "room.duckdb"


def made_here(folder: Path) -> TwoTables:
    open_room(folder / "room.duckdb")
    facilitator = Caller(facilitator=sign_in(new_sign_in_link()))
    bolton, wigan = (made(facilitator, "Council", "Trust", place=place) for place in PLACES)
    gathering = set_up_gathering(facilitator, "Masterclass 2", DAY, [], DAY)
    for workshop in (bolton, wigan):
        bring_to_table(facilitator, gathering.code, workshop.code)
    open_for_all(facilitator, gathering.code, ALL)
    seats, (mate, other, *_) = sat(bolton), sat(wigan)
    for seat in (mate, other):
        submit_score(seat, wigan.code, ALL[0], 2)
    wall, host = Caller(wall=new_secret()), Caller(wall=new_secret())
    pair_wall(facilitator, wigan.code, pairing_code(wall, "10.9.0.1"))
    pair_host(facilitator, wigan.code, pairing_code(host, "10.9.0.2"))
    close_room()
    at_b = {
        "seat": {SEAT_COOKIE: mate.seat},
        "wall": {WALL_COOKIE: wall.wall},
        "host": {WALL_COOKIE: host.wall},
        "stranger": {},
    }
    codes = [bolton.code, wigan.code]
    return TwoTables(folder, facilitator, seats, codes, gathering.code, at_b)


def sat(workshop: Workshop) -> list[Caller]:
    seats = [Caller(seat=new_secret()) for _ in range(4)]
    for number, seat in enumerate(seats):
        take_seat(seat, workshop.code, workshop.teams[number % 2].id)
    return seats


def voted(room: TwoTables, folder: Path, points: int | None) -> TwoTables:
    """Copy a stopped room; at table A all but one have scored so, or nobody has at all."""
    shutil.copytree(room.folder, folder)
    open_room(folder / "room.duckdb")
    for seat in room.seats[:3] if points is not None else ():
        for domain in ALL:
            submit_score(seat, room.codes[0], domain, points or 0)
    close_room()
    return room._replace(folder=folder)


def at_table_b(room: TwoTables, points: int | None) -> Callable[[Ear], None]:
    """Let one more seat of A vote while B's pages are open; then look at all of B, as everybody."""

    def ask(ear: Ear) -> None:
        code = room.codes[1]
        with ExitStack() as stack:
            stack.enter_context(ear.push("stranger", f"/push/{code}?channel=room", {}))
            stack.enter_context(ear.push("wall", f"/push/{code}?channel=counts", room.at_b["wall"]))
            pages = {"seat": "score", "wall": "room", "host": "room"}
            tabs = [
                stack.enter_context(ear.tab(who, f"/{page}?workshop={code}", room.at_b[who]))
                for who, page in pages.items()
            ]
            if points is not None:
                tap(ear, room.seats[3], Tap(room.codes[0], ALL[0], 1, points))
            for tab in tabs:
                for part in sorted(tab.drawn.parts):
                    tab.do(part=part)
        for who, cookies in room.at_b.items():
            for page in OF_A_WORKSHOP:
                with ear.tab(who, f"{page}?workshop={code}", cookies):
                    pass
            for path in PLAIN_OF_A_WORKSHOP:
                ear.ask(who, path.format(code), cookies)
            ear.ask(who, f"/join/{room.gathering}?change", cookies)
            for page in ("/room", "/gaps", "/score", "/masterclass"):  # of the other table
                with ear.tab(who, f"{page}?workshop={room.codes[0]}", cookies):
                    pass

    return ask


def at_the_desk(room: TwoTables, points: int | None) -> Callable[[Ear], None]:
    """Let table A finish, and look at the masterclass as its facilitator does."""

    def ask(ear: Ear) -> None:
        for domain in ALL[1:] if points is not None else ():
            tap(ear, room.seats[3], Tap(room.codes[0], domain, 1, points or 0))
        cookies = {FACILITATOR_COOKIE: room.facilitator.facilitator}
        with ear.push("stranger", f"/push/{room.gathering}?channel=teams", {}):
            pass
        with ear.tab("facilitator", f"/masterclass?gathering={room.gathering}", cookies):
            pass

    return ask


@pytest.mark.parametrize("points", [0, 5])
def test_a_vote_at_one_table_changes_no_byte_at_another(tmp_path: Path, points: int) -> None:
    base = made_here(tmp_path / "base")
    port = Server(base.file, tmp_path / "none.log").port
    rooms = {given: voted(base, tmp_path / str(given), given) for given in (None, points)}

    ears = [hear(room, port, at_table_b(room, given)) for given, room in rooms.items()]

    found = differences(*ears)
    assert not found, told(found)
    # What was compared would have been found: the facilitator sees that table A has finished.
    seen = [hear(room, port, at_the_desk(room, given)) for given, room in rooms.items()]
    assert differences(*seen)


def test_after_the_reveal_each_table_hears_of_its_own_alone(tmp_path: Path) -> None:
    base = made_here(tmp_path / "base")
    port = Server(base.file, tmp_path / "none.log").port
    rooms = {given: voted(base, tmp_path / str(given), given) for given in (0, 5)}
    for room in rooms.values():
        open_room(room.file)
        reveal_for_all(room.facilitator, room.gathering)
        close_room()

    ears = [hear(room, port, at_table_b(room, None)) for room in rooms.values()]

    found = differences(*ears)
    assert not found, told(found)
