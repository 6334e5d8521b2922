"""Damage a room's file in 330 ways, open it, and see whether it says so and is whole again."""

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb

from aqua_core.errors import FileUnusable
from aqua_core.store.database import close_database, open_database, reading, writing
from aqua_core.store.schema import tables_of

FLIPS = 150
Damage = Callable[[Path], None]
Rows = dict[str, list[tuple[object, ...]]]


class Trial(NamedTuple):
    """What came of one damage. `harmless`: nothing was said, and no row or later deed is amiss."""

    kind: str
    noticed: bool
    repaired: bool
    harmless: bool
    set_aside: bool


def trials(seed: int = 7, flips: int = FLIPS) -> list[Trial]:
    """Damage a killed room's file, each time afresh; the same seed gives the same damage."""
    with TemporaryDirectory() as folder:
        room = Path(folder) / "killed" / "room.duckdb"
        room.parent.mkdir()
        subprocess.run([sys.executable, "-m", "benchmarks.trust.a_room", str(room)], check=False)
        truth = _whole(_fresh(room))
        return [_tried(room, kind, damage, truth) for kind, damage in _damages(room, seed, flips)]


def said(found: list[Trial]) -> list[str]:
    """Give the result as lines of a table."""
    kinds = Counter(case.kind for case in found)
    rows = [
        f"| {kind} | {count} | {_count(found, kind, 'noticed')} | {_count(found, kind, 'repaired')}"
        f" | {_count(found, kind, 'harmless')} | {_count(found, kind, 'set_aside')} |"
        for kind, count in kinds.items()
    ]
    return [
        "| damage | trials | said so | whole again | harmless: nothing to say | set aside |",
        "|---|---|---|---|---|---|",
        *rows,
    ]


def _damages(room: Path, seed: int, flips: int) -> Iterator[tuple[str, Damage]]:
    dice = random.Random(seed)
    log = room.with_name(f"{room.name}.wal")
    for name, size in ((log.name, log.stat().st_size), (room.name, room.stat().st_size)):
        for _ in range(flips):
            at, bit = dice.randrange(size), 1 << dice.randrange(8)
            yield f"a bit flipped in {_said(name)}", _flip(name, at, bit)
        for share in (0, 0.01, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999):
            yield f"{_said(name)} cut short or emptied", _cut(name, int(size * share))
    yield "the log deleted", _delete(log.name)
    yield "the database deleted", _delete(room.name)
    yield "both deleted", _delete(log.name, room.name)
    yield "another file in its place", _overwrite(room.name, b"PK\x03\x04" + bytes(5000))
    yield "another file in the log's place", _overwrite(log.name, b"hello")
    yield "an older copy in its place", _older


def _said(name: str) -> str:
    return "the log" if name.endswith(".wal") else "the database"


def _flip(name: str, at: int, bit: int) -> Damage:
    def damage(folder: Path) -> None:
        with (folder / name).open("r+b") as file:
            file.seek(at)
            (byte,) = file.read(1)
            file.seek(at)
            file.write(bytes([byte ^ bit]))

    return damage


def _cut(name: str, size: int) -> Damage:
    return lambda folder: os.truncate(folder / name, size)


def _delete(*names: str) -> Damage:
    return lambda folder: [(folder / name).unlink() for name in names] and None


def _overwrite(name: str, content: bytes) -> Damage:
    return lambda folder: (folder / name).write_bytes(content) and None


def _older(folder: Path) -> None:
    oldest = min((folder / "room-copies").glob("*.duckdb"))
    (folder / "room.duckdb.wal").unlink()
    shutil.copyfile(oldest, folder / "room.duckdb")


def _fresh(room: Path) -> Path:
    here = room.parent.with_name("here")
    shutil.rmtree(here, ignore_errors=True)
    shutil.copytree(room.parent, here)
    return here / room.name


def _tried(room: Path, kind: str, damage: Damage, truth: Rows) -> Trial:
    path = _fresh(room)
    damage(path.parent)
    try:
        mended = open_database(path)
    except FileUnusable:
        return Trial(kind, noticed=True, repaired=False, harmless=False, set_aside=False)
    try:
        whole = _rows() == truth and _goes_on()
    finally:
        close_database()
    noticed = bool(mended.said)
    return Trial(kind, noticed, whole and noticed, whole and not noticed, bool(mended.set_aside))


def _whole(path: Path) -> Rows:
    open_database(path)
    try:
        return _rows()
    finally:
        close_database()


def _rows() -> Rows:
    with reading() as cursor:
        return {
            table: sorted(cursor.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)
            for table in tables_of(cursor)
        }


def _goes_on() -> bool:
    """Tell whether each table still takes a row and refuses the same one twice, then undo it."""
    try:
        with writing() as cursor:
            cursor.execute("UPDATE seat SET team_id = team_id")
            cursor.execute(
                "INSERT INTO vote SELECT workshop_id, domain, number, seat_id, 99, 1 FROM vote "
                "WHERE sequence = 1"
            )
    except (FileUnusable, duckdb.Error):
        return False
    try:
        with writing() as cursor:
            cursor.execute("INSERT INTO vote SELECT * FROM vote LIMIT 1")
    except FileUnusable:
        return True
    return False


def _count(found: list[Trial], kind: str, what: str) -> int:
    return sum(getattr(case, what) for case in found if case.kind == kind)


if __name__ == "__main__":
    print("\n".join(said(trials())))
