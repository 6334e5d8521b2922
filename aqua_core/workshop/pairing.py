"""Other devices come in by a short code: walls, and a seat handed over."""

import secrets
import threading
from collections import OrderedDict
from time import monotonic
from typing import Final, Generic, NamedTuple

from aqua_core import errors
from aqua_core.live import Channel, changed
from aqua_core.rules.short_codes import code_drawn, code_hash
from aqua_core.store import seats as seat_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading, writing
from aqua_core.store.facts import is_shared
from aqua_core.vocabulary import Workshop
from aqua_core.vocabulary.event import clean_short_code
from aqua_core.workshop import admitting
from aqua_core.workshop.passing import Passing
from aqua_core.workshop.short_codes import (
    NO_CODE,
    About,
    Codes,
    SharedCodes,
)
from aqua_core.workshop.tries import TriesOfAll


class _Waiting(NamedTuple):
    salt: bytes
    code_hash: bytes
    until: float  # of the monotonic clock, in seconds
    asked_again: bool = False


class ShortCodes(Generic[About]):
    """Codes that wait, one for each thing they are about.

    Each waits `seconds`. Of more than `most`, the youngest that was never asked for again is given
    up, and where all were, the one asked for longest ago: 110 requests without a cookie changed
    the code of a wall that stood there waiting.
    """

    def __init__(self, seconds: float, most: int) -> None:
        self._seconds = seconds
        self._most = most
        self._waiting: OrderedDict[About, _Waiting] = OrderedDict()
        self._lock = threading.Lock()

    def make(self, about: About, secret: str) -> str:
        """Give a fresh code; the one before it is worth nothing any more."""
        salt = secrets.token_bytes(16)
        code = code_drawn(secret, salt)
        with self._lock:
            self._waiting[about] = _Waiting(salt, code_hash(code), monotonic() + self._seconds)
            self._waiting.move_to_end(about)
            if len(self._waiting) > self._most:
                del self._waiting[self._given_up(about)]
        return code

    def shown(self, about: About, secret: str) -> str | None:
        """Give the code that still waits to the browser that shows it, or None."""
        with self._lock:
            found = self._waiting.get(about)
            if found is None or found.until <= monotonic():
                return None
            self._waiting[about] = found._replace(asked_again=True)
            self._waiting.move_to_end(about)
        return code_drawn(secret, found.salt)

    def find(self, code: str) -> About:
        """Give what a code is about.

        Raises:
            NoSuchCode: nobody shows it, it was used, or its time is over.
        """
        now, kept = monotonic(), code_hash(code)
        with self._lock:
            for about, wall in self._waiting.items():
                if wall.code_hash == kept and wall.until > now:
                    return about
        raise errors.NoSuchCode(NO_CODE)

    def spend(self, about: About) -> None:
        """Make the code about this worth nothing."""
        with self._lock:
            self._waiting.pop(about, None)

    def _given_up(self, newest: About) -> About:
        now, others = monotonic(), [about for about in self._waiting if about != newest]
        over = [other for other in others if self._waiting[other].until <= now]
        never_again = [other for other in others if not self._waiting[other].asked_again]
        return [*others[:1], *never_again[-1:], *over[:1]][-1]


PAIRING_VALID: Final = 600.0  # seconds
MOST_WAITING: Final = 100
NEW_CODES: Final = 5  # a minute from one address: over the ten minutes half of what may wait

_waiting: Final[ShortCodes[str]] = ShortCodes(
    PAIRING_VALID, MOST_WAITING
)  # about a wall, by its hash
_shared_waiting: Final = SharedCodes("wall", PAIRING_VALID, MOST_WAITING, str)
_new: Final = TriesOfAll("new pairing code", NEW_CODES)


def _walls() -> Codes[str]:
    return _shared_waiting if is_shared() else _waiting


def pairing_code(caller: admitting.Caller, address: str) -> str:
    """Give the code that this wall shows until the facilitator has typed it; addresses are counted.

    Raises:
        TooManyTries: the address was given five new codes within a minute.
    """
    if not admitting.is_secret(caller.wall):
        raise errors.NotSignedIn("This browser kept no cookie, so it cannot show a workshop.")
    wall = admitting.plain_hash(caller.wall)
    shown = _walls().shown(wall, caller.wall)
    if shown:
        return shown
    if not _new.take(address):
        raise errors.TooManyTries("Too many tries. Wait 1 minute.")
    return _walls().make(wall, caller.wall)


def shown_on(caller: admitting.Caller) -> str | None:
    """Give the code of the workshop that this wall shows, or None."""
    if not admitting.is_secret(caller.wall):
        return None
    wall = admitting.plain_hash(caller.wall)
    with reading(wall) as cursor:
        code = seat_rows.code_on_wall(cursor, wall)
    # A wall that was sent to a page which sends it back would go round and round.
    return code if code and admitting.may_watch(caller, code) else None


def pair_wall(caller: admitting.Caller, code: str, pairing: str) -> None:
    """Let the screen that shows this pairing code show the workshop.

    Raises:
        TextRefused: it cannot be a pairing code.
        NoSuchCode: no screen shows it now.
    """
    with admitting.leading(caller, code, closed_too=True) as (cursor, workshop):
        wall = _wall_showing(pairing)
        seat_rows.add_wall(cursor, wall, workshop.id)
    _walls().spend(wall)


def pair_host(caller: admitting.Caller, code: str, pairing: str) -> None:
    """Let the laptop that shows this pairing code lead the workshop's talk and plan.

    Raises:
        TextRefused, NoSuchCode: as for a wall.
    """
    with admitting.facilitating(caller, code) as (cursor, workshop):
        host = _wall_showing(pairing)
        seat_rows.add_wall(cursor, host, workshop.id, leads=True)
    _walls().spend(host)


