"""The room's file from the app's start to its end, and the rehearsal that a phone reaches it."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from time import monotonic, time
from typing import Final, NamedTuple

from aqua_core import live
from aqua_core.errors import ChoiceRefused, FileUnusable, TooManyTries
from aqua_core.store.connecting import Heard
from aqua_core.store.database import (
    close_database,
    open_database,
    open_shared,
    prepare_shared,
    seconds_a_deed,
)
from aqua_core.store.database import practise as put_on_disk
from aqua_core.store.keeping.keeper import TO_GO_ON, Keeper, check_space, free_megabytes, is_synced
from aqua_core.store.keeping.restoring import Copy, copies_of, restore
from aqua_core.vocabulary import HIGHEST, LOWEST
from aqua_core.workshop.passing import Passing
from aqua_core.workshop.signing_in import end_sign_ins_of_last_run
from aqua_core.workshop.tries import Tries

SLOW: Final = 0.1  # seconds a deed: of 40 who tap at once the last one waits 4 s
_kept: Final[dict[str, Keeper]] = {}
_opened: Final[dict[str, Path]] = {}
_said: Final[list[str]] = []


class Rehearsal(NamedTuple):
    """What came to an address of this laptop from other devices since the rehearsal `begun` there.

    `begun` and `opened`, when one opened the practice page (None: none did), are seconds of the
    clock that all machines share. `saved` says that a practice answer was on disk, after `took`
    seconds; `here` that this laptop itself opened the page.
    """

    address: str = ""
    begun: float = 0.0
    opened: float | None = None
    saved: bool = False
    took: float = 0.0
    here: bool = False


_rehearsed: Final = Passing("rehearsal", Rehearsal, Rehearsal())
_OF_THE_ROOM: Final = ""  # it is of no workshop
_practices: Final = Tries(60)


def open_room(path: Path) -> None:
    """Open the room's file, or make it; a damaged one is brought back from its copies.

    Raises:
        FileUnusable: it is locked, foreign, or cannot be written; it is left as it was.
    """
    mended = open_database(path)
    _said[:] = [part for part in (mended.said, _where_it_lies(path)) if part]
    with suppress(FileUnusable):  # on a full disk the room must come back all the same
        end_sign_ins_of_last_run()
    _opened["room"] = path.resolve()
    _kept["room"] = Keeper()


def open_shared_room(address: str) -> None:
    """Open the room in a database that several processes share.

    What is done here is told to the others, and what they do is heard here. Its copies are who
    runs the database's, and who signed in by a passphrase stays so until signed out.

    Raises:
        FileUnusable: it does not answer, or is to be prepared first.
    """

    def changed(code: str, channels: Iterable[str]) -> None:
        live.heard(code, map(live.Channel, channels))

    live.tell_others(open_shared(address, heard=Heard(changed, live.heard_of_anything)))


def prepare_room(address: str) -> str:
    """Make or upgrade the tables of a shared database; give a sentence on what was done.

    Raises:
        FileUnusable: it does not answer, or is none that this version can use.
    """
    before, now, begun = prepare_shared(address)
    if begun:
        return (
            f"The room's database is prepared. What was in it belongs to an organisation of its "
            f'own: `python app.py invite "{begun}"` lets its administrator in, who can rename it.'
        )
    if before == now:
        return f"The room's database has layout {now} already: nothing was changed."
    return f"The room's database is prepared: its layout was {before}, and is {now} now."


def close_room() -> None:
    """Close the room; everything that was called saved is in it."""
    live.tell_others(None)
    if keeper := _kept.pop("room", None):
        keeper.end()
    close_database()


def said_at_start() -> tuple[str, ...]:
    """Give what the facilitator should know of the file as it was opened; mostly nothing."""
    return tuple(_said)


def said_of_disk() -> str:
    """Give a sentence when the disk is almost full, or slow; else ""."""
    path = _opened.get("room")
    if path is None:
        return ""
    if (free := free_megabytes(path)) < TO_GO_ON:
        return (
            f"Only {free} MB are free on this laptop. Free some space: soon nothing can be saved."
        )
    if (seconds := seconds_a_deed()) >= SLOW:
        return (
            f"This laptop's disk is slow: it takes {seconds:.1f} s to save one answer, and a room "
            "that taps at the same time waits for all of them. Close other programs, stop backups "
            "and virus scans, or move the room's file to the laptop's own disk."
        )
    return ""


def check_room_for_scores() -> None:
    """Refuse to open scoring on a disk that is almost full.

    Raises:
        DiskAlmostFull: less than 200 MB are free.
    """
    if path := _opened.get("room"):
        check_space(path)


def copy_soon() -> None:
    """Ask for a copy of the file, as after a reveal; it is made beside the room's work."""
    if keeper := _kept.get("room"):
        keeper.copy_soon()


def rehearsal_now() -> Rehearsal:
    """Give how far the rehearsal is."""
    return _rehearsed.asked(_OF_THE_ROOM)


def rehearse_at(address: str, *, anew: bool = False) -> None:
    """Begin a rehearsal at an address; one that goes on there already does, unless `anew`.

    What came to another address proves nothing of this one.
    """
    if anew or rehearsal_now().address != address:
        _rehearsed.put(_OF_THE_ROOM, Rehearsal(address, time()))


def practice_opened(*, here: bool) -> None:
    """Note that a device opened the practice page; `here` is this laptop itself."""
    came = {"here": True} if here else {"opened": time()}
    _rehearsed.change(_OF_THE_ROOM, lambda now: now._replace(**came))


def practise(points: object, address: str, *, here: bool) -> float:
    """Put a practice answer on disk, read it back and take it away: it is in no table.

    It is written beside the room's file, on the same disk.

    Args:
        points: 0 to 5.
        address: whose answers are counted.
        here: this laptop itself gave it, which proves nothing.

    Returns:
        How many seconds it took.

    Raises:
        ChoiceRefused: these are no points.
        TooManyTries: 60 came from this address within a minute.
        FileUnusable: the disk did not take it, or the room's file is closed.
    """
    if type(points) is not int or not LOWEST <= points <= HIGHEST:
        raise ChoiceRefused("Choose one of the answers, then save it.")
    if not _practices.take(address):
        raise TooManyTries("Too many tries. Wait 1 minute.")
    began = monotonic()
    put_on_disk(b"%d" % points)
    took = monotonic() - began
    if not here:
        practice_opened(here=False)
        _rehearsed.change(_OF_THE_ROOM, lambda now: now._replace(saved=True, took=took))
    return took


def room_copies(path: Path) -> tuple[Copy, ...]:
    """Give the copies of a room's file, the newest first.

    Raises:
        FileUnusable: their folder cannot be read.
    """
    return copies_of(path)


def restore_room(path: Path, source: Path) -> Path:
    """Put a copy in the place of a room's file that is not open; give where the former one is.

    Raises:
        FileUnusable: the app is running, or the copy cannot be used; nothing was changed.
    """
    return restore(path, source)


def _where_it_lies(path: Path) -> str:
    if not is_synced(path.absolute()):
        return ""
    return (
        "The room's file lies in a folder that is synchronised or shared. Keep it on this laptop's "
        "own disk: DISCOVERY_ROOM_FILE names another place."
    )
