"""A deed: what one transaction wrote, as it can be written again."""

import json
import zlib
from contextlib import suppress
from datetime import date, datetime
from io import FileIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

from aqua_core.store.connecting import Cursor, Written


class Deed(NamedTuple):
    """The deed with this number, from 1; the file counts its deeds, so a missing one is noticed."""

    number: int
    written: tuple[Written, ...]


def do_again(cursor: Cursor, deed: Deed) -> None:
    """Write a deed of the journal into a file that holds the one before it."""
    for sql, rows in deed.written:
        for row in rows:
            cursor.execute(sql, row)
    cursor.execute("UPDATE deed SET number = $1", [deed.number])


def line_of(deed: Deed) -> bytes:
    """Give a deed as a line of the journal: a checksum (CRC-32), a blank, JSON."""
    said = json.dumps([deed.number, deed.written], default=_named, ensure_ascii=False).encode()
    return b"%08x %s\n" % (zlib.crc32(said), said)


def deed_in(line: bytes) -> Deed | None:
    """Give the deed of a line, or None if the line is torn or damaged."""
    checked, _, said = line.rstrip(b"\n").partition(b" ")
    if checked != b"%08x" % zlib.crc32(said):
        return None
    number, written = json.loads(said, object_hook=_value)
    return Deed(number, tuple(Written(*row) for row in written))


def _named(value: Any) -> dict[str, str]:
    if isinstance(value, datetime):  # which is a date, too
        return {"time": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    raise TypeError(f"the journal cannot hold a {type(value).__name__}")


def _value(named: dict[str, str]) -> Any:
    (kind, said), *_ = named.items()
    return _KINDS[kind](said)


_KINDS: Final = {
    "time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "bytes": bytes.fromhex,
}


_SUFFIX = ".journal"
_DIGITS = 12


class Journal:
    """The journal of what follows the deed with this number."""

    def __init__(self, folder: Path, number: int) -> None:
        self._file: FileIO | None = None
        with suppress(OSError):  # a full disk: the file itself still counts
            self._file = FileIO(folder / f"{number:012}{_SUFFIX}", "a")

    def add(self, deed: Deed) -> bool:
        """Append a deed; False where the disk took less than all of it."""
        line = line_of(deed)
        try:
            return self._file is not None and self._file.write(line) == len(line)
        except OSError:
            return False

    def close(self) -> None:
        """Let go of the file."""
        if self._file:
            self._file.close()


def deeds_in(folder: Path) -> dict[int, Deed]:
    """Give every deed that the journals hold whole, by number; a torn line counts for nothing."""
    found = {}
    for path in journals_in(folder):
        for line in path.read_bytes().splitlines():
            if deed := deed_in(line):
                found[deed.number] = deed
    return found


def journals_in(folder: Path) -> list[Path]:
    """Give the journals of a folder, the oldest first."""
    return sorted(numbered_in(folder, _SUFFIX))


def drop_journals_before(folder: Path, number: int) -> None:
    """Remove the journals that hold nothing after the deed with this number."""
    kept = journals_in(folder)
    for path, following in pairwise(kept):
        if number_of(following) <= number:
            path.unlink()


def numbered_in(folder: Path, suffix: str) -> list[Path]:
    """Give the files that the app named: twelve digits. What others leave there is not ours."""
    inside = folder.iterdir() if folder.is_dir() else ()
    return [
        path
        for path in inside
        if path.suffix == suffix and len(path.stem) == _DIGITS and path.stem.isdecimal()
    ]


def number_of(path: Path) -> int:
    """Give the number in the name of a journal or a copy: the last deed before or in it."""
    return int(path.name.split(".")[0])
