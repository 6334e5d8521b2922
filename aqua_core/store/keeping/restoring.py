"""Put a copy in the place of the room's file. What was there is moved aside, never overwritten."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import duckdb

from aqua_core.errors import FileUnusable
from aqua_core.store.connecting import connected
from aqua_core.store.faults import said_of
from aqua_core.store.keeping.copies import (
    copies_in,
    copy_with_logs,
    folder_of,
    former_of,
    keep_private,
    logs_of,
    remove,
    where_it_lies,
)
from aqua_core.store.keeping.journal import number_of
from aqua_core.store.keeping.lock import hold
from aqua_core.store.layout import lay_out, read_all


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
            for copy in copies_in(folder_of(where_it_lies(path)))
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
        path = where_it_lies(path)
        keep_private(path)
    fresh = _fresh(path)
    with said_of(path), _held(path):
        try:
            _check_usable(source, fresh)
            before = _make_way(path)
            fresh.replace(path)
        finally:
            remove(fresh)
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
        remove(fresh)
        return
    for log in logs_of(path):
        log.replace(max(former_of(path)) / log.name)
    fresh.replace(path)


def _make_way(path: Path) -> Path:
    # The file before its log: alone, it would open short without a word.
    before = path.with_name(f"{folder_of(path).name}-before-{datetime.now():%Y-%m-%d-%H%M%S-%f}")
    folder_of(path).mkdir(exist_ok=True)
    folder_of(path).rename(before)
    for each in [*([path] if path.exists() else []), *logs_of(path)]:
        each.replace(before / each.name)
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
    remove(fresh)
    try:
        copy_with_logs(source, fresh)
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
