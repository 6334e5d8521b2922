"""Headers on every answer: nothing foreign is loaded, nothing is framed, nothing is kept."""

import re
from pathlib import Path
from typing import Final

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages._server.shell import FIRST

INLINE: Final = "'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='"

_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        # Two inline scripts: Streamlit's own, window.prerenderReady = false, and the first words.
        f"script-src 'self' {INLINE} {FIRST} 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src {fonts} data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

# Streamlit loads its font of icons on every page: 375 of a phone's 1,170 kB, and a seat shows none.
_MEDIA: Final = "static/media"
_TYPE: Final = next(
    (Path(st.__file__).parent / "static" / _MEDIA).glob("SourceSansVF-Upright.*"), None
)
_WITHOUT_ICONS: Final = frozenset({"/score"})
_HOST: Final = re.compile(r"[\w.:\[\]-]+")


class SafeHeaders:
    """Adds the headers. Files of the app itself may be kept by the browser; answers may not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(MutableHeaders(scope=message), scope)
            await send(message)

        await self.app(scope, receive, send_safely)


def _add(headers: MutableHeaders, scope: Scope) -> None:
    # A page that may do less than others says so itself.
    headers.setdefault("Content-Security-Policy", _POLICY.format(fonts=_fonts(scope)))
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    if not scope["path"].startswith("/static/"):
        headers["Cache-Control"] = "no-store"
    if _scheme(scope) == "https":
        _keep_to_https(headers)


def _keep_to_https(headers: MutableHeaders) -> None:
    # Every cookie, Streamlit's too.
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        secure = "; secure" in cookie.lower()
        headers.append("set-cookie", cookie if secure else f"{cookie}; Secure")


def _fonts(scope: Scope) -> str:
    host = Headers(scope=scope).get("host", "")
    if not _TYPE or scope["path"] not in _WITHOUT_ICONS or not _HOST.fullmatch(host):
        return "'self'"
    return f"{_scheme(scope)}://{host}/{_MEDIA}/{_TYPE.name}"


def _scheme(scope: Scope) -> str:
    # A proxy's word. Whoever forges it keeps the cookies of its own answer to https, no more.
    said = Headers(scope=scope).get("x-forwarded-proto", "").strip()
    return "https" if said == "https" else str(scope["scheme"])
