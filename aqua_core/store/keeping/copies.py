"""Copies of the room's file: at each start, each reveal and each five minutes; five are kept."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb

from aqua_core.errors import FileUnusable
from aqua_core.store.connecting import Cursor
from aqua_core.store.keeping.journal import drop_journals_before, number_of, numbered_in
from aqua_core.store.schema import tables_of

KEPT: Final = 5
_SUFFIX: Final = ".duckdb"
_MAKING: Final = "making"
_OTHERS: Final = 0o077  # what other accounts of the laptop may do: nothing


def folder_of(path: Path) -> Path:
    """Give the folder beside a room's file that holds its copies and journals."""
    return path.with_name(f"{path.stem}-copies")


def former_of(path: Path) -> list[Path]:
    """Give the folders that restoring a copy left, each with the file that was there before."""
    start = f"{folder_of(path).name}-before-"
    beside = path.parent.iterdir() if path.parent.is_dir() else ()
    return [entry for entry in beside if entry.name.startswith(start)]


def keep_private(path: Path) -> None:
    """Let no other account of this laptop read the room's file, its copies or what is made later.

    The folder of the file is left as it is: it may hold what others use. So is Windows, where a
    user's folders are closed to others.

    Raises:
        OSError: the disk refused.
    """
    if os.name == "nt":
        return
    os.umask(_OTHERS)
    folders = [folder for folder in (folder_of(path), *former_of(path)) if folder.is_dir()]
    held = [entry for folder in folders for entry in folder.rglob("*")]
    for file in (path, path.with_suffix(".lock"), *logs_of(path), *folders, *held):
        if file.exists() and not file.is_symlink() and file.stat().st_mode & _OTHERS:
            with suppress(OSError):  # another account's file, or a disk without accounts
                file.chmod(file.stat().st_mode & ~_OTHERS)


def where_it_lies(path: Path) -> Path:
    """Give where a room's file lies itself, links followed; its copies lie beside it.

    Copies that an earlier version made beside a link are moved there: it mends from them, and
    erasing finds them.

    Raises:
        OSError: the disk refused.
        FileUnusable: the engine cannot open a path with a mark that is in this one.
    """
    link, path = path.absolute(), path.resolve()
    _check_marks(path)
    here, there = folder_of(link), folder_of(path)
    if link != path and here.is_dir() and here != there:
        for folder in former_of(link):
            shutil.move(folder, path.with_name(folder.name.replace(here.name, there.name, 1)))
        # Beside copies of its own they are no longer needed, and go when those do.
        stands = there.exists()
        shutil.move(here, there.with_name(f"{there.name}-before-linked") if stands else there)
    return path


def _check_marks(path: Path) -> None:
    # It writes its log beside the part of the path before a "?", and takes "\\" for a folder's end.
    for mark in "?" if os.sep == "\\" else "?\\":
        if mark in str(path):
            raise FileUnusable(
                f"The path {path} holds “{mark}”, and no room's file can be kept with it. Rename "
                "that folder or file, or let DISCOVERY_ROOM_FILE name another place."
            )


def copies_in(folder: Path) -> list[Path]:
    """Give the copies in a folder, the newest first."""
    return sorted(numbered_in(folder, _SUFFIX), key=number_of, reverse=True)


