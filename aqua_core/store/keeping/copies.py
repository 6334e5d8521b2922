"""Copies of the room's file: at each start, each reveal and each five minutes; five are kept."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import duckdb

from aqua_core.store.keeping.journal import drop_journals_before, number_of, numbered_in

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
    return [each for each in beside if each.name.startswith(start)]


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
    held = [each for folder in folders for each in folder.rglob("*")]
    for each in (path, path.with_suffix(".lock"), *logs_of(path), *folders, *held):
        if each.exists() and not each.is_symlink() and each.stat().st_mode & _OTHERS:
            with suppress(OSError):  # another account's file, or a disk without accounts
                each.chmod(each.stat().st_mode & ~_OTHERS)


def where_it_lies(path: Path) -> Path:
    """Give where a room's file lies itself, links followed; its copies lie beside it.

    Copies that an earlier version made beside a link are moved there: it mends from them, and
    erasing finds them.

    Raises:
        OSError: the disk refused.
    """
    link, path = path.absolute(), path.resolve()
    here, there = folder_of(link), folder_of(path)
    if link != path and here.is_dir() and here != there:
        for folder in former_of(link):
            shutil.move(folder, path.with_name(folder.name.replace(here.name, there.name, 1)))
        # Beside copies of its own they are no longer needed, and go when those do.
        stands = there.exists()
        shutil.move(here, there.with_name(f"{there.name}-before-linked") if stands else there)
    return path


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
    for each in (path, *logs_of(path)):
        each.unlink(missing_ok=True)


def put_in_place(fresh: Path, path: Path) -> None:
    """Make a whole, closed file the one at `path`; logs of the former one go first."""
    for each in logs_of(path):
        each.unlink()
    fresh.replace(path)


def copy_with_logs(path: Path, to: Path) -> None:
    """Copy the bytes of a database that is not open, and of what the engine keeps beside it."""
    for each in (path, *logs_of(path)):
        shutil.copyfile(each, to.with_name(each.name.replace(path.name, to.name)))


def logs_of(path: Path) -> list[Path]:
    """Give what the engine keeps beside a database: the commits that are not yet in it."""
    beside = path.parent.iterdir() if path.parent.exists() else ()
    return sorted(
        each
        for each in beside
        if each.name.startswith(f"{path.name}.") and "wal" in each.name.removeprefix(path.name)
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
