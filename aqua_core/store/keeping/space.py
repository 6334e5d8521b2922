"""How much the disk still takes, and whether the place is one to trust."""

import shutil
from pathlib import Path
from typing import Final

from aqua_core.errors import DiskAlmostFull

TO_OPEN_A_ROUND: Final = 200  # MB; a room takes 7 to 13, and with its copies there are up to seven
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
    if free < TO_OPEN_A_ROUND:
        raise DiskAlmostFull(
            f"Only {free} MB are free on this laptop, and scoring asks for {TO_OPEN_A_ROUND}. "
            "Free some space, then open scoring."
        )


def free_megabytes(path: Path) -> int:
    """Give how many megabytes (10**6 bytes) the disk under a file still takes."""
    return shutil.disk_usage(path.parent).free // 1_000_000


def is_synced(path: Path) -> bool:
    r"""Tell whether a file lies in a synchronised folder or on a share (\\server\folder)."""
    said = str(path).casefold()
    return said.startswith("\\\\") or any(each in said for each in _SYNCED)
