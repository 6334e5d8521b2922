"""Look at a room's file before it is opened, without touching it.

Damage is often silent: of 150 flipped bits in the engine's log 23 opened short without a word, and
so did a deleted, emptied or cut one. So a copy of the file and its log is opened and read whole.
"""

import errno
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

from aqua_core.errors import FileUnusable
from aqua_core.store.connecting import foreign
from aqua_core.store.keeping import copies
from aqua_core.store.keeping import copies as said
from aqua_core.store.keeping.journal import Deed, deeds_in, do_again, journals_in, number_of
from aqua_core.store.schema import deeds_held, lay_out, read_all, tables_of

Open = Callable[[Path], duckdb.DuckDBPyConnection]
_UNREADABLE: Final = -1
_OURS_TO_SAY: Final = (errno.ENOSPC, errno.EACCES, errno.EPERM, errno.EROFS)


class _Looked(NamedTuple):
    """What a file holds: how many deeds (below zero if it cannot be read), and whose they are.

    An empty file is nobody's: its log may be lost.
    """

    deeds: int = _UNREADABLE
    room: str = ""


def _look_at(path: Path, scratch: Path, opened: Open) -> _Looked:
    """Open and read a copy of a file; of a room it is left in `scratch` as a file of its own.

    Raises:
        FileUnusable: the file was made by another version.
        OSError: the disk refused.
    """
    copies.remove(scratch)
    if not path.exists():
        return _Looked()
    looked = _Looked()
    try:
        looked = _looked_at(path, scratch, opened)
    finally:
        if not looked.room:
            copies.remove(scratch)
    return looked


def _looked_at(path: Path, scratch: Path, opened: Open) -> _Looked:
    try:
        copies.copy_with_logs(path, scratch)
        with opened(scratch) as connection:
            if not tables_of(connection):
                return _Looked(0)
            lay_out(connection, path)
            read_all(connection)
            return _Looked(deeds_held(connection), copies.room_of(connection))
    except duckdb.Error:
        return _Looked()
    except OSError as fault:
        if fault.errno in _OURS_TO_SAY:
            raise
        return _Looked()  # a disk that cannot read it


_LOOKING: Final = "looking.duckdb"


class Mended(NamedTuple):
    """What was done to a file before it was opened; "" and nothing set aside where it was whole."""

    said: str = ""
    set_aside: str = ""


def look_and_mend(path: Path, folder: Path, opened: Open) -> Mended:
    """Make sure that the room's file holds every deed that was ever called saved.

    The file itself is not touched unless deeds are missing. Leaves a copy of the whole file
    behind, which `keep_looked` makes the copy of this start once the file is open.

    Args:
        path: the room's file; it need not exist.
        folder: of its copies and journals; it exists.
        opened: opens a database, without any of this.

    Raises:
        FileUnusable: the file is foreign or of another version, and there is no copy of a room;
            it is left as it was.
        OSError: the disk refused.
    """
    looked = _look_at(path, folder / _LOOKING, opened)
    another = copies.make_way(folder, looked.room) if looked.room else ""
    if another:
        looked = _look_at(path, folder / _LOOKING, opened)
    deeds = deeds_in(folder)
    expected = max([0, *deeds, *map(number_of, copies.copies_in(folder))])
    if _finished_anew(path, folder, expected, opened):
        looked = _look_at(path, folder / _LOOKING, opened)
    if looked.deeds >= expected:
        return Mended(another)
    if not path.exists() and not expected:
        return Mended()
    return _mended(path, folder, (looked.deeds, expected), opened, deeds)


def keep_looked(folder: Path, number: int) -> None:
    """Make what was looked at the copy with this number; of an empty file there is none.

    Not before the file is open: a start that is refused would leave a copy where nobody looks.
    """
    if (folder / _LOOKING).exists():
        copies.keep_as_copy(folder / _LOOKING, folder, number)


def drop_looked(folder: Path) -> None:
    """Remove what a refused start leaves behind."""
    if folder.is_dir():
        copies.remove(folder / _LOOKING)


def _mended(
    path: Path, folder: Path, counts: tuple[int, int], opened: Open, deeds: dict[int, Deed]
) -> Mended:
    found, expected = counts
    mending = folder / "mending.duckdb"
    reached = _rebuilt(folder, mending, opened, deeds)
    if reached == found == _UNREADABLE:
        raise FileUnusable(foreign(path) if path.exists() else said.gone(path, folder))
    stamp = f"damaged-{datetime.now():%Y-%m-%d-%H%M%S-%f}"
    missing, aside = not path.exists(), ""
    if reached > found:
        aside = _set_aside(path, folder, stamp)
        mending.replace(path)
    else:  # nothing better is there
        copies.remove(mending)
    _look_at(path, folder / _LOOKING, opened)
    _begin_again(folder, stamp, max(reached, found))
    if reached <= found:
        return Mended(said.short(path, expected - found))
    return Mended(said.brought_back(path, aside, missing, expected - reached), aside)


def _finished_anew(path: Path, folder: Path, expected: int, opened: Open) -> bool:
    """Put a fresh file in place that a kill left beside the old one, if it is whole."""
    if not copies.is_promised(path):
        return False
    scratch = folder / "finishing.duckdb"
    whole = _look_at(folder / copies.FRESH, scratch, opened).deeds >= expected
    copies.remove(scratch)
    if whole:
        copies.put_in_place(folder / copies.FRESH, path)
    return whole


def _rebuilt(folder: Path, mending: Path, opened: Open, deeds: dict[int, Deed]) -> int:
    """Make the best file that copies and journals give; give how many deeds it holds."""
    for copy in copies.copies_in(folder):
        if _look_at(copy, mending, opened).deeds != _UNREADABLE:
            with opened(mending) as connection:
                return _brought_forward(connection, deeds)
    copies.remove(mending)
    if 1 not in deeds:
        return _UNREADABLE
    # A room's first day may have a journal and no copy yet: it begins with an empty file.
    with opened(mending) as connection:
        lay_out(connection, mending)
        connection.execute("UPDATE deed SET room = $1", [copies.kept_for(folder)])
        return _brought_forward(connection, deeds)


def _brought_forward(connection: duckdb.DuckDBPyConnection, deeds: dict[int, Deed]) -> int:
    number = deeds_held(connection)
    following: list[Deed] = []
    while deed := deeds.get(number + 1 + len(following)):
        following.append(deed)
    # In one go: forcing each to the disk took 2 s for 700.
    connection.execute("BEGIN TRANSACTION")
    for deed in following:
        do_again(connection, deed)
    connection.execute("COMMIT")
    return number + len(following)


def _set_aside(path: Path, folder: Path, stamp: str) -> str:
    """Move the damaged file out of the way; give its new name, "" where there is none."""
    aside = folder / f"{stamp}.duckdb"
    for file in [*copies.logs_of(path), *([path] if path.exists() else [])]:
        file.replace(folder / file.name.replace(path.name, aside.name))
    return aside.name if aside.exists() else ""


def _begin_again(folder: Path, stamp: str, reached: int) -> None:
    """Set aside what promises more than could be reached: the next start would miss it again."""
    for copy in copies.copies_in(folder):
        if number_of(copy) > reached:
            copy.replace(folder / f"{stamp}-{copy.stem}.copy")
    if any(number > reached for number in deeds_in(folder)):
        for journal in journals_in(folder):
            journal.replace(folder / f"{stamp}-{journal.stem}.lines")
