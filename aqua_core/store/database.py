"""The one connection to the room's file: opened once, written by one thread at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Final

import duckdb

from aqua_core.errors import FileUnusable
from aqua_core.store.connecting import CLOSED, NOT_SAVED, Cursor, connected, said_of
from aqua_core.store.facts import changes_are_undone, changes_stand, forget_everything
from aqua_core.store.keeping import copies
from aqua_core.store.keeping.journal import number_of
from aqua_core.store.keeping.mending import Mended, drop_looked, keep_looked, look_and_mend
from aqua_core.store.keeping.restoring import finish_restoring, hold
from aqua_core.store.room_file import RoomFile

# Module level, not a cache of Streamlit's: any browser may send `clear_cache`.
_open: dict[str, RoomFile] = {}

# Writers queue: 30 threads lost 98 of 720 saves without this lock, none with it.
_writing: Final = threading.Lock()


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


def close_database() -> None:
    """Close the room's file; every saved row is in it."""
    with _writing:
        if room := _open.pop("room", None):
            room.close()
        forget_everything()


@contextmanager
def reading() -> Iterator[Cursor]:
    """Lend a cursor that sees one consistent state: that of its first statement.

    A cursor a call: shared ones raise.

    Raises:
        FileUnusable: the file is closed, or the disk failed and it is being opened again.
    """
    with _here().reading() as cursor:
        yield cursor


@contextmanager
def writing() -> Iterator[Cursor]:
    """Lend a cursor inside one transaction; it is on disk when the block ends, or undone.

    Raises:
        FileUnusable: the disk refused, or the file was moved; nothing of the block was kept.
    """
    with _writing, _deed(_here()) as cursor:
        yield cursor


@contextmanager
def writing_anew() -> Iterator[Cursor]:
    """Lend a cursor as `writing` does; then nothing that it deleted is left in any file.

    Every copy and journal is dropped, a fresh copy is made, and all facts are read again. Nobody
    writes in between: 20 votes that waited were once saved into a workshop that was gone.

    Raises:
        FileUnusable: nothing was kept; or it was, and the fresh file is written at the next start.
    """
    with _writing:
        room = _here()
        with copies.promised(room.path), _deed(room) as cursor:
            yield cursor
        room.write_anew(forget_everything)
    copy_room()


def beside_room(what: str) -> Path:
    """Give where a folder of the open file lies, beside it and named after it; it may not be there.

    Raises:
        FileUnusable: the file is closed.
    """
    path = _here().path
    return path.with_name(f"{path.stem}-{what}")


def copied_by_hand() -> tuple[str, ...]:
    """Give the names of the files beside the room's that hold the same room (see `made_by_hand`).

    Raises:
        FileUnusable: the file is closed.
    """
    return copies.made_by_hand(_here().path)


@contextmanager
def _deed(room: RoomFile) -> Iterator[Cursor]:
    deed = room.begin()
    try:
        yield deed
        room.commit(deed)
        changes_stand()
    except BaseException as fault:
        changes_are_undone()
        room.undo(fault)
        if isinstance(
            fault, duckdb.OperationalError | duckdb.IntegrityError | duckdb.FatalException
        ):
            raise FileUnusable(NOT_SAVED) from fault
        raise


def copy_room() -> bool:
    """Copy the open file beside it. Tell whether the disk took it; else the earlier copies stand.

    Raises:
        FileUnusable: the file is closed.
    """
    with _writing:
        room = _here()
        room.begin_journal()
        room.tidy()
    try:
        room.copy()
    except (OSError, duckdb.Error):
        room.gap = True  # the journal that was begun follows no copy: the keeper tries again
        return False
    return True


def heal_if_broken() -> None:
    """Open the file again if the engine gave it up; until the disk answers it stays broken."""
    with _writing:
        room = _here()
        if room.broken:
            room.heal()


def journal_has_gap() -> bool:
    """Tell whether the journal lacks a deed that the file holds: only a new copy closes it."""
    return _here().gap


def deeds_so_far() -> int:
    """Give how many deeds the open file holds."""
    return _here().number


def seconds_a_deed() -> float:
    """Give how long one of the last deeds took to reach the disk, the middle one; 0 before any.

    Raises:
        FileUnusable: the file is closed.
    """
    seconds = list(_here().seconds)
    return median(seconds) if seconds else 0.0


def newest_copy() -> int:
    """Give the last deed that a copy of the open file holds; 0 without a copy."""
    return max(map(number_of, copies.copies_in(_here().folder)), default=0)


def _here() -> RoomFile:
    found = _open.get("room")
    if found is None:
        raise FileUnusable(CLOSED)
    return found
