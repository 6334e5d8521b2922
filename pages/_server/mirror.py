"""A look at oneself on one's own device: a page that can send nothing of what is placed there."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Final

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from aqua_core import errors
from aqua_core.instrument import read_mirror
from aqua_core.vocabulary.mirror import Mirror
from aqua_core.workshop.offering import my_mirror
from pages._room import MIRROR
from pages._server.door import seat_of, status_of
from pages._server.paper import paper

_SCRIPT: Final = (Path(__file__).parent / "templates" / "mirror.js").read_text(encoding="utf-8")
_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'sha256-{b64encode(sha256(_SCRIPT.encode()).digest()).decode()}'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "connect-src 'none'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Of this page alone: its one script may open no line and send no form."""
_NOT_OFFERED: Final = "A look at myself is not offered in this workshop now."


async def look_at_myself(request: Request) -> Response:
    """Show a seat the sliders, where its workshop offers them."""
    code = request.path_params["code"]
    try:
        mirror = await run_in_threadpool(_mirror_for, request, code)
    except errors.Refusal as refusal:
        shown = {"title": "A look at myself", "sentence": str(refusal)}
        return paper(request, "told.html", status_of(refusal, 404), **shown)
    answer = paper(request, "mirror.html", mirror=mirror, code=code, script=Markup(_SCRIPT))
    answer.headers["Content-Security-Policy"] = _POLICY
    return answer


def _mirror_for(request: Request, code: str) -> Mirror:
    if not my_mirror(seat_of(request), code):
        raise errors.NoSeat(_NOT_OFFERED)
    return read_mirror(MIRROR)
