"""The room that processes share: who waits for whom, what is told, and what is refused.

Run where TEST_ENGINE=postgresql; the first three hold what a laptop may count on.
"""

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from aqua_core import live
from aqua_core.errors import FileUnusable, NoSuchCode, RoundClosed
from aqua_core.store import database
from aqua_core.store.connecting import Heard
from aqua_core.store.database import (
    close_database,
    reading,
    writing,
    writing_anew,
    writing_beside,
)
from aqua_core.store.schema import _UPGRADES as UPGRADES
from aqua_core.store.schema import SCHEMA, SCHEMA_VERSION, steps_from
from aqua_core.workshop import pairing
from aqua_core.workshop.admitting import Caller, leading, managing, may_watch, new_secret
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.joining import my_team
from aqua_core.workshop.opening import close_room, open_shared_room, prepare_room
from aqua_core.workshop.pairing import (
    offer_seat,
    offered,
    pair_wall,
    pairing_code,
    take_over,
)
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.short_codes import SharedCodes
from tests.kit import engines
from tests.kit.notation import ALL, made, seated
from tests.kit.one_room import facilitating as signed_in
from tests.kit.serving import ROOT

shared = pytest.mark.shared


@pytest.mark.slow
def test_a_laptop_loads_nothing_of_a_database_that_is_shared() -> None:
    loads = (
        "import sys; from pages._server.life import _warm_up; _warm_up(); "
        "print([m for m in sys.modules if m.partition('.')[0] in ('psycopg', 'authlib', 'httpx2')])"
    )
    done = subprocess.run([sys.executable, "-c", loads], cwd=ROOT, capture_output=True, check=True)

    assert done.stdout.strip() == b"[]"


def test_layouts_and_statements_say_nothing_that_only_one_engine_understands() -> None:
    words = set(re.findall(r"[a-z_]+", " ".join(SCHEMA).lower()))

    store = (ROOT / "aqua_core" / "store").glob("*.py")
    of_the_file = {"parquet.py", "schema.py", "room_file.py", "connecting.py"}
    asked = " ".join(page.read_text("utf-8") for page in store if page.name not in of_the_file)

    assert not re.findall(r"unnest\(|QUALIFY|arg_max|ORDER BY ALL|strftime|duckdb_", asked)
    assert (
        words & {"varchar", "blob", "double", "hugeint", "timestamptz", "serial", "json"} == set()
    )


def test_without_its_packages_the_way_to_them_is_said(monkeypatch) -> None:
    for loaded in [name for name in sys.modules if name.startswith("aqua_core.store.shared")]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(FileUnusable, match=r"pip install -r requirements-hosted.txt"):
        prepare_room("postgresql://room@localhost/room")


@pytest.fixture
def empty() -> Iterator[str]:
    """Give the address of a database without a table."""
    engines.cluster().make("empty")
    yield engines.cluster().address("empty")
    close_room()
    engines.cluster().ask("DROP DATABASE empty WITH (FORCE)")


def tables(name: str) -> list[tuple[object, ...]]:
    asked = (
        "SELECT table_name, column_name, data_type, column_default, is_nullable "
        "FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
    )
    return engines.cluster().ask(asked, name)


@shared
@pytest.mark.parametrize("layout", [1, *range(5, SCHEMA_VERSION, 4)])
def test_a_database_of_an_earlier_layout_ends_with_the_tables_of_a_new_one(
    empty: str, layout: int
) -> None:
    upgrades = sum(len(UPGRADES[earlier]) for earlier in range(layout, SCHEMA_VERSION))
    for statement in (
        *SCHEMA[: len(SCHEMA) - upgrades],
        f"INSERT INTO schema_version VALUES ({layout})",
    ):
        engines.cluster().ask(statement, "empty", "room")
    with pytest.raises(FileUnusable, match=f"has layout {layout}.*prepare"):
        open_shared_room(empty)

    said = prepare_room(empty)

    assert (
        said
        == f"The room's database is prepared: its layout was {layout}, and is {SCHEMA_VERSION} now."
    )
    assert steps_from(layout)
    assert tables("empty") == tables("prepared")


