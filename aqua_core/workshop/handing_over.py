"""Hand over: a seat goes on with another device, by a short code that works once.

The seat and its votes stay what they are; only the secret that opens it changes, so the device
before has it no more.
"""

import threading
from collections import OrderedDict
from typing import Final, NamedTuple

from aqua_core.errors import NoSuchCode, Refusal, SeatedAlready, TextRefused, TooManyTries
from aqua_core.live import Channel, changed
from aqua_core.store.cursor import Cursor
from aqua_core.store.database import reading, writing
from aqua_core.store.seats import hand_seat, seat_by_token
from aqua_core.vocabulary import Workshop
from aqua_core.vocabulary.short_code import clean_short_code
from aqua_core.workshop.admitting import (
    Caller,
    is_secret,
    new_secret,
    seat_token,
    sitting,
    token_of,
    visiting,
)
from aqua_core.workshop.short_codes import ShortCodes
from aqua_core.workshop.tries import Tries

VALID: Final = 300.0  # seconds
TRIES: Final = 20  # wrong codes a minute from one address
_REMEMBERED: Final = 1000


class _Offer(NamedTuple):
    """A seat by the token that it had when the code was made: once handed over, it has another."""

    workshop_id: str
    token: str


_offers: Final[ShortCodes[_Offer]] = ShortCodes(VALID, _REMEMBERED)
_tries: Final = Tries(TRIES)
_left: Final[OrderedDict[_Offer, None]] = OrderedDict()
_left_lock: Final = threading.Lock()


def offer_seat(caller: Caller, code: str) -> str:
    """Make the short code that another device can take this seat with, within five minutes."""
    with sitting(caller, code, reading) as (cursor, workshop, _):
        return _offers.make(_offer_of(cursor, caller, workshop), caller.seat)


def offered(caller: Caller, code: str) -> str | None:
    """Give the short code that this device shows and nobody has used yet, or None."""
    with visiting(code) as (cursor, workshop):
        return _offers.shown(_offer_of(cursor, caller, workshop), caller.seat)


def handed_over(caller: Caller, code: str) -> bool:
    """Tell whether this device had a seat here that another one has taken over.

    Known until the server starts again: nothing of it is in the file.
    """
    with visiting(code) as (cursor, workshop):
        return _offer_of(cursor, caller, workshop) in _left


def take_over(caller: Caller, code: str, typed: str, address: str) -> str:
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
        raise TooManyTries("Too many tries. Wait 1 minute.")
    try:
        secret = _taken(caller, code, clean_short_code(typed))
    except (NoSuchCode, TextRefused):
        raise
    except Refusal:
        _tries.give_back(address)
        raise
    _tries.give_back(address)
    return secret


def _taken(caller: Caller, code: str, short_code: str) -> str:
    secret = caller.seat if is_secret(caller.seat) else new_secret()
    with visiting(code, writing) as (cursor, workshop):
        offer = _offers.find(short_code)
        seat = seat_by_token(cursor, workshop.id, offer.token)
        if seat is None:  # of another workshop, or handed over by somebody faster
            raise NoSuchCode("This code does not work here. Make a new one on the device before.")
        _check_has_none(cursor, caller, workshop, offer)
        hand_seat(cursor, workshop.id, offer.token, seat_token(cursor, workshop, secret))
    _offers.spend(offer)
    _remember(offer)
    changed(workshop.code, Channel.ROOM)
    return secret


def _check_has_none(cursor: Cursor, caller: Caller, workshop: Workshop, offer: _Offer) -> None:
    token = token_of(cursor, caller, workshop)
    if token == offer.token:
        raise SeatedAlready("This is the device that made the code. Type it on the other one.")
    seat = seat_by_token(cursor, workshop.id, token) if token else None
    if seat is None:
        return
    team = workshop.team(seat.team_id)
    with_team = f" with {team.name}" if team else ""
    raise SeatedAlready(
        f"This device already has a seat here{with_team}, and a device holds one. "
        "Go on with it, or type the code on another device."
    )


def _offer_of(cursor: Cursor, caller: Caller, workshop: Workshop) -> _Offer:
    return _Offer(workshop.id, token_of(cursor, caller, workshop))


def _remember(offer: _Offer) -> None:
    with _left_lock:
        _left[offer] = None
        if len(_left) > _REMEMBERED:
            _left.popitem(last=False)
