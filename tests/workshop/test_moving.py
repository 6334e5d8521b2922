"""Rooms that move between a laptop's file and a database that is shared."""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

from aqua_core import live
from aqua_core.errors import FileUnusable, MoveRefused
from aqua_core.store import travelling
from aqua_core.store.cards import cards_in
from aqua_core.store.connecting import Heard, connected
from aqua_core.store.database import close_database, open_shared, reading, writing
from aqua_core.store.schema import _UPGRADES as UPGRADES
from aqua_core.store.schema import SCHEMA, SCHEMA_VERSION, lay_out
from aqua_core.vocabulary import Holder, Workshop
from aqua_core.workshop.admitting import Caller, managing
from aqua_core.workshop.closing import erase_workshop
from aqua_core.workshop.gathering import gatherings_now
from aqua_core.workshop.joining import my_team
from aqua_core.workshop.moving import move_in, move_out
from aqua_core.workshop.noting import heard_so_far, write_down
from aqua_core.workshop.placing import places_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import workshops_here
from aqua_core.workshop.sharing_waves import share_wave
from aqua_core.workshop.showing import shown_now
from pages._server.pressed import ROOM_DATABASE, ROOM_FILE, run_command
from tests.kit import engines
from tests.kit.cards import our_place
from tests.kit.notation import DAY, made, seated
from tests.kit.one_room import facilitating
from tests.kit.sharing import gathered
from tests.kit.waves import two_waves

shared = pytest.mark.shared
if engines.POSTGRESQL:
    from aqua_core.store.shared import lending
    from aqua_core.store.shared.telling import Telling

_IDS: Final = {
    **{"workshop": "w", "place": "p", "wave": "v", "measure": "m", "programme": "g"},
    **{"gathering": "t"},
}
_TEXTS: Final = ("\\N", 'a\tb\n"c" \\. {d,"e"}', "Añá £ 🏥", "")


class Hosted:
    """A database that processes share, and a way into it as a facilitator."""

    def __init__(self, folder: Path) -> None:
        self.address = engines.address_of(folder / "hosted.duckdb")
        self.name = engines._made[(folder / "hosted.duckdb").resolve()]

    @contextmanager
    def opened(self) -> Iterator[Caller]:
        live._kept.clear()  # it was kept of another room of this process
        open_shared(self.address)
        try:
            yield facilitating()
        finally:
            close_database()

    def holds(self) -> dict[str, Counter[str]]:
        return held_in_database(engines.cluster().address(self.name, engines.OPERATOR))

    def move_in(self, source: Path) -> tuple[str, ...]:
        return move_in(self.address, "", source)

    def move_out(self, to: Path, *codes: str) -> Path:
        move_out(self.address, "", codes, to)
        return to


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[Hosted]:
    yield Hosted(tmp_path)
    engines.let_go_under(tmp_path)


@contextmanager
def on_laptop(path: Path) -> Iterator[Caller]:
    live._kept.clear()
    engines.open_file(path)
    try:
        yield facilitating()
    finally:
        close_database()


def filled(path: Path) -> Path:
    """Make a room's file with three rows in every table, texts of every kind among them."""
    with connected(path) as file:
        lay_out(file, path)
        columns = file.execute(
            "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() "
            "WHERE database_name = current_database() ORDER BY table_name, column_index"
        ).fetchall()
        for table in {table for table, *_ in columns} - {"schema_version", "deed"}:
            mine = [(name, *more) for held, name, *more in columns if held == table]
            for number in range(3):
                row = [_value(table, *column, number) for column in mine]
                places = ", ".join(f"${at}" for at in range(1, len(row) + 1))
                file.execute(f"INSERT INTO {table} VALUES ({places})", row)
    return path


