"""Look at a room's file before it is opened, without touching it.

Damage is often silent: of 150 flipped bits in the engine's log 23 opened short without a word, and
so did a deleted, emptied or cut one. So a copy of the file and its log is opened and read whole.
"""

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

from aqua_core.store.keeping.copies import copy_with_logs, remove
from aqua_core.store.keeping.lineage import room_of
from aqua_core.store.layout import deeds_held, lay_out, read_all, tables_of

Open = Callable[[Path], duckdb.DuckDBPyConnection]
UNREADABLE: Final = -1
_OURS_TO_SAY: Final = (errno.ENOSPC, errno.EACCES, errno.EPERM, errno.EROFS)


class Looked(NamedTuple):
    """What a file holds: how many deeds (below zero if it cannot be read), and whose they are.

    An empty file is nobody's: its log may be lost.
    """

    deeds: int = UNREADABLE
    room: str = ""


def look_at(path: Path, scratch: Path, opened: Open) -> Looked:
    """Open and read a copy of a file; of a room it is left in `scratch` as a file of its own.

    Raises:
        FileUnusable: the file was made by another version.
        OSError: the disk refused.
    """
    remove(scratch)
    if not path.exists():
        return Looked()
    looked = Looked()
    try:
        looked = _looked_at(path, scratch, opened)
    finally:
        if not looked.room:
            remove(scratch)
    return looked


def _looked_at(path: Path, scratch: Path, opened: Open) -> Looked:
    try:
        copy_with_logs(path, scratch)
        with opened(scratch) as connection:
            if not tables_of(connection):
                return Looked(0)
            lay_out(connection, path)
            read_all(connection)
            return Looked(deeds_held(connection), room_of(connection))
    except duckdb.Error:
        return Looked()
    except OSError as fault:
        if fault.errno in _OURS_TO_SAY:
            raise
        return Looked()  # a disk that cannot read it
