"""Which of Streamlit's own routes are open: what a page of ours asks for, and no more."""

from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from aqua_core.errors import FileUnusable
from pages._server.door.peer import facilitates
from pages._server.door.refusing import refuse

METRICS: Final = "/_stcore/metrics"
_UPLOAD: Final = "/_stcore/upload_file/"
_KEPT: Final = {
    METRICS: "Metrics are for the facilitator alone.",
    _UPLOAD: "Files are brought by the facilitator alone.",
}
_CORE: Final = "/_stcore/"
_OPEN: Final = frozenset({"/_stcore/health", "/_stcore/host-config", "/_stcore/stream"})
_OPEN_UNDER: Final = ("/_stcore/bidi-components/",)
# Streamlit's sign-in with an account elsewhere, and its components of version 1: none is used.
_CLOSED: Final = frozenset({"/auth/login", "/auth/logout", "/oauth2callback"})
_CLOSED_UNDER: Final = ("/component/",)

MOST: Final = 1_000_000  # bytes of any request's body
NOT_HERE: Final = "There is nothing here. Go to the first page."
TOO_LARGE: Final = "This is too large: Discovery Room takes at most 1 MB."


class OpenWays:
    """Close what no page needs (agents, accounts); metrics and uploads are the facilitator's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403, 404, 413 or 503."""
        refused = await _refused(scope)
        if refused:
            await refuse(scope, receive, send, *refused)
        else:
            await self.app(scope, receive, send)


def is_open(path: str) -> bool:
    """Tell whether anything of Streamlit's or ours may answer at a path."""
    if path.startswith(_CORE):
        return path in _OPEN or path == METRICS or path.startswith((*_OPEN_UNDER, _UPLOAD))
    return path not in _CLOSED and not path.startswith(_CLOSED_UNDER)


async def _refused(scope: Scope) -> tuple[int, str] | None:
    if scope["type"] not in ("http", "websocket"):
        return None
    if not is_open(scope["path"]):
        return 404, NOT_HERE
    if scope["type"] == "websocket":
        return None
    if _is_too_large(scope):
        return 413, TOO_LARGE
    kept = next((each for path, each in _KEPT.items() if scope["path"].startswith(path)), "")
    return await _kept_from(scope, kept) if kept else None


async def _kept_from(scope: Scope, sentence: str) -> tuple[int, str] | None:
    try:
        is_theirs = await facilitates(scope)
    except FileUnusable as refusal:
        return 503, str(refusal)
    return None if is_theirs else (403, sentence)


def _is_too_large(scope: Scope) -> bool:
    if scope["method"] in ("GET", "HEAD"):
        return False
    asked = Headers(scope=scope)
    length = asked.get("content-length", "0")
    # No browser sends a form without saying how long it is.
    unsaid = "transfer-encoding" in asked
    return unsaid or not length.isdecimal() or int(length) > MOST
