"""Write the room's file anew without what was deleted, and drop every copy that still holds it.

The engine keeps deleted rows in free blocks, and rows in the order in which they arrived. So what
is left is written into a fresh file, each table in the order of its values.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from aqua_core.store.keeping.copies import attached, folder_of, former_of, remove
from aqua_core.store.keeping.lineage import NOTE, kept_for, of_the_same_room, room_of
from aqua_core.store.layout import tables_of

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
    for each in {*former_of(path), *of_the_same_room(folder), *folder.iterdir()}:
        if each.is_dir():
            shutil.rmtree(each)
        elif each.name not in (_MARK, NOTE):
            each.unlink()


def made_by_hand(path: Path) -> tuple[str, ...]:
    """Give the names of files beside a room's file that hold the same room, as a copy by hand does.

    They are somebody's own: the app names them and leaves them alone.
    """
    room = kept_for(folder_of(path))
    others = sorted(each for each in path.parent.glob("*.duckdb") if each.resolve() != path)
    return tuple(other.name for other in others if room and _whose(other) == room)


def _whose(path: Path) -> str:
    try:
        with duckdb.connect(str(path), read_only=True, config={"threads": 1}) as connection:
            return room_of(connection)
    except duckdb.Error:
        return ""


def _mark(path: Path) -> Path:
    return folder_of(path) / _MARK
