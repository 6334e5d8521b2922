"""Whose copies these are: a file that was carried here must not be mended from another room's."""

from datetime import datetime
from pathlib import Path
from typing import Final

from aqua_core.store.cursor import Cursor

NOTE: Final = "whose"


def room_of(connection: Cursor) -> str:
    """Give what a room's file and its copies share, and no other file: a random mark."""
    found = connection.execute("SELECT max(room) FROM deed").fetchone()
    return str(found[0] or "") if found else ""


def kept_for(folder: Path) -> str:
    """Give the mark of the room whose copies a folder holds; "" while it holds none."""
    note = folder / NOTE
    return note.read_text("utf-8") if note.exists() else ""


def of_the_same_room(folder: Path) -> list[Path]:
    """Give the other folders of copies beside one that hold copies of the same room.

    A restoring leaves such a folder, and so does a room's file that is given another name.
    """
    room = kept_for(folder)
    beside = (each for each in folder.parent.iterdir() if each.is_dir() and each != folder)
    return [each for each in beside if room and "-copies" in each.name and kept_for(each) == room]


def keep_for(folder: Path, room: str) -> None:
    """Note whose copies a folder holds."""
    (folder / NOTE).write_text(room, "utf-8")


def make_way(folder: Path, room: str) -> str:
    """Move the copies of another room aside, so that this one begins its own.

    Returns:
        The sentence to say; "" where the folder was this room's, or nobody's.
    """
    if kept_for(folder) in ("", room):
        return ""
    former = folder.with_name(f"{folder.name}-of-another-{datetime.now():%Y-%m-%d-%H%M%S}")
    folder.rename(former)
    folder.mkdir()
    return (
        "The room's file is another room than at the last start. "
        f"The copies of the former one are kept in {former.name}."
    )
