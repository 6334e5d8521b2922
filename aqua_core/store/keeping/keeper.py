"""The keeper: copies the file while the room works, and opens it again when a disk failed it."""

import logging
import shutil
import threading
import time
from pathlib import Path
from typing import Final

from aqua_core.errors import DiskAlmostFull, FileUnusable
from aqua_core.store import database

EVERY: Final = 300.0  # seconds between copies of a file that changes
AFTER_A_REVEAL: Final = 3.0  # seconds: 200 seats are drawing their result until then
_LOOKS: Final = 1.0  # seconds between two looks at the file
_log: Final = logging.getLogger("discovery_room")
_TRIES: Final = 5.0  # seconds after a copy that the disk refused


class Keeper:
    """One thread beside the room's file, from its opening to its closing."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._due = time.monotonic() + EVERY
        self._copied = database.newest_copy()
        self._tried = 0.0
        self._thread = threading.Thread(target=self._keep, name="keeper", daemon=True)
        self._thread.start()

    def copy_soon(self) -> None:
        """Ask for a copy once the room has drawn what it was just shown."""
        self._due = min(self._due, time.monotonic() + AFTER_A_REVEAL)

    def end(self) -> None:
        """Stop, once the copy that is being made is made."""
        self._ended.set()
        self._thread.join()

    def _keep(self) -> None:
        while not self._ended.wait(_LOOKS):
            try:
                self._look()
            except FileUnusable:  # closed meanwhile, or still broken: look again
                pass
            except Exception as fault:  # nobody would hear that the copies have ended
                _log.error("The room could not be copied: %s", type(fault).__name__)

    def _look(self) -> None:
        database.heal_if_broken()
        now, number, gap = time.monotonic(), database.deeds_so_far(), database.journal_has_gap()
        if now < (self._tried + _TRIES if gap else self._due):
            return
        self._tried = now
        well = (number == self._copied and not gap) or database.copy_room()
        self._copied = number if well else self._copied
        self._due = now + (EVERY if well else _TRIES)


_TO_OPEN_A_ROUND: Final = 200  # MB; a room takes 7 to 13, and with its copies there are up to seven
TO_GO_ON: Final = 50  # MB
_SYNCED: Final = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud",
    "mobile documents",
)


def check_space(path: Path) -> None:
    """Refuse to begin what the disk may not be able to finish.

    Raises:
        DiskAlmostFull: less than 200 MB are free where the room's file is.
    """
    free = free_megabytes(path)
    if free < _TO_OPEN_A_ROUND:
        raise DiskAlmostFull(
            f"Only {free} MB are free on this laptop, and scoring asks for {_TO_OPEN_A_ROUND}. "
            "Free some space, then open scoring."
        )


def free_megabytes(path: Path) -> int:
    """Give how many megabytes (10**6 bytes) the disk under a file still takes."""
    return shutil.disk_usage(path.parent).free // 1_000_000


def is_synced(path: Path) -> bool:
    r"""Tell whether a file lies in a synchronised folder or on a share (\\server\folder)."""
    said = str(path).casefold()
    return said.startswith("\\\\") or any(folder in said for folder in _SYNCED)
