"""Who waits for whom in a room that processes share, and that nobody waits in a ring."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import datetime

import pytest

from aqua_core.errors import NotScored, RoundClosed
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading, writing, writing_beside
from aqua_core.vocabulary import Gathering, Workshop
from aqua_core.vocabulary.place import KeptPlace
from aqua_core.workshop import gathering as gatherings
from aqua_core.workshop import scoring
from aqua_core.workshop.admitting import Caller, convening
from aqua_core.workshop.choosing import run_timer
from aqua_core.workshop.placing import join_places, part_places, places_now
from aqua_core.workshop.revealing import reveal_in
from aqua_core.workshop.scoring import submit_score
from tests.kit.notation import ALL, DAY, made, seated
from tests.store.test_shared import begun
from tests.workshop.test_gathering import NAMES, gathered

pytestmark = pytest.mark.shared
ROUNDS = 6


def place_called(facilitator: Caller, name: str) -> KeptPlace:
    return next(row.place for row in places_now(facilitator, DAY) if row.place.name == name)


def test_a_gathering_stops_its_own_tables_and_nobody_elsewhere(facilitator) -> None:
    gathering, (table, _, _) = gathered(facilitator)
    elsewhere = made(facilitator, "Council", "Trust", place="Wigan")

    with convening(facilitator, gathering.code):
        waits = [begun(lambda: writing_beside(table.code, "a")), begun(lambda: writing(table.code))]
        goes = [
            begun(lambda: writing_beside(elsewhere.code, "a")),
            begun(lambda: writing(elsewhere.code)),
        ]
        waited = [inside.wait(0.2) for _, inside in waits]
        went = [inside.wait(2) for _, inside in goes]
    for thread, _ in (*waits, *goes):
        thread.join()

    assert (waited, went) == ([False, False], [True, True])


def test_of_gatherings_tables_and_seats_at_once_nobody_waits_in_a_ring_and_no_vote_is_late(
    facilitator, monkeypatch
) -> None:
    """Two masterclasses of the same places, the other way round; each table led by itself too."""
    monkeypatch.setattr(scoring._changes, "most", 10**9)  # a person makes 300 a minute
    first = gathered(facilitator, *NAMES)
    second = gathered(facilitator, *reversed(NAMES))
    made(facilitator, "Council", "Trust", place="Wigan")
    made(facilitator, "Council", "Trust", place="Bury")
    tables = [*first[1], *second[1]]
    seats = [(table, seated(table, team.name)) for table in tables for team in table.teams]
    seen: list[tuple[str, int, int]] = []
    other, kept = (place_called(facilitator, name) for name in ("Wigan", "Bury"))
    ended = threading.Event()

    def lead(gathering: Gathering, tables: list[Workshop]) -> None:
        for number in range(1, ROUNDS + 1):
            gatherings.open_for_all(facilitator, gathering.code, ALL[:2])
            time.sleep(0.05)
            with convening(facilitator, gathering.code) as (cursor, _):
                for table in tables:
                    reveal_in(cursor, table)
                    seen.append((table.id, number, votes(cursor, table.id, number)))

    def vote(table: Workshop, seat: Caller) -> None:
        with suppress(RoundClosed, NotScored):
            submit_score(seat, table.code, ALL[0], 3)

    def note(table: Workshop) -> None:
        run_timer(facilitator, table.code, 3, datetime(2026, 11, 22, 9))

    def manage(place: str) -> None:
        join_places(facilitator, place, kept.id)
        part_places(facilitator, place)

    def on(deed: Callable[..., object], *about: object) -> None:
        while not ended.is_set():
            deed(*about)
            time.sleep(0.002)

    with ThreadPoolExecutor(40) as pool:
        leading = [pool.submit(lead, *one) for one in (first, second)]
        beside = [
            *(pool.submit(on, vote, *seat) for seat in seats),
            *(pool.submit(on, note, table) for table in tables),
            pool.submit(on, manage, other.id),
        ]
        wait(leading)
        ended.set()
    for done in (*leading, *beside):
        done.result()

    assert len(seen) == ROUNDS * len(tables)
    with reading() as cursor:
        assert [(at, number, votes(cursor, at, number)) for at, number, _ in seen] == seen
    assert sum(counted for *_, counted in seen) > ROUNDS * len(tables)


def votes(cursor: Cursor, workshop_id: str, number: int) -> int:
    asked = "SELECT count(*) FROM vote WHERE workshop_id = $1 AND number = $2"
    return cursor.execute(asked, [workshop_id, number]).fetchone()[0]
