"""The ticket: what a device is given with the page on which it may take a seat.

It becomes the seat's secret, so it never comes from a form: over plain HTTP a browser does not say
which site a form was on, and a page elsewhere could seat a device under a secret of its own. As a
SameSite=Strict cookie it comes from our page alone. Its name is its own: a link opened from a mail
brings no cookie, and the ticket that it is given must not be taken for a seat.
"""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from aqua_core.workshop.admitting import Caller, is_secret, new_secret
from pages._room import SEAT_COOKIE
from pages._server.plain.paper import keep_secret

TICKET_COOKIE: Final = "discovery_room_ticket"
_VALID: Final = 3600  # seconds: a phone may lie on the table before its owner picks a team


def give_ticket(request: Request, answer: Response) -> Response:
    """Let the device that asked take a seat; a double tap brings the same ticket twice.

    It keeps the one that it has: whoever waits while joining is closed and asks again is still one.
    """
    kept = request.cookies.get(TICKET_COOKIE, "")
    keep_secret(answer, TICKET_COOKIE, kept if is_secret(kept) else new_secret(), _VALID)
    return answer


def admitted(request: Request) -> Caller:
    """Give the device by its seat's secret, or by its ticket; nobody where it brings neither."""
    brought = (request.cookies.get(name, "") for name in (SEAT_COOKIE, TICKET_COOKIE))
    return Caller(seat=next(filter(is_secret, brought), ""))


def seat_device(answer: Response, secret: str) -> Response:
    """Keep the seat's secret on the device; the ticket is used up."""
    keep_secret(answer, SEAT_COOKIE, secret)
    answer.delete_cookie(TICKET_COOKIE, httponly=True, samesite="strict")
    return answer
