"""The open room, and who may write in it: a file by one thread at a time, or a shared database."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from aqua_core.errors import FileUnusable
from aqua_core.store.connecting import CLOSED, Cursor, Heard, Room, Shelf, connected, said_of
from aqua_core.store.facts import forget_everything, share_facts
from aqua_core.store.keeping import copies
from aqua_core.store.keeping.journal import number_of
from aqua_core.store.keeping.mending import Mended, drop_looked, keep_looked, look_and_mend
from aqua_core.store.keeping.restoring import finish_restoring, hold
from aqua_core.store.room_file import RoomFile

# Module level, not a cache of Streamlit's: any browser may send `clear_cache`.
_open: dict[str, Room] = {}


def open_database(path: Path) -> Mended:
    """Open the room's file, or make it. Opening it twice in one process changes nothing.

    A damaged or missing file is first brought back from its copies and its journal, and what was
    damaged is set aside. What is opened is copied.

    Raises:
        FileUnusable: locked by another copy, not writable, foreign, or from another version of
            this app. The file is left as it was.
    """
    if _open:
        return Mended()
    with said_of(path):
        path = copies.where_it_lies(path)
        copies.keep_private(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        lock, folder = hold(path), copies.folder_of(path)
        try:
            folder.mkdir(exist_ok=True)
            finish_restoring(path)
            mended = look_and_mend(path, folder, connected)
            share_facts(shared=False)
            _open["room"] = room = RoomFile(path, lock)
            keep_looked(folder, room.number)
            room.tidy()
        except BaseException:
            if opened := _open.pop("room", None):
                opened.close()
            drop_looked(folder)
            lock.close()
            raise
    return mended._replace(said=" ".join(part for part in (mended.said, room.said) if part))


def open_shared(
    address: str, *, heard: Heard | None = None
) -> Callable[[str, Iterable[str]], None]:
    """Open the room in a database that several processes share, made by `prepare_shared`.

    Args:
        address: `postgresql://...`, or the words of a connection.
        heard: what is called when another process changed something; None where there is none.

    Returns:
        What tells the others that something changed, by a workshop's code and the channels.

    Raises:
        FileUnusable: it does not answer, or has a layout that this version does not know.
    """
    with _packages():
        from aqua_core.store.shared.room import SharedRoom  # a laptop has none of its packages
    _open["room"] = room = SharedRoom(address, heard=heard)
    share_facts(shared=True)
    return room.tell


def prepare_shared(address: str) -> tuple[int, int, str]:
    """Make or upgrade the tables of a shared database; give its layout before and now.

    And the name of an organisation that has begun for what was in it, "" for none.

    Raises:
        FileUnusable: it does not answer, or is none that this version can use.
    """
    with _packages():
        from aqua_core.store.shared.layout import prepare
    return prepare(address)


def invite_shared(address: str, name: str, mark: str) -> bool:
    """Let an administrator's invitation wait, in a shared database that need not be open.

    Args:
        address: of the database.
        name: of the organisation; one that is not there begins.
        mark: the hash of the link.

    Returns:
        Whether the organisation is new.

    Raises:
        FileUnusable: it does not answer, or has a layout that this version does not know.
    """
    with _packages():
        from aqua_core.store.shared.layout import invite
    return invite(address, name, mark)


def close_database() -> None:
    """Close the room; every saved row is in it."""
    if room := _open.pop("room", None):
        room.close()
    forget_everything()


@contextmanager
def reading(code: str = "") -> Iterator[Cursor]:
    """Lend a cursor that sees one consistent state: that of its first statement.

    A cursor a call: shared ones raise.

    It waits for nobody, whatever is written in the workshop with this code. Where organisations
    share a database it sees the one to which the workshop, the gathering or the wall's mark
    belongs; without a code nothing, until a cookie is let in.

    Raises:
        FileUnusable: the room is closed, or its disk failed and it is being opened again.
    """
    with _here().reading(code) as cursor:
        yield cursor


@contextmanager
def writing(code: str = "") -> Iterator[Cursor]:
    """Lend a cursor inside one transaction; it is on disk when the block ends, or undone.

    Args:
        code: of the workshop in which nobody else writes meanwhile; "" for every workshop.

    Raises:
        FileUnusable: the disk refused, or the file was moved; nothing of the block was kept.
    """
    with _here().writing(code) as cursor:
        yield cursor


@contextmanager
def writing_beside(code: str, device: str) -> Iterator[Cursor]:
    """Lend a cursor as `writing` does, for the rows of one seat alone.

    Seats on other devices may write beside it; nothing else of the workshop changes meanwhile.

    Args:
        code: of the workshop.
        device: what tells the seat's device from all others.

    Raises:
        FileUnusable: as for `writing`.
    """
    with _here().writing_beside(code, device) as cursor:
        yield cursor


@contextmanager
def writing_anew(code: str = "") -> Iterator[Cursor]:
    """Lend a cursor as `writing` does, alone; then nothing that it deleted is kept.

    Nor does the order of the rows of the workshop with this code say any more who came when.

    Raises:
        FileUnusable: nothing was kept; or it was, and what is left is done at the next start.
    """
    with _here().writing_anew(code) as cursor:
        yield cursor


def practise(answer: bytes) -> None:
    """Put an answer on the room's disk, read it back and take it away: it is in no table.

    Raises:
        FileUnusable: the disk did not take it, or the room is closed.
    """
    _here().practise(answer)


def alone_in(cursor: Cursor, codes: Sequence[str]) -> None:
    """Let nobody else write in these workshops either, until the writer's transaction is over."""
    _here().alone_in(cursor, codes)


def shelf(what: str) -> Shelf:
    """Give where files of one kind are kept in the open room: beside it, and named after it.

    Raises:
        FileUnusable: the room is closed.
    """
    return _here().shelf(what)


def copied_by_hand() -> tuple[str, ...]:
    """Give the names of the files beside the room's that hold the same room (see `made_by_hand`).

    Raises:
        FileUnusable: the room is closed.
    """
    return _here().copied_by_hand()


def copy_room() -> bool:
    """Copy the open file beside it. Tell whether the disk took it; else the earlier copies stand.

    Raises:
        FileUnusable: the file is closed.
    """
    return _file().copy_anew()


def heal_if_broken() -> None:
    """Open the file again if the engine gave it up; until the disk answers it stays broken."""
    room = _file()
    with room.one_writes:
        if room.broken:
            room.heal()


def journal_has_gap() -> bool:
    """Tell whether the journal lacks a deed that the file holds: only a new copy closes it."""
    return _file().gap


def deeds_so_far() -> int:
    """Give how many deeds the open file holds."""
    return _file().number


def seconds_a_deed() -> float:
    """Give how long one of the last deeds took to reach the disk, the middle one; 0 before any.

    Raises:
        FileUnusable: the file is closed.
    """
    seconds = list(_file().seconds)
    return median(seconds) if seconds else 0.0


def newest_copy() -> int:
    """Give the last deed that a copy of the open file holds; 0 without a copy."""
    return max(map(number_of, copies.copies_in(_file().folder)), default=0)


@contextmanager
def _packages() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as fault:
        raise FileUnusable(
            "The way to PostgreSQL is not installed. Run `pip install -r requirements-hosted.txt`."
        ) from fault


def _here() -> Room:
    found = _open.get("room")
    if found is None:
        raise FileUnusable(CLOSED)
    return found


def _file() -> RoomFile:
    found = _here()
    assert isinstance(found, RoomFile), "what a file alone has is asked of a file alone"
    return found
