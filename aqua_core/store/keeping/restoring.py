"""Put a copy in the place of the room's file. What was there is moved aside, never overwritten."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import duckdb

from aqua_core.errors import FileUnusable
from aqua_core.store.faults import said_of
from aqua_core.store.keeping.copies import copies_in, copy_with_logs, folder_of, logs_of, remove
from aqua_core.store.keeping.journal import number_of
from aqua_core.store.keeping.lock import hold
from aqua_core.store.layout import lay_out, read_all
from aqua_core.store.room_file import connected


class Copy(NamedTuple):
    """A copy of the room's file: how many saved things it holds, and when it was made."""

    path: Path
    number: int
    made: datetime


def copies_of(path: Path) -> tuple[Copy, ...]:
    """Give the copies of a room's file, the newest first."""
    return tuple(
        Copy(copy, number_of(copy), datetime.fromtimestamp(copy.stat().st_mtime))
        for copy in copies_in(folder_of(path))
    )


def restore(path: Path, source: Path) -> Path:
    """Make a copy the room's file. The app must not be running.

    Returns:
        The folder in which the former file, its copies and its journal are kept.

    Raises:
        FileUnusable: the app is running; or the source is missing, damaged, not a room's file, or
            of a newer version. The room's file is then as it was.
    """
    path = path.absolute()
    with said_of(path), _held(path):
        fresh = path.with_name(f"{path.stem}-restoring.duckdb")
        _check_usable(source, fresh)
        before = path.with_name(f"{folder_of(path).name}-before-{datetime.now():%Y-%m-%d-%H%M%S}")
        folder_of(path).mkdir(exist_ok=True)
        folder_of(path).rename(before)
        for each in [*logs_of(path), *([path] if path.exists() else [])]:
            each.replace(before / each.name)
        fresh.replace(path)
    return before


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
    except (OSError, duckdb.Error) as fault:
        remove(fresh)
        raise FileUnusable(
            f"{source.name} is not a whole file of Discovery Room. Nothing was changed: choose "
            "another copy."
        ) from fault
    except FileUnusable:
        remove(fresh)
        raise
