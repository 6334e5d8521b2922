"""What was called saved is there at the next start, whatever happened to the file."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from aqua_core.errors import DiskAlmostFull, FileUnusable
from aqua_core.store import database
from aqua_core.store.connecting import Written
from aqua_core.store.database import (
    close_database,
    copy_room,
    deeds_so_far,
    heal_if_broken,
    open_database,
    reading,
)
from aqua_core.store.keeping import keeper, restoring
from aqua_core.store.keeping import keeper as space
from aqua_core.store.keeping.copies import KEPT, copies_in, folder_of
from aqua_core.store.keeping.journal import Deed, deed_in, deeds_in, journals_in, line_of
from aqua_core.store.keeping.restoring import copies_of, restore
from aqua_core.store.schema import SCHEMA_VERSION
from aqua_core.workshop import opening
from aqua_core.workshop.admitting import Caller, may_facilitate
from aqua_core.workshop.opening import close_room, open_room, said_at_start, said_of_disk
from aqua_core.workshop.reading import room_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import my_ballot, submit_score
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in, sign_out
from tests.kit.notation import ALL, made, seated
from tests.kit.noted import keep, kept
from tests.kit.serving import ROOT, Server, serving

pytestmark = pytest.mark.file

VALUE = st.none() | st.booleans() | st.integers(-9, 9) | st.text() | st.binary() | st.dates()
DEED = st.builds(
    Deed,
    st.integers(1, 10**9),
    st.lists(
        st.builds(
            Written,
            st.text(),
            st.lists(st.lists(VALUE | st.lists(st.text(), max_size=2), max_size=3), max_size=3),
        ),
        max_size=3,
    ).map(tuple),
)


def keep_eight(path: Path) -> None:
    open_database(path)
    keep("a", "b", "c", "d")
    close_database()
    open_database(path)
    keep("e", "f", "g", "h")


def score_once(path: Path) -> None:
    open_database(path)
    caller = Caller(facilitator=sign_in(new_sign_in_link()))
    workshop = made(caller, "Council", "Trust")
    seat = seated(workshop, workshop.teams[0].name)
    open_scoring(caller, workshop.code, ALL)
    submit_score(seat, workshop.code, ALL[0], 4)
    print(json.dumps([caller.facilitator, workshop.code, seat.seat]), flush=True)


def in_a_room_that_is_killed(deed: str, path: Path) -> bytes:
    """Do one of the two above in a process that ends without closing; give what it said."""
    script = (
        "import os, sys; from pathlib import Path; from tests.store import test_keeping as room\n"
        "getattr(room, sys.argv[1])(Path(sys.argv[2])); os._exit(9)\n"
    )
    words = [sys.executable, "-c", script, deed, str(path)]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == 9, ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def killed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A room that was killed: four things in its blocks and a copy, four in its log and journal."""
    path = tmp_path_factory.mktemp("killed") / "room.duckdb"
    in_a_room_that_is_killed("keep_eight", path)
    return path


