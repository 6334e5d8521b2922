"""Whatever stands where the room's file and its copies are kept, the app says a sentence."""

import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from aqua_core.errors import FileUnusable
from aqua_core.store.database import close_database, copy_room, open_database, writing_anew
from aqua_core.store.keeping.copies import copies_in, folder_of, made_by_hand
from aqua_core.store.keeping.restoring import copies_of, restore
from pages._server.pressed import ROOM_FILE, run_command
from tests.kit.noted import keep, kept

pytestmark = pytest.mark.file

NOBODY = 65_534


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Path]:
    """A room's file, closed, with two copies."""
    path = tmp_path / "laptop" / "room.duckdb"
    open_database(path)
    keep("a", "PLANTED")
    copy_room()
    close_database()
    yield path
    close_database()


def no_copies(path: Path) -> None:
    shutil.rmtree(folder_of(path))


def empty_copies(path: Path) -> None:
    no_copies(path)
    folder_of(path).mkdir()


def a_file_for_copies(path: Path) -> None:
    no_copies(path)
    folder_of(path).write_text("not a folder")


def nothing_at_all(path: Path) -> None:
    shutil.rmtree(path.parent)


def no_room(path: Path) -> None:
    path.unlink()


def a_folder_for_the_room(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_file_for_the_folder(path: Path) -> None:
    nothing_at_all(path)
    path.parent.write_text("not a folder")


def a_link_to_nothing(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.parent / "gone" / "room.duckdb")


def a_folder_for_a_copy(path: Path) -> None:
    newest, *_ = copies_in(folder_of(path))
    newest.unlink()
    newest.mkdir()


def unreadable(path: Path) -> None:
    folder_of(path).chmod(0)


def read_only(path: Path) -> None:
    for folder in (folder_of(path), path.parent):
        folder.chmod(0o500)


STATES = (
    *(no_copies, empty_copies, a_file_for_copies, nothing_at_all, no_room),
    *(a_folder_for_the_room, a_file_for_the_folder, a_link_to_nothing, a_folder_for_a_copy),
    *(unreadable, read_only),
)
COMMANDS = (["copies"], ["restore", "2"], ["restore", "nothing.duckdb"], ["restore", "."], ["?"])
# Each state and each command at every run; all pairs of them when long.
PAIRS = [
    pytest.param(words, state, marks=() if (at - where) % 3 == 0 else pytest.mark.long)
    for at, words in enumerate(COMMANDS)
    for where, state in enumerate(STATES)
]


@pytest.mark.parametrize(("words", "state"), PAIRS)
def test_every_command_ends_with_a_sentence(
    room: Path,
    state: Callable[[Path], None],
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(ROOM_FILE, str(room))
    state(room)

    try:
        as_nobody(room, lambda: run_command(words))
        said = capsys.readouterr().out
    except SystemExit as ended:
        said = str(ended.code)

    assert is_a_sentence(said), said


@pytest.mark.parametrize("state", STATES)
def test_a_start_opens_the_room_or_says_a_sentence(
    room: Path, state: Callable[[Path], None]
) -> None:
    state(room)

    try:
        as_nobody(room, lambda: open_database(room))
        said = f"{room.name} is open."
    except FileUnusable as refusal:
        said = str(refusal)

    assert is_a_sentence(said), said


def as_nobody(room: Path, deed: Callable[[], object]) -> None:
    """Do something as an account that may not do everything, as the tests may where root runs."""
    if os.name == "nt" or os.geteuid():
        deed()
        return
    for entry in (room.parent, *room.parent.rglob("*")):
        if entry.exists():
            os.chown(entry, NOBODY, -1)
    for folder in room.parents[1:4]:
        folder.chmod(folder.stat().st_mode | 0o011)
    os.seteuid(NOBODY)
    try:
        deed()
    finally:
        os.seteuid(0)


def is_a_sentence(said: str) -> bool:
    """Tell whether it is our own words, and no text of the engine or the disk."""
    foreign = re.search(r"Errno|Error:|Traceback|No such file", said)
    ends = (".", "restore COPY", ".duckdb")
    return foreign is None and said.rstrip().endswith(ends)


@pytest.mark.slow
def test_the_same_copy_is_restored_twice(room: Path) -> None:
    number = copies_of(room)[0].number
    first = restore(room, copies_of(room)[0].path)
    assert copies_of(room) == ()

    restore(room, first / f"{number:012}.duckdb")

    assert open_database(room).said == ""
    assert kept() == {"a", "PLANTED"}


@pytest.mark.skipif(os.name == "nt", reason="a user's folders are closed to others there")
def test_no_other_account_of_the_laptop_reads_anything(room: Path) -> None:
    for file in (room, *folder_of(room).iterdir()):
        file.chmod(0o644)
    folder_of(room).chmod(0o755)

    open_database(room)
    keep("b")
    copy_room()
    keep("c")

    held = list(room.parent.rglob("*"))
    assert {file.suffix for file in held} >= {".duckdb", ".wal", ".lock", ".journal"}
    open_to_others = {
        file.name: oct(file.stat().st_mode) for file in held if file.stat().st_mode & 0o077
    }
    assert open_to_others == {}
    assert stat.S_IMODE(folder_of(room).stat().st_mode) == 0o700


def erase_planted() -> None:
    with writing_anew() as cursor:
        cursor.execute("DELETE FROM note WHERE heard = 'PLANTED'")


def found_in(folder: Path) -> list[str]:
    """Give the files in a folder, links followed, that hold what was erased."""
    held = (file for file in folder.rglob("*") if file.is_file())
    return sorted(file.name for file in held if b"PLANTED" in file.read_bytes())


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("folder", [".", "elsewhere"])
def test_erasing_finds_copies_that_were_made_beside_a_link(
    room: Path, folder: str, own: bool
) -> None:
    link = room.parent / folder / "link.duckdb"
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(room)
    shutil.copytree(folder_of(room), folder_of(link))  # as an earlier version made them
    if not own:
        no_copies(room)

    open_database(link)
    erase_planted()
    close_database()

    assert found_in(room.parent) == []
    assert kept_in(room) == {"a"}


def test_erasing_finds_the_copies_under_a_former_name(room: Path) -> None:
    renamed = room.with_name("salford.duckdb")
    room.rename(renamed)
    other = room.with_name("other-copies")
    other.mkdir()
    (other / "whose").write_text("another room")
    (other / "000000000001.duckdb").write_text("theirs")

    open_database(renamed)
    erase_planted()
    close_database()

    assert found_in(room.parent) == []
    assert (other / "000000000001.duckdb").exists()


def test_a_start_that_is_refused_leaves_no_copy(room: Path) -> None:
    with duckdb.connect(str(room)) as connection:
        connection.execute("UPDATE schema_version SET version = 999")
    before = sorted(folder_of(room).iterdir())

    with pytest.raises(FileUnusable, match="another version"):
        open_database(room)

    assert sorted(folder_of(room).iterdir()) == before


def test_a_copy_made_by_hand_is_named_and_left_alone(room: Path) -> None:
    by_hand = room.with_name("room (1).duckdb")
    shutil.copyfile(room, by_hand)
    duckdb.connect(str(room.with_name("foreign.duckdb"))).close()

    open_database(room)
    erase_planted()

    assert made_by_hand(room) == (by_hand.name,)
    assert found_in(room.parent) == [by_hand.name]


def kept_in(path: Path) -> set[str]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return {heard for (heard,) in connection.execute("SELECT heard FROM note").fetchall()}