def _value(table: str, column: str, kind: str, nullable: bool, number: int) -> Any:
    if column.endswith("_id") and column.removesuffix("_id") in _IDS:
        return f"{_IDS[column.removesuffix('_id')]}{number}"
    said = {
        ("id"): f"{_IDS.get(table, table)}{number}",
        **{"guest_id": f"p{number}", "host_id": f"p{(number + 1) % 3}", "joined_to": ""},
        "code": f"{table[0].upper()}{number + 2}{number + 2}{number + 2}",
    }
    if column in said:
        return said[column]
    if nullable and number == 2:
        return None
    return {
        "VARCHAR": f"{_TEXTS[number]} {column}" if number < 3 else "",
        "VARCHAR[]": [*_TEXTS, "NULL", "a,b"],
        "INTEGER": number,
        "BIGINT": number,
        "BOOLEAN": number > 0,
        "DATE": date(2026, 11, number + 1),
        "TIMESTAMP": datetime(2026, 11, 22, 9, 30, number, 123456),
        "DECIMAL(18,6)": Decimal("-12.345678") * number,
        "BLOB": bytes(range(number, 256)),
    }[kind]


def held_in_file(path: Path) -> dict[str, Counter[str]]:
    """Give the rows of every table of a closed file, in no order."""
    with connected(path) as file:
        return {table: _counted(file, table) for table in columns_of()}


@cache
def columns_of() -> dict[str, list[str]]:
    """Give the columns of each table of a laptop's file."""
    with duckdb.connect() as engine:
        lay_out(engine, Path("room"))
        rows = engine.execute(
            "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
            "WHERE database_name = current_database() GROUP BY table_name"
        ).fetchall()
    return dict(rows)


def held_in_database(address: str) -> dict[str, Counter[str]]:
    """Give the rows of every table that a laptop's file has, too, in no order."""
    with lending.connected(address) as connection:
        return {table: _counted(lending.Lent(connection), table) for table in columns_of()}


def _counted(cursor: Any, table: str) -> Counter[str]:
    rows = cursor.execute(f"SELECT {', '.join(columns_of()[table])} FROM {table}").fetchall()
    return Counter(map(repr, rows))


def differ(before: dict[str, Counter[str]], after: dict[str, Counter[str]]) -> set[str]:
    return {table for table in before | after if before.get(table) != after.get(table)}


def test_every_table_either_travels_or_stays() -> None:
    """A new table is put into one of the two lists, or this test says so."""
    assert sorted(columns_of()) == sorted([*travelling.TRAVELS, *travelling.STAYS])


@shared
def test_a_whole_file_moves_in_with_every_row_and_stays_as_it_was(
    tmp_path: Path, hosted: Hosted
) -> None:
    path = filled(tmp_path / "room.duckdb")
    raw, before = path.read_bytes(), held_in_file(path)

    said = hosted.move_in(path)

    after = hosted.holds()
    assert all(before.values())
    assert differ(before, after) == {"facilitator", "wall", "deed"}
    assert not after["facilitator"]
    assert not after["wall"]
    assert said == (
        "Moved in: 3 workshops, 204 rows.",
        "Of 6 waves what others may count had no file, and will not count.",
    )
    assert path.read_bytes() == raw


@shared
def test_places_move_out_with_every_row_and_cards_of_others_stay(
    tmp_path: Path, hosted: Hosted
) -> None:
    path = filled(tmp_path / "room.duckdb")
    hosted.move_in(path)

    out = hosted.move_out(tmp_path / "out.duckdb", "W333", "w444", "G222")

    before, after = held_in_file(path), held_in_file(out)
    assert differ(before, after) == {"facilitator", "wall", "deed", "band"}
    assert not after["band"]