@pytest.fixture
def killed(killed_once: Path, tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(killed_once.parent, tmp_path / "killed")
    yield tmp_path / "killed" / killed_once.name
    close_database()


@given(DEED)
def test_a_deed_comes_back_from_its_line_as_it_was(deed: Deed) -> None:
    line = line_of(deed)

    assert line.count(b"\n") == 1
    assert deed_in(line) == deed


@given(DEED, st.data())
def test_a_torn_or_damaged_line_counts_for_nothing(deed: Deed, data: st.DataObject) -> None:
    line = bytearray(line_of(deed))
    at = data.draw(st.integers(0, len(line) - 2))
    torn, flipped = bytes(line[:at]), line
    flipped[at] ^= 1 << data.draw(st.integers(0, 7))

    assert deed_in(torn) is None
    assert deed_in(bytes(flipped)) is None


def test_a_room_that_was_killed_opens_whole_and_has_nothing_to_say(killed: Path) -> None:
    mended = open_database(killed)

    assert mended.said == ""
    assert kept() == set("abcdefgh")
    assert deeds_so_far() == 8


def cut_log(path: Path) -> None:
    log = path.with_name(f"{path.name}.wal")
    os.truncate(log, log.stat().st_size - 40)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 16
    path.write_bytes(content)


DAMAGES = {
    "the log deleted": lambda path: path.with_name(f"{path.name}.wal").unlink(),
    "the log cut short": cut_log,
    "the log emptied": lambda path: path.with_name(f"{path.name}.wal").write_bytes(b""),
    "the database deleted": lambda path: path.unlink(),
    "the database emptied": lambda path: path.write_bytes(b""),
    "a bit of the database flipped": flip,
    "a spreadsheet in its place": lambda path: path.write_bytes(b"PK\x03\x04" + bytes(5000)),
}


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_file_says_so_and_comes_back_whole(killed: Path, how: str) -> None:
    DAMAGES[how](killed)
    damaged = killed.read_bytes() if killed.exists() else b""

    mended = open_database(killed)

    assert "Everything that was saved was brought back." in mended.said
    assert kept() == set("abcdefgh")
    if damaged:
        assert (folder_of(killed) / mended.set_aside).read_bytes() == damaged
    keep("i")
    close_database()
    assert open_database(killed).said == ""
    assert kept() == set("abcdefghi")


def test_what_cannot_be_brought_back_is_counted(killed: Path) -> None:
    for journal in journals_in(folder_of(killed)):
        journal.unlink()
    copies = copies_in(folder_of(killed))
    newest = copies[0].with_name("000000000007.duckdb")
    shutil.copyfile(copies[0], newest)  # its name promises seven, it holds four
    killed.with_name(f"{killed.name}.wal").unlink()

    mended = open_database(killed)

    assert "the last of it (3 things)" in mended.said
    assert kept() == set("abcd")


def test_a_lost_file_whose_copies_are_lost_says_what_to_do(killed: Path) -> None:
    killed.unlink()
    killed.with_name(f"{killed.name}.wal").unlink()
    for file in [*copies_in(folder_of(killed)), *journals_in(folder_of(killed))]:
        file.write_bytes(b"hello")

    with pytest.raises(FileUnusable, match="Move the folder room-copies away"):
        open_database(killed)


def test_five_copies_are_kept_and_the_journal_of_what_follows_the_oldest(room_file: Path) -> None:
    for number in range(9):
        keep(str(number))
        assert copy_room()

    folder = folder_of(room_file)
    numbers = [int(copy.stem) for copy in copies_in(folder)]
    assert numbers == [9, 8, 7, 6, 5]
    assert len(numbers) == KEPT
    assert set(deeds_in(folder)) >= {6, 7, 8, 9}
    assert min(deeds_in(folder)) > 3


def test_an_older_copy_and_the_journal_bring_everything_back(room_file: Path) -> None:
    for number in range(4):
        keep(str(number))
        copy_room()
    keep("last")
    close_database()
    room_file.write_bytes(b"gone")
    for copy in copies_in(folder_of(room_file))[:-1]:
        copy.write_bytes(b"gone as well")

    assert "brought back" in open_database(room_file).said
    assert kept() == {"0", "1", "2", "3", "last"}


@pytest.mark.slow
def test_a_copy_is_made_while_others_read_and_write(room_file: Path) -> None:
    ended, seen = threading.Event(), list[int]()

    def read() -> None:
        while not ended.is_set():
            seen.append(len(kept()))

    readers = [threading.Thread(target=read) for _ in range(3)]
    copier = threading.Thread(target=lambda: [copy_room() for _ in range(6)])
    for thread in [*readers, copier]:
        thread.start()
    keep(*map(str, range(60)))
    copier.join()
    ended.set()
    for thread in readers:
        thread.join()

    assert len(kept()) == deeds_so_far() == 60
    assert seen
    for copy in copies_of(room_file):
        with duckdb.connect(str(copy.path), read_only=True) as held:
            (rows,) = held.execute("SELECT count(*) FROM note").fetchone() or (None,)
        assert rows == copy.number


def test_a_file_that_is_deleted_while_the_room_works_says_so_and_comes_back(
    room_file: Path,
) -> None:
    keep("before")
    room_file.unlink()

    with pytest.raises(FileUnusable, match="moved or deleted"):
        keep("after")
    assert kept() == {"before"}

    close_database()
    assert "was missing" in open_database(room_file).said
    assert kept() == {"before"}


@pytest.mark.long
def test_a_seat_finds_its_answers_and_the_room_its_stage_after_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "room.duckdb"
    secret, code, seat = json.loads(in_a_room_that_is_killed("score_once", path))
    path.with_name("room.duckdb.wal").write_bytes(b"")

    open_database(path)
    try:
        assert my_ballot(Caller(seat=seat), code).answers == {ALL[0]: 4}
        assert room_now(Caller(facilitator=secret), code).answers == 1
    finally:
        close_database()


@pytest.mark.slow
def test_a_copy_is_restored_and_what_was_there_is_kept_beside_it(room_file: Path) -> None:
    keep("early")
    copy_room()
    keep("late")
    with pytest.raises(FileUnusable, match="open in another window"):
        subprocess_restore(room_file)
    close_database()

    oldest = next(copy for copy in copies_of(room_file) if copy.number == 1)
    before = restore(room_file, oldest.path)

    assert open_database(room_file).said == ""
    assert kept() == {"early"}
    close_database()
    assert {path.name for path in before.iterdir()} >= {"room.duckdb"}
    with duckdb.connect(str(before / "room.duckdb")) as former:
        assert former.execute("SELECT count(*) FROM note").fetchone() == (2,)


def subprocess_restore(path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "app.py", "restore", "1"],
        cwd=ROOT,
        env=os.environ | {"DISCOVERY_ROOM_FILE": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in ended.stderr
    assert ended.returncode == 1
    raise FileUnusable(ended.stderr)


def theirs(path: Path) -> None:
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE patients (name varchar)")


def newer(path: Path) -> None:
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE schema_version (version integer)")
        other.execute("INSERT INTO schema_version VALUES ($1)", [SCHEMA_VERSION + 1])


NOT_ROOMS = {
    "sqlite": (lambda path: path.write_bytes(b"SQLite format 3\x00" + bytes(4096)), "not a whole"),
    "a list": (lambda path: path.write_text("a,b\n1,2\n"), "not a whole"),
    "a zip": (lambda path: path.write_bytes(b"PK\x03\x04" + os.urandom(3000)), "not a whole"),
    "nothing": (lambda path: None, "not a whole"),
    "somebody else's": (theirs, "not a whole"),
    "a newer one": (newer, "another version"),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", NOT_ROOMS)
def test_a_file_that_is_no_room_is_not_restored_and_the_room_is_untouched(
    room_file: Path, tmp_path: Path, what: str
) -> None:
    keep("ours")
    close_database()
    make, sentence = NOT_ROOMS[what]
    source = tmp_path / "source.duckdb"
    make(source)

    with pytest.raises(FileUnusable, match=sentence):
        restore(room_file, source)

    assert open_database(room_file).said == ""
    assert kept() == {"ours"}


@pytest.mark.slow
def test_the_keeper_copies_a_room_that_changed_and_soon_after_a_reveal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "AFTER_A_REVEAL", 0.0)
    monkeypatch.setattr(keeper, "_LOOKS", 0.02)
    path = tmp_path / "room.duckdb"
    open_room(path)
    try:
        caller = Caller(facilitator=sign_in(new_sign_in_link()))
        workshop = made(caller, "Council", "Trust")
        open_scoring(caller, workshop.code, ALL)
        time.sleep(0.1)
        assert not copies_of(path)

        reveal(caller, workshop.code)

        deadline = time.monotonic() + 5
        while not copies_of(path) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert copies_of(path)[0].number == deeds_so_far()
    finally:
        close_room()


def test_the_keeper_closes_a_gap_though_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "_LOOKS", 0.02)
    open_room(tmp_path / "room.duckdb")
    try:
        keep("a")
        assert copy_room()
        close_room()
        open_room(tmp_path / "room.duckdb")
        for copy in copies_of(tmp_path / "room.duckdb"):
            copy.path.unlink()
        database._here().gap = True

        deadline = time.monotonic() + 8
        while not copies_of(tmp_path / "room.duckdb") and time.monotonic() < deadline:
            time.sleep(0.02)
        assert copies_of(tmp_path / "room.duckdb")
    finally:
        close_room()


def test_scoring_does_not_open_on_a_disk_that_is_almost_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_room(tmp_path / "room.duckdb")
    try:
        caller = Caller(facilitator=sign_in(new_sign_in_link()))
        workshop = made(caller, "Council", "Trust")
        monkeypatch.setattr(space, "free_megabytes", lambda path: 132)

        with pytest.raises(DiskAlmostFull, match="Only 132 MB are free"):
            open_scoring(caller, workshop.code, ALL)
    finally:
        close_room()


def test_a_slow_disk_is_said_and_a_quick_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_room(tmp_path / "room.duckdb")
    try:
        keep("a", "b", "c")
        monkeypatch.setattr(opening, "SLOW", 60.0)
        assert said_of_disk() == ""

        room = database._here()
        room._writer = SlowDisk(room._writer)
        keep(*"abcdefg")
        monkeypatch.setattr(opening, "SLOW", 0.1)

        assert "it takes 0.1 s to save one answer" in said_of_disk()
    finally:
        close_room()


class SlowDisk:
    """A connection whose disk takes 120 ms to keep anything."""

    def __init__(self, writer: duckdb.DuckDBPyConnection) -> None:
        self.writer = writer

    def execute(self, sql: str, *more: object) -> object:
        if sql == "COMMIT":
            time.sleep(0.12)
        return self.writer.execute(sql, *more)

    def __getattr__(self, name: str) -> object:
        return getattr(self.writer, name)


def test_a_copy_leaves_no_long_log_to_be_read_at_the_next_start(room_file: Path) -> None:
    log = room_file.with_name(f"{room_file.name}.wal")
    keep(*map(str, range(50)))
    before = log.stat().st_size

    copy_room()

    assert before > 5_000
    assert not log.exists() or log.stat().st_size < before / 10


def test_a_synchronised_folder_is_pointed_out(tmp_path: Path) -> None:
    open_room(tmp_path / "OneDrive - NHS" / "room.duckdb")
    close_room()

    assert "own disk" in " ".join(said_at_start())


def test_who_was_signed_out_is_not_signed_in_again_by_an_older_copy(
    room_file: Path, facilitator: Caller
) -> None:
    copy_room()
    sign_out(facilitator)
    close_database()

    restore(room_file, copies_of(room_file)[0].path)

    open_database(room_file)
    assert not may_facilitate(facilitator)


def test_a_refused_restoring_leaves_no_copy_behind(
    room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep("a")
    copy_room()
    close_database()
    monkeypatch.setattr(restoring, "_make_way", refused)

    with pytest.raises(FileUnusable):
        restore(room_file, copies_of(room_file)[0].path)

    assert not list(room_file.parent.glob("*restoring*"))
    assert open_database(room_file).said == ""


def test_a_room_is_not_begun_anew_where_its_file_is_gone(
    room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep("a", "b")
    room = database._here()
    room.broken = True
    room_file.unlink()
    heal_if_broken()

    assert room.broken
    assert not room_file.exists()
    with pytest.raises(FileUnusable, match="moved or deleted"):
        keep("c")
    close_database()
    assert "brought back" in open_database(room_file).said
    assert kept() == {"a", "b"}


def test_a_file_that_comes_back_short_stays_away_however_often_it_is_asked(
    room_file: Path,
) -> None:
    keep("a")
    copy_room()
    keep("b")
    room = database._here()
    room.broken = True
    older = room_file.with_name("older")
    shutil.copyfile(copies_of(room_file)[0].path, older)
    older.replace(room_file)
    room_file.with_name(f"{room_file.name}.wal").unlink(missing_ok=True)

    for _ in range(3):
        heal_if_broken()
        assert room.broken
        with pytest.raises(FileUnusable):
            keep("c")

    close_database()
    assert "Everything that was saved was brought back" in open_database(room_file).said
    assert kept() == {"a", "b"}


def test_what_others_leave_among_the_copies_is_not_ours(room_file: Path) -> None:
    keep("a")
    copy_room()
    folder = folder_of(room_file)
    (folder / "x.journal").write_bytes(b"sync conflict")
    (folder / "20261122.duckdb").write_bytes(b"mine")
    (folder / "a folder").mkdir()
    close_database()

    assert open_database(room_file).said == ""
    assert copy_room()


def test_a_file_that_another_program_holds_is_told_from_a_foreign_one(room_file: Path) -> None:
    keep("a")
    close_database()
    script = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    words = [sys.executable, "-c", script, str(room_file)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        with pytest.raises(FileUnusable, match=r"open in another program. Close it there"):
            open_database(room_file)
        holder.communicate(b"\n")


def refused(_: Path) -> Path:
    raise PermissionError(13, "Permission denied")


def test_a_day_survives_the_journal() -> None:
    deed = Deed(1, (Written("x", [[date(2026, 11, 22), b"\x00\xff", ["a", "b"]]]),))

    assert deed_in(line_of(deed)) == deed


def test_a_room_carried_from_another_laptop_is_not_taken_for_damage(
    room_file: Path, tmp_path: Path
) -> None:
    keep("here", "and here")
    copy_room()
    close_database()
    other = tmp_path / "other" / "room.duckdb"
    open_database(other)
    keep("there")
    close_database()
    shutil.copyfile(other, room_file)

    mended = open_database(room_file)

    assert "another room than at the last start" in mended.said
    assert kept() == {"there"}
    keep("more")
    close_database()
    room_file.write_bytes(b"damaged")
    assert "Everything that was saved was brought back" in open_database(room_file).said
    assert kept() == {"there", "more"}
    (former,) = room_file.parent.glob("room-copies-of-another-*")
    assert copies_in(former)


def test_what_was_lost_is_said_once(killed: Path) -> None:
    for journal in journals_in(folder_of(killed)):
        journal.write_bytes(journal.read_bytes()[:-20])
    killed.with_name(f"{killed.name}.wal").unlink()

    first = open_database(killed).said
    keep("later")
    close_database()

    assert "brought back" in first
    assert kept_of(killed) == {*"abcdefg", "later"}
    assert open_database(killed).said == ""


def kept_of(path: Path) -> set[str]:
    with duckdb.connect(str(path), read_only=True) as held:
        return {name for (name,) in held.execute("SELECT heard FROM note").fetchall()}


def test_a_file_beside_the_room_that_is_not_ours_is_left_alone(killed: Path) -> None:
    own = killed.with_name("room.duckdb.bak")
    own.write_bytes(b"mine")
    killed.write_bytes(b"damaged")

    assert "brought back" in open_database(killed).said
    assert own.read_bytes() == b"mine"


@pytest.mark.long
def test_a_second_start_and_a_stopped_one_end_with_a_sentence(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        link = requests.get(server.link(), allow_redirects=False, timeout=10)
        assert link.status_code == 303
        began = time.monotonic()
        second = subprocess.run(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env=os.environ
            | {
                "DISCOVERY_ROOM_FILE": str(server.room_file),
                "DISCOVERY_ROOM_BROWSER": "no",
                "DISCOVERY_ROOM_PORT": str(Server(server.room_file, server.log).port),
            },
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

        print(f"the second start ended after {time.monotonic() - began:.1f} s")
        assert second.returncode == 1
        assert "is open in another window of Discovery Room (process" in second.stdout
        assert "Traceback" not in second.stdout + second.stderr
        assert server.process
        with socket.create_connection(("localhost", server.port)) as half:
            half.sendall(
                b"POST /vote/ZZZZ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"
            )
            server.process.send_signal(signal.SIGINT)
            assert server.process.wait(10) == 0
        assert server.printed().endswith("everything is where it was.\n")
        assert "Traceback" not in server.printed()
    with opened(server.room_file), reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM facilitator").fetchone() == (1,)


@contextmanager
def opened(path: Path) -> Iterator[None]:
    assert open_database(path).said == ""
    try:
        yield
    finally:
        close_database()


def test_a_deed_of_every_kind_of_value_is_read_from_its_line_as_it_was() -> None:
    values = [
        *("Council", 3, None, True, b"\x00key", ["a", "b"]),
        *(date(2026, 11, 22), datetime(2026, 11, 22, 15, 42, 36, 450831)),
    ]
    deed = Deed(1, (Written("INSERT INTO any VALUES ($1)", [values]),))

    assert deed_in(line_of(deed)) == deed
