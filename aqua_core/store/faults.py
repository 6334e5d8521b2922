"""What a fault of the engine or the disk means, as a sentence and a remedy."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from aqua_core.errors import FileUnusable

NOT_SAVED: Final = (
    "Not saved: the laptop could not write to its disk. Free some space, then try again."
)
GONE: Final = (
    "Not saved: the room's file was moved or deleted while the app was running. Stop the app and "
    "start it again: it brings back everything that was saved."
)
UNREAD: Final = "The laptop's disk does not answer. Wait a moment, then reload this page."
NOT_ANEW: Final = (
    "It is done, but the laptop's disk kept older copies of the room's file from going. Free some "
    "space and start the app again: they go then."
)
CLOSED: Final = "The room's file is closed. Start the app again."


def is_broken(fault: BaseException) -> bool:
    """Tell whether the engine gave the whole file up: only opening it again helps."""
    return isinstance(fault, duckdb.FatalException) or "invalidated" in str(fault)


def is_held(fault: str) -> bool:
    """Tell whether the engine says that another process has the file."""
    said = fault.casefold()
    return "could not set lock" in said or "being used by another process" in said


@contextmanager
def said_of(path: Path) -> Iterator[None]:
    """Say in a sentence why a file cannot be opened.

    Raises:
        FileUnusable: instead of any fault of the engine or the disk.
    """
    try:
        yield
    except (OSError, duckdb.Error) as fault:
        raise FileUnusable(_in_the_way(path, fault) or _sentence(path, str(fault))) from fault


def _in_the_way(path: Path, fault: Exception) -> str:
    """Say which file stands where a folder must be, or which folder is missing; "" if neither."""
    if isinstance(fault, FileExistsError | NotADirectoryError):
        return f"{Path(fault.filename).name} is a file where a folder must be. Move it away."
    if not isinstance(fault, PermissionError) and _is_missing(path.parent):
        return f"There is no folder {path.parent}. Check the name of the room's file."
    return ""


def _is_missing(folder: Path) -> bool:
    try:
        return not folder.is_dir()
    except OSError:
        return False


def _sentence(path: Path, fault: str) -> str:
    said = fault.casefold()
    if is_held(said):
        return f"{path.name} is open in another program. Close it there, then start again."
    if any(each in said for each in ("permission denied", "access is denied", "read-only")):
        return f"{path.name} cannot be written. Move the folder to a place that is yours to change."
    if "no space left" in said or "not enough space" in said:
        return "The laptop's disk is full. Free some space, then start again; nothing was lost."
    return foreign(path)


def foreign(path: Path) -> str:
    """Give the sentence for a file that is not ours to open."""
    return (
        f"{path.name} is not a file that Discovery Room can read; it was left as it is. "
        "Move it away to start with an empty room."
    )
