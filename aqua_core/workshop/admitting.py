"""Who may do what: the facilitator by a one-time link, a seat by the cookie on its device."""

import hashlib
import hmac
import re
import secrets
import threading
from typing import Final, NamedTuple

from aqua_core.errors import LinkSpent, NoSeat, NoSuchWorkshop, NotSignedIn
from aqua_core.store.database import Cursor, reading, writing
from aqua_core.store.facilitators import add_facilitator, is_facilitator
from aqua_core.store.seats import seat_by_token, seat_id_by_token, seat_key_of
from aqua_core.store.workshops import workshop_by_code
from aqua_core.vocabulary import Seat, Workshop, clean_code

NO_SEAT: Final = "This device has no seat in this workshop yet."

_links: Final[set[str]] = set()
_links_lock: Final = threading.Lock()


class Caller(NamedTuple):
    """The secrets that came with a request; "" for none. Never shown, logged or put in a link."""

    facilitator: str = ""
    seat: str = ""


def new_secret() -> str:
    """Make 256 random bits as text that fits a cookie or a link."""
    return secrets.token_urlsafe(32)


def is_secret(text: str) -> bool:
    """Tell whether a text has the shape of new_secret(): no shorter one counts as a secret."""
    return re.fullmatch("[A-Za-z0-9_-]{43}", text) is not None


def new_sign_in_link() -> str:
    """Give the secret part of a link that signs one browser in, once."""
    link = new_secret()
    with _links_lock:
        _links.add(link)
    return link


def sign_in(link: str) -> str:
    """Exchange a one-time link for the secret of a facilitator's cookie.

    Raises:
        LinkSpent: it was used before, or never given out.
        FileUnusable: the sign-in could not be saved; the link still works.
    """
    secret = new_secret()
    with _links_lock:
        if link not in _links:
            raise LinkSpent(
                "This sign-in link was already used. "
                "Take the newest one from the window where the app was started."
            )
        with writing() as cursor:
            add_facilitator(cursor, _hash(secret))
        _links.discard(link)
    return secret


def may_facilitate(caller: Caller) -> bool:
    """Tell whether this browser is signed in as the facilitator."""
    with reading() as cursor:
        return bool(caller.facilitator) and is_facilitator(cursor, _hash(caller.facilitator))


def check_facilitator(cursor: Cursor, caller: Caller) -> None:
    """Refuse everyone but the facilitator.

    Raises:
        NotSignedIn: the caller's cookie is none of a facilitator's.
    """
    if not caller.facilitator or not is_facilitator(cursor, _hash(caller.facilitator)):
        raise NotSignedIn(
            "Only the facilitator can do this. "
            "Open the sign-in link from the window where the app was started."
        )


def find_workshop(cursor: Cursor, code: str) -> Workshop:
    """Give the workshop with this join code, however it was typed.

    Raises:
        TextRefused: it cannot be a code.
        NoSuchWorkshop: no open workshop has it.
    """
    found = workshop_by_code(cursor, clean_code(code))
    if found is None:
        raise NoSuchWorkshop("No open workshop has this code. Check it with your facilitator.")
    return found


def find_seat(cursor: Cursor, caller: Caller, workshop: Workshop) -> Seat:
    """Give the caller's seat in a workshop.

    Raises:
        NoSeat: this device has none.
    """
    token = token_of(cursor, caller, workshop)
    seat = seat_by_token(cursor, workshop.id, token) if token else None
    if seat is None:
        raise NoSeat(NO_SEAT)
    return seat


def find_seat_id(cursor: Cursor, caller: Caller, workshop: Workshop) -> str:
    """Give the id of the caller's seat, which stays whatever its team; asked at every vote.

    Raises:
        NoSeat: this device has none.
    """
    token = token_of(cursor, caller, workshop)
    seat_id = seat_id_by_token(cursor, workshop.id, token) if token else None
    if seat_id is None:
        raise NoSeat(NO_SEAT)
    return seat_id


def token_of(cursor: Cursor, caller: Caller, workshop: Workshop) -> str:
    """Give what the file would keep of the caller's cookie; "" without one."""
    seat_key = seat_key_of(cursor, workshop.id)
    return keyed_hash(seat_key, caller.seat) if caller.seat and seat_key else ""


def keyed_hash(seat_key: bytes, secret: str) -> str:
    """Give what the file keeps of a seat's cookie; without the key it says nothing."""
    return hmac.new(seat_key, secret.encode(), hashlib.sha256).hexdigest()


def _hash(secret: str) -> str:
    # 256 random bits cannot be guessed, so a plain hash is enough.
    return hashlib.sha256(secret.encode()).hexdigest()
