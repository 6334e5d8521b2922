"""Pair a wall: another computer's browser shows one workshop, as a television is paired.

The wall shows a code that is worth nothing until the facilitator types it, so no secret is ever
on a projector or in an address bar. A wall may watch, and can do nothing.
"""

from typing import Final

from aqua_core.errors import NoSuchCode, NotSignedIn, TooManyTries
from aqua_core.live import Channel, changed
from aqua_core.store.database import reading
from aqua_core.store.walls import add_wall, code_on_wall, remove_walls, walls_of
from aqua_core.vocabulary.short_code import clean_short_code
from aqua_core.workshop.admitting import Caller, facilitating, is_secret, may_watch, plain_hash
from aqua_core.workshop.short_codes import ShortCodes
from aqua_core.workshop.tries import Tries

VALID: Final = 600.0  # seconds
MOST_WAITING: Final = 100
NEW_CODES: Final = 5  # a minute from one address: over the ten minutes half of what may wait

_waiting: Final[ShortCodes[str]] = ShortCodes(VALID, MOST_WAITING)  # about a wall, by its hash
_new: Final = Tries(NEW_CODES)


def pairing_code(caller: Caller, address: str) -> str:
    """Give the code that this wall shows until the facilitator has typed it; addresses are counted.

    Raises:
        TooManyTries: the address was given five new codes within a minute.
    """
    if not is_secret(caller.wall):
        raise NotSignedIn("This browser kept no cookie, so it cannot show a workshop.")
    wall = plain_hash(caller.wall)
    shown = _waiting.shown(wall, caller.wall)
    if shown:
        return shown
    if not _new.take(address):
        raise TooManyTries("Too many tries. Wait 1 minute.")
    return _waiting.make(wall, caller.wall)


def shown_on(caller: Caller) -> str | None:
    """Give the code of the workshop that this wall shows, or None."""
    if not is_secret(caller.wall):
        return None
    with reading() as cursor:
        code = code_on_wall(cursor, plain_hash(caller.wall))
    # A wall that was sent to a page which sends it back would go round and round.
    return code if code and may_watch(caller, code) else None


def pair_wall(caller: Caller, code: str, pairing: str) -> None:
    """Let the wall that shows this pairing code show the workshop.

    Raises:
        TextRefused: it cannot be a pairing code.
        NoSuchCode: no screen shows it now.
    """
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        wall = _wall_showing(pairing)
        add_wall(cursor, wall, workshop.id)
    _waiting.spend(wall)


def walls_now(caller: Caller, code: str) -> int:
    """Give how many walls show the workshop."""
    with facilitating(caller, code, reading) as (cursor, workshop):
        return walls_of(cursor, workshop.id)


def stop_walls(caller: Caller, code: str) -> None:
    """Take the workshop from every wall; a wall that is open goes back to its pairing code."""
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        remove_walls(cursor, workshop.id)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def _wall_showing(pairing: str) -> str:
    try:
        return _waiting.find(clean_short_code(pairing))
    except NoSuchCode:
        raise NoSuchCode(
            "No screen is showing this code now. Read it again: it changes after ten minutes."
        ) from None
