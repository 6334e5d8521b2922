"""Open the room's file when the app starts, and close it when the app ends."""

from pathlib import Path

from aqua_core.store.database import close_database, open_database


def open_room(path: Path) -> None:
    """Open the room's file, or make it.

    Raises:
        FileUnusable: it is locked, damaged, foreign, or cannot be written; it is left as it was.
    """
    open_database(path)


def close_room() -> None:
    """Close the room's file; everything that was called saved is in it."""
    close_database()