@shared
def test_rows_lie_in_an_order_that_says_nothing_of_who_came_when(
    tmp_path: Path, hosted: Hosted
) -> None:
    path = tmp_path / "room.duckdb"
    with on_laptop(path) as facilitator:
        workshop = made(facilitator, "Council", "Trust")
        open_scoring(facilitator, workshop.code, ["culture"])
        for _ in range(12):
            submit_score(seated(workshop, "Trust"), workshop.code, "culture", 3)

    hosted.move_in(path)
    out = hosted.move_out(tmp_path / "out.duckdb", workshop.code)

    with lending.connected(engines.cluster().address(hosted.name, engines.OPERATOR)) as connection:
        lies = connection.execute(b"SELECT id FROM seat ORDER BY ctid").fetchall()
    with connected(out) as file:
        lies_out = file.execute("SELECT id FROM seat").fetchall()
    assert len(lies) == 12
    assert lies == lies_out == sorted(lies)


@shared
def test_a_code_that_is_taken_is_drawn_anew_and_the_newcomer_stands_last(
    tmp_path: Path, hosted: Hosted
) -> None:
    path = tmp_path / "room.duckdb"
    with hosted.opened() as facilitator:
        here = [made(facilitator, "Council", "Trust", place="Wigan") for _ in range(2)]
    with on_laptop(path) as facilitator:
        coming = [made(facilitator, "Council", "Trust") for _ in range(2)]
        with writing() as cursor:
            for one, other in zip(coming, here, strict=True):
                travelling.change_code(cursor, one.code, other.code)

    said = hosted.move_in(path)

    with hosted.opened() as facilitator:
        listed = [row.code for row in workshops_here(facilitator)]
        with reading() as cursor:
            ordinals = cursor.execute("SELECT id FROM workshop ORDER BY ordinal").fetchall()
    assert ordinals == [(workshop.id,) for workshop in (*here, *coming)]
    drawn = re.findall(r"has the code (\w+) here", " ".join(said))
    assert {*listed} == {*drawn, *(workshop.code for workshop in here)}
    assert len({*listed}) == 4


@shared
def test_a_workshop_that_is_here_is_refused_and_nothing_is_moved(
    tmp_path: Path, hosted: Hosted
) -> None:
    path = tmp_path / "room.duckdb"
    with on_laptop(path) as facilitator:
        workshop = made(facilitator, "Council", "Trust")
    hosted.move_in(path)
    with on_laptop(path) as facilitator:
        made(facilitator, "Council", "Trust", place="Wigan")
    before = hosted.holds()

    with pytest.raises(MoveRefused, match=rf"Here already: Salford, .* \({workshop.code}\)\."):
        hosted.move_in(path)

    assert differ(before, hosted.holds()) == set()


@shared
def test_a_fault_in_the_middle_leaves_nothing(tmp_path: Path, hosted: Hosted) -> None:
    path = filled(tmp_path / "room.duckdb")
    with lending.connected(hosted.address) as connection:
        connection.execute(b"ALTER TABLE at_table ADD CONSTRAINT late CHECK (number < 2)")
    before = hosted.holds()

    with pytest.raises(FileUnusable, match="Not saved"):
        hosted.move_in(path)

    assert differ(before, hosted.holds()) == set()
    with lending.connected(hosted.address) as connection:
        connection.execute(b"ALTER TABLE at_table DROP CONSTRAINT late")


Trip = tuple[Hosted, Path, Workshop, list[Caller]]


@pytest.fixture
def trip(tmp_path: Path, hosted: Hosted) -> Trip:
    """Let a workshop that scores move out: the database, the file, the workshop and its seats."""
    with hosted.opened() as facilitator:
        workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
        seats = [seated(workshop, "Trust"), seated(workshop, "Council")]
        open_scoring(facilitator, workshop.code, ["culture"])
        submit_score(seats[0], workshop.code, "culture", 1)
    return hosted, hosted.move_out(tmp_path / "out.duckdb", workshop.code), workshop, seats


def noted(facilitator: Caller, workshop: Workshop, heard: str) -> None:
    reveal(facilitator, workshop.code)
    write_down(facilitator, workshop.code, "culture", heard)


