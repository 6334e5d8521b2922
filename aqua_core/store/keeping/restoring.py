"""A copy takes the file's place, and one server holds the file."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import duckdb

from aqua_core.errors import FileUnusable
from aqua_core.store.connecting import connected, is_held, said_of
from aqua_core.store.keeping import copies
from aqua_core.store.keeping.journal import number_of
from aqua_core.store.schema import lay_out, read_all


def hold(path: Path) -> duckdb.DuckDBPyConnection:
    """Hold a room's file for this process until the answer is closed.

    The lock is a small database of its own, which the engine locks on every system. The room's
    own lock is not enough: reading that file from Python, as a copy does, lets go of it.

    Raises:
        FileUnusable: another process holds it.
        OSError, duckdb.Error: it cannot be written here.
    """
    lock = path.with_suffix(".lock")
    try:
        return _locked(lock)
    except duckdb.IOException as fault:
        if is_held(str(fault)):
            raise FileUnusable(_held_elsewhere(path, str(fault))) from fault
        lock.unlink(missing_ok=True)  # damaged, and nobody's: it holds nothing
        return _locked(lock)


def _locked(lock: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(lock), config={"threads": 1})


def _held_elsewhere(path: Path, fault: str) -> str:
    process = re.search(r"PID (\d+)", fault)
    which = f" (process {process[1]})" if process else ""
    return (
        f"{path.name} is open in another window of Discovery Room{which}. "
        "Use that one, or close it."
    )


class Copy(NamedTuple):
    """A copy of the room's file: how many saved things it holds, and when it was made."""

    path: Path
    number: int
    made: datetime


def copies_of(path: Path) -> tuple[Copy, ...]:
    """Give the copies of a room's file, the newest first; none where there is no folder of them.

    Raises:
        FileUnusable: the folder cannot be read.
    """
    with said_of(path):
        return tuple(
            Copy(copy, number_of(copy), datetime.fromtimestamp(copy.stat().st_mtime))
            for copy in copies.copies_in(copies.folder_of(copies.where_it_lies(path)))
        )


def restore(path: Path, source: Path) -> Path:
    """Make a copy the room's file. The app must not be running.

    Returns:
        The folder in which the former file, its copies and its journal are kept.

    Raises:
        FileUnusable: the app is running; or the source is missing, damaged, not a room's file, or
            of a newer version. The room's file is then as it was.
    """
    with said_of(path):
        path = copies.where_it_lies(path)
        copies.keep_private(path)
    fresh = _fresh(path)
    with said_of(path), _held(path):
        try:
            _check_usable(source, fresh)
            before = _make_way(path)
            fresh.replace(path)
        finally:
            copies.remove(fresh)
    return before


def finish_restoring(path: Path) -> None:
    """Finish a restoring that was cut short: its file stands in place, or nothing was changed.

    Raises:
        OSError: the disk refused.
    """
    fresh = _fresh(path)
    if not fresh.exists():
        return
    if path.exists():
        copies.remove(fresh)
        return
    for log in copies.logs_of(path):
        log.replace(max(copies.former_of(path)) / log.name)
    fresh.replace(path)


def _make_way(path: Path) -> Path:
    # The file before its log: alone, it would open short without a word.
    before = path.with_name(
        f"{copies.folder_of(path).name}-before-{datetime.now():%Y-%m-%d-%H%M%S-%f}"
    )
    copies.folder_of(path).mkdir(exist_ok=True)
    copies.folder_of(path).rename(before)
    for file in [*([path] if path.exists() else []), *copies.logs_of(path)]:
        file.replace(before / file.name)
    return before


def _fresh(path: Path) -> Path:
    return path.with_name(f"{path.stem}-restoring.duckdb")


@contextmanager
def _held(path: Path) -> Iterator[None]:
    lock = hold(path)
    try:
        yield
    finally:
        lock.close()


def _check_usable(source: Path, fresh: Path) -> None:
    copies.remove(fresh)
    try:
        copies.copy_with_logs(source, fresh)
        with connected(fresh) as connection:
            lay_out(connection, source)
            read_all(connection)
            # Who was signed out since must not be signed in again by an older file.
            connection.execute("DELETE FROM facilitator")
            connection.execute("DELETE FROM wall")
    except (OSError, duckdb.Error) as fault:
        raise FileUnusable(
            f"{source.name} is not a whole file of Discovery Room. Nothing was changed: choose "
            "another copy."
        ) from fault
