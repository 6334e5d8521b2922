"""The practice page: a device that reaches the laptop saves an answer that counts nowhere."""

from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from aqua_core import errors
from aqua_core.vocabulary import clean_code
from aqua_core.workshop.opening import practice_opened, practise
from pages import _address
from pages._room import CODE
from pages._server.door import form_of, peer_of, status_of
from pages._server.paper import paper

_ANSWERS: Final = ("I got lost", "Long", "Bumpy", "As usual", "Easy", "A pleasure")


async def ask_to_practise(request: Request) -> Response:
    """Ask the practice question, and note that a device came as far as this."""
    try:
        await run_in_threadpool(practice_opened, here=_is_here(request))
    except errors.Refusal as refusal:
        return _asked(request, status_of(refusal, 400), str(refusal))
    return _asked(request)


async def save_practice(request: Request) -> Response:
    """Save the practice answer, and say how long it took."""
    typed = (await form_of(request) or {}).get("points", "")
    points, here = int(typed) if typed.isdecimal() else None, _is_here(request)
    try:
        seconds = await run_in_threadpool(practise, points, peer_of(request.scope), here=here)
    except errors.Refusal as refusal:
        return _asked(request, status_of(refusal, 400), str(refusal))
    return _asked(request, seconds=f"{max(seconds, 0.01):.2f}")


def _asked(
    request: Request, status: int = 200, sentence: str = "", seconds: str | None = None
) -> Response:
    code = _code_of(request)
    shown = {"code": code, "back": f"/score?{CODE}={quote(code)}" if code else ""}
    shown |= {"answers": _ANSWERS, "sentence": sentence, "seconds": seconds}
    return paper(request, "rehearse.html", status, **shown)


def _code_of(request: Request) -> str:
    try:
        return clean_code(request.query_params.get(CODE, ""))
    except errors.TextRefused:
        return ""


def _is_here(request: Request) -> bool:
    """Tell whether this laptop itself asks, or a proxy on it that does not say for whom."""
    address = peer_of(request.scope)
    if _address.is_number(address) and _address.is_this_laptop(address):
        # Believed here alone: whoever forges it deceives the facilitator of a rehearsal.
        said = Headers(scope=request.scope).get("x-forwarded-for", "")
        address = said.rpartition(",")[2].strip() or address
    return not _address.is_number(address) or _address.is_this_laptop(address)
