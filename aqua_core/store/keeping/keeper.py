"""The keeper: copies the file while the room works, and opens it again when a disk failed it."""

import threading
import time
from contextlib import suppress
from typing import Final

from aqua_core.errors import FileUnusable
from aqua_core.store.database import copy_room, deeds_so_far, heal_if_broken, journal_has_gap

EVERY: Final = 300.0  # seconds between copies of a file that changes
AFTER_A_REVEAL: Final = 3.0  # seconds: 200 seats are drawing their result until then
_LOOKS: Final = 1.0  # seconds between two looks at the file
_TRIES: Final = 5.0  # seconds after a copy that the disk refused


class Keeper:
    """One thread beside the room's file, from its opening to its closing."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._due = time.monotonic() + EVERY
        self._copied = deeds_so_far()
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
            with suppress(FileUnusable, OSError):  # closed meanwhile, or still broken: look again
                self._look()

    def _look(self) -> None:
        heal_if_broken()
        now, number = time.monotonic(), deeds_so_far()
        if now < (self._tried + _TRIES if journal_has_gap() else self._due):
            return
        self._tried = now
        well = number == self._copied or copy_room()
        self._copied = number if well else self._copied
        self._due = now + (EVERY if well else _TRIES)
