"""Who may do what: facilitator, wall and seat, each by a cookie. Nobody else may do anything."""

import hashlib
import hmac
import re
import secrets
from typing import Final, NamedTuple, TypeVar

from aqua_core.errors import NoSeat, NoSuchWorkshop, NotSignedIn, Refusal, SeatAside, WorkshopClosed
from aqua_core.store.closings import is_open
from aqua_core.store.cursor import Cursor
from aqua_core.store.database import reading
from aqua_core.store.facilitators import is_facilitator
from aqua_core.store.seats import aside_to_score, seat_by_token, seat_id_by_token, seat_key_of
from aqua_core.store.walls import is_wall
from aqua_core.store.workshops import workshop_by_code
from aqua_core.vocabulary import Seat, Workshop, clean_code

T = TypeVar("T")

NO_WORKSHOP: Final = "No open workshop has this code. Check it with your facilitator."
NO_SEAT: Final = "This device has no seat in this workshop now. Reload the page to see the way on."


class Caller(NamedTuple):
    """The secrets that came with a request; "" for none. Never shown, logged or put in a link."""

    facilitator: str = ""
    seat: str = ""
    wall: str = ""


def new_secret() -> str:
    """Make 256 random bits as text that fits a cookie or a link."""
    return secrets.token_urlsafe(32)


def is_secret(text: str) -> bool:
    """Tell whether a text has the shape of new_secret(): no shorter one counts as a secret."""
    return re.fullmatch("[A-Za-z0-9_-]{43}", text) is not None


def may_facilitate(caller: Caller) -> bool:
    """Tell whether this browser is signed in as the facilitator."""
    with reading() as cursor:
        return bool(caller.facilitator) and is_facilitator(cursor, plain_hash(caller.facilitator))


def check_facilitator(cursor: Cursor, caller: Caller) -> None:
    """Refuse everyone but the facilitator.

    Raises:
        NotSignedIn: the caller's cookie is none of a facilitator's.
    """
    if not caller.facilitator or not is_facilitator(cursor, plain_hash(caller.facilitator)):
        raise NotSignedIn(
            "Only the facilitator can do this. "
            "Open the sign-in link from the window where the app was started."
        )


def may_watch(caller: Caller, code: str) -> bool:
    """Tell whether this browser may see what is projected of a workshop."""
    try:
        with reading() as cursor:
            check_may_watch(cursor, caller, find_workshop(cursor, code))
    except Refusal:
        return False
    return True


def check_may_watch(cursor: Cursor, caller: Caller, workshop: Workshop) -> None:
    """Refuse everyone but the facilitator and the walls of this workshop.

    Raises:
        NotSignedIn: the caller is neither.
    """
    if not (caller.wall and is_wall(cursor, plain_hash(caller.wall), workshop.id)):
        check_facilitator(cursor, caller)


def find_workshop(cursor: Cursor, code: str) -> Workshop:
    """Give the workshop with this join code, however it was typed.

    Raises:
        TextRefused: it cannot be a code.
        NoSuchWorkshop: no open workshop has it.
    """
    found = workshop_by_code(cursor, clean_code(code))
    if found is None:
        raise NoSuchWorkshop(NO_WORKSHOP)
    return found


def find_open_workshop(cursor: Cursor, code: str) -> Workshop:
    """Give the workshop with this join code, unless it is closed: then nobody joins or scores.

    Raises:
        TextRefused: it cannot be a code.
        NoSuchWorkshop: no open workshop has it; the same sentence for a closed one as for none.
    """
    found = find_workshop(cursor, code)
    if not is_open(cursor, found.id):
        raise NoSuchWorkshop(NO_WORKSHOP)
    return found


def check_open(cursor: Cursor, workshop: Workshop) -> None:
    """Refuse the facilitator what a closed workshop does not take any more: it is to look at.

    Raises:
        WorkshopClosed: it is closed.
    """
    if not is_open(cursor, workshop.id):
        raise WorkshopClosed("This workshop is closed. For another look, set up the next one.")


def find_seat(cursor: Cursor, caller: Caller, workshop: Workshop) -> Seat:
    """Give the caller's seat in a workshop.

    Raises:
        NoSeat: this device has none.
    """
    token = token_of(cursor, caller, workshop)
    return _there(seat_by_token(cursor, workshop.id, token) if token else None)


def find_seat_id(cursor: Cursor, caller: Caller, workshop: Workshop) -> str:
    """Give the id of the caller's seat, which stays whatever its team; asked at every vote.

    Raises:
        NoSeat: this device has none.
    """
    token = token_of(cursor, caller, workshop)
    return _there(seat_id_by_token(cursor, workshop.id, token) if token else None)


def check_counts(cursor: Cursor, workshop: Workshop, seat_id: str) -> None:
    """Refuse a seat that is set aside; asked at every vote.

    Raises:
        SeatAside: the facilitator set it aside.
    """
    if seat_id in aside_to_score(cursor, workshop.id):
        raise SeatAside("Your facilitator has set this seat aside: nothing of it counts now.")


def _there(found: T | None) -> T:
    if found is None:
        raise NoSeat(NO_SEAT)
    return found


def token_of(cursor: Cursor, caller: Caller, workshop: Workshop) -> str:
    """Give what the file would keep of the caller's cookie; "" without one."""
    return seat_token(cursor, workshop, caller.seat) if caller.seat else ""


def seat_token(cursor: Cursor, workshop: Workshop, secret: str) -> str:
    """Give what the file would keep of a seat's secret; "" where the seats have no key."""
    seat_key = seat_key_of(cursor, workshop.id)
    return keyed_hash(seat_key, secret) if seat_key else ""


def keyed_hash(seat_key: bytes, secret: str) -> str:
    """Give what the file keeps of a seat's cookie; without the key it says nothing."""
    return hmac.new(seat_key, secret.encode(), hashlib.sha256).hexdigest()


def plain_hash(secret: str) -> str:
    """Give what the file keeps of the cookie of a facilitator or a wall."""
    # 256 random bits cannot be guessed, so a plain hash is enough.
    return hashlib.sha256(secret.encode()).hexdigest()
