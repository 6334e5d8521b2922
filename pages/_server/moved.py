"""Addresses that pages had before: they lead to where these pages are now."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pages import _way


async def to_the_check(request: Request) -> Response:
    """Lead to the 30-day check, which is a view of its place."""
    place_id = request.query_params.get(_way.OF_PLACE, "")[:80]
    at = urlencode(_way.at_place(place_id, _way.CHECK))
    return RedirectResponse(f"{_way.address_of(_way.PLACE)}?{at}", status_code=303)
