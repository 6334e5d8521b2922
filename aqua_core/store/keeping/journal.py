"""The journal: every deed, a checked line each, in files beside the copies.

It is written after the commit and before anybody is told "saved". It is not forced to the disk:
the room's file is, and the journal is read only where that file was damaged.
"""

from contextlib import suppress
from io import FileIO
from itertools import pairwise
from pathlib import Path

from aqua_core.store.keeping.deeds import Deed, deed_in, line_of

SUFFIX = ".journal"
DIGITS = 12


class Journal:
    """The journal of what follows the deed with this number."""

    def __init__(self, folder: Path, number: int) -> None:
        self._file: FileIO | None = None
        with suppress(OSError):  # a full disk: the file itself still counts
            self._file = FileIO(folder / f"{number:012}{SUFFIX}", "a")

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
    return sorted(numbered_in(folder, SUFFIX))


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
        if path.suffix == suffix and len(path.stem) == DIGITS and path.stem.isdecimal()
    ]


def number_of(path: Path) -> int:
    """Give the number in the name of a journal or a copy: the last deed before or in it."""
    return int(path.name.split(".")[0])
