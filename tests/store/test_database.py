"""The room's file: one writer, nothing overwritten, a sentence when it cannot be used."""

import subprocess
import sys
import threading
from collections.abc import Iterable
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import pytest

from aqua_core.errors import FileUnusable
from aqua_core.store import schema
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import close_database, open_database, reading, writing
from aqua_core.store.facts import changing, once_opened
from aqua_core.store.layouts import FIFTH, FIRST, FOURTH, SECOND, THIRD
from aqua_core.store.places import change_place, places_in, waves_of
from aqua_core.store.plan import actions_of, add_action
from aqua_core.store.seats import (
    SignedIn,
    add_facilitator,
    add_wall,
    is_facilitator,
    is_known_facilitator,
    is_wall,
    remove_facilitator,
)
from aqua_core.store.talk import outcomes_of
from aqua_core.store.workshops import workshops_listed
from aqua_core.vocabulary import Impact, WaveKind
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.reading import workshop_now
from tests.kit.notation import DAY, INSTRUMENT, made
from tests.kit.planned import met, plan_now, planned

ROOT = Path(__file__).parents[2]


def refusal_for(path: Path) -> str:
    with pytest.raises(FileUnusable) as refused:
        open_database(path)
    return str(refused.value)


@pytest.mark.file
@pytest.mark.parametrize("content", [b"hello", b"PK\x03\x04" + b"x" * 5000, b"SQLite format 3\x00"])
def test_a_foreign_file_is_refused_and_left_as_it_was(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "room.duckdb"
    path.write_bytes(content)

    sentence = refusal_for(path)

    assert "left as it is" in sentence
    assert path.read_bytes() == content


@pytest.mark.file
def test_a_foreign_database_is_refused_and_gets_none_of_our_tables(tmp_path: Path) -> None:
    path = tmp_path / "theirs.duckdb"
    with duckdb.connect(str(path)) as theirs:
        theirs.execute("CREATE TABLE patients (name varchar)")
        theirs.execute("CREATE TABLE schema_version (other varchar)")

    assert "left as it is" in refusal_for(path)
    with duckdb.connect(str(path)) as theirs:
        tables = theirs.execute("SELECT count(*) FROM information_schema.tables").fetchone()
    assert tables == (2,)


@pytest.mark.file
def test_a_file_of_another_version_is_refused(room_file: Path) -> None:
    close_database()
    with duckdb.connect(str(room_file)) as connection:
        connection.execute("UPDATE schema_version SET version = 99")

    assert "another version" in refusal_for(room_file)


@pytest.mark.file
def test_a_file_of_an_earlier_version_is_brought_up_to_date(
    room_file: Path, facilitator: Caller
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    close_database()
    with duckdb.connect(str(room_file)) as connection:
        for table in ("wall", "closing", "deed"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE schema_version SET version = 1")

    open_database(room_file)

    assert workshop_now(facilitator, workshop.code) == workshop
    with writing() as cursor:
        add_wall(cursor, "hash", workshop.id)
    with reading() as cursor:
        assert is_wall(cursor, "hash", workshop.id)


@pytest.mark.file
def test_a_second_copy_gets_one_sentence(room_file: Path) -> None:
    second = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path\n"
            "from aqua_core.errors import FileUnusable\n"
            "from aqua_core.store.database import open_database\n"
            "try: open_database(Path(sys.argv[1]))\n"
            "except FileUnusable as refused: print(refused)\n",
            str(room_file),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )

    assert "open in another window of Discovery Room" in second.stdout
    assert second.stderr == ""


def test_a_block_that_fails_leaves_nothing_behind(room_file: Path) -> None:
    def fail() -> None:
        with writing() as cursor:
            add_facilitator(cursor, SignedIn("half", "", None, False))
            raise KeyError

    with pytest.raises(KeyError):
        fail()

    with reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM facilitator").fetchone() == (0,)


@pytest.mark.slow
def test_many_writers_queue_and_none_is_lost(room_file: Path) -> None:
    def save(first: int) -> None:
        for number in range(first, first + 24):
            with writing() as cursor:
                add_facilitator(cursor, SignedIn(str(number), "", None, False))

    threads = [threading.Thread(target=save, args=(n * 24,)) for n in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM facilitator").fetchone() == (720,)


def test_who_reads_sees_the_room_as_it_stood_at_the_first_question(room_file: Path) -> None:
    def seats(cursor: Cursor) -> list[Any]:
        return cursor.execute("SELECT id FROM seat ORDER BY id").fetchall()

    def sits_down(seat: str) -> None:
        with writing() as cursor:
            cursor.execute(
                "INSERT INTO seat (id, workshop_id, team_id, token_hash, apart) "
                "VALUES ($1, 'w', 't', $1, false)",
                [seat],
            )

    with reading() as early, reading() as late:
        asked = seats(early)
        sits_down("a")
        assert seats(early) == asked == []
        assert seats(late) == [("a",)]
        sits_down("b")
        assert (seats(early), seats(late)) == ([], [("a",)])


@pytest.mark.file
def test_the_engine_can_reach_nothing_but_its_file(room_file: Path, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a\n1\n")

    for forbidden in (
        f"SELECT * FROM read_csv('{tmp_path / 'other.csv'}')",
        f"ATTACH '{tmp_path / 'more.duckdb'}'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
    ):
        with pytest.raises(duckdb.Error), writing() as cursor:
            cursor.execute(forbidden)


def test_a_closed_room_says_so() -> None:
    close_database()

    with pytest.raises(FileUnusable, match="Start the app again"), reading():
        pass


@pytest.mark.file
def test_a_fact_changed_by_a_deed_that_is_undone_is_read_again(room_file: Path) -> None:
    def deed(fact: dict[str, int], *, fails: bool) -> None:
        with writing():
            changing("facts")
            fact["votes"] += 1
            if fails:
                raise RuntimeError

    answers = iter([{"votes": 1}, {"votes": 2}])
    first = once_opened("facts", lambda: next(answers))
    assert first is not None
    with pytest.raises(RuntimeError):
        deed(first, fails=True)

    again = once_opened("facts", lambda: next(answers))
    assert again == {"votes": 2}
    deed(again, fails=False)
    assert once_opened("facts", lambda: None) == {"votes": 3}


STEPS = (FIRST, SECOND, THIRD, FOURTH, FIFTH)
MET = ("Salford", "Wigan", "SALFORD", "Salfrod")


def file_of(path: Path, layout: int) -> None:
    """Make a file of an earlier layout: four workshops, two of them at one place, and a test."""
    with duckdb.connect(str(path)) as earlier:
        for step in (*chain(*STEPS[:layout]), f"INSERT INTO schema_version VALUES ({layout})"):
            earlier.execute(step)
        for number, place in enumerate(MET):
            earlier.execute(
                "INSERT INTO workshop (id, code, place, persona, held_on, holder, instrument, "
                "invented, ordinal) VALUES ($1, $2, $3, $4, $5, $6, $7, false, $8)",
                [
                    *(f"w{number}", f"AAA{number + 2}", place, f"Persona {number}"),
                    DAY - timedelta(days=number),
                    *("each person scores", INSTRUMENT.model_dump_json(), number),
                ],
            )
        earlier.execute(
            "INSERT INTO action (id, version, workshop_id, test, domain, lead_role, partners, "
            "measure, review_on, scale) VALUES ('a1', 1, 'w0', 'If we meet, then we decide', "
            "'culture', 'Chair', ['p1', 'p2'], 'Decisions', DATE '2026-12-22', 'micro')"
        )


@pytest.mark.file
@pytest.mark.parametrize("layout", [1, 2, 3, 4, 5])
def test_a_file_of_an_earlier_layout_is_brought_up_to_date(tmp_path: Path, layout: int) -> None:
    path = tmp_path / "room.duckdb"
    file_of(path, layout)

    open_database(path)
    try:
        with reading() as cursor:
            (action,) = actions_of(cursor, "w0")
            assert outcomes_of(cursor, "w0") == ()
        assert (action.test, action.partners) == ("If we meet, then we decide", ("p1", "p2"))
        assert (action.prediction, action.impact) == ("", Impact.UNSAID)
        with writing() as cursor:
            add_action(cursor, "w0", action.model_copy(update={"version": 2, "prediction": "Two"}))
        with reading() as cursor:
            assert [action.prediction for action in actions_of(cursor, "w0")] == ["Two"]
    finally:
        close_database()


@pytest.mark.file
@pytest.mark.parametrize("layout", [1, 2, 3, 4, 5])
def test_workshops_of_an_earlier_layout_hang_on_places_by_name(tmp_path: Path, layout: int) -> None:
    path = tmp_path / "room.duckdb"
    file_of(path, layout)

    open_database(path)
    try:
        with reading() as cursor:
            places = places_in(cursor)
            waves = waves_of(cursor, [place.id for place in places])
            listed = workshops_listed(cursor)
    finally:
        close_database()

    assert [(place.name, place.persona, place.began_on) for place in places] == [
        ("Salford", "Persona 2", DAY - timedelta(days=2)),
        ("Salfrod", "Persona 3", DAY - timedelta(days=3)),
        ("Wigan", "Persona 1", DAY - timedelta(days=1)),
    ]
    assert [workshop.place for workshop in reversed(listed)] == [
        *("Salford", "Wigan", "Salford", "Salfrod")
    ]
    assert [(wave.kind, wave.codes, wave.dated) for wave in waves] == [
        (WaveKind.MEASURED, (f"AAA{number + 2}",), DAY - timedelta(days=number))
        for number in (3, 2, 1, 0)
    ]


@pytest.mark.file
def test_every_copy_of_an_earlier_file_comes_out_with_the_same_places(tmp_path: Path) -> None:
    # A deed of the journal names a place by its id: written again into a copy, it must find it.
    path = tmp_path / "room.duckdb"
    file_of(path, 5)
    open_database(path)
    with reading() as cursor:
        before = places_in(cursor), workshops_listed(cursor)
    with writing() as cursor:
        change_place(cursor, before[0][0].model_copy(update={"name": "Salford and Eccles"}))
    close_database()
    with duckdb.connect(str(path)) as damaged:
        damaged.execute("DELETE FROM place")
        damaged.execute("UPDATE deed SET number = 0")

    open_database(path)
    try:
        with reading() as cursor:
            after = places_in(cursor), workshops_listed(cursor)
    finally:
        close_database()

    assert [place.id for place in after[0]] == [place.id for place in before[0]]
    assert [workshop.place for workshop in reversed(after[1])] == [
        *("Salford and Eccles", "Wigan", "Salford and Eccles", "Salfrod")
    ]


@pytest.mark.file
def test_a_workshop_that_an_earlier_journal_brings_back_hangs_on_its_place(tmp_path: Path) -> None:
    path = tmp_path / "room.duckdb"
    file_of(path, 5)
    open_database(path)
    with writing() as cursor:
        cursor.execute(
            "INSERT INTO workshop (id, code, place, persona, held_on, holder, instrument, "
            "invented, ordinal) SELECT 'w9', 'ZZZZ', 'wigan', persona, held_on, holder, "
            "instrument, false, 9 FROM workshop WHERE id = 'w1'"
        )
    close_database()

    open_database(path)
    try:
        with reading() as cursor:
            assert workshops_listed(cursor)[0].place == "Wigan"
            assert len(places_in(cursor)) == 3
    finally:
        close_database()


@pytest.mark.file
def test_who_is_signed_in_is_asked_of_the_file_once_and_forgotten_at_once(room_file: Path) -> None:
    def asked() -> bool:
        with reading() as cursor:
            return is_facilitator(cursor, "her")

    def undone() -> None:
        with writing() as cursor:
            remove_facilitator(cursor, "her")
            assert not is_known_facilitator("her")
            raise KeyError

    for _ in range(2):
        with writing() as cursor:
            add_facilitator(cursor, SignedIn("her", "", None, False))
        assert not is_known_facilitator("her")
        assert asked()
        assert is_known_facilitator("her")
        with pytest.raises(KeyError):
            undone()
        assert asked()
        with writing() as cursor:
            remove_facilitator(cursor, "her")
        assert not asked()
        assert not is_known_facilitator("her")


def test_a_row_that_is_read_again_is_the_same_word(room_file: Path, facilitator: Caller) -> None:
    workshop = met(facilitator)
    planned(facilitator, workshop)

    (first,), (again,) = (plan_now(facilitator, workshop.code) for _ in range(2))

    assert first is again


@pytest.mark.file
@pytest.mark.parametrize("layout", sorted(schema._UPGRADES))
def test_a_file_of_any_layout_ends_with_the_tables_of_a_new_one(layout: int) -> None:
    def laid_out(steps: Iterable[str]) -> list[tuple[Any, ...]]:
        with duckdb.connect() as connection:
            for step in steps:
                connection.execute(step)
            schema.lay_out(connection, Path("room.duckdb"))
            return connection.execute(
                "SELECT table_name, column_name, data_type, column_default "
                "FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
            ).fetchall()

    before = chain(FIRST, *(schema._UPGRADES[earlier] for earlier in range(1, layout)))

    assert laid_out((*before, f"INSERT INTO schema_version VALUES ({layout})")) == laid_out(())