def heard(facilitator: Caller, workshop: Workshop) -> list[str]:
    return [*heard_so_far(facilitator, workshop.code, "culture").heard]


@shared
def test_a_workshop_goes_on_on_a_laptop_and_comes_back_with_what_was_done(trip: Trip) -> None:
    hosted, path, workshop, seats = trip
    with on_laptop(path) as facilitator:
        submit_score(seats[1], workshop.code, "culture", 5)
        noted(facilitator, workshop, "On the laptop")
        shown = shown_now(facilitator, workshop.code)

    said = hosted.move_in(path)

    assert said[0].startswith("Moved in: 1 workshop, ")
    with hosted.opened() as facilitator:
        assert heard(facilitator, workshop) == ["On the laptop"]
        assert shown_now(facilitator, workshop.code) == shown
        assert my_team(seats[0], workshop.code).name == "Trust"
    assert differ(held_in_file(path), hosted.holds()) == {"facilitator", "deed"}


@shared
def test_a_round_that_is_sealed_moves_sealed(trip: Trip) -> None:
    hosted, path, workshop, seats = trip
    with on_laptop(path) as facilitator:
        assert not shown_now(facilitator, workshop.code).domains
        submit_score(seats[1], workshop.code, "culture", 5)

    hosted.move_in(path)

    with hosted.opened() as facilitator:
        assert not shown_now(facilitator, workshop.code).domains
        submit_score(seats[1], workshop.code, "culture", 4)


@shared
@pytest.mark.parametrize("on_the_laptop", [False, True])
@pytest.mark.parametrize("here", [False, True])
def test_of_two_that_came_apart_the_one_that_was_changed_stands(
    trip: Trip, on_the_laptop: bool, here: bool
) -> None:
    hosted, path, workshop, _ = trip
    if on_the_laptop:
        with on_laptop(path) as facilitator:
            noted(facilitator, workshop, "On the laptop")
    if here:
        with hosted.opened() as facilitator:
            noted(facilitator, workshop, "Here")
    before = hosted.holds()

    if here and on_the_laptop:
        with pytest.raises(MoveRefused, match=r"Changed both here and in the file.*Salford, "):
            hosted.move_in(path)
        assert differ(before, hosted.holds()) == set()
    else:
        hosted.move_in(path)
        stands = {(True, False): ["On the laptop"], (False, True): ["Here"]}
        with hosted.opened() as facilitator:
            assert heard(facilitator, workshop) == stands.get((on_the_laptop, here), [])


@shared
def test_a_file_comes_back_once(trip: Trip, tmp_path: Path) -> None:
    hosted, path, workshop, _ = trip
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(path.read_bytes())
    hosted.move_in(path)

    for again in (path, copy):
        with pytest.raises(MoveRefused, match=rf"Here already: .*{workshop.code}"):
            hosted.move_in(again)


@shared
def test_what_was_set_up_meanwhile_on_either_side_is_there_afterwards(trip: Trip) -> None:
    hosted, path, workshop, _ = trip
    with on_laptop(path) as facilitator:
        there = made(facilitator, "Council", "Trust")
    with hosted.opened() as facilitator:
        here = made(facilitator, "Council", "Trust")

    hosted.move_in(path)

    with hosted.opened() as facilitator:
        assert {row.code for row in workshops_here(facilitator)} == {
            *(workshop.code, there.code, here.code)
        }
        (place,) = places_now(facilitator, DAY)
        assert place.place.name == "Salford"


@shared
def test_what_was_erased_on_the_laptop_is_said(trip: Trip) -> None:
    hosted, path, workshop, _ = trip
    with on_laptop(path) as facilitator:
        erase_workshop(facilitator, workshop.code, workshop.code)

    said = hosted.move_in(path)

    assert (
        f"({workshop.code}) was erased in the file and is still here: erase it here too."
        in " ".join(said)
    )


