"""Look at a room's file before it is opened; where deeds are missing, bring them back.

Damage is often silent: of 150 flipped bits in the engine's log 23 opened short without a word, and
so did a deleted, emptied or cut one. So a copy of the file is opened and read whole, and its deeds
are counted against the journal's. The file itself is not touched until it has passed.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

from aqua_core.errors import FileUnusable
from aqua_core.store.faults import foreign
from aqua_core.store.keeping.copies import (
    copies_in,
    copy_with_logs,
    keep_as_copy,
    logs_of,
    remove,
)
from aqua_core.store.keeping.deeds import Deed, do_again
from aqua_core.store.keeping.journal import deeds_in, journals_in, number_of
from aqua_core.store.layout import deeds_held, lay_out, read_all

Open = Callable[[Path], duckdb.DuckDBPyConnection]
_UNREADABLE: Final = -1


class Mended(NamedTuple):
    """What was done to a file before it was opened; "" and nothing set aside where it was whole."""

    said: str = ""
    set_aside: str = ""


def look_and_mend(path: Path, folder: Path, opened: Open) -> Mended:
    """Make sure that the room's file holds every deed that was ever called saved.

    Leaves a copy of the whole file behind, which is the copy made at each start.

    Args:
        path: the room's file; it need not exist.
        folder: of its copies and journals; it exists.
        opened: opens a database, without any of this.

    Raises:
        FileUnusable: the file is foreign or of another version, and there is no copy of a room;
            it is left as it was.
        OSError: the disk refused.
    """
    deeds = deeds_in(folder)
    expected = max([0, *deeds, *map(number_of, copies_in(folder))])
    looked = folder / "looking.duckdb"
    found = _looked_at(path, looked, opened)
    if found >= expected or (found == _UNREADABLE and not expected and not path.exists()):
        if found >= 0:
            keep_as_copy(looked, folder, found)
        return Mended()
    remove(looked)
    return _mended(path, folder, (found, expected), opened, deeds)


def _looked_at(path: Path, looked: Path, opened: Open) -> int:
    """Give how many deeds a file holds, from a copy of it; below zero if it cannot be read."""
    remove(looked)
    if not path.exists():
        return _UNREADABLE
    copy_with_logs(path, looked)
    try:
        with opened(looked) as connection:
            lay_out(connection, path)
            read_all(connection)
            return deeds_held(connection)
    except duckdb.Error:
        return _UNREADABLE


def _mended(
    path: Path,
    folder: Path,
    counts: tuple[int, int],
    opened: Open,
    deeds: dict[int, Deed],
) -> Mended:
    found, expected = counts
    mending = folder / "mending.duckdb"
    reached = _rebuilt(folder, mending, opened, deeds)
    if reached <= found:  # nothing better is there
        remove(mending)
        if found == _UNREADABLE:
            raise FileUnusable(foreign(path) if path.exists() else _gone(path, folder))
        return Mended(_short(path, expected - found))
    missing = not path.exists()
    aside = _set_aside(path, folder, reached)
    mending.replace(path)
    return Mended(_brought_back(path, aside, missing, reached, expected), aside)


def _rebuilt(folder: Path, mending: Path, opened: Open, deeds: dict[int, Deed]) -> int:
    """Make the best file that copies and journals give; give how many deeds it holds."""
    # A room's first day may have a journal and no copy yet: it begins with an empty file.
    for copy in [*copies_in(folder), *([None] if 1 in deeds else [])]:
        remove(mending)
        if copy:
            copy_with_logs(copy, mending)
        try:
            with opened(mending) as connection:
                lay_out(connection, copy or mending)
                read_all(connection)
                return _brought_forward(connection, deeds)
        except (duckdb.Error, FileUnusable):
            continue
    return _UNREADABLE


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


def _set_aside(path: Path, folder: Path, reached: int) -> str:
    """Move the damaged file, and journals that go on beyond what was reached, out of the way."""
    stamp = f"damaged-{datetime.now():%Y-%m-%d-%H%M%S-%f}"
    aside = folder / f"{stamp}.duckdb"
    for each in [*logs_of(path), *([path] if path.exists() else [])]:
        each.replace(folder / each.name.replace(path.name, aside.name))
    if any(number > reached for number in deeds_in(folder)):
        for journal in journals_in(folder):
            journal.replace(folder / f"{stamp}-{journal.stem}.lines")
    return aside.name if aside.exists() else ""


def _gone(path: Path, folder: Path) -> str:
    return (
        f"{path.name} is missing, and its copies cannot be read. "
        f"Move the folder {folder.name} away to start with an empty room."
    )


def _short(path: Path, lost: int) -> str:
    return (
        f"{path.name} is not whole: the last {_things(lost)} that were saved are missing, and "
        "its copies do not hold them. Everything before them is there."
    )


def _brought_back(path: Path, aside: str, missing: bool, reached: int, expected: int) -> str:
    happened = "was missing" if missing else "was damaged"
    kept = f" What was damaged is kept beside its copies as {aside}." if aside else ""
    if reached < expected:
        lost = _things(expected - reached)
        return f"{path.name} {happened}. It was brought back but for the last {lost}.{kept}"
    return f"{path.name} {happened}. Everything that was saved was brought back.{kept}"


def _things(count: int) -> str:
    return "thing" if count == 1 else f"{count:,} things"
