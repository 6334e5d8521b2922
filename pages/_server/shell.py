"""The page that Streamlit draws into, with the words that stand there until it has."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from re import findall
from typing import Final

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPT: Final = (Path(__file__).parents[1] / "_first.js").read_text(encoding="utf-8")
FIRST: Final = f"'sha256-{b64encode(sha256(_SCRIPT.encode()).digest()).decode()}'"
"""The script's name in the policy of headers.py."""

_ROOT: Final = '<div id="root"></div>'
_LOOKS: Final = (
    "font: 20px/1.4 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; max-width: 34em;"
    " position: fixed; z-index: 99; top: 0; left: 0; right: 0; margin: auto; padding: 1em;"
    " background: #fff; color: #1b1b1b"
)
_NO_SCRIPT: Final = (
    "Discovery Room needs JavaScript, which this browser does not run."
    " Switch it on, or use another browser or device."
)
_WORDS: Final = (
    f'<div id="first-words" role="alert" hidden style="{_LOOKS}"><p></p>'
    '<p><a href="" style="color: #12436d">Try again</a></p></div>'
    f'<noscript><p style="{_LOOKS}">{_NO_SCRIPT}</p></noscript>'
)

# What a seat needs: the files that Streamlit's own page names, and those of a component. They come
# while somebody still looks for a team, and the ballot then stands half a second sooner.
_STATIC: Final = Path(st.__file__).parent / "static"
LATER: Final = ("Html", "purify", "BidiComponent", "_arrayReduce", "serialization", "recordbatch")
NEEDED_SOON: Final = (
    *findall(r'"\.(/static/[^"]+)"', (_STATIC / "index.html").read_text(encoding="utf-8")),
    *(f"/static/js/{file.name}" for name in LATER for file in _STATIC.glob(f"static/js/{name}.*")),
)
"""Paths that the join pages let a browser fetch ahead."""


def with_first_words(page: str) -> str:
    """Put our words and our script into Streamlit's own page; another page stays as it is."""
    if _ROOT not in page:
        return page
    head, _, body = page.partition("<body>")
    told = head.replace("<title>Streamlit</title>", "<title>Discovery Room</title>")
    told = told.replace('<html lang="en">', '<html lang="en-GB">')
    told = told.replace("<head>", f"<head><script>{_SCRIPT}</script>", 1)
    return f"{told}<body>{_ROOT}{_WORDS}</body></html>\n" if body else page


class FirstWords:
    """Puts the first words into each page that Streamlit answers with."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and hold an answer of HTML until it is whole."""
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self.app(scope, receive, send)
            return
        start: list[Message] = []
        body = bytearray()

        async def send_whole(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                start.append(message)
            elif not start:
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    await _send_page(start[0], bytes(body), send)

        await self.app(_as_it_is(scope), receive, send_whole)


def _as_it_is(scope: Scope) -> Scope:
    # Streamlit would pack its page, or send a part of it; what is around us packs it afterwards.
    packing = (b"accept-encoding", b"range")
    return {**scope, "headers": [kept for kept in scope["headers"] if kept[0] not in packing]}


def _is_page(message: Message) -> bool:
    headers = MutableHeaders(raw=message["headers"])
    return headers.get("content-type", "").startswith("text/html")


async def _send_page(start: Message, body: bytes, send: Send) -> None:
    page = with_first_words(body.decode("utf-8")).encode()
    headers = MutableHeaders(raw=start["headers"])
    if body:  # HEAD has none, and says how long it would be
        headers["Content-Length"] = str(len(page))
    del headers["etag"], headers["last-modified"]
    await send(start)
    await send({"type": "http.response.body", "body": page})