@shared
def test_a_place_goes_whole_and_no_other_with_it(tmp_path: Path, hosted: Hosted) -> None:
    with hosted.opened() as facilitator:
        first, second = two_waves(facilitator)
        share_wave(facilitator, place_of(facilitator, "Wigan"), f"w-{first.id}", DAY)
        made(facilitator, "Council", "Trust", place="Salford")
        shown = shown_now(facilitator, second.code)

    out = hosted.move_out(tmp_path / "out.duckdb", second.code)

    with on_laptop(out) as facilitator:
        assert {row.code for row in workshops_here(facilitator)} == {first.code, second.code}
        assert [row.place.name for row in places_now(facilitator, DAY)] == ["Wigan"]
        assert shown_now(facilitator, second.code) == shown
        with reading() as cursor:
            assert len(cards_in(cursor)) == 1


def place_of(facilitator: Caller, name: str) -> str:
    return next(row.place.id for row in places_now(facilitator, DAY) if row.place.name == name)


@shared
def test_wave_cards_come_with_their_room(tmp_path: Path, hosted: Hosted) -> None:
    path = tmp_path / "room.duckdb"
    with on_laptop(path) as facilitator:
        _, place_id, wave_id = our_place(facilitator)
        share_wave(facilitator, place_id, wave_id, DAY)
        with managing(facilitator, reading) as cursor:
            cards = cards_in(cursor)

    hosted.move_in(path)

    with hosted.opened() as caller, managing(caller, reading) as cursor:
        assert cards_in(cursor) == cards
    assert len(cards) == 1


@shared
def test_a_masterclass_goes_with_all_its_tables_or_with_the_one_that_is_asked_for(
    tmp_path: Path, hosted: Hosted
) -> None:
    with hosted.opened() as facilitator:
        tables = gathered(facilitator, "Salford", "Wigan")
        made(facilitator, "Council", "Trust", place="Bury")
        with writing() as cursor:
            travelling.change_code(cursor, gatherings_now(facilitator)[0].gathering.code, "G222")

    one, both = (
        hosted.move_out(tmp_path / f"{code}.duckdb", code) for code in (tables[0].code, "G222")
    )

    for out, places in ((one, ("Salford",)), (both, ("Salford", "Wigan"))):
        with on_laptop(out) as facilitator:
            (held,) = gatherings_now(facilitator)
            assert (held.gathering.code, held.places) == ("G222", places)
            assert len(workshops_here(facilitator)) == len(places)
    assert hosted.move_in(one)[0].startswith("Moved in: 0 workshops, 0 rows")


@shared
def test_what_is_asked_of_nobody_is_refused_and_no_file_is_made(
    tmp_path: Path, hosted: Hosted
) -> None:
    with hosted.opened() as facilitator:
        workshop = made(facilitator, "Council", "Trust")
    out = tmp_path / "out.duckdb"

    for codes in (("ZZZZ",), (workshop.code, "!"), (workshop.code, "ZZZZ")):
        with pytest.raises(MoveRefused, match=rf"has the code {re.escape(codes[-1])}\."):
            hosted.move_out(out, *codes)

    assert [*tmp_path.glob("out*")] == []
    out.write_bytes(b"mine")
    with pytest.raises(FileUnusable, match=r"is there already"):
        hosted.move_out(out, workshop.code)
    assert out.read_bytes() == b"mine"


@shared
@pytest.mark.parametrize("layout", [1, 5, 11, SCHEMA_VERSION - 1])
def test_a_file_of_an_earlier_layout_is_brought_up_on_a_copy(
    tmp_path: Path, hosted: Hosted, layout: int
) -> None:
    path = tmp_path / "room.duckdb"
    later = sum(len(UPGRADES[earlier]) for earlier in range(layout, SCHEMA_VERSION))
    with connected(path) as file:
        for statement in SCHEMA[: len(SCHEMA) - later]:
            file.execute(statement)
        file.execute(f"INSERT INTO schema_version VALUES ({layout})")
        file.execute(
            "INSERT INTO workshop (id, code, place, persona, held_on, holder, instrument, "
            "invented, ordinal) VALUES ('w', 'W222', 'Salford', 'Sally', DATE '2026-11-22', "
            "'one person a seat', '{}', false, 0)"
        )
    raw = path.read_bytes()

    hosted.move_in(path)

    with hosted.opened(), reading() as cursor:
        asked = "SELECT code, place.name FROM workshop JOIN place ON place.id = place_id"
        assert cursor.execute(asked).fetchall() == [("W222", "Salford")]
    assert path.read_bytes() == raw


