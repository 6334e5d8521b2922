"""Write the room's file anew without what was deleted, and drop every copy that still holds it.

The engine keeps deleted rows in free blocks, and rows in the order in which they arrived. So what
is left is written into a fresh file, each table in the order of its values.
"""

import shutil
from pathlib import Path
from typing import Final

import duckdb

from aqua_core.store.keeping.copies import attached, folder_of, remove
from aqua_core.store.keeping.lineage import NOTE
from aqua_core.store.layout import tables_of

_MARK: Final = "to-write-anew"


def promise(path: Path) -> None:
    """Leave a mark: whatever happens, the file is written anew before the room goes on."""
    (folder_of(path) / _MARK).touch()


def is_promised(path: Path) -> bool:
    """Tell whether the file must be written anew."""
    return (folder_of(path) / _MARK).exists()


def take_back(path: Path) -> None:
    """Take the mark away."""
    (folder_of(path) / _MARK).unlink(missing_ok=True)


def write_anew(connection: duckdb.DuckDBPyConnection, folder: Path) -> Path:
    """Write what the open file holds into a fresh one, in order, and give its path.

    Raises:
        OSError, duckdb.Error: the disk refused; the open file is as it was.
    """
    fresh = folder / "fresh.duckdb"
    remove(fresh)
    with connection.cursor() as cursor, attached(cursor, fresh, "fresh") as name:
        cursor.execute(f'COPY FROM DATABASE "{name}" TO fresh (SCHEMA)')
        for table in tables_of(cursor):
            cursor.execute(
                f'INSERT INTO fresh."{table}" SELECT * FROM "{name}"."{table}" ORDER BY ALL'
            )
    return fresh


def drop_all_copies(path: Path) -> None:
    """Remove every copy, journal and file set aside, and what a restoring kept; not the mark."""
    folder = folder_of(path)
    for each in path.parent.iterdir():
        if each.name.startswith(f"{folder.name}-before-"):
            shutil.rmtree(each)
    for each in folder.iterdir():
        if each.name not in (_MARK, NOTE):
            each.unlink()