def walls_now(caller: admitting.Caller, code: str) -> int:
    """Give how many walls show the workshop."""
    with admitting.leading(caller, code, reading) as (cursor, workshop):
        return seat_rows.walls_of(cursor, workshop.id)


def hosts_now(caller: admitting.Caller, code: str) -> int:
    """Give how many hosts' laptops lead the workshop."""
    with admitting.facilitating(caller, code, reading) as (cursor, workshop):
        return seat_rows.walls_of(cursor, workshop.id, leads=True)


def stop_walls(caller: admitting.Caller, code: str) -> None:
    """Take the workshop from every wall; a wall that is open goes back to its pairing code."""
    with admitting.leading(caller, code, closed_too=True) as (cursor, workshop):
        seat_rows.remove_walls(cursor, workshop.id)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def stop_hosts(caller: admitting.Caller, code: str) -> None:
    """Take the workshop from every host; a laptop that is open goes back to its pairing code."""
    with admitting.facilitating(caller, code) as (cursor, workshop):
        seat_rows.remove_walls(cursor, workshop.id, leads=True)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def _wall_showing(pairing: str) -> str:
    try:
        return _walls().find(clean_short_code(pairing))
    except errors.NoSuchCode:
        raise errors.NoSuchCode(
            "No screen is showing this code now. Read it again: it changes after ten minutes."
        ) from None


HANDING_VALID: Final = 300.0  # seconds
TRIES: Final = 20  # wrong codes a minute from one address
_REMEMBERED: Final = 1000


class _Offer(NamedTuple):
    """A seat by the token that it had when the code was made: once handed over, it has another."""

    workshop_id: str
    token: str


_offers: Final[ShortCodes[_Offer]] = ShortCodes(HANDING_VALID, _REMEMBERED)
_shared_offers: Final = SharedCodes("seat", HANDING_VALID, _REMEMBERED, lambda held: _Offer(*held))
_tries: Final = TriesOfAll("short code", TRIES)
_left: Final = Passing[tuple[str, ...]]("seats handed over", tuple[str, ...], ())


def _offering() -> Codes[_Offer]:
    return _shared_offers if is_shared() else _offers


def offer_seat(caller: admitting.Caller, code: str) -> str:
    """Make the short code that another device can take this seat with, within five minutes."""
    with admitting.sitting(caller, code, reading) as (cursor, workshop, _):
        return _offering().make(_offer_of(cursor, caller, workshop), caller.seat)


def offered(caller: admitting.Caller, code: str) -> str | None:
    """Give the short code that this device shows and nobody has used yet, or None."""
    with admitting.visiting(code) as (cursor, workshop):
        return _offering().shown(_offer_of(cursor, caller, workshop), caller.seat)


def handed_over(caller: admitting.Caller, code: str) -> bool:
    """Tell whether this device had a seat here that another one has taken over.

    Known in passing: nothing of it is in the file.
    """
    with admitting.visiting(code) as (cursor, workshop):
        return admitting.token_of(cursor, caller, workshop) in _left.now(workshop.code)


def take_over(caller: admitting.Caller, code: str, typed: str, address: str) -> str:
    """Take over the seat that a short code was made for; wrong ones are counted for each address.

    Returns:
        The secret for the seat's cookie: the device's own, or a new one where it has none.

    Raises:
        TextRefused: what was typed cannot be a short code.
        NoSuchCode: it was used, its time is over, or it was never given out for this workshop.
        SeatedAlready: this device has a seat here.
        TooManyTries: 20 wrong ones came from this address within a minute.
    """
    # Taken before it is known whether it is wrong: of those sent at once each would find one left.
    if not _tries.take(address):
        raise errors.TooManyTries("Too many tries. Wait 1 minute.")
    try:
        secret = _taken(caller, code, clean_short_code(typed))
    except (errors.NoSuchCode, errors.TextRefused):
        raise
    except errors.Refusal:
        _tries.give_back(address)
        raise
    _tries.give_back(address)
    return secret


def _taken(caller: admitting.Caller, code: str, short_code: str) -> str:
    secret = caller.seat if admitting.is_secret(caller.seat) else admitting.new_secret()
    with admitting.visiting(code, writing) as (cursor, workshop):
        offer = _offering().find(short_code)
        seat = seat_rows.seat_by_token(cursor, workshop.id, offer.token)
        if seat is None:  # of another workshop, or handed over by somebody faster
            raise errors.NoSuchCode(
                "This code does not work here. Make a new one on the device before."
            )
        _check_has_none(cursor, caller, workshop, offer)
        seat_rows.hand_seat(
            cursor, workshop.id, offer.token, admitting.seat_token(cursor, workshop, secret)
        )
    _offering().spend(offer)
    _left.change(workshop.code, lambda left: (*left, offer.token)[-_REMEMBERED:])
    changed(workshop.code, Channel.ROOM)
    return secret


def _check_has_none(
    cursor: Cursor, caller: admitting.Caller, workshop: Workshop, offer: _Offer
) -> None:
    token = admitting.token_of(cursor, caller, workshop)
    if token == offer.token:
        raise errors.SeatedAlready(
            "This is the device that made the code. Type it on the other one."
        )
    seat = seat_rows.seat_by_token(cursor, workshop.id, token) if token else None
    if seat is None:
        return
    team = workshop.team(seat.team_id)
    with_team = f" with {team.name}" if team else ""
    raise errors.SeatedAlready(
        f"This device already has a seat here{with_team}, and a device holds one. "
        "Go on with it, or type the code on another device."
    )


def _offer_of(cursor: Cursor, caller: admitting.Caller, workshop: Workshop) -> _Offer:
    return _Offer(workshop.id, admitting.token_of(cursor, caller, workshop))
