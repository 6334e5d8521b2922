"""The keeper: copies the file while the room works, and opens it again when a disk failed it."""

import logging
import threading
import time
from typing import Final

from aqua_core.errors import FileUnusable
from aqua_core.store.database import (
    copy_room,
    deeds_so_far,
    heal_if_broken,
    journal_has_gap,
    newest_copy,
)

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
        self._copied = newest_copy()
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
        heal_if_broken()
        now, number, gap = time.monotonic(), deeds_so_far(), journal_has_gap()
        if now < (self._tried + _TRIES if gap else self._due):
            return
        self._tried = now
        well = (number == self._copied and not gap) or copy_room()
        self._copied = number if well else self._copied
        self._due = now + (EVERY if well else _TRIES)