@shared
def test_two_that_prepare_at_once_make_one_room(empty: str) -> None:
    said: list[str] = []
    both = [threading.Thread(target=lambda: said.append(prepare_room(empty))) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()

    assert sorted("nothing was changed" in sentence for sentence in said) == [False, True]
    assert tables("empty") == tables("prepared")


@shared
def test_what_cannot_be_opened_says_what_to_do(empty: str) -> None:
    with pytest.raises(FileUnusable, match=r"has no tables yet.*python app\.py prepare"):
        open_shared_room(empty)
    prepare_room(empty)
    engines.cluster().ask(f"UPDATE schema_version SET version = {SCHEMA_VERSION + 1}", "empty")
    for opens in (lambda: open_shared_room(empty), lambda: prepare_room(empty)):
        with pytest.raises(FileUnusable, match=r"later version.*Start that version\."):
            opens()
    with pytest.raises(FileUnusable, match=r"does not answer"):
        open_shared_room(engines.cluster().address("nowhere"))
    for nothing in ("sqlite:///room", "postgresql://[", "host"):
        with pytest.raises(FileUnusable, match=r"no address of a database|does not answer"):
            prepare_room(nothing)


@shared
def test_a_database_that_sorts_otherwise_is_refused() -> None:
    engines.cluster().ask(
        "CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'"
    )

    with pytest.raises(FileUnusable, match=r"LC_COLLATE 'C' LC_CTYPE 'C\.UTF-8'"):
        prepare_room(engines.cluster().address("ascii"))


def begun(deed: Callable[[], object]) -> tuple[threading.Thread, threading.Event]:
    """Begin a deed in a thread of its own; the event says that it was let in."""
    inside = threading.Event()

    def run() -> None:
        with deed():
            inside.set()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, inside


AT_ONCE = {
    "a seat and another of the workshop": (lambda: writing_beside("2345", "a"), True),
    "a seat and itself on a second line": (lambda: writing_beside("2345", "me"), False),
    "a seat and who leads its workshop": (lambda: writing("2345"), False),
    "a seat and who leads another": (lambda: writing("WXYZ"), True),
    "a seat and who manages what no workshop has alone": (lambda: writing(), True),
    "a seat and who closes or erases its workshop": (lambda: writing_anew("2345"), False),
    "a seat and who closes or erases another": (lambda: writing_anew("WXYZ"), True),
    "a seat and who reads": (lambda: reading(), True),
}


@shared
@pytest.mark.parametrize(("deed", "goes"), AT_ONCE.values(), ids=AT_ONCE)
def test_who_waits_for_whom(room_file: Path, deed: Callable[[], object], goes: bool) -> None:
    with writing_beside("2345", "me"):
        thread, inside = begun(deed)
        let_in = inside.wait(2 if goes else 0.3)
    thread.join()

    assert let_in == goes
    assert inside.is_set()


@shared
@pytest.mark.parametrize("code", [False, True])
def test_who_manages_waits_for_who_leads_and_for_who_manages(facilitator, *, code: bool) -> None:
    workshop = made(facilitator, "Council", "Trust")

    with managing(facilitator):
        way = partial(leading, code=workshop.code) if code else managing
        thread, inside = begun(lambda: way(facilitator))
        let_in = inside.wait(0.3)
    thread.join()

    assert not let_in
    assert inside.is_set()


@shared
def test_who_leads_a_sitting_waits_for_who_leads_its_wave(facilitator) -> None:
    first, second = (made(facilitator, "Council", "Trust") for _ in range(2))
    elsewhere = made(facilitator, "Council", "Trust", place="Wigan")

    with writing(first.code):
        same, same_place = begun(lambda: writing(second.code))
        other, other_place = begun(lambda: writing(elsewhere.code))
        waited, went = not same_place.wait(0.3), other_place.wait(2)
    for thread in (same, other):
        thread.join()

    assert (waited, went) == (True, True)


@shared
def test_no_vote_of_another_process_is_late_and_without_the_lock_some_are() -> None:
    from aqua_core.store.shared import room
    from benchmarks.hosted import race as racing

    kept = room._BESIDE, room._ALONE
    locked = racing.race(engines.cluster().make("locked", "prepared"), 6)
    try:
        unlocked = racing.race(engines.cluster().make("unlocked", "prepared"), 6, lock=False)
    finally:
        room._BESIDE, room._ALONE = kept

    assert (locked.late, locked.lost) == (0, 0)
    assert locked.accepted > 60
    assert unlocked.late > 0


@pytest.fixture
def another(room_file: Path) -> Iterator[database.Room]:
    """Open the room as this process, and beside it as if by another one that only tells."""
    from aqua_core.store.shared import telling
    from aqua_core.store.shared.room import SharedRoom

    address = engines.address_of(room_file)
    close_database()
    open_shared_room(address)
    other = SharedRoom(address, heard=Heard(lambda *_: None, lambda: None))
    other._telling._me = "another"
    time.sleep(0.2)  # both listen
    yield other
    other.close()
    close_room()
    assert telling.EVERY == 0.1


def until(holds: Callable[[], bool], seconds: float = 3.0) -> bool:
    ends = time.monotonic() + seconds
    while not holds() and time.monotonic() < ends:
        time.sleep(0.01)
    return holds()


@shared
def test_what_changes_elsewhere_is_heard_here_and_nothing_else_is(another) -> None:
    before = {at: live.revision("2345", at) for at in live.Channel}

    another.tell("2345", [live.Channel.ROOM])

    assert until(lambda: live.revision("2345", live.Channel.ROOM) != before[live.Channel.ROOM])
    time.sleep(0.3)
    for quiet in (live.Channel.STAGE, live.Channel.PHONES, live.Channel.WALL):
        assert live.revision("2345", quiet) == before[quiet]


@shared
def test_after_a_lost_notice_everything_is_asked_anew(another) -> None:
    another.tell("2345", [live.Channel.ROOM])
    until(lambda: "another" in database._open["room"]._telling._others)
    before = live.revision("WXYZ", live.Channel.ROOM), live.changed("WXYZ", live.Channel.ROOM)

    another._telling._told += 1  # one that did not arrive
    another.tell("2345", [live.Channel.ROOM])

    assert until(lambda: live.revision("WXYZ", live.Channel.ROOM) not in before)


@shared
@pytest.mark.parametrize(
    "said", ["", "hello", "[]", "{}", '{"from": "x", "changed": {"2345": ["no"]}}']
)
def test_a_notice_that_nobody_understands_has_everything_asked_anew(another, said: str) -> None:
    before = live.revision("WXYZ", live.Channel.ROOM), live.changed("WXYZ", live.Channel.ROOM)

    with writing() as cursor:
        cursor.execute("SELECT pg_notify('discovery_room', $1)", [said])
    assert until(lambda: live.revision("WXYZ", live.Channel.ROOM) not in before)

    now = live.revision("2345", live.Channel.ROOM)
    another.tell("2345", [live.Channel.ROOM])
    assert until(lambda: live.revision("2345", live.Channel.ROOM) != now)  # it still hears


@shared
def test_a_stage_is_told_inside_its_own_transaction(another, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    database._open["room"]._telling.end()  # nothing is told but that, and nothing heard
    told: list[tuple[str, tuple[str, ...]]] = []
    another._telling._heard = Heard(lambda code, at: told.append((code, tuple(at))), lambda: None)

    open_scoring(facilitator, workshop.code, ALL)

    assert until(lambda: told == [(workshop.code, ("room", "stage"))])


@shared
def test_rows_of_a_closed_workshop_tell_by_no_transaction_who_came_when(facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seats = [seated(workshop, "Council") for _ in range(3)]
    open_scoring(facilitator, workshop.code, ALL)
    for seat in seats:
        submit_score(seat, workshop.code, ALL[0], 3)
    reveal(facilitator, workshop.code)
    asked = "SELECT count(DISTINCT xmin::text) FROM {} WHERE workshop_id = $1"

    def written(table: str) -> int:
        with reading() as cursor:
            return cursor.execute(asked.format(table), [workshop.id]).fetchone()[0]

    assert (written("vote"), written("seat")) == (3, 3)
    close_workshop(facilitator, workshop.code)
    assert (written("vote"), written("seat")) == (1, 1)


def forget_what_this_process_knows() -> None:
    pairing._waiting._waiting.clear()
    pairing._offers._waiting.clear()


@shared
def test_a_code_that_one_process_shows_is_typed_at_another_and_works_once(facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    wall, seat = Caller(wall=new_secret()), seated(workshop, "Council")
    shows, offers = pairing_code(wall, "a"), offer_seat(seat, workshop.code)
    forget_what_this_process_knows()
    assert pairing_code(wall, "a") == shows
    assert offered(seat, workshop.code) == offers

    pair_wall(facilitator, workshop.code, shows)
    other = Caller(seat=take_over(Caller(), workshop.code, offers, "b"))

    assert may_watch(wall, workshop.code)
    assert my_team(other, workshop.code) == workshop.teams[0]
    assert my_team(seat, workshop.code) is None
    with pytest.raises(NoSuchCode):
        pair_wall(facilitator, workshop.code, shows)
    with pytest.raises(NoSuchCode):
        take_over(Caller(), workshop.code, offers, "b")


@shared
def test_of_more_codes_than_may_wait_the_youngest_that_nobody_asked_for_again_goes(
    room_file: Path,
) -> None:
    codes, secret = SharedCodes("few", 60, 2, str), new_secret()
    kept = {about: codes.make(about, secret) for about in ("first", "second")}
    codes.shown("first", secret)

    newest = codes.make("third", secret)

    assert [codes.shown(about, secret) for about in ("first", "second", "third")] == [
        kept["first"],
        None,
        newest,
    ]
    over = SharedCodes("over", 0.0, 2, str)
    over.make("at once", secret)
    assert over.shown("at once", secret) is None


@shared
def test_a_database_that_is_killed_while_a_room_votes_loses_nothing_and_comes_back() -> None:
    own = engines.Cluster(durable=True)
    try:
        database.prepare_shared(own.make("room"))
        open_shared_room(own.address("room"))
        caller = signed_in()
        workshop = made(caller, "Council", "Trust")
        seat = seated(workshop, "Council")
        open_scoring(caller, workshop.code, ALL)
        submit_score(seat, workshop.code, ALL[0], 3)

        own.stop("immediate")
        with pytest.raises(FileUnusable, match=r"database does not answer|could not take it"):
            submit_score(seat, workshop.code, ALL[1], 4)
        with pytest.raises(FileUnusable, match=r"database does not answer"), reading():
            pass
        before = live.revision(workshop.code, live.Channel.STAGE)
        own.start()

        saved = submit_score(seat, workshop.code, ALL[1], 4)
        assert saved.answers == {ALL[0]: 3, ALL[1]: 4}
        assert until(lambda: live.revision(workshop.code, live.Channel.STAGE) != before)
        reveal(caller, workshop.code)
        with pytest.raises(RoundClosed):
            submit_score(seat, workshop.code, ALL[1], 5)
    finally:
        close_room()
        own.end()