@shared
def test_a_file_that_cannot_be_read_whole_is_refused(tmp_path: Path, hosted: Hosted) -> None:
    path = tmp_path / "room.duckdb"
    with pytest.raises(FileUnusable, match=r"There is no file "):
        hosted.move_in(path)
    path.write_text("a letter")
    with pytest.raises(FileUnusable, match=r"not a whole file.*left as it is"):
        hosted.move_in(path)
    path.unlink()
    with connected(path) as file:
        lay_out(file, path)
        file.execute("UPDATE schema_version SET version = 1000")
    with pytest.raises(FileUnusable, match=r"made by another version"):
        hosted.move_in(path)


@shared
def test_a_file_that_lost_what_its_journal_holds_is_mended_first(
    tmp_path: Path, hosted: Hosted
) -> None:
    path = tmp_path / "room.duckdb"
    with on_laptop(path) as facilitator:
        made(facilitator, "Council", "Trust")
    before = path.read_bytes()
    with on_laptop(path) as facilitator:
        made(facilitator, "Council", "Trust", place="Wigan")
    path.write_bytes(before)

    with pytest.raises(FileUnusable, match=r"lacks what was saved last\. Start the app with it"):
        hosted.move_in(path)

    with on_laptop(path):
        pass
    assert hosted.move_in(path)[0].startswith("Moved in: 2 workshops")


@shared
def test_other_processes_ask_for_everything_anew(tmp_path: Path, hosted: Hosted) -> None:
    path = filled(tmp_path / "room.duckdb")
    asked = threading.Event()
    telling = Telling(hosted.address, Heard(lambda *_: None, asked.set))
    assert asked.wait(10)  # as whenever it begins to listen
    asked.clear()

    hosted.move_in(path)

    assert asked.wait(10)
    telling.end()


def test_on_a_laptop_the_commands_ask_for_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ROOM_DATABASE, raising=False)

    for words in (["move-in", "room.duckdb"], ["move-out", "W222", "out.duckdb"]):
        with pytest.raises(SystemExit, match=r"^Set DISCOVERY_ROOM_DATABASE first"):
            run_command(words)
    for words in (["move-in"], ["move-in", "a", "b"], ["move-out"], ["move-out", "out.duckdb"]):
        with pytest.raises(SystemExit, match=r"^Ask for one of: .*move-in FILE \| .*move-out"):
            run_command(words)


@shared
def test_a_room_moves_by_commands_that_say_what_they_did(
    tmp_path: Path,
    hosted: Hosted,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(ROOM_DATABASE, hosted.address)
    monkeypatch.setenv(ROOM_FILE, str(tmp_path / "room.duckdb"))
    path, out = filled(tmp_path / "laptop.duckdb"), tmp_path / "out.duckdb"

    assert run_command(["move-in", str(path)])
    assert run_command(["move-out", "w222", str(out)])
    assert run_command(["move-in", str(out)])

    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Moved in: 3 workshops, 204 rows."
    assert said[2].startswith(f"Moved out to {out}: ")
    assert said[4:] == [
        "Moved in: 0 workshops, 0 rows.",
        "1 workshop did not change in the file: here as before.",
    ]
    with pytest.raises(SystemExit, match=r"^Nothing was moved in\. Here already: "):
        run_command(["move-in", str(path)])
