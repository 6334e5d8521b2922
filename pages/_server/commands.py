"""What the app can be asked from the window where it is started: its copies, and to restore one."""

import os
import sys
from pathlib import Path
from typing import Final

from aqua_core.errors import FileUnusable
from aqua_core.workshop.opening import Copy, restore_room, room_copies
from pages._room import DATA

ROOM_FILE: Final = "DISCOVERY_ROOM_FILE"
_ASKED: Final = "Ask for one of: python app.py | python app.py copies | python app.py restore COPY"


def room_file() -> Path:
    """Give where the room's file is."""
    return Path(os.environ.get(ROOM_FILE) or DATA / "room.duckdb")


def run_command(words: list[str]) -> bool:
    """Do what the words after `app.py` ask for; False without any, to start the app.

    Exits with 1 and a sentence where it cannot be done.
    """
    match words:
        case []:
            return False
        case ["copies"]:
            _list_copies()
        case ["restore", which]:
            _restore(which)
        case _:
            sys.exit(_ASKED)
    return True


def _list_copies() -> None:
    copies = _copies()
    if not copies:
        print(f"There is no copy of {room_file().name} yet. The app makes one when it starts.")
    for copy in copies:
        print(f"{copy.number:>8}  made {copy.made:%d %B %Y, %H:%M}  {copy.path}")


def _copies() -> tuple[Copy, ...]:
    try:
        return room_copies(room_file())
    except FileUnusable as refusal:
        sys.exit(str(refusal))


def _restore(which: str) -> None:
    numbered = {str(copy.number): copy.path for copy in _copies()}
    if which.isdecimal() and which not in numbered:
        sys.exit(f"There is no copy {which}. `python app.py copies` lists them.")
    try:
        before = restore_room(room_file(), numbered.get(which, Path(which)))
    except FileUnusable as refusal:
        sys.exit(str(refusal))
    print(f"Restored: the room is as it was in {which}; what was saved later is not in it.")
    print(f"What was there before is kept in {before}.")