def make_copy(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Copy the open file as it stands, while others go on writing. Give its last deed's number.

    Raises:
        OSError, duckdb.Error: the disk refused; the earlier copies are as they were.
    """
    making = folder / f"{_MAKING}{_SUFFIX}"
    remove(making)
    cursor = connection.cursor()
    try:
        number = _copied(cursor, making)
    finally:
        cursor.close()
    keep_as_copy(making, folder, number)
    return number


def keep_as_copy(path: Path, folder: Path, number: int) -> None:
    """Make a closed file the copy with this number, and let go of the oldest."""
    path.replace(folder / f"{number:012}{_SUFFIX}")
    copies = copies_in(folder)
    for old in copies[KEPT:]:
        old.unlink()
    drop_journals_before(folder, number_of(copies[:KEPT][-1]))


def remove(path: Path) -> None:
    """Remove a database that is not open, and what the engine keeps beside it."""
    for file in (path, *logs_of(path)):
        file.unlink(missing_ok=True)


def put_in_place(fresh: Path, path: Path) -> None:
    """Make a whole, closed file the one at `path`; logs of the former one go first."""
    for log in logs_of(path):
        log.unlink()
    fresh.replace(path)


def copy_with_logs(path: Path, to: Path) -> None:
    """Copy the bytes of a database that is not open, and of what the engine keeps beside it."""
    for file in (path, *logs_of(path)):
        shutil.copyfile(file, to.with_name(file.name.replace(path.name, to.name)))


def logs_of(path: Path) -> list[Path]:
    """Give what the engine keeps beside a database: the commits that are not yet in it."""
    beside = path.parent.iterdir() if path.parent.exists() else ()
    return sorted(
        entry
        for entry in beside
        if entry.name.startswith(f"{path.name}.") and "wal" in entry.name.removeprefix(path.name)
    )


@contextmanager
def attached(cursor: duckdb.DuckDBPyConnection, path: Path, name: str) -> Iterator[str]:
    """Attach a fresh database under a name; lend the name of the open one."""
    cursor.execute(f"DETACH DATABASE IF EXISTS {name}")
    cursor.execute(f"ATTACH {_quoted(path)} AS {name} (STORAGE_VERSION 'v1.5.0')")
    try:
        yield _named(cursor)
    finally:
        # What the disk refused cannot always be let go of; the next one tries again.
        with suppress(duckdb.Error):
            cursor.execute(f"DETACH {name}")


def _copied(cursor: duckdb.DuckDBPyConnection, making: Path) -> int:
    with attached(cursor, making, "making") as name:
        cursor.execute(f'COPY FROM DATABASE "{name}" TO making')
        found = cursor.execute("SELECT number FROM making.deed").fetchone()
    return int(found[0]) if found else 0


def _named(cursor: duckdb.DuckDBPyConnection) -> str:
    found = cursor.execute("SELECT current_database()").fetchone()
    return str(found[0] if found else "").replace('"', '""')


def _quoted(path: Path) -> str:
    said = str(path).replace("'", "''")
    return f"'{said}'"


_NOTE: Final = "whose"


def room_of(connection: Cursor) -> str:
    """Give what a room's file and its copies share, and no other file: a random mark."""
    found = connection.execute("SELECT max(room) FROM deed").fetchone()
    return str(found[0] or "") if found else ""


def kept_for(folder: Path) -> str:
    """Give the mark of the room whose copies a folder holds; "" while it holds none."""
    note = folder / _NOTE
    return note.read_text("utf-8") if note.exists() else ""


def _of_the_same_room(folder: Path) -> list[Path]:
    """Give the other folders of copies beside one that hold copies of the same room.

    A restoring leaves such a folder, and so does a room's file that is given another name.
    """
    room = kept_for(folder)
    beside = (entry for entry in folder.parent.iterdir() if entry.is_dir() and entry != folder)
    return [
        entry for entry in beside if room and "-copies" in entry.name and kept_for(entry) == room
    ]


def keep_for(folder: Path, room: str) -> None:
    """Note whose copies a folder holds."""
    (folder / _NOTE).write_text(room, "utf-8")


def make_way(folder: Path, room: str) -> str:
    """Move the copies of another room aside, so that this one begins its own.

    Returns:
        The sentence to say; "" where the folder was this room's, or nobody's.
    """
    if kept_for(folder) in ("", room):
        return ""
    former = folder.with_name(f"{folder.name}-of-another-{datetime.now():%Y-%m-%d-%H%M%S}")
    folder.rename(former)
    folder.mkdir()
    return (
        "The room's file is another room than at the last start. "
        f"The copies of the former one are kept in {former.name}."
    )


def gone(path: Path, folder: Path) -> str:
    """Say that neither the file nor a copy can be read."""
    return (
        f"{path.name} is missing, and its copies cannot be read. "
        f"Move the folder {folder.name} away to start with an empty room."
    )


def short(path: Path, lost: int) -> str:
    """Say that deeds are missing and nothing holds them."""
    return (
        f"{path.name} is not whole: {_the_last(lost)} saved is missing, and its copies do not hold "
        "it. Everything before it is there."
    )


def brought_back(path: Path, aside: str, missing: bool, lost: int) -> str:
    """Say what happened to a file, that it was brought back, and where the damaged one is."""
    happened = "was missing" if missing else "was damaged"
    kept = f" What was damaged is kept beside its copies as {aside}." if aside else ""
    if lost:
        return f"{path.name} {happened}. It was brought back, but {_the_last(lost)} is lost.{kept}"
    return f"{path.name} {happened}. Everything that was saved was brought back.{kept}"


def _the_last(lost: int) -> str:
    return "the last thing" if lost == 1 else f"the last of it ({lost:,} things)"


FRESH: Final = "fresh.duckdb"
_MARK: Final = "to-write-anew"


@contextmanager
def promised(path: Path) -> Iterator[None]:
    """Leave a mark around a deed: once it stands, the file is written anew, whatever happens.

    The mark is taken back where the deed did not stand.
    """
    before = is_promised(path)
    _mark(path).touch()
    try:
        yield
    except BaseException:
        if not before:
            take_back(path)
        raise


def is_promised(path: Path) -> bool:
    """Tell whether the file must be written anew."""
    return _mark(path).exists()


def take_back(path: Path) -> None:
    """Take the mark away."""
    _mark(path).unlink(missing_ok=True)


def write_anew(connection: duckdb.DuckDBPyConnection, folder: Path) -> Path:
    """Write what the open file holds into a fresh one, in order, and give its path.

    Raises:
        OSError, duckdb.Error: the disk refused; the open file is as it was.
    """
    fresh = folder / FRESH
    remove(fresh)
    with connection.cursor() as cursor, attached(cursor, fresh, "fresh") as name:
        cursor.execute(f'COPY FROM DATABASE "{name}" TO fresh (SCHEMA)')
        for table in tables_of(cursor):
            cursor.execute(
                f'INSERT INTO fresh."{table}" SELECT * FROM "{name}"."{table}" ORDER BY ALL'
            )
    return fresh


def drop_all_copies(path: Path) -> None:
    """Remove every copy, journal and file set aside, and what a restoring kept; not the mark.

    So go copies that were made while the room's file had another name.

    Raises:
        OSError: one of them cannot be removed; it is tried again at the next start.
    """
    folder = folder_of(path)
    for entry in {*former_of(path), *_of_the_same_room(folder), *folder.iterdir()}:
        if entry.is_dir():
            shutil.rmtree(entry)
        elif entry.name not in (_MARK, _NOTE):
            entry.unlink()


def made_by_hand(path: Path) -> tuple[str, ...]:
    """Give the names of files beside a room's file that hold the same room, as a copy by hand does.

    They are somebody's own: the app names them and leaves them alone.
    """
    room = kept_for(folder_of(path))
    others = sorted(file for file in path.parent.glob("*.duckdb") if file.resolve() != path)
    return tuple(other.name for other in others if room and _whose(other) == room)


def _whose(path: Path) -> str:
    try:
        with duckdb.connect(str(path), read_only=True, config={"threads": 1}) as connection:
            return room_of(connection)
    except duckdb.Error:
        return ""


def _mark(path: Path) -> Path:
    return folder_of(path) / _MARK
