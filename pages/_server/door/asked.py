"""What a request brings: whose it is, and what its form says."""

from typing import Final
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request

from aqua_core.errors import (
    FileUnusable,
    JoiningClosed,
    NoPassphrase,
    NoSeat,
    NoSuchWorkshop,
    Refusal,
    RoomFull,
    SeatAside,
    TooFast,
    TooManyTries,
)
from aqua_core.workshop.admitting import Caller
from pages._room import SEAT_COOKIE

_STATUS: Final = {
    JoiningClosed: 409,
    FileUnusable: 503,
    NoPassphrase: 403,
    NoSeat: 403,
    NoSuchWorkshop: 404,
    RoomFull: 409,
    SeatAside: 403,
    TooFast: 429,
    TooManyTries: 429,
}
_MOST: Final = 4_000  # bytes of a form: a passphrase of 200 characters takes at most 2,400


def status_of(refusal: Refusal, otherwise: int) -> int:
    """Give the status of a refusal: 503 where the disk failed, 404 for an unknown workshop."""
    return _STATUS.get(type(refusal), otherwise)


def seat_of(request: Request) -> Caller:
    """Give the secret of this device's seat, as its cookie brings it."""
    return Caller(seat=request.cookies.get(SEAT_COOKIE, ""))


async def body_of(request: Request, most: int) -> bytes | None:
    """Give the body, or None where it has more than `most` bytes or its sender has left."""
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > most:
                return None
    except ClientDisconnect:
        return None
    return bytes(body)


async def form_of(request: Request) -> dict[str, str] | None:
    """Give the fields of a form, the first of each name; None where it is too long to be ours."""
    body = await body_of(request, _MOST)
    if body is None:
        return None
    fields = parse_qs(body.decode("utf-8", "replace"))
    return {name: values[0] for name, values in fields.items()}
