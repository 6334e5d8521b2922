"""Sealed where two processes serve one room: whatever a seat has scored, both say the same.

As `test_sealed_on_the_wire`, over one shared database: A taps at one process, and everybody's pages
are open at the other. What the database writes into its log is searched too.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from aqua_core.workshop.admitting import Caller, new_secret
from aqua_core.workshop.opening import close_room, open_room
from aqua_core.workshop.pairing import pair_host, pairing_code
from aqua_core.workshop.revealing import reveal
from tests.kit import engines
from tests.kit.eavesdropping import Ear, differences, told
from tests.kit.serving import Server, free_port
from tests.kit.touring import PLAIN, act, look
from tests.room.test_sealed_on_the_wire import (
    SEALED,
    Room,
    copied,
    made_here,
    only_of,
    scores_again,
    words_of,
)

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.shared]
Both = tuple[Ear, Ear]
_BEATEN = 6.0  # seconds after which each process has heard of the other
_TRIES = 5
THERE_TOO = ("facilitator", "wall 2", "team mate")
"""Who looks at the process that takes the taps as well; "wall 2" is the host."""


def with_a_host(room: Room) -> Room:
    """Let a host's laptop lead the first workshop too."""
    host = Caller(wall=new_secret())
    open_room(room.file)
    pair_host(room.people.facilitator, room.first, pairing_code(host, "10.9.0.3"))
    close_room()
    return room._replace(people=room.people._replace(walls=(*room.people.walls, host)))


def hear_both(room: Room, ports: list[int], ask: Callable[[Ear, Ear], None]) -> Both:
    """Run two servers over a room, ask them, and hear all that they said until they stopped."""
    for _ in range(_TRIES):
        servers = [Server(room.file, room.folder / f"{port}.log") for port in ports]
        for server, server.port in zip(servers, ports, strict=True):
            server.log.unlink(missing_ok=True)
        here, there = ears = Ear(servers[0]), Ear(servers[1])
        try:
            for server in servers:
                server.launch()
            for server in servers:
                server.wait()
            time.sleep(_BEATEN)
            if {revision_of(server, room.first) for server in servers} != {1}:
                continue  # one came so late that it had missed a notice: it counts otherwise
            ask(here, there)
        finally:
            for server in servers:
                server.stop()
        for ear in ears:
            ear.log()
        return ears
    raise AssertionError("no two processes began alike")


def revision_of(server: Server, code: str) -> int:
    """Give what a process counts its changes from."""
    ear = Ear(server)
    with ear.push("x", f"/push/{code}?channel=stage", {}):
        pass
    found = re.search(rb"data: [0-9a-f]{8}-(\d+)\n", ear.raw[0])
    assert found
    return int(found[1])


def everything(room: Room, name: str) -> Callable[[Ear, Ear], None]:
    """Tap at one process, with all pages open at the other; then look at both."""

    def ask(here: Ear, there: Ear) -> None:
        for ear in (here, there):  # what each numbers anew at its start is learnt here
            with ear.push("stranger", f"/push/{room.first}?channel=stage", {}):
                pass
        scores_again(there, room, SEALED[name], tapped=here)
        cookies = room.people.cookies()
        # First what changes nothing: how many notices tell of an act is a matter of milliseconds.
        for who in THERE_TOO:
            look(here, who, cookies[who], room.codes)
        for who, brought in cookies.items():
            look(there, who, brought, room.codes)
            for path in PLAIN:
                # One address is given few walls a minute: else how fast it asks would be compared.
                if path != "/wall" or who in THERE_TOO:
                    there.ask(who, path, brought)
        for code in room.codes:
            act(there, room.people, code)

    return ask


def seen_at_both(room: Room) -> Callable[[Ear, Ear], None]:
    """Look at what shows scores once they are revealed."""

    def ask(here: Ear, there: Ear) -> None:
        cookies = room.people.cookies()
        for ear in (here, there):
            with ear.push("stranger", f"/push/{room.first}?channel=stage", {}):
                pass
            for who, page in (("facilitator", "gaps"), ("wall 2", "talk"), ("team mate", "score")):
                with ear.tab(who, f"/{page}?workshop={room.first}", cookies[who]):
                    pass

    return ask


def test_before_the_reveal_neither_process_says_what_a_seat_has_scored(tmp_path: Path) -> None:
    base = with_a_host(made_here(tmp_path / "base"))
    ports, names = [free_port(), free_port()], ("all 0", "all 5")
    rooms = {name: copied(base, tmp_path / name, SEALED[name]) for name in names}

    pairs = [hear_both(room, ports, everything(room, name)) for name, room in rooms.items()]

    for one, other in zip(*pairs, strict=True):
        found = differences(one, other)
        assert not found, told(found)
    heard = b"".join(message for pair in pairs for ear in pair for message in ear.raw)
    logged = engines.cluster().logged()
    planted = [*only_of(rooms["all 5"]), *(words_of(SEALED[name]).encode() for name in names)]
    assert len(planted) == 5
    assert not [word for word in planted if word in heard]
    assert not [word for word in planted if word.decode() in logged]
    assert "parameters" not in logged
    print(f"{[len(ear.heard) for pair in pairs for ear in pair]} messages, {len(heard)} bytes")

    for room in rooms.values():
        open_room(room.file)
        reveal(room.people.facilitator, room.first)
        close_room()
    seen = [hear_both(room, ports, seen_at_both(room)) for room in rooms.values()]
    for one, other in zip(*seen, strict=True):
        differ = {found.asked.split("?")[0] for found, _ in differences(one, other)}
        assert differ >= {"/gaps", "/talk", "/score"}
